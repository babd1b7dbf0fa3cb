// @ts-check
/**
 * Rehearsing a change in the built panel, as a person and a screen reader find it.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { preview, previewed, rehearse, REHEARSAL_STATES } from './rehearsal-states.mjs';
import { look } from './state.mjs';
import { press } from './states.mjs';
import { asked, opened, requests, visit } from './visit.mjs';

const NARROW = '712020:service-narrow';

describe('every state of a rehearsal', { concurrency: 3 }, () => {
  for (const state of REHEARSAL_STATES) {
    test(state.name, () => visit(state.scene, (page) => look(page, state)));
  }
});

describe('a rehearsal', { concurrency: 3 }, () => {
  test('is followed until it is done, and no longer', () =>
    visit('rehearsalSteps', async (page) => {
      await preview(page);
      await page.getByRole('heading', { name: '900 projects would be lost' }).waitFor();
      const before = (await requests(page)).length;
      await page.waitForTimeout(1500);
      const all = await requests(page);
      assert.equal(all.length, before, 'nothing more is asked');
      assert.deepEqual(
        all.filter((/** @type {any} */ { type }) => type.startsWith('rehears')),
        [
          { type: 'rehearsal', account: NARROW },
          { type: 'rehearse', account: NARROW, again: false },
          { type: 'rehearsal', account: NARROW },
          { type: 'rehearsal', account: NARROW },
          { type: 'rehearsal', account: NARROW },
        ],
      );
    }));

  test('is announced when it begins and when it is done', () =>
    visit('rehearsalSteps', async (page) => {
      await page.evaluate(() => {
        /** @type {any} */ (globalThis).__said = [];
        new MutationObserver(() => {
          for (const region of document.querySelectorAll('[role=status]')) {
            /** @type {any} */ (globalThis).__said.push(region.textContent);
          }
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      });
      await preview(page);
      await page.getByRole('heading', { name: '900 projects would be lost' }).waitFor();
      await page.getByRole('status').getByText('900 projects would be lost').waitFor();
      const said = await page.evaluate(() => /** @type {string[]} */ (/** @type {any} */ (globalThis).__said));
      assert.ok(said.indexOf('Rehearsing the change.') !== -1);
      assert.ok(said.indexOf('900 projects would be lost') > said.indexOf('Rehearsing the change.'));
      assert.equal(said.some((words) => words.includes('1,200')), false, 'not every step is spoken');
    }));

  test('shows which bar and number it has reached, and cannot be continued from', () =>
    visit('rehearsalRunning', async (page) => {
      await preview(page);
      const bar = page.getByRole('progressbar', { name: 'Rehearsal' });
      await page.getByText('Looked at 1,200 of 5,000 projects.').waitFor();
      assert.deepEqual(await bar.evaluate((/** @type {HTMLProgressElement} */ { value, max }) => [value, max]), [1200, 5000]);
      assert.ok(await page.getByRole('button', { name: 'Continue to Jira' }).isDisabled());
    }));

  test('goes on by itself after Jira was down, and keeps what it showed', () =>
    visit('rehearsalPollFails', async (page) => {
      await preview(page);
      await page.getByText('What you see is kept. This is tried again by itself.').waitFor();
      await page.getByText('Looked at 1,200 of 5,000 projects.').waitFor();
      await page.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
      assert.equal(await page.getByRole('alert').count(), 0);
      assert.equal((await asked(page, 'rehearsal')).length, 4);
      assert.equal((await asked(page, 'rehearse')).length, 1, 'it is not begun anew');
    }));

  test('that could not begin is tried again with a click', () =>
    visit('rehearsalFails', async (page) => {
      await preview(page);
      await press(page, 'Try again');
      await page.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
    }));

  test('that was done a few minutes ago is not made twice', () =>
    visit('rehearsalKept', async (page) => {
      await preview(page);
      await page.getByText('Looked at 16 projects 4 minutes ago, for Maria Keller.').waitFor();
      assert.equal((await asked(page, 'rehearse')).length, 0);
    }));

  test('that is older is made anew for whoever chooses the account', () =>
    visit('rehearsalOldKept', async (page) => {
      await preview(page);
      await page.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
      assert.deepEqual(await asked(page, 'rehearse'), [{ type: 'rehearse', account: NARROW, again: false }]);
    }));

  test('is checked again only where something failed, and made anew in full', () =>
    visit('rehearsalLosses', async (page) => {
      await previewed(page);
      await press(page, 'Check again');
      await page.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
      // The control that was selected is gone with what failed: the focus goes to the result.
      const focused = await page.evaluate(() => [document.activeElement?.getAttribute('role'), document.activeElement?.querySelector('h3')?.textContent]);
      assert.deepEqual(focused, [null, 'Nothing is lost']);
      await press(page, 'Rehearse anew');
      await page.getByRole('heading', { name: '2 projects would be lost' }).waitFor();
      assert.deepEqual((await asked(page, 'rehearse')).map(({ again }) => again), [false, true, false]);
    }));

  test('whose second check meets a Jira that is down checks once more by itself', () =>
    visit('againFails', async (page) => {
      await previewed(page);
      await press(page, 'Check again');
      await page.getByText('What you see is kept. This is tried again by itself.').waitFor();
      await page.getByRole('heading', { name: '2 projects would be lost' }).waitFor();
      assert.ok(await page.getByRole('button', { name: 'Continue to Jira' }).isDisabled(), 'what is shown is about to be replaced');
      await page.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
      assert.deepEqual((await asked(page, 'rehearse')).map(({ again }) => again), [false, true, true]);
    }));

  test('that was left off is made anew', () =>
    visit('rehearsalOvertaken', async (page) => {
      await preview(page);
      await page.getByRole('heading', { name: 'This rehearsal was left off' }).waitFor();
      assert.ok(await page.getByRole('button', { name: 'Continue to Jira' }).isDisabled());
      await press(page, 'Rehearse anew');
      await page.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
    }));

  test('stops when its dialog closes', () =>
    visit('rehearsalStale', async (page) => {
      await rehearse(page);
      await page.getByText('Looked at 1,200 of 5,000 projects.').waitFor();
      await press(page, 'Close dialog');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      const before = (await requests(page)).length;
      await page.waitForTimeout(2500);
      assert.equal((await requests(page)).length, before);
    }));

  test('alone begins nothing, and gives the focus back', () =>
    visit('rehearsalLosses', async (page) => {
      await rehearse(page);
      await page.getByRole('heading', { name: '2 projects would be lost' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.waitForFunction(() => document.activeElement?.textContent === 'Rehearse a change');
      assert.deepEqual((await requests(page)).map((/** @type {any} */ { type }) => type), ['status', 'findAccounts', 'rehearsal', 'rehearse']);
    }));

  test('leads to Jira’s own pages, with any key', () =>
    visit('rehearsalOdd', async (page) => {
      await rehearse(page, 'Narrow service account');
      await page.getByRole('button', { name: /^Open permissions of A/ }).click();
      await page.getByRole('button', { name: /^Open permissions of Ü/ }).click();
      assert.deepEqual(await opened(page), [
        '/plugins/servlet/project-config/A%2FB%3FC%23D/permissions',
        '/plugins/servlet/project-config/%C3%9C%20%C3%84/permissions',
      ]);
      assert.equal(await page.getByRole('button', { name: /^Open permissions of/ }).count(), 4, 'none for the key that steps out of the path');
    }));

  test('leads to the global permissions', () =>
    visit('rehearsalNoRights', async (page) => {
      await previewed(page);
      await page.getByRole('button', { name: /^Open global permissions/ }).click();
      assert.deepEqual(await opened(page), ['/secure/admin/GlobalPermissions!default.jspa']);
    }));

  test('says so when the browser opens no tab', () =>
    visit('rehearsalNoRights&noTabs=1', async (page) => {
      await previewed(page);
      await page.getByRole('button', { name: /^Open global permissions/ }).click();
      await page.getByText('The page did not open. Its address on this site is /secure/admin/GlobalPermissions!default.jspa').waitFor();
    }));

  test('tells what the chosen policy asks of people', () =>
    visit('rehearsalNoLoss', async (page) => {
      await preview(page);
      await page.getByText(/The connections of the other 51 are tried quietly/).waitFor();
      await page.getByRole('radio', { name: 'Everyone re-authorizes' }).check();
      await page.getByText(/The other 51 are asked once to re-authorize, too\./).waitFor();
    }));
});

describe('acknowledging', { concurrency: 3 }, () => {
  test('is not asked for where nothing is lost', () =>
    visit('rehearsalNoLoss', async (page) => {
      await previewed(page);
      await press(page, 'Continue to Jira');
      await page.getByRole('timer').waitFor();
      assert.equal((await asked(page, 'beginChange'))[0].acknowledged, null);
    }));

  test('is demanded by keyboard: Continue leads to the box, which is in sight, and begins nothing without it', () =>
    visit('rehearsalLosses', async (page) => {
      await previewed(page);
      await page.getByRole('button', { name: 'Continue to Jira' }).focus();
      await page.keyboard.press('Enter');
      const box = page.getByRole('checkbox', { name: /loses Billing \(BIL\) and Legal \(LEG\)/ });
      assert.ok(await box.evaluate((element) => element === document.activeElement), 'the box has the focus');
      assert.equal(await box.getAttribute('aria-invalid'), 'true');
      assert.match(await box.evaluate((element) => document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent ?? ''), /^Tick this box first/);
      assert.ok(await box.evaluate((element) => {
        const body = element.closest('[data-testid$="--scrollable"], [role=dialog]')?.getBoundingClientRect();
        const { top, bottom } = element.getBoundingClientRect();
        return body !== undefined && top >= body.top && bottom <= Math.min(body.bottom, innerHeight);
      }));
      assert.equal((await asked(page, 'beginChange')).length, 0);
      await page.keyboard.press('Space');
      await page.getByText('Tick this box first').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Continue to Jira' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('timer').waitFor();
      assert.equal((await asked(page, 'beginChange'))[0].acknowledged, 'losses');
    }));

  test('holds for one result: another one is read anew', () =>
    visit('acknowledgementNeeded', async (page) => {
      await previewed(page);
      await press(page, 'Continue to Jira');
      const box = page.getByRole('checkbox', { name: /loses Billing/ });
      await box.waitFor();
      assert.equal(await box.isChecked(), false);
      await press(page, 'Continue to Jira');
      assert.equal((await asked(page, 'beginChange')).length, 1);
      await box.check();
      await press(page, 'Continue to Jira');
      await page.getByRole('timer').waitFor();
      assert.deepEqual((await asked(page, 'beginChange')).map(({ acknowledged }) => acknowledged), [null, 'losses']);
      assert.deepEqual((await asked(page, 'rehearse')).map(({ again }) => again), [false, false]);
    }));

  test('going back that loses projects shows them, and goes on once they are acknowledged', () =>
    visit('goingBackLoses', async (page) => {
      await press(page, 'Roll back');
      const button = page.getByRole('dialog').getByRole('button', { name: 'Roll back', exact: true });
      await button.click();
      const box = page.getByRole('checkbox', { name: /loses Billing/ });
      await box.waitFor();
      await button.click();
      await page.getByText('Tick this box first').waitFor();
      assert.equal((await asked(page, 'rollBack')).length, 1);
      await box.check();
      await button.click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.deepEqual((await asked(page, 'rollBack')).map(({ acknowledged }) => acknowledged), [null, 'losses']);
    }));

  test('a tick that was taken back counts no more', () =>
    visit('rehearsalLosses', async (page) => {
      await previewed(page);
      await page.getByRole('checkbox', { name: /loses Billing/ }).check();
      await page.getByRole('checkbox', { name: /loses Billing/ }).uncheck();
      await press(page, 'Continue to Jira');
      await page.getByText('Tick this box first').waitFor();
      assert.equal((await asked(page, 'beginChange')).length, 0);
    }));

  test('is not kept for a result that Check again has replaced', () =>
    visit('rehearsalStillLosses', async (page) => {
      await previewed(page);
      const box = page.getByRole('checkbox', { name: /loses Billing/ });
      await box.check();
      await press(page, 'Check again');
      await page.waitForFunction(() => document.querySelector('[type=checkbox]:not(:checked)') !== null);
      await press(page, 'Continue to Jira');
      await page.getByText('Tick this box first').waitFor();
      assert.equal((await asked(page, 'beginChange')).length, 0);
      await box.check();
      await press(page, 'Continue to Jira');
      await page.getByRole('timer').waitFor();
      assert.equal((await asked(page, 'beginChange'))[0].acknowledged, 'losses 1');
    }));

  test('is not asked for any more once the permissions are mended', () =>
    visit('rehearsalLosses', async (page) => {
      await previewed(page);
      await press(page, 'Check again');
      await page.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
      await press(page, 'Continue to Jira');
      await page.getByRole('timer').waitFor();
      assert.equal((await asked(page, 'beginChange'))[0].acknowledged, null);
    }));

  test('is asked for when a denied authorization is tried once more', () =>
    visit('deniedThenNeeded', async (page) => {
      await press(page, 'Open');
      await press(page, 'Try again');
      await page.getByRole('heading', { name: 'What is lost has to be acknowledged first' }).waitFor();
      await page.getByRole('checkbox', { name: /loses Billing/ }).check();
      await press(page, 'Continue to Jira');
      await page.getByRole('timer').waitFor();
      assert.deepEqual((await asked(page, 'beginChange')).map((/** @type {any} */ { intended, acknowledged }) => [intended, acknowledged]), [
        ['712020:service-jira', null],
        ['712020:service-jira', 'losses'],
      ]);
    }));

  test('is demanded before another account than the one meant is taken', () =>
    visit('otherLosesProjects', async (page) => {
      await press(page, 'Open');
      await press(page, 'Use Tom Okafor instead, after checks');
      await page.getByRole('heading', { name: '2 projects would be lost' }).waitFor();
      await press(page, 'Use Tom Okafor instead, after checks');
      await page.getByText('Tick this box first').waitFor();
      assert.equal((await asked(page, 'acceptAccount')).length, 0);
      await page.getByRole('checkbox', { name: /loses Billing/ }).check();
      await press(page, 'Use Tom Okafor instead, after checks');
      await page.getByRole('heading', { name: 'Done', exact: true }).waitFor();
      assert.deepEqual(await asked(page, 'acceptAccount'), [
        { type: 'acceptAccount', change: 'a'.repeat(64), accountId: '5b10a2844c20165700ede22h', acknowledged: 'losses' },
      ]);
    }));

  test('the account that allowed is rehearsed again when the world changed', () =>
    visit('otherNeedsRehearsal', async (page) => {
      await press(page, 'Open');
      await press(page, 'Use Tom Okafor instead, after checks');
      await page.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
      await press(page, 'Use Tom Okafor instead, after checks');
      await page.getByRole('heading', { name: 'The change has to be rehearsed first' }).waitFor();
      await page.getByRole('checkbox', { name: /loses Billing/ }).waitFor();
      assert.equal((await asked(page, 'rehearse')).length, 2);
    }));

  test('one’s way back from another account’s preview changes nothing', () =>
    visit('otherLosesProjects', async (page) => {
      await press(page, 'Open');
      await press(page, 'Use Tom Okafor instead, after checks');
      await page.getByRole('heading', { name: '2 projects would be lost' }).waitFor();
      await press(page, 'Back');
      await page.getByRole('heading', { name: 'Another account allowed' }).waitFor();
      assert.equal((await asked(page, 'acceptAccount')).length, 0);
    }));
});

describe('the numbers of a result', { concurrency: 3 }, () => {
  /** @param {import('playwright-core').Page} page @param {string} button @param {string} list */
  async function leads(page, button, list) {
    await page.getByRole('button', { name: button }).focus();
    await page.keyboard.press('Enter');
    const summary = page.locator('summary', { hasText: list });
    assert.ok(await summary.evaluate((element) => element === document.activeElement), `${button} leads to ${list}`);
    assert.ok(await summary.evaluate(({ parentElement }) => parentElement instanceof HTMLDetailsElement && parentElement.open));
    assert.ok(await summary.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }));
  }

  test('each open the list that they count, by keyboard', () =>
    visit('rehearsalLosses', async (page) => {
      await previewed(page);
      await leads(page, 'Show gained projects', 'Gained projects (1)');
      await leads(page, 'Show where something is missing', 'Kept projects where something is missing');
      await page.locator('summary', { hasText: 'Lost projects (2)' }).click();
      await leads(page, 'Show lost projects', 'Lost projects (2)');
    }));
});

