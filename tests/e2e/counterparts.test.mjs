// @ts-check
// An administrator has issues created on the other site for new ones here; two others become a pair by their properties;
// who is assigned follows, and whom the other site does not know leaves nobody assigned, with the reason in the run.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../browser/chromium.mjs';
import { PATIENCE_MS, comeBack, lookUntil, openSection, person, startLocalJira, violations } from './local-jira.mjs';
import { connectMain, createIntegration, enableIntegration, enterIntegration, runUpkeep, runsOf } from './two-sites.mjs';

/** @import { Locator, Page } from 'playwright-core' */
/** @typedef {Awaited<ReturnType<typeof person>>} Somebody */

const NAME = 'New issues to the partner';
const SUMMARY = 'The printer answers in verse';
const LATER = 'The printer answers in prose';
const DESCRIPTION = 'Since the update.';
const THERE = '/sites/partner';
/** Issues of both sites that are there from the beginning, and name each other. */
const NAMED = { here: 'MOB-2', there: 'INT-2' };
const ANA = { accountId: '5b10ac8d82e05b22cc7d4ef1', name: 'Ana Lima' };
/** Has no account on the other site. */
const CHLOE = { accountId: '5b10ac8d82e05b22cc7d4ef3', name: 'Chloe Dubois' };

/** @type {Awaited<ReturnType<typeof startLocalJira>>} */
let local;
/** @type {import('playwright-core').Browser} */
let browser;
/** An administrator, who connects herself as the main authorized user. @type {Somebody} */
let maria;
/** Works on both sites, and connects nothing. @type {Somebody} */
let ana;
/** Where local controls are used. @type {Page} */
let controls;
/** The issue that is created here, and its counterpart. */
const keys = { here: '', there: '' };

before(async () => {
  [local, browser] = await Promise.all([startLocalJira('fresh'), launch()]);
  maria = await person(browser, local.address, 'Maria Keller');
  ana = await person(browser, local.address, 'Ana Lima');
  controls = await (await browser.newContext()).newPage();
  controls.setDefaultTimeout(PATIENCE_MS);
});

after(async () => {
  await browser?.close();
  await local?.stop();
});

/**
 * Asks Jira's REST API from one of its pages, as whoever is signed in there.
 *
 * @param {Somebody} somebody
 * @param {string} method
 * @param {string} path with the site before it
 * @param {unknown} body
 * @returns {Promise<any>} the answer
 */
async function ask({ jira }, method, path, body) {
  const { status, text } = await jira.evaluate(
    async ({ method, path, body }) => {
      const answer = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body });
      return { status: answer.status, text: await answer.text() };
    },
    { method, path, body: JSON.stringify(body) },
  );
  assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/**
 * Reads a page of Jira anew until it shows something, as somebody does who waits for it.
 *
 * @param {Somebody} somebody
 * @param {string} path
 * @param {(page: Page) => Locator} shown
 */
async function until({ jira }, path, shown) {
  await comeBack(jira);
  return lookUntil(
    async () => {
      await jira.goto(`${local.address}${path}`);
      return (await shown(jira).count()) > 0 && shown(jira);
    },
    async () => `${path} does not show it: ${await jira.getByRole('main').innerText()}`,
  );
}

/** Links to issues of this summary on the page of a project. @param {string} summary */
const listed = (summary) => (/** @type {Page} */ page) => page.getByRole('main').getByRole('link', { name: summary });

/** The key at the end of an issue's address. @param {string | null} href */
const keyOf = (href) => String(href?.split('/').pop());

/** Ana creates an issue here. @param {string} summary @returns {Promise<string>} its key */
async function create(summary) {
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text: DESCRIPTION }] };
  const description = { type: 'doc', version: 1, content: [paragraph] };
  const fields = { project: { key: 'MOB' }, issuetype: { name: 'Bug' }, summary, description };
  return (await ask(ana, 'POST', '/rest/api/3/issue', { fields })).key;
}

/** Who is assigned, on the view of an issue. @param {string} name */
const assignee = (name) => (/** @type {Page} */ page) =>
  page.getByRole('complementary', { name: 'Details' }).locator('dt', { hasText: 'Assignee' }).locator('+ dd').getByText(name, { exact: true });

/** @returns {Promise<Locator>} the dialog */
async function openPairs() {
  const panel = await openSection(maria.jira, local.address, 'Integrations');
  await panel.getByRole('article', { name: NAME }).getByRole('button', { name: 'Pairs of issues' }).click();
  const pairs = panel.getByRole('dialog', { name: `Pairs of issues in ${NAME}` });
  await pairs.getByText(/of at most|No issues are joined yet/).first().waitFor();
  return pairs;
}

/**
 * Opens Pairs of issues until a pair is there that came about like this.
 *
 * @param {{ here: string, there: string }} pair
 * @param {string} how
 */
async function paired({ here, there }, how) {
  await lookUntil(
    async () => {
      const pairs = await openPairs();
      const row = pairs.getByRole('listitem').filter({ hasText: `${here} – ${there}` });
      return (await row.getByText(how).count()) > 0;
    },
    async () => `${how} is not told of ${here} and ${there}: ${await (await openPairs()).innerText()}`,
  );
}

/**
 * Waits in Reporting for a run that tells this of one of its items, and leaves it open.
 *
 * @param {RegExp} told
 * @returns {Promise<Locator>} the item
 */
