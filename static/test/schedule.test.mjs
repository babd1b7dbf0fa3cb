// @ts-check
/**
 * A change that waits for its time, in the built pages, as a person and a screen reader find it.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fill, later, PERSONAL_STATES, SCHEDULE_STATES, surely } from './schedule-states.mjs';
import { look } from './state.mjs';
import { press } from './states.mjs';
import { asked, requests, visit, WIDE } from './visit.mjs';

describe('every state of a scheduled change', { concurrency: 3 }, () => {
  for (const state of [...SCHEDULE_STATES, ...PERSONAL_STATES]) {
    test(state.name, () => visit(state.scene, (page) => look(page, state)));
  }
});

describe('choosing a time', { concurrency: 3 }, () => {
  /** @param {string} zone @param {string} date @param {string} time */
  async function chosen(zone, date, time) {
    /** @type {number | undefined} */
    let at;
    await visit(`schedules&timezone=${zone}`, async (page) => {
      await later(page);
      await fill(page, date, time);
      await press(page, 'Continue to Jira');
      await page.getByRole('heading', { name: 'Change scheduled' }).last().waitFor();
      at = (await asked(page, 'beginChange'))[0].switchAt;
    });
    return at;
  }

  test('it is read in the reader’s own zone, whatever the browser’s is', async () => {
    assert.equal(await chosen('Europe/Berlin', '2026-08-28', '20:00'), Date.UTC(2026, 7, 28, 18, 0));
    assert.equal(await chosen('America/St_Johns', '2026-08-28', '20:00'), Date.UTC(2026, 7, 28, 22, 30));
    assert.equal(await chosen('Pacific/Kiritimati', '2026-08-28', '00:00'), Date.UTC(2026, 7, 27, 10, 0));
  });

  test('a time that clocks skip is none', () =>
    // Chile sets its clocks forward at midnight of 6 September 2026.
    visit('schedules&timezone=America/Santiago', async (page) => {
      await later(page);
      await fill(page, '2026-09-06', '00:30');
      await press(page, 'Continue to Jira');
      await page.getByText('That time does not exist on that day').waitFor();
      assert.equal((await asked(page, 'beginChange')).length, 0);
    }));

  test('what is out of bounds is said at once, leads to the field, and keeps what was typed', () =>
    visit('schedules', async (page) => {
      await later(page);
      await fill(page, '2026-08-24', '14:10');
      await page.getByRole('button', { name: 'Continue to Jira' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText(/^Choose a date and time from 24 Aug 2026/).waitFor();
      const date = page.getByLabel('Date', { exact: true });
      assert.ok(await date.evaluate((field) => field === document.activeElement), 'the field has the focus');
      assert.equal(await date.getAttribute('aria-invalid'), 'true');
      assert.deepEqual([await date.inputValue(), await page.getByLabel('Time', { exact: true }).inputValue()], ['2026-08-24', '14:10']);
      assert.equal((await asked(page, 'beginChange')).length, 0);
      // Mended, the words go, and it goes on.
      await fill(page, '2026-08-24', '14:30');
      await page.getByText(/^Choose a date and time from/).waitFor({ state: 'hidden' });
      await press(page, 'Continue to Jira');
      await page.getByRole('heading', { name: 'Change scheduled' }).last().waitFor();
    }));

  test('what the app refuses by its own clock keeps what was typed as well', () =>
    visit('schedulesTooLate', async (page) => {
      await later(page);
      await fill(page, '2026-08-24', '14:30');
      await press(page, 'Continue to Jira');
      await page.getByRole('heading', { name: 'That time cannot be chosen' }).waitFor();
      await page.getByText(/Choose a date and time from 24 Aug 2026, 15:05 UTC to/).waitFor();
      assert.equal(await page.getByLabel('Time', { exact: true }).inputValue(), '14:30');
    }));

  test('what was typed is forgotten by nobody who switches now after all', () =>
    visit('schedules', async (page) => {
      await later(page);
      await fill(page, '2026-08-26', '14:05');
      await page.getByRole('radio', { name: 'Switch now' }).check();
      assert.equal(await page.getByLabel('Date', { exact: true }).count(), 0);
      await page.getByRole('radio', { name: 'Switch at a chosen time' }).check();
      assert.equal(await page.getByLabel('Date', { exact: true }).inputValue(), '2026-08-26');
      await page.getByRole('radio', { name: 'Switch now' }).check();
      await press(page, 'Continue to Jira');
      await page.getByRole('heading', { name: 'Change scheduled' }).last().waitFor();
      assert.equal((await asked(page, 'beginChange'))[0].switchAt, null);
    }));
});

