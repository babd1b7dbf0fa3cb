// @ts-check
/**
 * The built panel, as a person and a screen reader find it, in every state. Needs `static/dist` and Chromium.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { look } from './state.mjs';
import { choose, continueToJira, press, STATES } from './states.mjs';
import { accessible, address, NARROW, opened, requests, visit, WIDE } from './visit.mjs';

describe('every state', { concurrency: 3 }, () => {
  for (const state of STATES) {
    test(state.name, () =>
      visit(state.scene, async (page) => {
        await page.getByRole('heading', { name: 'Integration+ Status', exact: true }).waitFor();
        await look(page, state);
      }));
  }
});

describe('behaviour', { concurrency: 3 }, () => {
  test('the change is carried on by itself, once, to its end', () =>
    visit('change', async (page) => {
      await continueToJira(page);
      assert.deepEqual(await opened(page), [
        'https://auth.atlassian.com/authorize?audience=api.atlassian.com&client_id=fixture&state=fixture',
      ]);
      await page.getByRole('heading', { name: 'Allow in Jira', exact: true }).waitFor();
      await page.getByRole('heading', { name: 'Done', exact: true }).waitFor();
      const asked = await requests(page);
      assert.equal(asked.filter((/** @type {any} */ { type }) => type === 'continueChange').length, 1);
      assert.deepEqual(asked.find((/** @type {any} */ { type }) => type === 'beginChange'), {
        type: 'beginChange',
        intended: '712020:service-jira',
        insteadOf: null,
        policy: null,
        acknowledged: null,
        switchAt: null,
      });
      await press(page, 'Close dialog');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.match(await page.locator('main').innerText(), /Main authorized user is\s+Jira service account/);
    }));

  test('it is carried on again, after the pause that the app asks for, while Jira is down', () =>
    visit('continueUnavailable', async (page) => {
      await page.getByText('since 24 Aug').waitFor();
      const asked = (await requests(page)).filter((/** @type {any} */ { type }) => type === 'continueChange');
      assert.equal(asked.length, 2);
    }));

  test('the same point of a change, seen again, does not carry it on again', () =>
    visit('carriedOnLater', async (page) => {
      await page.waitForFunction(() => /** @type {any} */ (globalThis).__fixture.requests.length > 6);
      const asked = (await requests(page)).filter((/** @type {any} */ { type }) => type === 'continueChange');
      assert.equal(asked.length, 1);
    }));

  test('one request at a time carries a change on', () =>
    visit('getsOn', async (page) => {
      await page.getByText('since 24 Aug').waitFor();
      const asked = await requests(page);
      assert.ok(asked.length > 4, 'it got on meanwhile');
      assert.equal(asked.filter((/** @type {any} */ { type }) => type === 'continueChange').length, 1);
    }));

  test('a reading from before a cancellation does not bring the change back', () =>
    visit('lateReading', async (page) => {
      await press(page, 'Open');
      await page.waitForFunction(() => /** @type {any} */ (globalThis).__fixture.requests.length > 1);
      await press(page, 'Cancel change');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.waitForTimeout(2000);
      assert.equal(await page.getByRole('heading', { name: 'Change under way' }).count(), 0);
    }));

  test('an end that was seen in the dialog is not told again', () =>
    visit('endedChecksFailed', async (page) => {
      await press(page, 'Open');
      await page.getByRole('heading', { name: 'The account did not pass the checks' }).waitFor();
      await press(page, 'Close dialog');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.equal(await page.getByRole('button', { name: 'Show details' }).count(), 0);
    }));

  test('nothing is asked while nothing is under way', () =>
    visit('connected', async (page) => {
      await page.getByText('Connected', { exact: true }).waitFor();
      await page.waitForTimeout(2500);
      assert.deepEqual(await requests(page), [{ type: 'status', watching: null }]);
    }));

  test('a check that was asked for is announced when it is done', () =>
    visit('connected', async (page) => {
      await page.getByText('checked 3 minutes ago').waitFor();
      await press(page, 'Check now');
      await page.getByRole('status').getByText('The checks are done.').waitFor();
      await page.getByText('checked just now').waitFor();
    }));

  test('a dialog names the change that it follows', () =>
    visit('superseded', async (page) => {
      await press(page, 'Open');
      await page.getByRole('heading', { name: 'This change is over' }).waitFor();
      assert.equal((await requests(page)).at(-1).watching, 'a'.repeat(64));
    }));

  test('a status that cannot be renewed stays, with its time, however often it is tried again', () =>
    visit('jiraGone', async (page) => {
      const again = page.getByRole('button', { name: 'Try again' });
      await again.waitFor();
      const before = (await requests(page)).length;
      await again.focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction((n) => /** @type {any} */ (globalThis).__fixture.requests.length > n, before);
      await page.waitForFunction(() => document.activeElement?.textContent === 'Try again');
      await page.getByText(/^What you see is as of 14:05/).waitFor();
      await page.getByRole('heading', { name: 'Jira did not answer' }).waitFor();
      await page.getByText('Main authorized user is').waitFor();
      await page.evaluate(() => Object.assign(globalThis, { __jira: true }));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Jira did not answer' }).waitFor({ state: 'hidden' });
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Integration+ Status');
    }));

  test('whoever comes back from the preview finds the account that they chose', () =>
    visit('connected', async (page) => {
      const combobox = page.getByRole('combobox', { name: 'Search by name or email address.' });
      await press(page, 'change');
      await combobox.fill('jira');
      await page.getByRole('option', { name: 'Narrow service account' }).click();
      await press(page, 'Next');
      await page.getByRole('heading', { name: 'What will change' }).waitFor();
      await press(page, 'Back');
      await page.getByRole('heading', { name: 'Who should Integration+ act as?' }).waitFor();
      assert.equal(await combobox.inputValue(), 'Narrow service account');
      await press(page, 'Next');
      await page.getByRole('heading', { name: 'What will change' }).waitFor();
    }));

  test('a first reading that fails can be tried again', () =>
    visit('storageDown', async (page) => {
      await press(page, 'Try again');
      await page.getByText('Connected', { exact: true }).waitFor();
    }));

  test('closing the dialog leaves the change under way, with a way back in', () =>
    visit('awaitingConsent', async (page) => {
      await press(page, 'Open');
      await press(page, 'Close dialog');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.equal((await requests(page)).some((/** @type {any} */ { type }) => type === 'cancelChange'), false);
      await press(page, 'Open');
      await page.getByRole('heading', { name: 'Allow in Jira', exact: true }).waitFor();
    }));

  test('change goes back into one’s own change that is under way', () =>
    visit('awaitingConsent', async (page) => {
      await press(page, 'change');
      await page.getByRole('timer').waitFor();
    }));

  test('cancelling asks the app and closes the dialog', () =>
    visit('awaitingConsent', async (page) => {
      await press(page, 'Open');
      await press(page, 'Cancel change');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.deepEqual((await requests(page)).at(-1), { type: 'cancelChange', change: 'a'.repeat(64) });
    }));

  test('the account that was seen is the one that is accepted', () =>
    visit('allowedByOther', async (page) => {
      await press(page, 'Open');
      await press(page, 'Use Tom Okafor instead, after checks');
      await page.getByRole('heading', { name: 'What will change with Tom Okafor' }).waitFor();
      assert.equal((await requests(page)).some((/** @type {any} */ { type }) => type === 'acceptAccount'), false);
      await press(page, 'Use Tom Okafor instead, after checks');
      await page.getByRole('heading', { name: 'Done', exact: true }).waitFor();
      assert.deepEqual((await requests(page)).at(-1), {
        type: 'acceptAccount',
        change: 'a'.repeat(64),
        accountId: '5b10a2844c20165700ede22h',
        acknowledged: null,
      });
    }));

  test('trying again means the same account', () =>
    visit('allowedByOther', async (page) => {
      await press(page, 'Open');
      await press(page, 'Try again');
      await page.getByRole('timer').waitFor();
      assert.equal((await requests(page)).at(-1).intended, '712020:service-jira');
      assert.equal((await opened(page)).length, 1);
    }));

  test('taking over names the change that gives way', () =>
    visit('blocked', async (page) => {
      await continueToJira(page);
      await press(page, 'Take over');
      await page.getByRole('timer').waitFor();
      const begun = (await requests(page)).filter((/** @type {any} */ { type }) => type === 'beginChange');
      assert.equal(begun.at(-1).insteadOf, 'b'.repeat(64));
    }));

  test('the page opens again, and its link is copied', () =>
    visit(
      'awaitingConsent',
      async (page) => {
        await press(page, 'Open');
        await press(page, 'Open the page again');
        await page.waitForFunction(() => /** @type {any} */ (globalThis).__fixture.opened.length === 1);
        await press(page, 'Copy link for a private window');
        await page.getByText('Link copied. Open it in a private window.').waitFor();
        assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^https:\/\/auth\.atlassian\.com\//);
        // The address is asked for once: a browser opens and copies only right after a click.
        assert.equal((await requests(page)).filter((/** @type {any} */ { type }) => type === 'reopenAuthorization').length, 1);
      },
      { ...WIDE, permissions: ['clipboard-read', 'clipboard-write'] },
    ));

  test('a link is copied also where the Clipboard API is closed', () =>
    visit(
      'awaitingConsent',
      async (page) => {
        const copied = page.evaluate(() => new Promise((resolve) => document.addEventListener('copy', () => resolve(getSelection()?.toString()))));
        await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
        await press(page, 'Open');
        await press(page, 'Copy link for a private window');
        await page.getByText('Link copied. Open it in a private window.').waitFor();
        assert.match(String(await copied), /^https:\/\/auth\.atlassian\.com\//);
        assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Copy link for a private window');
      },
    ));

  test('a link that may not be copied is shown', () =>
    visit('awaitingConsent', async (page) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
        document.execCommand = () => false;
      });
      await press(page, 'Open');
      await press(page, 'Copy link for a private window');
      await page.getByRole('textbox', { name: 'Link to Jira’s page' }).waitFor();
      await accessible(page);
    }));

  test('time left is told by the app’s clock, and the last minute is announced', () =>
    visit('lastMinute', async (page) => {
      await press(page, 'Open');
      await page.getByText(/^Time left: 1:0\d$/).waitFor();
      await page.getByText('One minute left to select Allow.').waitFor();
      await page.getByText(/^Time left: 0:5\d$/).waitFor();
    }));

  test('an account is chosen by keyboard; Escape folds the list first, then closes; the focus comes back', () =>
    visit('connected', async (page) => {
      await page.getByRole('button', { name: 'change', exact: true }).focus();
      await page.keyboard.press('Enter');
      const field = page.getByRole('combobox');
      await field.waitFor();
      assert.ok(await field.evaluate((input) => input === document.activeElement), 'the field has the focus');
      await page.keyboard.type('jira');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('option').first().waitFor({ state: 'hidden' });
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('option').first().waitFor({ state: 'hidden' });
      assert.equal(await field.inputValue(), 'Jira service account');
      await press(page, 'Next');
      await page.getByRole('heading', { name: 'What will happen' }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'What will happen');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.waitForFunction(() => document.activeElement?.textContent === 'change');
    }));

  test('an account that cannot be used cannot be chosen', () =>
    visit('connected', async (page) => {
      await press(page, 'change');
      await page.getByRole('combobox').fill('lena');
      await page.getByRole('option', { name: /Lena Gone/ }).click({ force: true });
      assert.equal(await page.getByRole('combobox').inputValue(), 'lena');
      await press(page, 'Next');
      await page.getByText('Choose an account from the list first.').waitFor();
    }));

  test('typing asks once it rests', () =>
    visit('connected', async (page) => {
      await press(page, 'change');
      // In one breath, so that a slow machine does not rest between two letters.
      await page.getByRole('combobox').evaluate((input) => {
        const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
        for (const text of ['j', 'ji', 'jir', 'jira']) {
          write?.call(input, text);
          input.dispatchEvent(new Event('input', { bubbles: true }));
        }
      });
      await page.getByRole('option').first().waitFor();
      const searches = (await requests(page)).filter((/** @type {any} */ { type }) => type === 'findAccounts');
      assert.deepEqual(searches, [{ type: 'findAccounts', query: 'jira' }]);
    }));

  test('the focus stays in the dialog while Tab goes round', () =>
    visit('connected', async (page) => {
      await choose(page);
      for (let i = 0; i < 8; i += 1) {
        await page.keyboard.press('Tab');
        assert.ok(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null), `Tab ${i + 1}`);
      }
    }));

  test('the navigation folds into a menu', () =>
    visit(
      'connected',
      async (page) => {
        const status = page.getByRole('button', { name: 'Status', exact: true });
        assert.equal(await status.isVisible(), false);
        await press(page, 'Menu');
        assert.ok(await status.isVisible());
        assert.equal(await status.getAttribute('aria-current'), 'page');
        await accessible(page);
      },
      NARROW,
    ));

  test('nothing is written into the page as a script', async () => {
    const html = await (await fetch(address())).text();
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/);
    assert.doesNotMatch(html, /\s(src|href)="\/(?!\/)/, 'paths are relative');
  });
});
