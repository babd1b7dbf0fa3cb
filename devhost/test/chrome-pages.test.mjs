// @ts-check
/// <reference lib="dom" />
/** The pages of the chrome in a real browser: for every eye, every width, with and without scripts. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../../tests/browser/axe.mjs';
import { launch } from '../../tests/browser/chromium.mjs';
import { buildFixture } from './chrome-fixture.mjs';
import { startWorld } from './chrome-standins.mjs';

/** @type {Awaited<ReturnType<typeof buildFixture>>} */
let fixture;
/** @type {import('./chrome-standins.mjs').World} */
let world;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  fixture = await buildFixture();
  world = await startWorld({ dist: fixture.dist });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.close();
  await fixture?.remove();
});

const PAGES = [
  '/',
  '/jira/projects',
  '/jira/projects/APP',
  '/browse/APP-1',
  '/jira/settings/personal',
  '/jira/people/ana',
  '/jira/settings/apps/fixture',
  '/local?done=clock',
  '/sites/partner/',
  '/sites/partner/browse/PAR-1',
  '/sign-in',
  '/browse/NOPE-1',
];

const WIDTHS = [1280, 400];

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`no page has a fault that axe finds, or is wider than the window, however wide that is: ${colorScheme}`, async () => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    for (const path of PAGES) {
      await page.goto(`${world.origins.jira}${path}`);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.colorMode), colorScheme);
      for (const width of WIDTHS) {
        const where = `${path}, ${width} px`;
        await page.setViewportSize({ width, height: 800 });
        for (const menu of ['.account-menu:not([open])', '.navigation-menu:not([open])']) {
          const summary = page.locator(`${menu} > summary`);
          if (await summary.isVisible()) await summary.click();
        }
        assert.deepEqual(await violations(page), [], where);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, where);
      }
    }
    // Pages and frames that are not there, which the list above asks for.
    assert.deepEqual(complaints.filter((words) => !words.includes('404')), []);
    await context.close();
  });
}

test('menus work by keyboard: open, move in, close, and the focus is back', async () => {
  const page = await browser.newPage();
  await page.goto(`${world.origins.jira}/`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to content');
  const account = page.locator('.account-menu > summary');
  await account.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Ana Lima' }).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Personal settings');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('button', { name: 'Ana Lima' }).isVisible(), false);
  assert.equal(await account.evaluate((element) => element === document.activeElement), true);
  await page.keyboard.press('Enter');
  await page.mouse.click(640, 700);
  assert.equal(await page.getByRole('button', { name: 'Ana Lima' }).isVisible(), false);
  await page.context().close();
});

test('the account switcher changes who is signed in, and comes back to the page', async () => {
  const page = await browser.newPage();
  await page.goto(`${world.origins.jira}/browse/APP-1`);
  await page.getByLabel('Account: Maria Keller').click();
  await page.getByRole('button', { name: 'Ana Lima' }).click();
  await page.getByLabel('Account: Ana Lima').waitFor();
  assert.equal(page.url(), `${world.origins.jira}/browse/APP-1`);
  await page.getByLabel('Add a comment').fill('Seen by me');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Seen by me').waitFor();
  assert.equal(world.comments.pop()?.account, 'ana');
  await page.context().close();
});

test('everything but the app works without scripts', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${world.origins.jira}/local`);
  await page.getByRole('button', { name: '+30 days' }).click();
  await page.getByText('30 days ahead of').first().waitFor();
  await page.getByRole('button', { name: /Back to this machine/ }).click();
  await page.getByText('Theme', { exact: true }).click();
  await page.getByRole('button', { name: 'Dark' }).click();
  assert.equal(await page.locator('html').getAttribute('data-color-mode'), 'dark');
  await context.close();
});

test('resetting asks first', async () => {
  const page = await browser.newPage();
  await page.goto(`${world.origins.jira}/local`);
  page.once('dialog', (dialog) => dialog.dismiss());
  await page.getByRole('button', { name: 'Reset all' }).click();
  assert.deepEqual(world.done, []);
  page.once('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: 'Reset all' }).click();
  await page.getByText('This is the first day again.').waitFor();
  assert.deepEqual(world.done, ['reset']);
  await page.context().close();
});
