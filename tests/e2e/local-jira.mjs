// @ts-check
// A local Jira of its own for a test, and people who use it in real browsers.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').FrameLocator} FrameLocator */

const MAIN = fileURLToPath(new URL('../../devhost/src/main.js', import.meta.url));
/** How long anything may take to appear: bounds a hang, asserts nothing about speed. */
export const PATIENCE_MS = 120_000;
/** How long frames are waited for that come in sight with their page. */
const IN_SIGHT_MS = 2000;

/**
 * Starts the local Jira on five free ports, with a state of its own.
 *
 * @param {'demo' | 'fresh'} [seed] with people who have connected their accounts, or before anybody has
 */
export async function startLocalJira(seed = 'fresh') {
  const state = await mkdtemp(join(tmpdir(), 'local-jira-'));
  const port = await freePorts();
  const child = spawn(process.execPath, [MAIN, '--port', String(port), '--state', state, '--seed', seed], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', (code) => reject(new Error(`the local Jira ended with ${code} before it was ready`)));
  });
  return {
    address: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.stdin.end();
      await ended;
      await rm(state, { recursive: true, force: true });
    },
  };
}

/** The first of five free ports in a row. */
async function freePorts() {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all([0, 1, 2, 3, 4].map((offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
}

/** @param {number} port */
const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * Somebody with a browser profile of their own, signed in to Jira.
 *
 * @param {Browser} browser
 * @param {string} address
 * @param {string} name
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function person(browser, address, name, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const jira = await context.newPage();
  await jira.goto(address);
  await jira.locator('.account-menu > summary').click();
  await jira.getByRole('form', { name: 'Switch account' }).getByRole('button', { name: new RegExp(name) }).click();
  return { context, jira, open: () => openPanel(jira, address) };
}

/**
 * The panel, inside Jira's frame.
 *
 * @param {Page} jira
 * @param {string} address
 */
export async function openPanel(jira, address) {
  await comeBack(jira);
  await jira.goto(`${address}/jira/settings/apps/integration-plus`);
  const panel = jira.frameLocator('iframe[title="Integration+"]');
  await panel.getByRole('heading', { name: 'Integration+ Status' }).waitFor();
  return panel;
}

/**
 * A section of the panel.
 *
 * @param {Page} jira
 * @param {string} address
 * @param {string} section its name in the navigation, and its heading
 */
export async function openSection(jira, address, section) {
  const panel = await openPanel(jira, address);
  await panel.getByRole('link', { name: section }).or(panel.getByRole('button', { name: section })).first().click();
  await panel.getByRole('heading', { name: section, exact: true, level: 1 }).waitFor();
  return panel;
}

/**
 * From the panel to Jira's consent page: chooses who is meant, reads, continues.
 *
 * @param {Page} jira
 * @param {FrameLocator} panel
 * @param {'change' | 'Connect'} control
 * @param {string} intended
 * @returns {Promise<Page>} the authorization server's page
 */
export async function continueToJira(jira, panel, control, intended) {
  await panel.getByRole('button', { name: control, exact: true }).click();
  await panel.getByRole('combobox').fill(intended);
  await panel.getByRole('option', { name: new RegExp(intended) }).click();
  await panel.getByRole('button', { name: 'Next' }).click();
  await panel.getByRole('button', { name: 'Continue to Jira' }).click();
  return leaveForJira(jira);
}

/**
 * Jira asks before an app leads anybody away: to its consent page, in a new tab.
 *
 * @param {Page} jira
 * @returns {Promise<Page>} the authorization server's page
 */
export async function leaveForJira(jira) {
  const opened = jira.context().waitForEvent('page');
  await jira.getByRole('link', { name: 'Open page' }).click();
  const page = await opened;
  await page.waitForLoadState();
  return page;
}

/**
 * As a person does who selects Jira's tab again. A tab behind another is drawn once a second, and every click waits for it;
 * a frame that does not know yet that it is in sight may lose what is clicked in it.
 *
 * @param {Page} jira
 */
export async function comeBack(jira) {
  await jira.bringToFront();
  const soon = { polling: 100, timeout: IN_SIGHT_MS };
  const inSight = jira.frames().map((frame) => frame.waitForFunction(() => !document.hidden, undefined, soon));
  // Frames come and go.
  await Promise.allSettled(inSight);
}

/**
 * Looks again and again until what is waited for is there, as somebody does who knows that it comes.
 *
 * @template T
 * @param {() => Promise<T | false>} look answers it, or that it is not there yet
 * @param {() => string | Promise<string>} missing what is said where it never comes
 * @returns {Promise<T>}
 */
export async function lookUntil(look, missing) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== false) return found;
    if (Date.now() > end) assert.fail(await missing());
    await pause(250);
  }
}

/**
 * Signs in at the authorization server, switching accounts if somebody else is signed in there.
 *
 * @param {Page} page
 * @param {string} name
 */
export async function signInAs(page, name) {
  const login = page.getByRole('button', { name: `Log in as ${name}` });
  const other = page.getByText('Switch account');
  await login.or(other).first().waitFor();
  if (!(await login.isVisible())) await other.click();
  await login.click();
  await page.getByRole('button', { name: 'Allow' }).waitFor();
}

/**
 * No violation of WCAG 2.2 A and AA that axe can find.
 *
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function violations(page) {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  // Colours that are still on their way are nobody's contrast; what turns for ever has no end to wait for.
  await Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(() => {
        const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
        return Promise.allSettled(ending.map(({ finished }) => finished)).then(() => undefined);
      }),
    ),
  );
  /** @type {import('axe-core').AxeResults} */
  const { violations: found } = await new AxeBuilder({ page }).withTags(tags).analyze();
  // It opened a tab of its own before this one.
  await comeBack(page);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
