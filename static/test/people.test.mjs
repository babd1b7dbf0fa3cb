// @ts-check
/**
 * The built pages about people, as a person and a screen reader find them, in every state.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { ADMIN_STATES, COMMENT_STATES, goTo, PERSONAL_STATES, write } from './people-states.mjs';
import { press } from './states.mjs';
import { look } from './state.mjs';
import { accessible, asked, NARROW, opened, requests, visit, WIDE } from './visit.mjs';

/**
 * As though another tab of this person said that something changed.
 * @param {import('playwright-core').Page} page
 */
async function settledElsewhere(page) {
  await page.evaluate(() => dispatchEvent(new StorageEvent('storage', { key: 'integration-plus.settled.5b10a2844c20165700ede21g', newValue: 'another tab' })));
}

for (const [where, states] of Object.entries({ 'the admin page': ADMIN_STATES, 'the personal settings page': PERSONAL_STATES, 'the issue panel': COMMENT_STATES })) {
  describe(`every state of ${where}`, { concurrency: 3 }, () => {
    for (const state of states) {
      test(state.name, () => visit(state.scene, (page) => look(page, state)));
    }
  });
}

describe('Connections', { concurrency: 3 }, () => {
  test('where storage takes the cursor of a page no more, the list begins anew', () =>
    visit('peopleOldCursor', async (page) => {
      await goTo(page, 'Connections');
      await press(page, 'Next');
      await page.waitForFunction(() => /** @type {any} */ (globalThis).__fixture.requests.filter((/** @type {any} */ { type }) => type === 'connections').length === 3);
      const cursors = (await asked(page, 'connections')).map((/** @type {any} */ { page: { cursor } }) => cursor);
      assert.deepEqual(cursors, [null, '20', null]);
      await page.getByText('Page 1', { exact: true }).first().waitFor();
    }));

  test('an export whose cursor storage takes no more is read from the beginning, and tells when that does not help', () =>
    visit('peopleOldCursor', async (page) => {
      await goTo(page, 'Connections');
      await press(page, 'Export CSV');
      await page.getByRole('button', { name: 'Go on' }).waitFor();
      const cursors = (await asked(page, 'connections')).map((/** @type {any} */ { page: { cursor } }) => cursor);
      // The list itself first; then from the beginning three times, and no more by itself.
      assert.deepEqual(cursors, [null, null, '20', null, '20', null, '20']);
    }));

  test('a filter, a search and an order each begin at the first page; a search is by name', () =>
    visit('people', async (page) => {
      await goTo(page, 'Connections');
      await press(page, 'Next');
      await page.getByRole('rowheader', { name: 'Ana Fixture 21' }).waitFor();
      await press(page, 'Since');
      await page.getByRole('rowheader', { name: 'Ana Fixture 1', exact: true }).waitFor();
      await page.getByRole('button', { name: /^To re-authorize/ }).click();
      await page.getByRole('rowheader', { name: 'Ana Fixture 1', exact: true }).waitFor({ state: 'detached' });
      await page.getByRole('searchbox').fill('bo');
      await page.getByRole('rowheader', { name: 'June Fixture 10' }).waitFor({ state: 'detached' });
      const pages = (await asked(page, 'connections')).map((/** @type {any} */ request) => request.page);
      assert.deepEqual(pages, [
        { label: null, order: 'name', descending: false, query: null, cursor: null },
        { label: null, order: 'name', descending: false, query: null, cursor: '20' },
        { label: null, order: 'since', descending: false, query: null, cursor: null },
        { label: 'toReauthorize', order: 'since', descending: false, query: null, cursor: null },
        { label: 'toReauthorize', order: 'name', descending: false, query: 'bo', cursor: null },
      ]);
    }));

  test('pages are turned back by the cursors that led there', () =>
    visit('people', async (page) => {
      await goTo(page, 'Connections');
      await press(page, 'Next');
      await page.getByRole('rowheader', { name: 'Ana Fixture 21' }).waitFor();
      await press(page, 'Next');
      await page.getByRole('rowheader', { name: 'Ana Fixture 41' }).waitFor();
      assert.ok(await page.getByRole('button', { name: 'Next' }).isDisabled());
      await press(page, 'Previous');
      await page.getByRole('rowheader', { name: 'Ana Fixture 21' }).waitFor();
      assert.deepEqual((await asked(page, 'connections')).map((/** @type {any} */ { page: { cursor } }) => cursor), [null, '20', '40', '20']);
    }));

  test('who is selected on several pages is reminded, fifty at a time, and the sum is told', () =>
    visit('people', async (page) => {
      await goTo(page, 'Connections');
      for (const next of [true, true, false]) {
        await page.getByRole('checkbox', { name: 'Select everybody on this page' }).check();
        if (next) {
          const number = await page.getByText(/^Page \d$/).last().innerText();
          await press(page, 'Next');
          await page.getByText(number, { exact: true }).first().waitFor({ state: 'detached' });
        }
      }
      await page.getByText('60 people selected').waitFor();
      await press(page, 'Remind');
      await page.getByText('58 people were reminded, 2 were reminded within the last hour. They are asked once more when they open an issue, within the hour.').waitFor();
      assert.deepEqual((await asked(page, 'remind')).map(({ accounts }) => accounts.length), [50, 10]);
      assert.equal(await page.getByText(/people selected/).count(), 0);
    }));

  test('the chart’s numbers are a table', () =>
    visit('people', async (page) => {
      await goTo(page, 'Connections');
      await page.getByText('Show the numbers').click();
      const table = page.getByRole('table', { name: 'People by day and state' });
      assert.equal(await table.getByRole('row').count(), 15);
      assert.deepEqual(await table.getByRole('row', { name: /^24 Aug/ }).getByRole('cell').allInnerTexts(), ['40', '5', '9', '2', '3', '1']);
      await accessible(page);
      // The drawing shows the same: the column of today is as high as everybody is many, the first shade at its foot.
      const [height, y] = await page.locator('svg g').last().locator('rect').first().evaluate((rect) => [rect.getAttribute('height'), rect.getAttribute('y')].map(Number));
      assert.ok(height !== undefined && y !== undefined && Math.abs(height - (40 / 60) * 100) < 0.1 && Math.abs(height + y - 100) < 0.1, `${height} ${y}`);
    }));

  test('the job is steered by what the app offers', () =>
    visit('jobRunning', async (page) => {
      await goTo(page, 'Connections');
      await press(page, 'Pause');
      await page.waitForFunction(() => /** @type {any} */ (globalThis).__fixture.requests.some((/** @type {any} */ { type }) => type === 'steerWave'));
      assert.deepEqual(await asked(page, 'steerWave'), [{ type: 'steerWave', to: 'pause' }]);
    }));

  test('the file: every page, a mark for Excel, no formula, no broken line', () =>
    visit('formulas', async (page) => {
      await goTo(page, 'Connections');
      await press(page, 'Export CSV');
      const link = page.getByRole('link', { name: 'Download the file' });
      await link.waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      assert.equal(download.suggestedFilename(), 'integration-plus-connections-2026-08-24.csv');
      const text = await readFile(await download.path(), 'utf8');
      assert.equal(text.charCodeAt(0), 0xfeff);
      const lines = text.slice(1).split('\r\n');
      assert.equal(lines[0], '"Account ID","Name","State","Why","Since","Last used","Last reminded"');
      assert.equal(lines.length, 12, 'a header, nine people, one of the next page, and the end');
      const names = lines.slice(1, 10).map((line) => /^"p\d","((?:[^"]|"")*)"/.exec(line)?.[1]);
      assert.deepEqual(names, [
        '\'=HYPERLINK(""http://example.com"",""x"")',
        "'+1",
        "'-1+2",
        "'@SUM(A1)",
        "'\t=1",
        "'＝1",
        'Quote ""x"", comma',
        'Line\nbreak',
        'Zoë Ünï',
      ]);
      assert.match(lines[1] ?? '', /"2026-08-24T13:05:00\.000Z","2026-08-24T14:05:00\.000Z",""$/);
    }));

  test('an export that stopped goes on where it was', () =>
    visit('exportStops', async (page) => {
      await goTo(page, 'Connections');
      await press(page, 'Export CSV');
      await press(page, 'Go on');
      await page.getByText('60 people are in the file.').waitFor();
      assert.deepEqual((await asked(page, 'connections')).map((/** @type {any} */ { page: { cursor } }) => cursor), [null, null, '20', '20', '40']);
    }));

  test('a cancelled export asks nothing more', () =>
    visit('exportStops', async (page) => {
      await goTo(page, 'Connections');
      await press(page, 'Export CSV');
      await page.getByText('What was read so far is kept.').waitFor();
      await press(page, 'Cancel export');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.equal((await asked(page, 'connections')).length, 3);
    }));

  test('a list that the browser does not copy is shown', () =>
    visit('people', async (page) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
        document.execCommand = () => false;
      });
      await goTo(page, 'Connections');
      await press(page, 'Export CSV');
      await press(page, 'Copy instead');
      const text = await page.getByRole('textbox', { name: 'The list as comma-separated values' }).inputValue();
      assert.equal(text.trimEnd().split('\n').length, 61);
      await accessible(page);
    }));
});

