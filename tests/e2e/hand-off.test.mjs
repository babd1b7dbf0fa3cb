// @ts-check
// Somebody else holds the account: an administrator makes a link, another browser allows with it, the administrator's
// page goes on by itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../browser/chromium.mjs';
import { PATIENCE_MS, comeBack, continueToJira, person, signInAs, startLocalJira, violations } from './local-jira.mjs';

/** @import { FrameLocator, Page } from 'playwright-core' */

const SERVICE = 'Jira service account';

/** @type {Awaited<ReturnType<typeof startLocalJira>>} */
let local;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof person>>} */
let maria;
/** The tab of whoever holds the account, in a browser that knows nothing of Jira. @type {Page} */
let holder;
/** @type {FrameLocator} */
let panel;
/** @type {string} */
let link;

before(async () => {
  [local, browser] = await Promise.all([startLocalJira(), launch()]);
  maria = await person(browser, local.address, 'Maria Keller');
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(PATIENCE_MS);
  holder = await context.newPage();
  panel = await maria.open();
  const consent = await continueToJira(maria.jira, panel, 'Connect', 'Maria Keller');
  await signInAs(consent, 'Maria Keller');
  await consent.getByRole('button', { name: 'Allow' }).click();
  await consent.getByText('You allowed Integration+ as Maria Keller').waitFor();
  await comeBack(maria.jira);
  await showsMain('Maria Keller');
});

after(async () => {
  await browser?.close();
  await local?.stop();
});

/** @param {string} name */
const showsMain = (name) => panel.getByText('Main authorized user is').locator('..').getByText(name).first().waitFor({ timeout: PATIENCE_MS });

/** No rule of axe's is broken, and nothing overhangs: wide and narrow, light and dark. @param {string} title */
async function reads(title) {
  await holder.getByRole('heading', { name: title }).waitFor();
  for (const [width, colorScheme] of /** @type {const} */ ([[1280, 'light'], [400, 'dark'], [400, 'light']])) {
    await holder.setViewportSize({ width, height: 900 });
    await holder.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(holder), [], `${title} at ${width} in ${colorScheme}`);
    assert.ok((await holder.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${title} overhangs`);
  }
  const folder = process.env.SCREENSHOTS;
  if (folder) await holder.screenshot({ path: `${folder}/${title.replace(/\W+/g, '-')}.png` });
}

/** Goes on from the link, by keyboard alone, and signs in as `name`. @param {string} name */
async function signIn(name) {
  await holder.goto(link);
  await holder.keyboard.press('Tab');
  await holder.keyboard.press('Enter');
  await signInAs(holder, name);
}

test('the administrator makes a link, which is shown with what to say', async () => {
  panel = await maria.open();
  await panel.getByRole('button', { name: 'change', exact: true }).click();
  await panel.getByRole('combobox').fill(SERVICE);
  await panel.getByRole('option', { name: new RegExp(SERVICE) }).click();
  await panel.getByRole('button', { name: 'Next' }).click();
  await panel.getByRole('button', { name: `Somebody else signs in as ${SERVICE}` }).click();
  link = await panel.getByRole('textbox', { name: 'Link for the person who signs in' }).inputValue();
  assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/x1\/.*\?code=[\w-]{43}$/);
  await panel.getByText(/The link expires on/).first().waitFor();
  assert.deepEqual(await violations(maria.jira), []);
});

test('the page of the link tells who asks, and as whom to sign in', async () => {
  await holder.goto(link);
  for (const words of ['Maria Keller', 'Nothing changes until', 'You need no administrator rights']) await holder.getByText(words).first().waitFor();
  await reads(`Allow Integration+ as ${SERVICE}?`);
});

test('who allows as another account is told so, the administrator too, and nothing has changed', async () => {
  await signIn('Tom Okafor');
  await holder.getByRole('button', { name: 'Allow' }).click();
  await holder.getByText(/You allowed as Tom Okafor, and Jira service account was meant\. Nothing has changed/).waitFor();
  await reads('Integration+ was not authorized');
  await comeBack(maria.jira);
  await panel.getByText(/The last try, at .*, came to nothing: .*Tom Okafor/).first().waitFor();
  // The page is loaded anew: the change still waits, and the link is not shown a second time.
  panel = await maria.open();
  await panel.getByRole('button', { name: 'Open', exact: true }).click();
  await panel.getByText(/The link cannot be shown again/).waitFor();
  assert.equal(await panel.getByRole('textbox').count(), 0);
  assert.deepEqual(await violations(maria.jira), []);
});

test('who allows as the account that is meant is done, and the link is used up', async () => {
  await signIn(SERVICE);
  await holder.getByRole('button', { name: 'Allow' }).click();
  await holder.getByText(`You allowed Integration+ as ${SERVICE}`).first().waitFor();
  await holder.getByText('there is nothing more for you to do').waitFor();
  await reads(`You allowed Integration+ as ${SERVICE}`);
  await holder.goto(link);
  await reads('This link has been used');
  await holder.goto(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`);
  await reads('This link is not known');
});

test('the result waits for the administrator, who finishes the change', async () => {
  await comeBack(maria.jira);
  await panel.getByRole('heading', { name: 'The account allowed' }).waitFor();
  await panel.getByText('Nothing has changed.').first().waitFor();
  assert.deepEqual(await violations(maria.jira), []);
  await panel.getByRole('button', { name: 'Finish the change' }).click();
  await showsMain(SERVICE);
  panel = await maria.open();
  await showsMain(SERVICE);
  await panel.getByText(/Main authorized user changed from/).first().waitFor();
});
