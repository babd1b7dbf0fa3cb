// @ts-check
// An administrator joins two sites; comments cross as their author and as the main authorized user; the run is watched,
// shared, read by support and taken back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../browser/chromium.mjs';
import { PATIENCE_MS, comeBack, lookUntil, openPanel, openSection, person, startLocalJira, violations } from './local-jira.mjs';
import { PARTNER, connect, connectMain, createIntegration, enableIntegration, enterIntegration, runUpkeep, runsOf } from './two-sites.mjs';

/** @import { FrameLocator, Locator, Page } from 'playwright-core' */
/** @typedef {Awaited<ReturnType<typeof person>>} Somebody */

const NAME = 'To the partner';
const TICKET = 'SUP-4711';
const HERE = '/browse/MOB-1';
const THERE = '/sites/partner/browse/INT-1';

/** How long Jira takes for each answer while a run is watched, in milliseconds: as long as a person takes to look. */
const SLOW_MS = 6000;

const FORMATTED = [
  'Reproduced **twice**, see [the report](https://reports.example/42), @Ben Sato.',
  '```rust\nlet lost = 1 < 2;\n```',
  '| Phone | Result |\n|---|---|\n| old | `white` |',
].join('\n\n');

/** @type {Awaited<ReturnType<typeof startLocalJira>>} */
let local;
/** @type {import('playwright-core').Browser} */
let browser;
/** An administrator, who connects herself as the main authorized user. @type {Somebody} */
let maria;
/** Has connected her account on both sites. @type {Somebody} */
let ana;
/** Has connected nothing, and has no account on the other site. @type {Somebody} */
let chloe;
/** Where local controls are used. @type {Page} */
let controls;
/** The run that is shared. */
let run = '';
/** What the administrator gave to support. */
let given = { code: '', door: '' };

before(async () => {
  [local, browser] = await Promise.all([startLocalJira('fresh'), launch()]);
  maria = await person(browser, local.address, 'Maria Keller', { permissions: ['clipboard-read', 'clipboard-write'] });
  ana = await person(browser, local.address, 'Ana Lima');
  chloe = await person(browser, local.address, 'Chloe Dubois');
  controls = await (await browser.newContext()).newPage();
  controls.setDefaultTimeout(PATIENCE_MS);
});

after(async () => {
  await browser?.close();
  await local?.stop();
});

/** @param {number | null} ms */
async function slowJira(ms) {
  const row = (/** @type {Page} */ page) => page.getByRole('listitem').filter({ hasText: 'only after this many milliseconds' });
  await controls.goto(`${local.address}/local`);
  if (ms !== null) await row(controls).getByLabel('Milliseconds').fill(String(ms));
  await row(controls).getByRole('button', { name: ms === null ? 'Switch off' : 'Switch on' }).click();
  await controls.getByText('The fault was changed.').waitFor();
}

/** Writes a comment on Jira's own page. @param {Somebody} somebody @param {string} text @returns {Promise<Locator>} the comment */
async function comment({ jira }, text) {
  await comeBack(jira);
  await jira.goto(`${local.address}${HERE}`);
  const before = await jira.locator('.comments > li').count();
  await jira.getByLabel('Add a comment').fill(text);
  await jira.getByRole('button', { name: 'Save', exact: true }).click();
  const written = jira.locator('.comments > li').nth(before);
  await written.waitFor();
  return written;
}

/** @param {FrameLocator} panel @param {string} outcome @returns {Locator} rows of runs with this outcome */
const runs = (panel, outcome) => runsOf(panel, NAME, outcome);

/** No rule of axe's is broken, wide and narrow, light and dark. @param {Page} page @param {string} where */
async function reads(page, where) {
  for (const [width, colorScheme] of /** @type {const} */ ([[400, 'dark'], [400, 'light'], [1280, 'light']])) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(page), [], `${where} at ${width} in ${colorScheme}`);
  }
}