describe('Settings and rolling back', { concurrency: 3 }, () => {
  test('settings are saved together, and only what was changed differs', () =>
    visit('settings', async (page) => {
      await goTo(page, 'Settings');
      assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled());
      await page.getByRole('radio', { name: 'Everyone re-authorizes' }).check();
      await page.getByRole('textbox', { name: 'Days during which you can roll back' }).fill('30');
      await press(page, 'Save');
      await page.getByText('Saved.', { exact: true }).waitFor();
      assert.deepEqual(await asked(page, 'changeSettings'), [{ type: 'changeSettings', settings: { policy: 'everyone', graceDays: 30, fallback: false, runsDays: null } }]);
      assert.ok(await page.getByRole('radio', { name: 'Everyone re-authorizes' }).isChecked());
    }));

  test('a change asks of people what was chosen for it', () =>
    visit('connected', async (page) => {
      await press(page, 'change');
      await page.getByRole('combobox').fill('narrow');
      await page.getByRole('option', { name: /Narrow service account/ }).click();
      await press(page, 'Next');
      assert.ok(await page.getByRole('radio', { name: 'Verify first' }).isChecked());
      await page.getByRole('radio', { name: 'Everyone re-authorizes' }).check();
      await press(page, 'Continue to Jira');
      await page.getByRole('timer').waitFor();
      assert.equal((await asked(page, 'beginChange'))[0].policy, 'everyone');
    }));

  // Jira makes the frame as high as the page in it, so the screen is less than what the frame takes for it.
  test('rolling back fits a small screen: its button is in sight', () =>
    visit('restorable', async (page) => {
      await page.setViewportSize({ width: 400, height: 1100 });
      await press(page, 'Roll back');
      const button = page.getByRole('dialog').getByRole('button', { name: 'Roll back', exact: true });
      await button.waitFor();
      const box = await button.boundingBox();
      assert.ok(box !== null && box.y + box.height <= 800, JSON.stringify(box));
    }, NARROW));

  test('rolling back asks once and closes', () =>
    visit('restorable', async (page) => {
      await press(page, 'Roll back');
      await page.getByRole('dialog').getByRole('button', { name: 'Roll back', exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.deepEqual(await asked(page, 'rollBack'), [{ type: 'rollBack', acknowledged: null }]);
    }));
});

describe('the person’s own authorization', { concurrency: 3 }, () => {
  test('Allow in the other tab is noticed, and told to the other frames', () =>
    visit('myAccountAllows', async (page) => {
      await press(page, 'Re-authorize');
      await page.getByText('What you do through Integration+ carries your name.').waitFor();
      assert.equal((await opened(page)).length, 1);
      const emitted = await page.evaluate(() => /** @type {any} */ (globalThis).__fixture.emitted);
      assert.equal(emitted.length, 1);
    }));

  test('disconnecting says that our copy is deleted', () =>
    visit('myAccount', async (page) => {
      await press(page, 'Disconnect');
      await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
      await page.getByText('Our copy is deleted. Nothing is done in your name any more.').waitFor();
      await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
    }));

  test('nothing is asked while nothing is under way', () =>
    visit('myAccount', async (page) => {
      await page.getByText('Working', { exact: true }).waitFor();
      await page.waitForTimeout(2500);
      assert.deepEqual(await requests(page), [{ type: 'me' }]);
    }));
});

describe('a comment', { concurrency: 3 }, () => {
  test('goes out with its issue and its kind, and the field is empty for the next', () =>
    visit('comment&project=service_desk', async (page) => {
      await page.getByRole('checkbox', { name: 'Internal note' }).check();
      await write(page, 'For us only.');
      await page.getByText('Posted as you.').waitFor();
      assert.deepEqual(await asked(page, 'comment'), [{ type: 'comment', issueId: '10001', text: 'For us only.', internal: true }]);
      assert.equal(await page.getByRole('textbox').inputValue(), '');
      assert.equal(await page.getByRole('checkbox').isChecked(), false);
    }));

  for (const scene of ['commentRefused', 'commentBroken', 'commentElsewhere']) {
    test(`is not lost when it is not taken: ${scene}`, () =>
      visit(scene, async (page) => {
        await write(page, 'Precious.');
        await page.getByText(/^Code for support/).waitFor();
        assert.equal(await page.getByRole('textbox').inputValue(), 'Precious.');
      }));
  }

  test('that met the prompt is posted by itself after Allow, once', () =>
    visit('commentResumes', async (page) => {
      await write(page);
      await press(page, 'Re-authorize');
      await page.getByText('Posted as you.').waitFor();
      await page.waitForTimeout(500);
      assert.deepEqual(await asked(page, 'postHeld'), [{ type: 'postHeld', text: null }]);
    }));

  test('that waits is posted when its author allowed on another page', () =>
    visit('commentHears', async (page) => {
      await page.getByText(/^Your comment is kept/).waitFor();
      assert.deepEqual(await asked(page, 'postHeld'), []);
      const other = await page.context().newPage();
      await other.goto(new URL('/?scene=myAccount', page.url()).href);
      await other.evaluate(() => localStorage.setItem('integration-plus.settled.5b10a2844c20165700ede21g', 'another tab'));
      await page.getByText('Posted as you.').waitFor();
      await other.close();
    }));

  test('that was handed back is posted as it is edited', () =>
    visit('commentBack', async (page) => {
      const field = page.getByRole('textbox', { name: 'Your comment' });
      await field.waitFor();
      assert.equal(await field.inputValue(), 'What I wrote yesterday.');
      await field.fill('What I think today.');
      await press(page, 'Post');
      await page.getByText('Posted as you.').waitFor();
      assert.deepEqual(await asked(page, 'postHeld'), [
        { type: 'postHeld', text: null },
        { type: 'postHeld', text: 'What I think today.' },
      ]);
    }));

  test('that was handed back is posted for its author as it is edited', () =>
    visit('commentBackForMe', async (page) => {
      await press(page, 'Post it for me with my name in the footer');
      const field = page.getByRole('textbox', { name: 'Your comment' });
      await field.fill('What I think today.');
      await press(page, 'Post it for me with my name in the footer');
      await page.getByText(/^Posted through the main authorized user/).waitFor();
      assert.deepEqual((await asked(page, 'postForMe')).map(({ text }) => text), [null, 'What I think today.']);
    }));

  test('that was edited after it had been posted gives the edit back', () =>
    visit('commentBackPosted', async (page) => {
      const field = page.getByRole('textbox', { name: 'Your comment' });
      await page.getByRole('button', { name: 'Post', exact: true }).waitFor();
      await field.fill('What I think today.');
      await press(page, 'Post');
      await page.getByText(/^Your comment on APP-1 had been posted already\. What you changed since is not posted/).waitFor();
      assert.equal(await field.inputValue(), 'What I think today.');
    }));

  test('that is kept although no answer came is not in its field any more once it is posted', () =>
    visit('commentUntold', async (page) => {
      await write(page);
      await page.getByText('Posted as you.').waitFor();
      assert.equal(await page.getByRole('textbox', { name: 'Your comment' }).inputValue(), '');
    }));

  for (const [scene, then, control] of /** @type {const} */ ([
    ['commentDraft', 'Your comment is kept. Re-authorize, and it is posted here under your name.', 'Discard comment'],
    ['commentDraftPosts', 'Posted as you.', null],
    ['commentDraftBack', 'The issue changed while you were away. Your comment is below; look it over and post it.', 'Discard comment'],
  ])) {
    test(`that is typed here is not lost to another one that waits: ${scene}`, () =>
      visit(scene, async (page) => {
        const field = page.getByRole('textbox', { name: 'Your comment' });
        await field.fill('Typed in the second tab.');
        await settledElsewhere(page);
        await page.getByText(then).waitFor();
        if (control !== null) {
          await page.getByText(/^What you typed in this tab is still here too/).waitFor();
          await press(page, control);
          await page.getByText('The comment was discarded. Nothing was posted.').waitFor();
        }
        assert.equal(await field.inputValue(), 'Typed in the second tab.');
      }));
  }

  test('that is edited here is not lost when another tab deals with what waited', () =>
    visit('commentBackGone', async (page) => {
      const field = page.getByRole('textbox', { name: 'Your comment' });
      await page.getByRole('button', { name: 'Post', exact: true }).waitFor();
      await field.fill('What I think today.');
      await settledElsewhere(page);
      await page.getByText('No comment waits any more: it was posted or discarded in another tab.').waitFor();
      assert.equal(await field.inputValue(), 'What I think today.');
    }));

  for (const scene of ['commentLost', 'commentLostNothingHeld', 'commentPosting']) {
    test(`that another tab posted first is no fault: ${scene}`, () =>
      visit(scene, async (page) => {
        await page.getByText('No comment waits any more: it was posted or discarded in another tab.').waitFor();
        await page.waitForTimeout(3500);
        assert.equal(await page.getByRole('alert').count(), 0);
        assert.equal((await asked(page, 'postHeld')).length, 1);
      }));
  }

  test('that another tab had in hand and left is tried once more by itself', () =>
    visit('commentLostOnce', async (page) => {
      await page.getByText('Posted as you.').waitFor();
      assert.equal((await asked(page, 'postHeld')).length, 2);
    }));

  test('that another tab has in hand twice is left to a person', () =>
    visit('commentLostTwice', async (page) => {
      await page.getByText(/It could not be posted just now/).waitFor();
      await page.waitForTimeout(3500);
      assert.equal(await page.getByRole('alert').count(), 0);
      assert.equal((await asked(page, 'postHeld')).length, 2);
      await page.getByRole('button', { name: 'Post it now' }).waitFor();
    }));

  test('that Jira did not answer for is tried again only by a person', () =>
    visit('commentUnsent', async (page) => {
      await page.getByText(/It could not be posted just now/).waitFor();
      await page.waitForTimeout(500);
      assert.equal((await asked(page, 'postHeld')).length, 1);
      await press(page, 'Post it now');
      await page.getByText('Posted as you.').waitFor();
    }));
});

describe('each page', () => {
  test('loads only what is its own', () =>
    visit('comment', async (page) => {
      await page.getByRole('button', { name: 'Comment', exact: true }).waitFor();
      const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      assert.ok(loaded.some((name) => /CommentPanel/.test(name)));
      assert.deepEqual(loaded.filter((name) => /App-|Connections|PersonalPage|ChangeDialog/.test(name)), []);
    }, { ...WIDE }));

  test('that nobody knows says so', () =>
    visit('connected&module=nobody', async (page) => {
      await page.getByRole('button', { name: 'Reload' }).waitFor();
    }));
});