describe('a scheduled change', { concurrency: 3 }, () => {
  test('is switched before its time by one click, once', () =>
    visit('scheduled', async (page) => {
      await surely(page, 'Switch now');
      await page.getByText('since 24 Aug').waitFor();
      assert.deepEqual(await asked(page, 'switchNow'), [{ type: 'switchNow', change: 'a'.repeat(64) }]);
    }));

  test('is cancelled by one click, and the page says no more of it', () =>
    visit('scheduledByOther', async (page) => {
      await surely(page, 'Cancel the scheduled change');
      await page.getByRole('heading', { name: 'Change scheduled' }).waitFor({ state: 'hidden' });
      assert.deepEqual(await asked(page, 'cancelChange'), [{ type: 'cancelChange', change: 'a'.repeat(64) }]);
    }));

  test('that somebody else cancelled meanwhile is not switched, and the page says so where it stood', () =>
    visit('scheduledGone', async (page) => {
      await surely(page, 'Switch now');
      await page.getByRole('heading', { name: 'Change scheduled' }).waitFor({ state: 'hidden' });
      await page.getByRole('alert').getByText('That change is over, or another took its place. Nothing was done.').waitFor({ timeout: 5000 });
      assert.equal((await asked(page, 'switchNow')).length, 1);
      // Whoever goes on with something else is not told of it any more.
      await press(page, 'change');
      await page.getByRole('dialog').waitFor();
      await page.getByText('That change is over').waitFor({ state: 'detached' });
    }));

  test('whoever closes the dialog goes on with the change that waits', () =>
    visit('schedules', async (page) => {
      await later(page);
      await fill(page, '2026-08-28', '20:00');
      await press(page, 'Continue to Jira');
      await page.getByRole('dialog').getByRole('listitem').getByText('Scheduled', { exact: true }).waitFor();
      const close = page.getByRole('dialog').getByRole('button', { name: 'Close dialog', exact: true });
      await close.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.waitForFunction(() => document.activeElement?.textContent === 'Switch now');
    }));

  test('asks nothing of the app while it waits', () =>
    visit('scheduled', async (page) => {
      await page.getByRole('heading', { name: 'Change scheduled' }).last().waitFor();
      await page.waitForTimeout(2500);
      assert.deepEqual(await requests(page), [{ type: 'status', watching: null }]);
    }));
});

describe('the announcement', { concurrency: 3 }, () => {
  /** @param {(page: import('playwright-core').Page) => Promise<void>} look */
  const open = (look) => visit('prompt/promptAnnounced', look, { ...WIDE });
  const name = 'Integration+ will ask you to allow it again';

  test('says when, why, and that nothing is to be done now; whoever has read it is not told again', () =>
    open(async (page) => {
      const flag = page.getByRole('region', { name });
      assert.match(await flag.innerText(), /On 26 Aug 2026.* your administrator changes the account that Integration\+ uses\..* Nothing is to be done now\./);
      assert.equal(await flag.getAttribute('data-type'), 'info');
      await page.waitForFunction(() => /** @type {any} */ (globalThis).__fixture.requests.length === 2);
      assert.deepEqual(await asked(page, 'readAnnouncement'), [{ type: 'readAnnouncement', change: 'a'.repeat(64) }]);
    }));

  test('Got it takes it away and says so once', () =>
    open(async (page) => {
      await page.getByRole('region', { name }).waitFor();
      await press(page, 'Got it');
      await page.getByRole('region', { name }).waitFor({ state: 'hidden' });
      await page.waitForTimeout(2500);
      assert.equal((await asked(page, 'readAnnouncement')).length, 1);
    }));
});