function reported(told) {
  return lookUntil(async () => {
    const panel = await openSection(maria.jira, local.address, 'Reporting');
    await panel.getByRole('row').or(panel.getByText('Nothing has run yet')).first().waitFor();
    const runs = runsOf(panel, NAME, 'Succeeded');
    for (let at = 0, all = await runs.count(); at < all; at += 1) {
      await runs.nth(at).getByRole('button', { name: NAME, exact: true }).click();
      const details = panel.getByRole('dialog', { name: `Run of ${NAME}` });
      const items = details.getByRole('list', { name: 'Step by step' });
      await items.or(details.getByText('Nothing is written down')).first().waitFor();
      const item = items.getByRole('listitem').filter({ hasText: told });
      if ((await item.count()) > 0) return item.first();
      await details.getByRole('button', { name: 'Close' }).last().click();
      await details.waitFor({ state: 'detached' });
    }
    return false;
  }, () => `no run tells ${told}`);
}

test('the administrator creates an integration that creates issues there, and has assignees follow', async () => {
  await connectMain(local.address, maria, 'Maria Keller');
  const { panel, dialog } = await enterIntegration(local.address, maria.jira, NAME);
  await dialog.getByRole('combobox', { name: 'For new issues here, create one there as' }).selectOption({ label: 'Task' });
  await dialog.getByRole('radio', { name: /^Follow the other site, for people who are matched, have the same/ }).check();
  assert.deepEqual(await violations(maria.jira), []);
  const card = await createIntegration(panel, dialog, NAME);
  await card.getByText('Those of this site are created on the other, too').waitFor();
  await enableIntegration(panel, NAME);
  await runUpkeep(local.address, controls);
});

test('an issue that is created here gets its counterpart there, says where it is from, and the two are a pair', async () => {
  keys.here = await create(SUMMARY);
  const link = await until(ana, `${THERE}/jira/projects/INT`, listed(SUMMARY));
  keys.there = keyOf(await link.getAttribute('href'));
  await link.click();
  const view = ana.jira.getByRole('main');
  await view.getByRole('heading', { name: SUMMARY, level: 1 }).waitFor();
  await view.getByText(keys.here).first().waitFor();
  await view.getByText(DESCRIPTION).waitFor();
  const details = ana.jira.getByRole('complementary', { name: 'Details' });
  await details.getByText('Maria Keller', { exact: true }).waitFor();
  await details.getByText('Task', { exact: true }).waitFor();

  await paired(keys, 'One was created for the other');
  const item = await reported(/It has a counterpart now, issue number \d+ on the other side, and the two are a pair\./);
  await item.getByText(`${keys.here}, from this site`).waitFor();
});

test('two issues that name each other in their properties are a pair, and not before both do', async () => {
  const pairs = await openPairs();
  await pairs.getByRole('textbox', { name: 'Issue on this site' }).fill(NAMED.here);
  await pairs.getByRole('textbox', { name: 'Issue on the other site' }).fill(NAMED.there);
  await pairs.getByText('Join issues by an issue property').click();
  const field = (/** @type {string} */ name) => pairs.getByRole('textbox', { name }).inputValue();
  const key = await field('Property key');
  const [here, there] = [JSON.parse(await field('Property value here')), JSON.parse(await field('Property value there'))];
  await ask(ana, 'PUT', `/rest/api/3/issue/${NAMED.here}/properties/${key}`, here);
  const item = await reported(/that one does not name it back\./);
  await item.getByText(`${NAMED.here}, from this site`).waitFor();
  await ask(ana, 'PUT', `${THERE}/rest/api/3/issue/${NAMED.there}/properties/${key}`, there);
  await paired(NAMED, 'Joined by an issue property');
  assert.deepEqual(await violations(maria.jira), []);
});

test('who is assigned follows, and whom the other site does not know leaves nobody, with the reason in the run', async () => {
  await ask(ana, 'PUT', `/rest/api/3/issue/${keys.here}/assignee`, { accountId: ANA.accountId });
  await until(ana, `${THERE}/browse/${keys.there}`, assignee(ANA.name));
  await ask(ana, 'PUT', `/rest/api/3/issue/${keys.here}/assignee`, { accountId: CHLOE.accountId });
  await until(ana, `${THERE}/browse/${keys.there}`, assignee('Unassigned'));
  await until(ana, `/browse/${keys.here}`, assignee(CHLOE.name));
  const item = await reported(/The other issue is assigned to nobody now\. Who was assigned has no such account on the other site/);
  await item.getByText(`${keys.here}, assignee, from this site`).waitFor();
  await item.getByText('As the main authorized user.').waitFor();
  assert.deepEqual(await violations(maria.jira), []);
});

test('each issue is there once on both sites, also after everything was looked at once more', async () => {
  await controls.goto(`${local.address}/local`);
  await controls.getByRole('button', { name: '+1 hour' }).click();
  await controls.getByText('The clock was moved.').waitFor();
  await runUpkeep(local.address, controls);
  // Issues wait their turn, so whatever was found stood before this one.
  await comeBack(ana.jira);
  const here = await create(LATER);
  const link = await until(ana, `${THERE}/jira/projects/INT`, listed(LATER));
  await paired({ here, there: keyOf(await link.getAttribute('href')) }, 'One was created for the other');
  for (const project of [`${THERE}/jira/projects/INT`, '/jira/projects/MOB']) {
    for (const summary of [SUMMARY, LATER]) assert.equal(await (await until(ana, project, listed(summary))).count(), 1, `${summary} at ${project}`);
  }
  const pairs = await openPairs();
  await pairs.getByText('3 pairs, of at most').waitFor();
});
