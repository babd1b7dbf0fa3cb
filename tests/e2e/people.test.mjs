// @ts-check
// The wave after a change: eight people have connected their own accounts, three of them revoked that at Atlassian.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../browser/chromium.mjs';
import {
  PATIENCE_MS,
  continueToJira,
  leaveForJira,
  openSection,
  person,
  signInAs,
  startLocalJira,
  violations,
} from './local-jira.mjs';

/** @typedef {Awaited<ReturnType<typeof person>>} Somebody */

const MEMBERS = ['Ana Lima', 'Ben Sato', 'Chloe Dubois', 'David Novak', 'Elif Demir', 'Farid Haddad', 'Grace Mwangi', 'Hugo Lindqvist'];
const GONE = ['Chloe Dubois', 'Elif Demir', 'Hugo Lindqvist'];
const ISSUE = '/browse/MOB-1';
const PROMPT = 'Re-authorize Integration+';

/** How long a flag that nobody ordered is given to show itself. */
const SETTLED_MS = 1000;

/** @type {Awaited<ReturnType<typeof startLocalJira>>} */
let local;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Somebody} */
let maria;
/** @type {Map<string, Somebody>} */
const people = new Map();

before(async () => {
  [local, browser] = await Promise.all([startLocalJira('demo'), launch()]);
  maria = await person(browser, local.address, 'Maria Keller');
});

after(async () => {
  await browser?.close();
  await local?.stop();
});

/** @param {string} name */
async function named(name) {
  const known = people.get(name) ?? (await person(browser, local.address, name));
  people.set(name, known);
  return known;
}

/**
 * Opens the issue, and waits until the background script has its answer whether a prompt is due.
 *
 * @param {Somebody} somebody
 * @returns {Promise<boolean>} whether the prompt is shown
 */
async function opensIssue({ jira }) {
  await jira.goto(`${local.address}${ISSUE}`);
  const script = await jira.locator('iframe[src*="/prompt/"]').elementHandle();
  const frame = await script?.contentFrame();
  assert.ok(frame, 'the issue has a background script');
  const accountId = await jira.evaluate(async () => {
    const answer = await fetch('/rest/api/3/myself');
    return (await answer.json()).accountId;
  });
  const answered = await frame.waitForFunction(
    (account) => {
      // Whoever was signed in to this browser before has their own.
      const { askedAt, askAgainAt } = JSON.parse(localStorage.getItem(`integration-plus.prompt.${account}`) ?? '{}');
      return askAgainAt > askedAt && { prompted: localStorage.getItem(`integration-plus.undelivered.${account}`) !== null };
    },
    accountId,
    // Not with each frame that is drawn: the script's frame is out of sight, where Chromium draws none.
    { polling: 100 },
  );
  const answer = await answered.jsonValue();
  const flag = jira.getByRole('heading', { name: PROMPT });
  if (answer && answer.prompted) await flag.waitFor();
  else await jira.waitForTimeout(SETTLED_MS);
  return flag.isVisible();
}

test('a change of the main authorized user with eight people connected', async () => {
  const panel = await maria.open();
  await panel.getByText('Main authorized user is').locator('..').getByText('Tom Okafor').first().waitFor();
  const consent = await continueToJira(maria.jira, panel, 'change', 'Jira service account');
  await signInAs(consent, 'Jira service account');
  await consent.getByRole('button', { name: 'Allow' }).click();
  const main = panel.getByText('Main authorized user is').locator('..');
  await main.getByText('Jira service account').first().waitFor({ timeout: PATIENCE_MS });
  assert.deepEqual(await violations(maria.jira), []);
});

