// @ts-check
// The main authorized user, from the first connection to a change, through real pages of a real browser.
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
  maria = await person(browser, local.address, 'Maria Keller');
});

after(async () => {
  await browser?.close();
  await local?.stop();
});

/** @param {import('playwright-core').FrameLocator} panel @param {string} name */
const showsMain = (panel, name) =>
  panel.getByText('Main authorized user is').locator('..').getByText(name).first().waitFor({ timeout: PATIENCE_MS });

test('the first connection: Maria connects her own account', async () => {
  const panel = await maria.open();
  assert.deepEqual(await violations(maria.jira), []);
  const consent = await continueToJira(maria.jira, panel, 'Connect', 'Maria Keller');
  await signInAs(consent, 'Maria Keller');
  for (const words of ['Integration+', 'example', 'Maria Keller']) {
    await consent.getByText(words).first().waitFor();
  }
  assert.deepEqual(await violations(consent), []);
  await consent.getByRole('button', { name: 'Allow' }).click();
  await consent.getByText('You allowed Integration+ as Maria Keller').waitFor();
  await consent.getByText('Did not expect this?').waitFor();
  await comeBack(maria.jira);
  await showsMain(panel, 'Maria Keller');
  await panel.getByRole('button', { name: 'Close' }).last().click();
  await panel.getByText('Connected', { exact: true }).waitFor();
  await panel.getByRole('button', { name: 'Check now' }).click();
  await panel.getByText(/registered/).first().waitFor();
  await panel.getByRole('button', { name: 'Check now', disabled: false }).waitFor();
  assert.deepEqual(await violations(maria.jira), []);
});

test('a declined consent changes nothing and is said', async () => {
  const panel = await maria.open();
  const consent = await continueToJira(maria.jira, panel, 'change', 'Jira service account');
  await signInAs(consent, 'Jira service account');
  await consent.getByRole('button', { name: 'Cancel' }).click();
  await consent.getByText('Integration+ was not authorized').waitFor();
  await comeBack(maria.jira);
  await panel.getByText(/was selected on Jira’s page/).first().waitFor();
  const again = await maria.open();
  await showsMain(again, 'Maria Keller');
});

test('the wrong account is refused by name; tried again, the service account takes over', async () => {
  const panel = await maria.open();
  const wrong = await continueToJira(maria.jira, panel, 'change', 'Jira service account');
  // The browser is still signed in as somebody at the authorization server, and Tom sits at it now.
  await signInAs(wrong, 'Tom Okafor');
  await wrong.getByRole('button', { name: 'Allow' }).click();
  await comeBack(maria.jira);
  await panel.getByText(/You allowed as Tom Okafor/).first().waitFor();
  await panel.getByText(/Nothing has changed/).first().waitFor();
  assert.deepEqual(await violations(maria.jira), []);

  await panel.getByRole('button', { name: 'Try again' }).click();
  const right = await leaveForJira(maria.jira);
  await signInAs(right, 'Jira service account');
  await right.getByRole('button', { name: 'Allow' }).click();
  await right.getByText('You allowed Integration+ as Jira service account').waitFor();
  await comeBack(maria.jira);
  await showsMain(panel, 'Jira service account');
  const again = await maria.open();
  await showsMain(again, 'Jira service account');
  await again.getByText('Connected', { exact: true }).waitFor();
  await again.getByText(/registered/).first().waitFor();
  // The README's picture: `SCREENSHOTS=docs node --test tests/e2e/` renews it.
  const folder = process.env.SCREENSHOTS;
  if (folder) await maria.jira.screenshot({ path: `${folder}/status.png` });
});

test('a comment in Jira is delivered, and the panel shows it', async () => {
  await maria.jira.goto(`${local.address}/browse/MOB-1`);
  await maria.jira.getByLabel(/comment/i).fill('Hello from a person');
  await maria.jira.getByRole('button', { name: 'Save' }).click();
  await maria.jira.getByText('Hello from a person').waitFor();
  for (;;) {
    const panel = await maria.open();
    const last = panel.getByText(/last delivery/);
    await panel.getByText(/last delivery|first delivery/).first().waitFor();
    if (await last.first().isVisible()) break;
  }
});

test('somebody who is no administrator sees who can help, and nothing else', async () => {
  const ana = await person(browser, local.address, 'Ana Lima');
  const panel = await ana.open();
  await panel.getByText(/Maria Keller/).first().waitFor();
  assert.equal(await panel.getByRole('button', { name: 'change', exact: true }).count(), 0);
  assert.equal(await panel.getByText('Jira service account').count(), 0);
  assert.deepEqual(await violations(ana.jira), []);
  await ana.context.close();
});
