// @ts-check
// Which of the three limits keeps somebody from a project: each in its turn, in one sentence.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../browser/chromium.mjs';
import { openSection, person, startLocalJira, violations } from './local-jira.mjs';

const ANA = 'Ana Lima';
const CHLOE = 'Chloe Dubois';
const MAIN = 'Tom Okafor';

/** @type {Awaited<ReturnType<typeof startLocalJira>>} */
let local;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof person>>} */
let maria;

before(async () => {
  [local, browser] = await Promise.all([startLocalJira('demo'), launch()]);
  maria = await person(browser, local.address, 'Maria Keller');
});

after(async () => {
  await browser?.close();
  await local?.stop();
});

/**
 * Asks about a person and the confidential project, and waits for the sentence.
 *
 * @param {string} who
 * @param {string | RegExp} sentence
 */
async function explains(who, sentence) {
  const panel = await openSection(maria.jira, local.address, 'Access');
  const part = panel.getByRole('region', { name: 'Explain one person' });
  await part.getByRole('combobox').fill(who);
  await panel.getByRole('option', { name: who }).click();
  await part.getByRole('textbox', { name: 'Project or issue key' }).fill('LEG-1');
  await part.getByRole('button', { name: 'Explain', exact: true }).click();
  await part.getByText(sentence).waitFor();
  return part;
}

test('nothing blocks whom the main authorized user, their own rights and the settings all let through', async () => {
  await explains(CHLOE, `Nothing blocks: ${CHLOE} reaches LEG-1 through Integration+.`);
  assert.deepEqual(await violations(maria.jira), []);
});

test('a person’s own rights block', async () => {
  await explains(ANA, `The person’s own rights block it: Jira does not let ${ANA} see LEG-1.`);
});

test('the settings of the app block, until they are changed back', async () => {
  const panel = await openSection(maria.jira, local.address, 'Access');
  const projects = panel.getByRole('region', { name: 'Projects' });
  await projects.getByRole('radio', { name: 'In every project but those listed' }).check();
  await projects.getByRole('searchbox').fill('Legal');
  await projects.getByRole('button', { name: 'Add Legal (LEG)' }).click();
  await projects.getByRole('button', { name: 'Save' }).click();
  await panel.getByText('Saved.').first().waitFor();
  await explains(CHLOE, 'The settings of Integration+ block it: they leave LEG-1 out for everybody.');

  await projects.getByRole('radio', { name: 'In every project', exact: true }).check();
  await projects.getByRole('button', { name: 'Save' }).click();
  await panel.getByText('Saved.').first().waitFor();
  await explains(CHLOE, 'Nothing blocks');
});

test('the main authorized user’s rights block, and nobody’s are taken for another’s', async () => {
  const settings = await maria.context.newPage();
  await settings.goto(`${local.address}/local`);
  await settings.getByRole('listitem').filter({ hasText: MAIN }).getByRole('button', { name: /administrator/ }).click();
  await settings.getByText('The account is no Jira administrator any more.').waitFor();
  await settings.close();

  const part = await explains(CHLOE, `The main authorized user blocks it: Jira does not let ${MAIN} see LEG-1.`);
  await part.getByRole('button', { name: 'Open Status' }).waitFor();
  // Where both lack the right, the sentence begins with the person: what they may not see stays theirs to ask for.
  await explains(ANA, 'The person’s own rights block it');
});
