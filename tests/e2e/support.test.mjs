// @ts-check
// Support asks for access, is let in for a while, is watched, and is turned away once that is taken back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../browser/chromium.mjs';
import { PATIENCE_MS, openPanel, openSection, person, startLocalJira, violations } from './local-jira.mjs';

const TICKET = 'SUP-4711';

/** @type {Awaited<ReturnType<typeof startLocalJira>>} */
let local;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof person>>} */
let maria;
/** Support's own browser, which knows nothing of this Jira. @type {import('playwright-core').Page} */
let nora;
/** What the administrator gave to support. */
let given = { code: '', door: '' };

before(async () => {
  [local, browser] = await Promise.all([startLocalJira('fresh'), launch()]);
  maria = await person(browser, local.address, 'Maria Keller', { permissions: ['clipboard-read', 'clipboard-write'] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(PATIENCE_MS);
  nora = await context.newPage();
});

after(async () => {
  await browser?.close();
  await local?.stop();
});

async function openAccountAccess() {
  const panel = await openSection(maria.jira, local.address, 'Settings');
  await panel.getByRole('button', { name: 'Account Access' }).click();
  await panel.getByRole('region', { name: 'What support would see' }).waitFor();
  return panel;
}

/** @param {import('playwright-core').Page} page @param {string} code */
async function enter(page, code) {
  await page.getByRole('textbox', { name: 'Access code' }).or(page.getByLabel('Access code')).first().fill(code);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

test('About copies the Instance ID, with which support asks for access', async () => {
  const panel = await openPanel(maria.jira, local.address);
  await panel.getByRole('button', { name: 'About' }).click();
  const shown = await panel.getByRole('textbox', { name: 'Instance ID' }).inputValue();
  assert.match(shown, /^[0-9a-f]{32}$/);
  await panel.getByRole('button', { name: 'Copy Instance ID' }).click();
  await panel.getByText('Instance ID is copied.').waitFor();
  assert.deepEqual(await violations(maria.jira), []);
  assert.equal(await maria.jira.evaluate(() => navigator.clipboard.readText()), shown);

  const desk = await maria.context.newPage();
  await desk.goto(`${local.address}/local`);
  const form = desk.getByRole('region', { name: 'Support desk' });
  await form.getByRole('textbox', { name: 'Instance ID' }).fill('0'.repeat(32));
  await form.getByRole('button', { name: 'Ask for access' }).click();
  await desk.getByText(/^The app did not take the request\./).waitFor();
  await form.getByRole('textbox', { name: 'Instance ID' }).fill(shown);
  await form.getByRole('textbox', { name: 'Ticket' }).fill(TICKET);
  await form.getByRole('button', { name: 'Ask for access' }).click();
  await desk.getByText(/^Support has asked for access\./).waitFor();
  await desk.close();
});

test('the administrator sees the request and what would be seen, and approves', async () => {
  const panel = await openAccountAccess();
  const request = panel.getByRole('article', { name: TICKET });
  await request.getByText('Comments stopped being mirrored on Tuesday').waitFor();
  await panel.getByText(/^Turned away at the address for support \(at least 1\)/).waitFor();
  const preview = panel.getByRole('region', { name: 'What support would see' });
  await preview.getByText('PRODUCTION').or(preview.getByText('DEVELOPMENT')).first().waitFor();
  assert.deepEqual(await violations(maria.jira), []);

  await request.getByRole('button', { name: 'Approve access' }).click();
  const dialog = panel.getByRole('dialog', { name: 'Access is open' });
  given = {
    code: await dialog.getByRole('textbox', { name: 'Access code' }).inputValue(),
    door: await dialog.getByRole('textbox', { name: 'Address for support' }).inputValue(),
  };
  assert.deepEqual(await violations(maria.jira), []);
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await panel.getByRole('article', { name: TICKET }).getByText('Not looked at yet.').waitFor();
});

test('support reads through the door what the administrator saw, and no more', async () => {
  await nora.goto(given.door);
  assert.deepEqual(await violations(nora), []);
  await enter(nora, 'a'.repeat(43));
  await nora.getByText(/^This code opens nothing\./).waitFor();
  await enter(nora, given.code);
  await nora.getByRole('heading', { name: 'Configuration' }).waitFor();
  await nora.getByText('No run is shared.').waitFor();
  await nora.getByText('every Jira administrator').waitFor();
  await nora.getByText('Changes of main authorized user').waitFor();
  assert.deepEqual(await violations(nora), []);
  await nora.setViewportSize({ width: 400, height: 800 });
  await nora.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await violations(nora), []);
  const overhang = await nora.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overhang <= 0, `${overhang} pixels of horizontal scroll`);
  assert.equal(nora.url().includes(given.code), false);

  const answer = await fetch(given.door, { headers: { 'x-support-code': given.code } });
  const { preview } = /** @type {any} */ (await answer.json());
  const panel = await openAccountAccess();
  const shown = panel.getByRole('region', { name: 'What support would see' });
  await shown.getByText('Show it as support gets it (JSON)').click();
  assert.deepEqual(JSON.parse(await shown.getByRole('region', { name: 'What support would get, as JSON' }).innerText()), preview);
  await panel.getByRole('article', { name: TICKET }).getByText(/^Looked at 2 times$/).click();
  await panel.getByRole('article', { name: TICKET }).getByText('Configuration').first().waitFor();
});

test('once it is revoked, support sees nothing, and is told nothing else', async () => {
  const panel = await openAccountAccess();
  await panel.getByRole('button', { name: 'Revoke' }).click();
  await panel.getByRole('button', { name: 'Revoke access' }).click();
  await panel.getByRole('region', { name: 'Earlier' }).getByText(/Revoked by Maria Keller/).waitFor();
  assert.deepEqual(await violations(maria.jira), []);
  await enter(nora, given.code);
  await nora.getByText(/^This code opens nothing\./).waitFor();
  assert.equal(await nora.getByRole('heading', { name: 'Configuration' }).count(), 0);
  assert.equal(await nora.evaluate(() => document.activeElement?.id), 'code');
});