test('the wave passes: the bar and the chart show three people to ask', async () => {
  const panel = await openSection(maria.jira, local.address, 'Connections');
  await panel.getByText('Every connection is verified: 8 tried.').waitFor();
  await panel.getByText('5 of 8 connected and working').waitFor();
  await panel.getByRole('img', { name: 'Now: 5 of 8 people working, 3 to re-authorize.' }).waitFor();
  await panel.getByRole('button', { name: /^To re-authorize/ }).click();
  for (const name of GONE) await panel.getByRole('checkbox', { name: `Select ${name}` }).waitFor();
  for (const name of MEMBERS.filter((member) => !GONE.includes(member))) {
    await panel.getByRole('checkbox', { name: `Select ${name}` }).waitFor({ state: 'detached' });
  }
  assert.equal(await panel.getByRole('checkbox', { name: /^Select (?!everybody)/ }).count(), GONE.length);
  assert.deepEqual(await violations(maria.jira), []);
});

test('a comment meets a dead grant, is kept, and is posted after Allow', async () => {
  const chloe = await named('Chloe Dubois');
  await chloe.jira.goto(`${local.address}${ISSUE}`);
  const panel = chloe.jira.frameLocator('iframe[title="Integration+"]');
  await panel.getByLabel('Your comment').fill('Written before, posted after.');
  await panel.getByRole('button', { name: 'Comment', exact: true }).click();
  await panel.getByText('Your comment is kept. Re-authorize, and it is posted here under your name.').waitFor();
  assert.deepEqual(await violations(chloe.jira), []);
  await panel.getByRole('button', { name: 'Re-authorize' }).click();
  const consent = await leaveForJira(chloe.jira);
  await signInAs(consent, 'Chloe Dubois');
  await consent.getByRole('button', { name: 'Allow' }).click();
  await consent.getByText('You allowed Integration+ as Chloe Dubois').waitFor();
  await panel.getByText('Posted as you.').waitFor();
  await chloe.jira.goto(`${local.address}${ISSUE}`);
  const posted = chloe.jira.getByRole('listitem').filter({ hasText: 'Written before, posted after.' });
  await posted.getByText('Chloe Dubois').first().waitFor();
  assert.equal(await posted.count(), 1);
});

test('exactly the people whose grants are dead are prompted on an issue', async () => {
  /** @type {string[]} */
  const prompted = [];
  for (const name of MEMBERS) if (await opensIssue(await named(name))) prompted.push(name);
  // Chloe authorized in the middle of her comment, and is asked no more.
  assert.deepEqual(prompted, GONE.filter((name) => name !== 'Chloe Dubois'));
  const elif = await named('Elif Demir');
  assert.deepEqual(await violations(elif.jira), []);
});

test('nobody is prompted twice a day, until an administrator reminds them', async () => {
  // In another browser, which has kept no answer.
  const before = await person(browser, local.address, 'Hugo Lindqvist');
  assert.equal(await opensIssue(before), false);
  await before.context.close();

  const panel = await openSection(maria.jira, local.address, 'Connections');
  await panel.getByText('6 of 8 connected and working').waitFor();
  await panel.getByRole('checkbox', { name: 'Select Hugo Lindqvist' }).check();
  await panel.getByRole('button', { name: 'Remind', exact: true }).click();
  await panel.getByText('1 person was reminded.').waitFor();

  const after = await person(browser, local.address, 'Hugo Lindqvist');
  assert.equal(await opensIssue(after), true);
  await after.context.close();
});

test('rolling back restores the main authorized user, and asks nobody whose grant works', async () => {
  const panel = await maria.open();
  await panel.getByRole('button', { name: 'Roll back' }).click();
  await panel.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  const main = panel.getByText('Main authorized user is').locator('..');
  await main.getByText('Tom Okafor').first().waitFor({ timeout: PATIENCE_MS });
  const wave = await openSection(maria.jira, local.address, 'Connections');
  await wave.getByText(/Every connection is verified/).waitFor();
  await wave.getByText('6 of 8 connected and working').waitFor();
  const ben = await person(browser, local.address, 'Ben Sato');
  assert.equal(await opensIssue(ben), false);
  await ben.context.close();
});