test('the main authorized user and a member allow on both sites', async () => {
  await connectMain(local.address, maria, 'Maria Keller');
  await connect(local.address, ana, 'Ana Lima');
  await connect(local.address, ana, 'Ana Lima', PARTNER);
});

test('the administrator creates an integration, joins two issues and enables it', async () => {
  const { panel, dialog } = await enterIntegration(local.address, maria.jira, NAME);
  await reads(maria.jira, 'the integration');
  const card = await createIntegration(panel, dialog, NAME);
  await card.getByRole('button', { name: 'Pairs of issues' }).click();
  const pairs = panel.getByRole('dialog', { name: `Pairs of issues in ${NAME}` });
  await pairs.getByRole('textbox', { name: 'Issue on this site' }).fill('MOB-1');
  await pairs.getByRole('textbox', { name: 'Issue on the other site' }).fill('INT-1');
  await pairs.getByRole('button', { name: 'Join issues' }).click();
  await pairs.getByText('MOB-1 – INT-1').waitFor();
  assert.deepEqual(await violations(maria.jira), []);
  await pairs.getByRole('button', { name: 'Close' }).last().click();

  await enableIntegration(panel, NAME);
  await runUpkeep(local.address, controls);
});

test('a formatted comment of somebody connected is watched as it crosses, and arrives as theirs with its formats', async () => {
  const panel = await openSection(maria.jira, local.address, 'Reporting');
  await panel.getByText('Nothing has run yet').waitFor();
  assert.deepEqual(await violations(maria.jira), []);
  await slowJira(SLOW_MS);
  const sent = ana.jira.waitForRequest((request) => request.method() === 'POST');
  const writing = comment(ana, FORMATTED);
  await sent;
  // The page was open before, and nobody touches it. Its tab stays in front, whatever the other browser does meanwhile: a tab
  // out of sight asks nothing.
  await lookUntil(
    async () => {
      await comeBack(maria.jira);
      return (await runs(panel, 'Running').count()) > 0;
    },
    () => 'no run is shown from its beginning',
  );
  await panel.getByRole('progressbar', { name: `${NAME} is running` }).waitFor();
  await slowJira(null);
  await comeBack(ana.jira);
  const written = await writing;
  await comeBack(maria.jira);
  await runs(panel, 'Succeeded').waitFor();
  assert.equal(await runs(panel, 'Running').count(), 0);

  await ana.jira.goto(`${local.address}${THERE}`);
  const arrived = ana.jira.locator('.comments > li').last();
  await arrived.getByText('Reproduced').waitFor();
  assert.equal(await arrived.locator('.comment-head strong').innerText(), 'Ana Lima');
  assert.equal(await arrived.getByText('twice').evaluate((node) => node.tagName), 'STRONG');
  assert.equal(await arrived.getByRole('link', { name: 'the report' }).getAttribute('href'), 'https://reports.example/42');
  assert.equal(await arrived.locator('.mention').innerText(), '@Ben Sato');
  assert.equal(await arrived.locator('pre code').innerText(), 'let lost = 1 < 2;');
  assert.equal(await arrived.getByRole('columnheader', { name: 'Result' }).count(), 1);
  assert.equal(await arrived.getByRole('cell', { name: 'white' }).locator('code').count(), 1);
  assert.doesNotMatch(await arrived.innerText(), /\[Author:/);
  // What was written and what arrived are the same but for who tells when.
  const body = (/** @type {Locator} */ own) => own.locator('> div').evaluate((div) => [...div.children].slice(1).map((node) => node.outerHTML).join(''));
  await ana.jira.goto(`${local.address}${HERE}`);
  const origin = await body(written);
  await ana.jira.goto(`${local.address}${THERE}`);
  assert.equal(await body(arrived), origin);
  assert.deepEqual(await violations(ana.jira), []);
});

test('the comment of somebody who connected nothing arrives as the main authorized user, with exactly the footer', async () => {
  const written = await comment(chloe, 'Two customers wrote.');
  const id = (await written.getAttribute('id'))?.replace('comment-', '');
  const at = (await written.getByRole('time').getAttribute('datetime'))?.replace('Z', '+0000');
  const panel = await openSection(maria.jira, local.address, 'Reporting');
  await runs(panel, 'Succeeded').nth(1).waitFor();
  await ana.jira.goto(`${local.address}${THERE}`);
  const arrived = ana.jira.locator('.comments > li').last();
  assert.equal(await arrived.locator('.comment-head strong').innerText(), 'Maria Keller');
  assert.deepEqual(await arrived.locator('> div > p:not(.comment-head)').allInnerTexts(), [
    'Two customers wrote.',
    `[Author: Chloe Dubois, Created on: ${at}] [Origin: MOB-1, Comment ID: ${id}]`,
  ]);
  assert.match(String(at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
  // Each is there once, and nothing came back.
  assert.equal(await ana.jira.getByText('Two customers wrote.').count(), 1);
  await ana.jira.goto(`${local.address}${HERE}`);
  assert.equal(await ana.jira.getByText('Two customers wrote.').count(), 1);
  assert.equal(await ana.jira.getByText('[Author:').count(), 0);
});

test('what is written on the other site comes here, and the run tells what became of it', async () => {
  await ana.jira.goto(`${local.address}${THERE}`);
  await ana.jira.getByLabel('Add a comment').fill('Seen from over there.');
  await ana.jira.getByRole('button', { name: 'Save', exact: true }).click();
  const panel = await openSection(maria.jira, local.address, 'Reporting');
  const latest = runs(panel, 'Succeeded').first();
  await runs(panel, 'Succeeded').nth(2).waitFor();
  await ana.jira.goto(`${local.address}${HERE}`);
  const arrived = ana.jira.locator('.comments > li').last();
  await arrived.getByText('Seen from over there.').waitFor();
  assert.equal(await arrived.locator('.comment-head strong').innerText(), 'Ana Lima');

  await comeBack(maria.jira);
  await latest.getByRole('button', { name: NAME, exact: true }).click();
  const details = panel.getByRole('dialog', { name: `Run of ${NAME}` });
  await details.getByText(/1 created, 0 updated/).waitFor();
  await details.getByText('As its author.').waitFor();
  await reads(maria.jira, 'a run');
  run = await details.locator('code').first().innerText();
  assert.match(run, /^[0-9a-f]{32}$/);
  await details.getByRole('button', { name: 'Close' }).last().click();
  await latest.getByRole('button', { name: /^Actions for the run/ }).click();
  await panel.getByRole('menuitem', { name: 'Share with Support' }).click();
  await panel.getByText(/^The run is shared\./).waitFor();
  await latest.getByText('Shared with Support').waitFor();
  assert.deepEqual(await violations(maria.jira), []);
});

/** @returns {Promise<FrameLocator>} the panel at Account Access */
async function openAccountAccess() {
  const panel = await openSection(maria.jira, local.address, 'Settings');
  await panel.getByRole('button', { name: 'Account Access' }).click();
  await panel.getByRole('region', { name: 'What support would see' }).waitFor();
  return panel;
}

test('support asks with the Instance ID that About copies, and the administrator sees what it would see and approves', async () => {
  const panel = await openPanel(maria.jira, local.address);
  await panel.getByRole('button', { name: 'About' }).click();
  await panel.getByRole('button', { name: 'Copy Instance ID' }).click();
  await panel.getByText('Instance ID is copied.').waitFor();
  const instance = await maria.jira.evaluate(() => navigator.clipboard.readText());
  assert.match(instance, /^[0-9a-f]{32}$/);
  await controls.goto(`${local.address}/local`);
  const desk = controls.getByRole('region', { name: 'Support desk' });
  await desk.getByRole('textbox', { name: 'Instance ID' }).fill(instance);
  await desk.getByRole('textbox', { name: 'Ticket' }).fill(TICKET);
  await desk.getByRole('button', { name: 'Ask for access' }).click();
  await controls.getByText(/^Support has asked for access\./).waitFor();

  const access = await openAccountAccess();
  const request = access.getByRole('article', { name: TICKET });
  const preview = access.getByRole('region', { name: 'What support would see' });
  await preview.getByText('Show it as support gets it (JSON)').click();
  await preview.getByText(run).first().waitFor();
  await request.getByRole('button', { name: 'Approve access' }).click();
  const dialog = access.getByRole('dialog', { name: 'Access is open' });
  given = {
    code: await dialog.getByRole('textbox', { name: 'Access code' }).inputValue(),
    door: await dialog.getByRole('textbox', { name: 'Address for support' }).inputValue(),
  };
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await access.getByRole('article', { name: TICKET }).getByText('Not looked at yet.').waitFor();
});

/** What the door answers. @param {string} [id] of a run */
async function ask(id) {
  const query = id === undefined ? '' : `?run=${id}`;
  const answer = await fetch(`${given.door}${query}`, { headers: { 'x-support-code': given.code } });
  return { status: answer.status, text: await answer.text() };
}

test('support reads exactly the configuration and the run that was shared, by page and as JSON, and names nobody', async () => {
  const access = await openAccountAccess();
  const shown = access.getByRole('region', { name: 'What support would see' });
  await shown.getByText('Show it as support gets it (JSON)').click();
  const seen = JSON.parse(await shown.getByRole('region', { name: 'What support would get, as JSON' }).innerText());

  const configuration = await ask();
  const { preview } = JSON.parse(configuration.text);
  assert.deepEqual(preview, seen);
  assert.deepEqual(preview.runs.map((/** @type {any} */ { id }) => id), [run]);
  assert.equal(preview.integrations.length, 1);
  const details = await ask(run);
  const told = JSON.parse(details.text).run;
  assert.deepEqual([told.run.id, told.run.outcome, told.run.counts.created], [run, 'succeeded', 1]);
  assert.deepEqual(told.steps.map((/** @type {any} */ { outcome }) => outcome), ['created']);
  // Another run was not shared: it is as one that is not there.
  assert.equal((await ask('0'.repeat(32))).status, 404);

  const nora = await (await browser.newContext()).newPage();
  nora.setDefaultTimeout(PATIENCE_MS);
  await nora.goto(given.door);
  await nora.getByLabel('Access code').fill(given.code);
  await nora.getByRole('button', { name: 'Open', exact: true }).click();
  await nora.getByRole('heading', { name: 'Configuration' }).waitFor();
  await nora.getByText('grant works: passed').waitFor();
  await nora.getByText('Number of the project on the other site').waitFor();
  const page = await nora.getByRole('main').innerText();
  await nora.getByRole('button', { name: `Show run ${run}` }).click();
  await nora.getByRole('heading', { name: 'Steps' }).waitFor();
  await reads(nora, 'the page for support');
  const all = [page, await nora.getByRole('main').innerText(), configuration.text, details.text].join('\n');
  for (const word of ['Maria', 'Ana', 'Chloe', 'Ben Sato', '@', 'Seen from', 'MOB', 'INT-1', NAME, 'partner', '5b10', given.code]) {
    assert.equal(all.includes(word), false, word);
  }
  await nora.close();
});

test('the administrator sees when support looked, revokes, and support is refused', async () => {
  const panel = await openAccountAccess();
  const open = panel.getByRole('article', { name: TICKET });
  await open.getByText(/^Looked at \d+ times$/).click();
  await open.getByText('Configuration').first().waitFor();
  await open.getByText(`Run ${run}`).first().waitFor();
  await open.getByRole('button', { name: 'Revoke' }).click();
  await panel.getByRole('button', { name: 'Revoke access' }).click();
  await panel.getByRole('region', { name: 'Earlier' }).getByText(/Revoked by Maria Keller/).waitFor();
  const [configuration, details] = [await ask(), await ask(run)];
  assert.deepEqual([configuration.status, details], [403, configuration]);
});