describe('the file of all projects', { concurrency: 3 }, () => {
  test('holds every project, a mark for Excel, and no formula', () =>
    visit('rehearsalLosses', async (page) => {
      await rehearse(page);
      await press(page, 'Export CSV');
      const link = page.getByRole('link', { name: 'Download the file' });
      await link.waitFor();
      await page.getByText('7 projects are in the file.').waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      assert.equal(download.suggestedFilename(), 'integration-plus-rehearsal-2026-08-24.csv');
      const text = await readFile(await download.path(), 'utf8');
      assert.equal(text.charCodeAt(0), 0xfeff);
      assert.deepEqual(text.slice(1).split('\r\n'), [
        '"Key","Name","Seen before","Seen after","Change","Required, missing","Recommended, missing","Who loses it"',
        '"APP","\'=HYPERLINK(""http://example.com"",""x"")","yes","yes","kept","","",""',
        '"\'+1","\'-1+2","yes","no","lost","Browse Projects; Create Issues; Add Comments; Edit Issues; Transition Issues; Create Attachments","Assign Issues; Link Issues","not looked up"',
        '"LEG","Legal","yes","no","lost","","","Ana Fixture; Bo Fixture"',
        '"BIL","Billing","yes","no","lost","","","Ana Fixture; Bo Fixture; Chidi Fixture; Dana Fixture; Emil Fixture; Farid Fixture; Greta Fixture; Hana Fixture; Ivo Fixture; June Fixture; at least 3 more"',
        '"\'@A","\'\t=1","no","yes","gained","not in use","not in use",""',
        '"C","\'\r=1","no","no","seen by neither","not in use","not in use",""',
        '"DESK","Quote ""x"", comma","yes","yes","kept","Add Comments; Service Project Agent","Link Issues",""',
        '',
      ]);
    }));

  test('says of each lost project what was not looked up, and leaves no cell empty that would say nobody', () =>
    visit('rehearsalLostFile', async (page) => {
      await rehearse(page);
      await press(page, 'Export CSV');
      const link = page.getByRole('link', { name: 'Download the file' });
      await link.waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n').slice(1);
      assert.deepEqual(lines.map((line) => line.match(/^"(.*?)".*"(.*?)"$/)?.slice(1)), [
        ['L0', 'Ana Fixture; people after the first 1,000: not looked up'],
        ['L1', 'nobody else; people after the first 1,000: not looked up'],
        ['L2', 'nobody else'],
        ['L20', 'not looked up'],
        ['L50', 'not looked up'],
      ]);
    }));

  test('is read part by part', () =>
    visit('rehearsalThousands', async (page) => {
      await rehearse(page);
      await press(page, 'Export CSV');
      await page.getByText('900 projects are in the file.').waitFor();
      assert.deepEqual(await asked(page, 'rehearsedProjects'), [0, 1, 2].map((part) => ({ type: 'rehearsedProjects', account: NARROW, part })));
    }));

  test('that stopped goes on where it was', () =>
    visit('exportPartFails', async (page) => {
      await rehearse(page);
      await press(page, 'Export CSV');
      await press(page, 'Go on');
      await page.getByText('900 projects are in the file.').waitFor();
      assert.deepEqual((await asked(page, 'rehearsedProjects')).map(({ part }) => part), [0, 1, 1, 2]);
    }));

  test('never mixes two rehearsals: the new one is shown instead', () =>
    visit('exportOvertaken', async (page) => {
      await rehearse(page);
      await press(page, 'Export CSV');
      await press(page, 'Show the new result');
      await page.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
      assert.equal(await page.getByRole('link', { name: 'Download the file' }).count(), 0);
      assert.equal((await asked(page, 'rehearse')).length, 1, 'nothing is rehearsed for it');
    }));
});
