// @ts-check
// A change that is allowed now and switches at its time, with nobody there, through real pages of a real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../browser/chromium.mjs';
import { PATIENCE_MS, comeBack, continueToJira, leaveForJira, person, signInAs, startLocalJira, violations } from './local-jira.mjs';

/** @type {Awaited<ReturnType<typeof startLocalJira>>} */
let local;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof person>>} */
let maria;

before(async () => {
  [local, browser] = await Promise.all([startLocalJira(), launch()]);
  maria = await person(browser, local.address, 'Maria Keller', { timezoneId: 'UTC' });
  const panel = await maria.open();
  const consent = await continueToJira(maria.jira, panel, 'Connect', 'Maria Keller');
  await signInAs(consent, 'Maria Keller');
  await consent.getByRole('button', { name: 'Allow' }).click();
  await consent.getByText('You allowed Integration+ as Maria Keller').waitFor();
  await comeBack(maria.jira);
  await showsMain(panel, 'Maria Keller');
});

after(async () => {
  await browser?.close();
  await local?.stop();
});

/** @param {import('playwright-core').FrameLocator} panel @param {string} name */
const showsMain = (panel, name) =>
  panel.getByText('Main authorized user is').locator('..').getByText(name).first().waitFor({ timeout: PATIENCE_MS });

/** Plans a change to the service account at noon two days from now, and allows it. */
async function schedule() {
  const panel = await maria.open();
  await panel.getByRole('button', { name: 'change', exact: true }).click();
  await panel.getByRole('combobox').fill('Jira service account');
  await panel.getByRole('option', { name: /Jira service account/ }).click();
  await panel.getByRole('button', { name: 'Next' }).click();
  await panel.getByRole('radio', { name: 'Switch at a chosen time' }).check();
  const clock = await panel.getByText(/^In your time zone/).innerText();
  assert.match(clock, /^In your time zone, \S+\.$/);
  const shown = new Date((await now()) + 2 * 86_400_000).toISOString().slice(0, 10);
  await panel.getByLabel('Date', { exact: true }).fill(shown);
  await panel.getByLabel('Time', { exact: true }).fill('12:00');
  assert.deepEqual(await violations(maria.jira), []);
  await panel.getByRole('button', { name: 'Continue to Jira' }).click();
  const consent = await leaveForJira(maria.jira);
  await signInAs(consent, 'Jira service account');
  await consent.getByRole('button', { name: 'Allow' }).click();
  await consent.getByText('You allowed Integration+ as Jira service account').waitFor();
  await comeBack(maria.jira);
  await panel.getByText('The change is scheduled. You can close this dialog.').waitFor();
  assert.deepEqual(await violations(maria.jira), []);
  return panel;
}

/** What the local Jira's clock shows: as long ahead of this machine's as the tests have let pass. */
let ahead = 0;
const now = async () => Date.now() + ahead;

/** @param {'passDay'} step */
async function pass(step) {
  const answer = await maria.jira.request.post(`${local.address}/local/clock`, { form: { step }, headers: { origin: local.address }, maxRedirects: 0 });
  assert.ok(answer.status() < 400, `${answer.status()}`);
  ahead += 86_400_000;
}

test('another administrator sees it and cancels it: nothing has changed', async () => {
  await schedule();
  const tom = await person(browser, local.address, 'Tom Okafor');
  const panel = await tom.open();
  await panel.getByText(/Main authorized user changes to/).first().waitFor();
  assert.equal(await panel.getByRole('button', { name: 'Switch now' }).count(), 0);
  await panel.getByRole('button', { name: 'Cancel the scheduled change' }).click();
  await panel.getByRole('dialog').getByRole('button', { name: 'Cancel the scheduled change' }).click();
  await panel.getByText(/cancelled the change to/).first().waitFor();
  await showsMain(panel, 'Maria Keller');
  await tom.context.close();
});

test('it waits a day, and switches by itself once its time has come', async () => {
  await schedule();
  await pass('passDay');
  const waits = await maria.open();
  await waits.getByRole('heading', { name: 'Change scheduled' }).waitFor();
  await showsMain(waits, 'Maria Keller');
  await pass('passDay');
  await pass('passDay');
  const done = await maria.open();
  await showsMain(done, 'Jira service account');
  await done.getByText(/scheduled by .* for /).first().waitFor();
  await done.getByText('Connected', { exact: true }).waitFor();
});
