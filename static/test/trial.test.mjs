// @ts-check
/**
 * Tests of an account of the register, as a person and a screen reader find them.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toRegister } from './register-states.mjs';
import { look } from './state.mjs';
import { press } from './states.mjs';
import { toTest, TRIAL_STATES } from './trial-states.mjs';
import { asked, opened, visit } from './visit.mjs';

/** @typedef {import('playwright-core').Page} Page */

const SERVICE = '712020:service-jira';

describe('every state of the tests of an account', { concurrency: 3 }, () => {
  for (const state of TRIAL_STATES) {
    test(state.name, () => visit(state.scene, (page) => look(page, state)));
  }
});

describe('Testing an account', { concurrency: 3 }, () => {
  test('nothing is tested before somebody asks, and then it is followed to its result', () =>
    visit('trialRuns', async (page) => {
      await toTest(page);
      await page.getByText('This account has not been tested yet.').last().waitFor();
      assert.deepEqual(await asked(page, 'testAccount', 'settleTrial'), []);
      await press(page, 'Test account');
      await page.getByText(/^[2-5] of 9 checks are made/).waitFor();
      await page.getByText(/9 passed\.$/).first().waitFor();
      assert.deepEqual(await asked(page, 'testAccount'), [{ type: 'testAccount', account: SERVICE }]);
      assert.equal((await asked(page, 'trial')).length, 5);
      assert.equal(await page.getByRole('dialog').getByRole('button', { name: 'Run again' }).count(), 1);
    }));

  test('where few results are drawn, no date stands where nothing is', () =>
    visit('trialTwice', async (page) => {
      await toTest(page);
      const drawing = page.getByRole('img', { name: /^2 results, oldest first/ });
      const written = await drawing.locator('xpath=../p').locator('span').allTextContents();
      assert.equal(written.length, 1);
      assert.match(written[0] ?? '', /^\S.* – .*\S$/);
      await page.keyboard.press('Escape');
    }));

  test('whoever closes the dialog reads the register and the status again, and is where they were', () =>
    visit('trialPassed', async (page) => {
      await toTest(page);
      await page.getByRole('heading', { name: 'Latest result' }).waitFor();
      const before = [(await asked(page, 'register')).length, (await asked(page, 'status')).length];
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.waitForTimeout(300);
      assert.deepEqual([(await asked(page, 'register')).length, (await asked(page, 'status')).length], before.map((n) => n + 1));
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Test Jira service account');
    }));

  test('a project is found, chosen and taken away again, each saved as it is chosen', () =>
    visit('trialNever', async (page) => {
      await toTest(page);
      // That a project is to be chosen stands before everything else.
      const headings = await page.getByRole('dialog').getByRole('heading', { level: 2 }).allTextContents();
      assert.equal(headings[0], 'Where and how often');
      await page.getByRole('searchbox', { name: 'Test project: search by name or key' }).fill('try');
      await page.getByRole('button', { name: 'Use For trying things (TRY)' }).click();
      await page.getByText('Saved.').waitFor();
      await page.getByText('For trying things (TRY)', { exact: true }).waitFor();
      assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /^Test projectFor trying things/);
      await page.getByRole('radio', { name: 'Every week' }).click();
      await page.getByText(/The next test begins about/).waitFor();
      await press(page, 'Test without a project');
      await page.getByText('None is chosen.').waitFor();
      const settle = (/** @type {string | null} */ project, /** @type {string} */ repeat) => ({ type: 'settleTrial', account: SERVICE, project, repeat });
      assert.deepEqual(await asked(page, 'settleTrial'), [settle('10009', 'off'), settle('10009', 'weekly'), settle(null, 'weekly')]);
    }));

  test('somebody else allows while the dialog is open, and what is held is deleted when asked twice', () =>
    visit('trialAllowed', async (page) => {
      await toTest(page);
      await press(page, 'Create a link for somebody else');
      const link = page.getByRole('textbox', { name: 'Link for the person who signs in' });
      assert.match(await link.inputValue(), /\?code=A{43}$/);
      await page.getByText(/Integration\+ holds tokens of Jira service account/).first().waitFor();
      assert.equal(await link.count(), 0);
      await press(page, 'Delete these tokens');
      assert.deepEqual(await asked(page, 'deleteTestGrant'), []);
      await press(page, 'Keep them');
      await press(page, 'Delete these tokens');
      await press(page, 'Delete these tokens');
      await page.getByRole('button', { name: 'Create a link for somebody else' }).waitFor();
      assert.deepEqual(await asked(page, 'handOffTest', 'deleteTestGrant'), [{ type: 'handOffTest', account: SERVICE }, { type: 'deleteTestGrant', account: SERVICE }]);
    }));

  test('by keyboard alone', () =>
    visit('trialPassed', async (page) => {
      await toRegister(page);
      await page.getByRole('button', { name: 'Test Jira service account' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Run again' }).waitFor();
      await page.getByText('Show the results as a table').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('table', { name: 'Results of this account’s tests, latest first' }).waitFor();
      await page.getByRole('button', { name: 'Run again' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForTimeout(200);
      assert.equal((await asked(page, 'testAccount')).length, 1);
    }));

  test('what is refused is said, and what was known stays', () =>
    visit('trialRefused', async (page) => {
      await toTest(page);
      await press(page, 'Run again');
      await page.getByText(/There is no such project or category/).waitFor();
      await page.getByText(/9 passed\.$/).first().waitFor();
      assert.equal(await page.getByText('This is tried again by itself.').count(), 0);
    }));

  test('the drawing is a table, too, and an issue that stays is a way to Jira', () =>
    visit('trialTroubled', async (page) => {
      await toTest(page);
      await page.getByText('Show the results as a table').click();
      const rows = page.getByRole('table', { name: 'Results of this account’s tests, latest first' }).getByRole('row');
      assert.equal(await rows.count(), 31);
      assert.match((await rows.nth(1).textContent()) ?? '', /Maria Keller.*Failed: 2 passed, 6 failed, and 1 not run\..*Can sign in/);
      assert.match((await rows.nth(3).textContent()) ?? '', /the schedule.*Passed: 9 passed\./);
      assert.equal(await page.locator('svg[role=img] rect').count(), 270);
      await page.getByRole('button', { name: /Open TRY-17 in Jira/ }).click();
      await page.waitForTimeout(100);
      assert.deepEqual(await opened(page), ['/browse/TRY-17']);
    }));
});
