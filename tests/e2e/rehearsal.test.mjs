// @ts-check
// A service account with too few rights: what a change to it would do is known, and acknowledged or mended, before it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../browser/chromium.mjs';
import { PATIENCE_MS, leaveForJira, person, signInAs, startLocalJira, violations } from './local-jira.mjs';

const NARROW = 'Narrow service account';

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

test('the rehearsal names what would be lost, by whom, and what is missing, and demands that it is acknowledged', async () => {
  const panel = await maria.open();
  await panel.getByRole('button', { name: 'change', exact: true }).click();
  await panel.getByRole('combobox').fill('Narrow');
  await panel.getByRole('option', { name: NARROW }).click();
  await panel.getByRole('button', { name: 'Next' }).click();
  await panel.getByRole('heading', { name: /projects would be lost/ }).waitFor();
  for (const project of ['Billing (BIL)', 'Legal (LEG)']) await panel.getByText(project).first().waitFor();
  await panel.getByText(/Who loses it: .*Chloe Dubois/).first().waitFor();
  await panel.getByText(/lacks Administer Jira/).first().waitFor();
  assert.deepEqual(await violations(maria.jira), []);

  await panel.getByRole('button', { name: 'Continue to Jira' }).click();
  const box = panel.getByRole('checkbox', { name: /loses .*Billing/ });
  assert.equal(await box.getAttribute('aria-invalid'), 'true');
  assert.equal(await box.evaluate((element) => element === document.activeElement), true);
  assert.equal(await maria.jira.getByRole('link', { name: 'Open page' }).count(), 0);
});

test('once the rights are mended, what failed is looked at again, and the change goes through', async () => {
  const settings = await maria.context.newPage();
  await settings.goto(`${local.address}/local`);
  await settings.getByRole('listitem').filter({ hasText: NARROW }).getByRole('button', { name: /Make administrator/ }).click();
  await settings.getByText('The account is a Jira administrator now.').waitFor();
  await settings.close();

  const panel = maria.jira.frameLocator('iframe[title="Integration+"]');
  await panel.getByRole('button', { name: 'Check again' }).click();
  await panel.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
  assert.equal(await panel.getByRole('checkbox', { name: /loses/ }).count(), 0);
  assert.deepEqual(await violations(maria.jira), []);
  await panel.getByRole('button', { name: 'Continue to Jira' }).click();
  const consent = await leaveForJira(maria.jira);
  await signInAs(consent, NARROW);
  await consent.getByRole('button', { name: 'Allow' }).click();
  const main = panel.getByText('Main authorized user is').locator('..');
  await main.getByText(NARROW).first().waitFor({ timeout: PATIENCE_MS });
});
