// @ts-check
/**
 * The built panel about runs, as a person and a screen reader find it. Needs `static/dist` and Chromium.
 * @import { Page } from 'playwright-core'
 * @import { State } from './states.mjs'
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { runId } from '../dev/runs.mjs';
import { goTo } from './people-states.mjs';
import { look } from './state.mjs';
import { press } from './states.mjs';
import { address, asked, goOnUntil, NARROW, requests, standStill, visit, WIDE } from './visit.mjs';

/** @param {Page} page */
const toReporting = (page) => goTo(page, 'Reporting');

/** Opens the three dots of the nth run of the page. @param {Page} page @param {number} nth */
async function dots(page, nth) {
  await toReporting(page);
  await page.getByRole('button', { name: /^Actions for the run of / }).nth(nth).click();
}

/** @param {Page} page @param {number} nth @param {string} name */
async function act(page, nth, name) {
  await dots(page, nth);
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** @param {Page} page */
async function lastPage(page) {
  return (await asked(page, 'runs')).at(-1).page;
}

/** @type {State[]} */
const STATES = [
  {
    name: 'runs: chart, filters, table',
    scene: 'runs',
    reach: toReporting,
    roles: [
      ['heading', 'Reporting'],
      ['img', /^32 runs in the last 9 days, of which 6 failed/],
      ['combobox', 'Outcome'],
      ['combobox', 'Integration'],
      ['searchbox', 'Search by run id or issue key'],
      ['table', 'Runs, the latest first.'],
      ['columnheader', 'Skipped'],
      ['columnheader', 'As whom'],
      ['progressbar', 'Mobile and DEMO is running'],
      ['button', 'Mobile and DEMO'],
      ['cell', /^Running/],
      ['cell', 'Partly failed'],
      ['cell', 'Failed'],
      ['cell', 'Broke off'],
      ['cell', /^Succeeded/],
    ],
    words: ['Shared with Support', /MOB-2 · Run again by Maria Keller/, /^Runs are kept for 30 days\./],
    absent: [['button', 'Next'], ['button', 'Show all runs']],
  },
  {
    name: 'the three dots of a run that failed in part',
    scene: 'runs',
    reach: (page) => dots(page, 1),
    roles: [['menuitem', 'Share with Support'], ['menuitem', 'Copy run id'], ['menuitem', 'Download log'], ['menuitem', 'Run again'], ['menuitem', 'Show details']],
    absent: [['menuitem', 'Stop sharing']],
  },
  {
    name: 'the three dots of a shared run of which nothing is left',
    scene: 'runs',
    reach: (page) => dots(page, 2),
    roles: [['menuitem', 'Stop sharing']],
    absent: [['menuitem', 'Share with Support'], ['menuitem', 'Run again']],
  },
  { name: 'nothing has run: what will be here', scene: 'runsNone', reach: toReporting, roles: [['heading', 'Nothing has run yet']], absent: [['table', '']] },
  {
    name: 'loading, and slow',
    scene: 'runsLoading',
    reach: async (page) => {
      await toReporting(page);
      await page.getByText('Still loading. Forge’s storage takes longer than usual.').last().waitFor();
    },
  },
  { name: 'reading failed', scene: 'runsFail', reach: toReporting, roles: [['heading', 'Stored data could not be read'], ['button', 'Try again']] },
  { name: 'reading again failed: what was read stays', scene: 'runsStale', reach: toReporting, roles: [['heading', 'Stored data could not be read'], ['table', 'Runs, the latest first.']], words: [/^What you see was read /] },
  {
    name: 'details: every cause, in a sentence with the next step',
    scene: 'runs',
    reach: async (page) => {
      await act(page, 1, 'Show details');
      await page.getByRole('dialog', { name: 'Run of Mobile and DEMO' }).waitFor();
    },
    roles: [['list', 'Step by step']],
    words: [
      'MOB-1, from this site',
      /^It has a counterpart now, issue number 30008 on the other side/,
      /^The main authorized user may not create issues there\./,
      /^It names another issue in its issue property, and that one does not name it back\./,
      runId(1),
      '4 read, 1 created, 1 updated, 1 skipped, 1 failed',
      'MOB-1, comment 26000, from this site',
      'Issue not told, comment 26010, from the other site',
      /As its author\. Not carried: 1 file or picture, 2 macros, 1 link, 1 other part, and its end, because it was too long or too deep/,
      /It was deleted, so its mirror, comment 30003, was deleted too\./,
      /It is restricted to the role “Developers”/,
      /Jira did not take it\. It says: “Line one/,
      'MOB-1, assignee, from this site',
      /The other issue is assigned to the same person now\. Somebody had changed the assignee there, too, but earlier: the later change counts\. As the main authorized user\./,
      /The other issue is assigned to nobody now\. Who was assigned is not matched with anybody on the other site\. Match them under Integrations, then assign the issue again\./,
      /The main authorized user may not assign that issue\. It is assigned as before\./,
      /It is not tried again by itself\. Once that is mended, select Run again\./,
    ],
  },
  {
    name: 'details, slow',
    scene: 'runLoading',
    reach: async (page) => {
      await act(page, 1, 'Show details');
      await page.getByRole('dialog').getByText('Still loading. Forge’s storage takes longer than usual.').last().waitFor();
    },
  },
  {
    name: 'details of a run that is gone, and of one without items',
    scene: 'runFails',
    reach: async (page) => {
      await act(page, 1, 'Show details');
      await page.getByRole('heading', { name: 'There is no such run' }).waitFor();
      await press(page, 'Try again');
    },
    words: ['Nothing is written down of this run.'],
  },
  {
    name: 'the log is read in part',
    scene: 'logStops',
    reach: async (page) => {
      await act(page, 1, 'Download log');
      await page.getByText('100 of 101 items read.').waitFor();
    },
    roles: [['button', 'Go on']],
    words: ['What was read so far is kept.'],
  },
];

describe('every state of Reporting', { concurrency: 3 }, () => {
  for (const state of STATES) {
    test(state.name, () => visit(state.scene, (page) => look(page, state)));
  }
});

describe('Reporting', { concurrency: 3 }, () => {
  for (const width of [1280, 400]) {
    test(`in a frame that is scrolled under Jira’s top bar, a dialog is in view as a whole, at ${width} pixels`, () =>
      visit('runs', async (page) => {
        await page.setViewportSize({ width, height: 700 });
        await page.setContent(
          `<body style="margin: 0"><header style="position: sticky; top: 0; z-index: 1; height: 56px; background: white">Jira</header><iframe src="${address()}?scene=runs" style="border: 0; width: 100%; height: 3000px"></iframe>`,
        );
        const frame = page.frameLocator('iframe');
        await frame.getByRole('main').waitFor();
        if (width < 1280) {
          await frame.getByRole('button', { name: 'Menu' }).click();
        }
        await frame.getByRole('navigation').getByRole('button', { name: 'Reporting', exact: true }).click();
        const dots = frame.getByRole('button', { name: /^Actions for the run of / }).last();
        await dots.waitFor();
        await page.evaluate(() => {
          const all = document.querySelector('iframe')?.contentDocument?.querySelectorAll('button[aria-label^="Actions for the run of"], button[aria-haspopup]') ?? [];
          scrollTo(0, (all[all.length - 1]?.getBoundingClientRect().top ?? 0) - 100);
        });
        await dots.click();
        await frame.getByRole('menuitem', { name: 'Download log' }).click();
        await frame.getByRole('dialog', { name: 'Download log' }).waitFor();
        assert.ok((await page.evaluate(() => scrollY)) > 100);
        await page.waitForFunction(() => {
          const frame = document.querySelector('iframe');
          const { top = -1, bottom = Infinity } = frame?.contentDocument?.querySelector('[role=dialog]')?.getBoundingClientRect() ?? {};
          const begin = frame?.getBoundingClientRect().top ?? 0;
          return begin + top >= 56 && begin + bottom <= innerHeight;
        });
      }));
  }

  test('a run is shared: that goes on is said, then that it is shared, and the list shows it', () =>
    visit('runs', async (page) => {
      await act(page, 1, 'Share with Support');
      await page.getByRole('status').getByText('Saving. Jira is asked who you are.').waitFor();
      await page.getByRole('status').getByText(/^The run is shared\./).waitFor();
      assert.deepEqual(await asked(page, 'shareRun'), [{ type: 'shareRun', id: runId(1), share: true }]);
      await page.getByText('Shared with Support').nth(1).waitFor();
    }));

  test('sharing is stopped by keyboard, and the focus goes back to the dots', () =>
    visit('runs', async (page) => {
      await toReporting(page);
      const trigger = page.getByRole('button', { name: /^Actions for the run of / }).nth(2);
      await trigger.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Show details' }).waitFor();
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Stop sharing');
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      assert.match(String(await page.evaluate(() => document.activeElement?.textContent)), /^Actions for the run of /);
      await act(page, 2, 'Stop sharing');
      await page.getByRole('status').getByText('The run is no longer shared.').waitFor();
      await page.getByText('Shared with Support').waitFor({ state: 'detached' });
      assert.deepEqual(await asked(page, 'shareRun'), [{ type: 'shareRun', id: runId(2), share: false }]);
    }));

  test('what failed is run again, and a run that left nothing says so', async () => {
    await visit('runs', async (page) => {
      await act(page, 1, 'Run again');
      await page.getByRole('status').getByText(/^1 item is tried again\./).waitFor();
      assert.deepEqual(await asked(page, 'runAgain'), [{ type: 'runAgain', id: runId(1) }]);
    });
    await visit('runsNothingLeft', async (page) => {
      await act(page, 1, 'Run again');
      await page.getByRole('status').getByText(/^Nothing of this run is left to be tried again/).waitFor();
    });
  });

  test('a refusal says why, and what was not changed', () =>
    visit('runsRefuse', async (page) => {
      await act(page, 1, 'Run again');
      await page.getByRole('heading', { name: 'The integration is disabled' }).waitFor();
      await act(page, 1, 'Share with Support');
      await page.getByRole('heading', { name: 'There is no such run' }).waitFor();
    }));

  test('the run id is copied', () =>
    visit('runs', async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await act(page, 1, 'Copy run id');
      await page.getByRole('status').getByText(`The run id ${runId(1)} is copied.`).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), runId(1));
      await page.getByRole('searchbox').fill('mob-1');
      await page.getByText(`The run id ${runId(1)} is copied.`).waitFor({ state: 'detached' });
    }));

  test('the log holds every comment on a line of its own, with its cause', () =>
    visit('runs', async (page) => {
      await act(page, 1, 'Download log');
      const link = page.getByRole('link', { name: 'Download the file' });
      await link.waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      assert.equal(download.suggestedFilename(), `integration-plus-run-${runId(1)}.txt`);
      const lines = (await readFile(await download.path(), 'utf8')).split('\n');
      assert.equal(lines[0], `Run id: ${runId(1)}`);
      assert.equal(lines.filter((line) => /^2026-08-24T13:05:\d\d\.000Z {2}/.test(line)).length, 49);
      assert.ok(lines.some((line) => /  Failed  MOB-1, comment 26035, from this site  Jira did not take it\. It says: “Line one line two <b>bold<\/b>”/.test(line)));
    }));

  test('the log of many comments is read part by part', () =>
    visit('runParts', async (page) => {
      await act(page, 1, 'Download log');
      await page.getByText('101 items are in the file.').waitFor();
      assert.deepEqual((await asked(page, 'run')).map(({ part }) => part), [0, 1]);
    }));

  test('details have pages', () =>
    visit('runParts', async (page) => {
      await act(page, 1, 'Show details');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Next' }).click();
      await dialog.getByText('MOB-1, comment 26100, from this site').waitFor();
      assert.equal(await dialog.getByRole('listitem').count(), 1);
      await dialog.getByRole('button', { name: 'Previous' }).click();
      await dialog.getByText('MOB-1, comment 26099, from this site').waitFor();
    }));

  test('what grows beyond a dialog is scrolled by keyboard, and what fits is no stop of it', () =>
    visit('runs', async (page) => {
      await act(page, 1, 'Show details');
      const content = page.getByRole('dialog').getByRole('region', { name: 'Content of the dialog' });
      await page.getByRole('dialog').getByRole('list', { name: 'Step by step' }).waitFor();
      await page.setViewportSize({ width: 1280, height: 8_000 });
      await content.waitFor({ state: 'detached' });
      await page.setViewportSize({ width: 1280, height: 400 });
      await content.focus();
      await page.keyboard.press('End');
      await page.waitForFunction(() => [...document.querySelectorAll('[role="dialog"] *')].some(({ scrollTop }) => scrollTop > 0));
    }));

  test('pages, filters and search ask the app for what is chosen', () =>
    visit('runsMany', async (page) => {
      await toReporting(page);
      await page.getByText('MOB-20', { exact: true }).waitFor();
      await press(page, 'Next');
      await page.getByText('MOB-40', { exact: true }).waitFor();
      assert.equal((await lastPage(page)).cursor, '20');
      await press(page, 'Previous');
      await page.getByText('MOB-20', { exact: true }).waitFor();
      await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Failed');
      await page.getByText('MOB-56', { exact: true }).waitFor();
      await page.getByRole('combobox', { name: 'Integration' }).selectOption('Partner support');
      await page.getByText('MOB-56', { exact: true }).waitFor({ state: 'detached' });
      assert.deepEqual(await lastPage(page), { outcome: 'failed', integration: 'b'.repeat(32), search: null, cursor: null });
      await page.getByRole('searchbox').fill('mob-17');
      await page.getByText('MOB-17', { exact: true }).waitFor();
      assert.deepEqual(await lastPage(page), { outcome: null, integration: null, search: 'mob-17', cursor: null });
      await page.getByRole('searchbox').fill('NONE-1');
      await page.getByText(/^No run has the id “NONE-1”/).waitFor();
      assert.equal(await page.getByRole('alert').count(), 0);
      await press(page, 'Show all runs');
      await page.getByText('MOB-20', { exact: true }).waitFor();
      assert.deepEqual(await lastPage(page), { outcome: null, integration: null, search: null, cursor: null });
    }));

  test('runs of an integration that has never run are asked for, too', () =>
    visit('runs', async (page) => {
      await toReporting(page);
      await page.getByRole('combobox', { name: 'Integration' }).selectOption('Never run');
      await page.waitForTimeout(300);
      assert.equal((await lastPage(page)).integration, 'c'.repeat(32));
    }));

  test('a running one is followed until it is over, in the list and in its details', () =>
    visit(
      'runsLive',
      async (page) => {
        await standStill(page);
        await goOnUntil(page, page.getByRole('navigation', { name: 'Integration+ sections' }));
        await toReporting(page);
        await goOnUntil(page, page.getByRole('progressbar', { name: 'Mobile and DEMO is running' }));
        await goOnUntil(page, page.getByRole('cell', { name: 'Succeeded' }));
        assert.equal(await page.getByRole('progressbar').count(), 0);
        await page.getByRole('button', { name: 'Mobile and DEMO', exact: true }).click();
        const dialog = page.getByRole('dialog');
        await goOnUntil(page, dialog.getByText('It is still going on: 2 items looked at so far.'));
        await goOnUntil(page, dialog.getByText('Nothing failed.'));
        assert.equal(await dialog.getByRole('listitem').count(), 3);
        const before = (await requests(page)).length;
        await page.clock.runFor(60_000);
        assert.equal((await requests(page)).length, before, 'nothing is asked once nothing moves');
      },
      { ...WIDE },
    ));

  test('at 400 pixels each run is a card', () =>
    visit(
      'runs',
      async (page) => {
        await press(page, 'Menu');
        await toReporting(page);
        const row = page.getByRole('row').filter({ hasText: 'MOB-1' }).first();
        const box = await row.boundingBox();
        assert.ok(box && box.height > 120 && box.width <= 400, JSON.stringify(box));
      },
      NARROW,
    ));
});
