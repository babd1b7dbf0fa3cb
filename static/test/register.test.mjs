// @ts-check
/**
 * The register of service accounts and receipts, as a person and a screen reader find them, in every state.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { RECEIPTS, seal } from '../dev/registers.mjs';
import { focusStays } from './focus.mjs';
import { edit, pick, REGISTER_STATES, save, toRegister } from './register-states.mjs';
import { look } from './state.mjs';
import { press } from './states.mjs';
import { address, asked, opened, visit } from './visit.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
async function downloaded(page) {
  const link = page.getByRole('link', { name: 'Download the file' });
  await link.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

/** The last two cells of each account in a file: what its latest test came to. @param {string} text */
const tests = (text) => text.slice(1).split('\r\n').slice(1, -1).map((line) => line.split(',"').slice(-2).map((cell) => `"${cell}`).join(','));

/** Names each link's seal after the other, as whoever checks a report does. @param {any[]} links */
async function sealed(links) {
  let previous = links[0].previous;
  for (const link of links) {
    assert.equal(link.previous, previous, `link ${link.number}`);
    previous = await seal(link);
  }
  return previous;
}

/** @param {Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);

const DAY = 86_400_000;
const TODAY = Date.UTC(2026, 7, 24);

describe('every state of the register and of receipts', { concurrency: 3 }, () => {
  for (const state of REGISTER_STATES) {
    test(state.name, () => visit(state.scene, (page) => look(page, state)));
  }
});

describe('Service accounts', { concurrency: 3 }, () => {
  test('an account is added with everything that was typed, and the status is read again', () =>
    visit('register', async (page) => {
      await toRegister(page);
      await press(page, 'Add account');
      await pick(page, 'Narrow service account');
      const type = (/** @type {string} */ name, /** @type {string} */ text) => page.getByRole('textbox', { name }).fill(text);
      await type('Purpose', ' Imports invoices ');
      await type('Systems', 'ERP\n\n Mail ');
      await pick(page, 'Maria Keller', 'Owner: search by name or email address');
      await type('Documentation', ' https://wiki.example.com/a ');
      await type('Review on', '2026-12-01');
      await type('Rotate credentials every … days', '30');
      await type('Credentials rotated last on', '2026-08-01');
      await type('Notes', 'one\ntwo');
      const before = (await asked(page, 'status')).length;
      await press(page, 'Save');
      await page.getByText('Narrow service account is saved in the register.').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.deepEqual(await asked(page, 'saveEntry'), [
        {
          type: 'saveEntry',
          account: '712020:service-narrow',
          revision: null,
          details: {
            purpose: 'Imports invoices',
            systems: ['ERP', 'Mail'],
            owner: { accountId: '5b10a2844c20165700ede21g', displayName: 'Maria Keller', avatarUrl: null },
            documentation: 'https://wiki.example.com/a',
            reviewOn: Date.UTC(2026, 11, 1),
            rotateEveryDays: 30,
            rotatedOn: Date.UTC(2026, 7, 1),
            notes: 'one\ntwo',
          },
        },
      ]);
      await page.getByRole('rowheader', { name: /^Narrow service account/ }).waitFor();
      assert.equal((await asked(page, 'status')).length, before + 1);
    }));

  test('an entry is saved over the one that was on the screen, and what was not touched stays', () =>
    visit('register', async (page) => {
      await save(page, 'Deploys');
      await page.getByText('Maria Keller is saved in the register.').waitFor();
      const [request] = await asked(page, 'saveEntry');
      assert.equal(request.revision, 3);
      assert.deepEqual(request.details, {
        purpose: 'Deploys',
        systems: ['Build server', 'Release dashboard'],
        owner: { accountId: '5b10a2844c20165700ede22h', displayName: 'Tom Okafor', avatarUrl: null },
        documentation: 'https://wiki.example.com/deploy?x=1#top',
        reviewOn: TODAY,
        rotateEveryDays: 90,
        rotatedOn: TODAY - 100 * DAY,
        notes: 'Ask Tom first.\nThen the team.',
      });
    }));

  test('what can be done with an account can be read at every width', () =>
    visit('register', async (page) => {
      await toRegister(page);
      const buttons = page.getByRole('table').first().getByRole('button');
      for (const width of [1280, 1000, 840, 640]) {
        await page.setViewportSize({ width, height: 900 });
        const cut = await buttons.evaluateAll((all) => all.flatMap((button) => [button, ...button.querySelectorAll('span')]).filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1 && clientWidth > 0).map(({ textContent }) => textContent));
        assert.deepEqual(cut, [], `${width} pixels`);
      }
    }));

  for (const width of [1280, 400]) {
    test(`in a frame that is higher than the window a dialog keeps its controls in sight, at ${width} pixels`, () =>
      visit('register', async (page) => {
        await page.setViewportSize({ width, height: 600 });
        await page.setContent(`<body style="margin: 0"><iframe src="${address()}?scene=register" style="border: 0; width: 100%; height: 2400px"></iframe>`);
        const frame = page.frameLocator('iframe');
        await frame.getByRole('main').waitFor();
        if (width < 1280) {
          await frame.getByRole('button', { name: 'Menu' }).click();
        }
        await frame.getByRole('navigation').getByRole('button', { name: 'Service accounts', exact: true }).click();
        for (const name of ['Edit Maria Keller', 'Test Integration+ (app)']) {
          await frame.getByRole('button', { name, exact: true }).click();
          await frame.getByRole('dialog').waitFor();
          for (const control of ['Close', name.startsWith('Edit') ? 'Save' : 'Close dialog']) {
            await frame.getByRole('dialog').getByRole('button', { name: control, exact: true }).waitFor();
            await page.waitForFunction((label) => {
              const dialog = document.querySelector('iframe')?.contentDocument?.querySelector('[role=dialog]');
              const button = [...(dialog?.querySelectorAll('button') ?? [])].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label);
              const { top = -1, bottom = Infinity } = button?.getBoundingClientRect() ?? {};
              return top >= scrollY && bottom <= scrollY + innerHeight;
            }, control);
          }
          await page.keyboard.press('Escape');
          await frame.getByRole('dialog').waitFor({ state: 'hidden' });
        }
      }));
  }

  test('every mistake is marked beside its field at once, announced together, and the first has the focus', () =>
    visit('register', async (page) => {
      await edit(page);
      const dialog = page.getByRole('dialog');
      const type = (/** @type {string} */ name, /** @type {string} */ text) => dialog.getByRole('textbox', { name }).fill(text);
      await type('Systems', Array.from({ length: 21 }, (_, i) => `System ${i}`).join('\n'));
      await type('Documentation', 'http://wiki.example.com');
      await type('Rotate credentials every … days', '0');
      await type('Credentials rotated last on', '2027-01-01');
      await type('Notes', '😀'.repeat(2001));
      await press(page, 'Save');
      const systems = dialog.getByRole('textbox', { name: 'Systems' });
      await dialog.getByRole('alert').getByText('Nothing was saved. Look at Systems, Documentation, Rotate credentials every … days, Credentials rotated last on, and Notes again.').waitFor();
      for (const words of [/more than 20 systems/, /^Enter an address that begins with https:\/\//, /whole number from 1 to 3,650/, /not in the future/, /more than 2,000 characters\. Shorten/]) {
        await dialog.getByText(words).waitFor();
      }
      assert.ok(await systems.evaluate((field) => field === document.activeElement));
      assert.equal(await dialog.locator('[aria-invalid=true]').count(), 5);
      assert.deepEqual(await asked(page, 'saveEntry'), []);
      await type('Systems', 'One');
      assert.equal(await dialog.getByText(/more than 20 systems/).count(), 0);
      assert.equal(await dialog.locator('[aria-invalid=true]').count(), 4);
    }));

  test('an account that is not chosen is one mistake among the others', () =>
    visit('register', async (page) => {
      await toRegister(page);
      await press(page, 'Add account');
      await page.getByRole('textbox', { name: 'Purpose' }).fill('x'.repeat(201));
      await press(page, 'Save');
      await page.getByRole('alert').getByText('Nothing was saved. Look at Account and Purpose again.').waitFor();
      await page.getByText('Choose an account from the list first.').waitFor();
      await page.getByText(/more than 200 characters\. Shorten it/).waitFor();
    }));

  test('what is typed outlives that the dialog is closed, until it is taken back or saved', () =>
    visit('register', async (page) => {
      const purpose = page.getByRole('textbox', { name: 'Purpose' });
      const gone = () => page.getByRole('dialog').waitFor({ state: 'hidden' });
      await edit(page);
      await purpose.fill('Half a sentence');
      await page.keyboard.press('Escape');
      await gone();
      await press(page, 'Edit Maria Keller');
      await page.getByText('What you typed here before is not saved yet.').waitFor();
      assert.equal(await purpose.inputValue(), 'Half a sentence');
      await press(page, 'Undo changes');
      assert.equal(await purpose.inputValue(), 'Deploys every night');
      await purpose.fill('Another half');
      await press(page, 'Cancel');
      await gone();
      await press(page, 'Edit Maria Keller');
      assert.equal(await purpose.inputValue(), 'Deploys every night');
      await page.keyboard.press('Escape');
      await gone();
      await press(page, 'Add account');
      await pick(page, 'Narrow service account');
      await purpose.fill('Typed for a new one');
      await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
      await gone();
      await press(page, 'Add account');
      assert.equal(await purpose.inputValue(), 'Typed for a new one');
      assert.equal(await page.getByRole('combobox', { name: 'Account: search by name or email address' }).inputValue(), 'Narrow service account');
      await press(page, 'Save');
      await page.getByText('Narrow service account is saved in the register.').waitFor();
      await gone();
      await press(page, 'Add account');
      assert.equal(await page.getByText('What you typed here before is not saved yet.').count(), 0);
    }));

  test('what was typed before somebody else changed the entry is not saved over theirs unseen', () =>
    visit('registerOvertaken', async (page) => {
      await edit(page);
      await page.getByRole('textbox', { name: 'Purpose' }).fill('Typed by me');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      // The register is read again after a test, and shows theirs from then on.
      await press(page, 'Test Jira service account');
      await page.getByRole('dialog').getByRole('alert').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText('Deploys every hour').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await press(page, 'Edit Maria Keller');
      await press(page, 'Save');
      await page.getByRole('heading', { name: 'Somebody else was first' }).waitFor();
      assert.deepEqual((await asked(page, 'saveEntry')).map(({ revision }) => revision), [3]);
    }));

  test('what somebody else wrote is overwritten only by whoever has seen it', () =>
    visit('registerOvertaken', async (page) => {
      await save(page);
      await press(page, 'Save mine instead');
      await page.getByText('Maria Keller is saved in the register.').waitFor();
      const saves = await asked(page, 'saveEntry');
      assert.deepEqual(saves.map(({ revision }) => revision), [3, 4]);
      assert.deepEqual(saves.map(({ details }) => details.purpose), ['Typed by me', 'Typed by me']);
    }));

  test('or taken instead of what was typed', () =>
    visit('registerOvertaken', async (page) => {
      await save(page);
      await press(page, 'Take what is there now');
      assert.equal(await page.getByRole('textbox', { name: 'Purpose' }).inputValue(), 'Deploys every hour');
      assert.equal(await page.getByRole('heading', { name: 'Somebody else was first' }).count(), 0);
      assert.equal((await asked(page, 'saveEntry')).length, 1);
    }));

  test('an entry that somebody removed is added again, when it is saved again', () =>
    visit('registerRemoved', async (page) => {
      await save(page);
      await page.getByText(/saving it adds the account again/).waitFor();
      await press(page, 'Save');
      await page.getByText('Maria Keller is saved in the register.').waitFor();
      assert.deepEqual((await asked(page, 'saveEntry')).map(({ revision }) => revision), [3, null]);
    }));

  test('an account that somebody added first is shown beside what was typed', () =>
    visit('registerAdded', async (page) => {
      await toRegister(page);
      await press(page, 'Add account');
      await pick(page, 'Narrow service account');
      await page.getByRole('textbox', { name: 'Purpose' }).fill('Mine');
      await press(page, 'Save');
      await page.getByRole('dialog').getByRole('cell', { name: 'Tom was first' }).waitFor();
      assert.ok(await page.getByRole('button', { name: 'Take what is there now' }).evaluate((control) => control.getBoundingClientRect().bottom < innerHeight), 'in sight');
      await press(page, 'Save mine instead');
      await page.getByText('Narrow service account is saved in the register.').waitFor();
      assert.deepEqual((await asked(page, 'saveEntry')).map(({ revision }) => revision), [null, 1]);
    }));

  test('an account that is in the register already is not added twice, but edited', () =>
    visit('register', async (page) => {
      await toRegister(page);
      await press(page, 'Add account');
      await pick(page, 'Maria Keller');
      await press(page, 'Save');
      assert.equal((await asked(page, 'saveEntry')).length, 0);
      await press(page, 'Edit its entry instead');
      await page.getByRole('dialog', { name: 'Edit Maria Keller' }).waitFor();
      assert.equal(await page.getByRole('textbox', { name: 'Purpose' }).inputValue(), 'Deploys every night');
    }));

  test('a field that is not taken gets the focus and keeps its text', () =>
    visit('registerDocumentation', async (page) => {
      await edit(page);
      const field = page.getByRole('textbox', { name: 'Documentation' });
      await field.fill('http://wiki');
      await press(page, 'Save');
      await page.getByText(/begins with https:\/\/, has no spaces/).waitFor();
      assert.equal(await field.inputValue(), 'http://wiki');
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      assert.ok(await field.evaluate((element) => element === document.activeElement));
    }));

  test('what is no number of days, and half a date, never reach the app', () =>
    visit('register', async (page) => {
      await edit(page);
      const days = page.getByRole('textbox', { name: 'Rotate credentials every … days' });
      await days.fill('ten');
      await press(page, 'Save');
      await page.getByText('Enter a whole number from 1 to 3,650, or nothing.').waitFor();
      await days.fill('');
      const review = page.getByRole('textbox', { name: 'Review on' });
      await review.fill('');
      await review.press('1');
      await press(page, 'Save');
      await page.getByText('Enter a whole day that is less than 100 years away.').waitFor();
      assert.equal((await asked(page, 'saveEntry')).length, 0);
    }));

  test('an entry is removed by its revision, and the focus goes on from the sentence that says so', () =>
    visit('register', async (page) => {
      await toRegister(page);
      await page.getByRole('button', { name: 'Remove Maria Keller' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Remove', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Maria Keller is removed from the register.').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.deepEqual(await asked(page, 'removeEntry'), [{ type: 'removeEntry', account: '5b10a2844c20165700ede21g', revision: 3 }]);
      assert.equal(await page.getByRole('button', { name: 'Edit Maria Keller' }).count(), 0);
      await focusStays(page, 'Maria Keller is removed from the register.');
    }));

  test('whoever does not remove it goes on from the control that asked', () =>
    visit('register', async (page) => {
      await toRegister(page);
      await press(page, 'Remove Maria Keller');
      await press(page, 'Cancel');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await focusStays(page, 'Remove Maria Keller');
    }));

  test('a removal that came to nothing is read from where it says so', () =>
    visit('removalFails', async (page) => {
      await toRegister(page);
      await press(page, 'Remove Maria Keller');
      await page.getByRole('button', { name: 'Remove', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      await page.waitForFunction(() => document.activeElement?.querySelector('[role=alert]') !== null && document.activeElement !== document.body);
    }));

  test('an entry that changed meanwhile is removed only when that is asked for again', () =>
    visit('registerOvertaken', async (page) => {
      await toRegister(page);
      await press(page, 'Remove Maria Keller');
      await press(page, 'Remove');
      await page.getByRole('heading', { name: 'That was not possible' }).waitFor();
      await page.getByText('Deploys every hour').waitFor({ state: 'attached' });
      await press(page, 'Remove');
      await page.getByText('Maria Keller is removed from the register.').waitFor();
      assert.deepEqual((await asked(page, 'removeEntry')).map(({ revision }) => revision), [3, 4]);
    }));

  test('an entry that was removed already is told so', () =>
    visit('registerRemoved', async (page) => {
      await toRegister(page);
      await press(page, 'Remove Maria Keller');
      await press(page, 'Remove');
      await page.getByText('Maria Keller had been removed already.').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await focusStays(page, 'Maria Keller had been removed already.');
    }));

  test('whoever edits an entry that somebody removed, and gives up, goes on from the heading', () =>
    visit('registerRemoved', async (page) => {
      await save(page);
      await page.getByText(/saving it adds the account again/).waitFor();
      await press(page, 'Cancel');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await focusStays(page, 'Service accounts');
    }));

  test('whoever edits an entry instead of adding it goes on from the control that began it', () =>
    visit('register', async (page) => {
      await toRegister(page);
      await press(page, 'Add account');
      await pick(page, 'Maria Keller');
      await press(page, 'Save');
      await press(page, 'Edit its entry instead');
      await page.getByRole('dialog', { name: 'Edit Maria Keller' }).getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await focusStays(page, 'Add account');
    }));

  test('a search looks through names, purposes, systems, owners and notes', () =>
    visit('register', async (page) => {
      await toRegister(page);
      for (const [text, name] of /** @type {const} */ ([['CHAT', 'Integration+ (app)'], ['dashboard', 'Maria Keller'], ['okafor', 'Maria Keller'], ['the team', 'Maria Keller'], ['jira service', 'Jira service account']])) {
        await page.getByRole('searchbox').fill(text);
        await page.getByRole('table', { name: '1 of 3 accounts in the register.' }).waitFor();
        assert.equal(await page.getByRole('button', { name: `Edit ${name}` }).count(), 1, text);
      }
    }));

  test('documentation is opened by Jira, as it was written', () =>
    visit('register', async (page) => {
      await toRegister(page);
      await page.getByRole('link', { name: 'Documentation of Maria Keller, opens another page' }).click();
      assert.deepEqual(await opened(page), ['https://wiki.example.com/deploy?x=1#top']);
    }));

  test('a day is the same day for every reader', () =>
    visit('register&timezone=America/Los_Angeles', async (page) => {
      await toRegister(page);
      await page.getByText('Due since 24 Aug', { exact: true }).waitFor();
      await press(page, 'Edit Maria Keller');
      assert.equal(await page.getByRole('textbox', { name: 'Review on' }).inputValue(), '2026-08-24');
    }));

  test('the dialog is used by the keyboard alone', () =>
    visit('register', async (page) => {
      await toRegister(page);
      await page.getByRole('button', { name: 'Add account' }).focus();
      await page.keyboard.press('Enter');
      const account = page.getByRole('combobox', { name: 'Account: search by name or email address' });
      await account.waitFor();
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');
      await page.keyboard.type('narrow');
      await page.getByRole('option', { name: 'Narrow service account' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Imports');
      await page.getByRole('button', { name: 'Save' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Narrow service account is saved in the register.').waitFor();
      await page.waitForFunction(() => document.activeElement !== document.body);
      assert.equal(await focused(page), 'Add account');
      assert.equal((await asked(page, 'saveEntry'))[0].details.purpose, 'Imports');
    }));

  test('the file for spreadsheets: every account, days, what is due', () =>
    visit('register', async (page) => {
      await toRegister(page);
      await press(page, 'Due 1');
      await press(page, 'Export CSV');
      const { name, text } = await downloaded(page);
      assert.equal(name, 'integration-plus-service-accounts-2026-08-24.csv');
      const lines = text.slice(1).split('\r\n');
      assert.equal(lines.length, 5, 'a header, three accounts, and the end');
      assert.equal(
        lines[2],
        '"5b10a2844c20165700ede21g","Maria Keller","no","Deploys every night","Build server\nRelease dashboard","Tom Okafor","5b10a2844c20165700ede22h","https://wiki.example.com/deploy?x=1#top","2026-08-24","yes","90","2026-05-16","2026-08-14","yes","Ask Tom first.\nThen the team.","2026-08-24T11:05:00.000Z","Maria Keller","2026-08-23T14:05:00.000Z","Failed","2"',
      );
    }));

  test('the file for spreadsheets: what was not tested has no number of failed checks', () =>
    visit('trialTroubled', async (page) => {
      await toRegister(page);
      await press(page, 'Export CSV');
      const tested = await downloaded(page);
      assert.deepEqual(tests(tested.text), ['"Failed","6"', '"Passed","0"', '"Not complete","0, not every check was run"']);
      await page.goto(`${address()}?scene=register`);
      await toRegister(page);
      await press(page, 'Export CSV');
      const untested = await downloaded(page);
      assert.deepEqual(tests(untested.text), ['"Not tested","Not tested"', '"Failed","2"', '"Not tested","Not tested"']);
    }));

  test('the file for spreadsheets runs no formula', () =>
    visit('registerOdd', async (page) => {
      await toRegister(page);
      await press(page, 'Export CSV');
      const { text } = await downloaded(page);
      for (const cell of ['"\'=HYPERLINK(""http', '"\'+1\n', '"\'@Tom"', '"\'\t=1\n', '"\'-1+2 ', '"\'\r=1"']) {
        assert.ok(text.includes(cell), cell);
      }
    }));

  test('a report is made once, is sealed from link to link, and follows the one before', () =>
    visit('register', async (page) => {
      await toRegister(page);
      await press(page, 'Export report');
      const { name, text } = await downloaded(page);
      assert.equal(name, 'integration-plus-service-accounts-2026-08-24.json');
      const { format, exportedAt, accounts, seal: last, ...rest } = JSON.parse(text);
      assert.deepEqual([format, exportedAt, rest], ['integration-plus/register/1', '2026-08-24T14:05:00.000Z', {}]);
      assert.equal(accounts[0].previous, 'cd'.repeat(32));
      assert.equal(await sealed(accounts), last);
      await page.getByText(`Seal: ${last}.`).waitFor();
      assert.equal((await asked(page, 'reportRegister')).length, 1);
      assert.equal((await asked(page, 'register')).length, 2, 'the list of reports is read again');
    }));

  test('a report that could not be made is made when it is asked for again', () =>
    visit('reportFails', async (page) => {
      await toRegister(page);
      await press(page, 'Export report');
      await press(page, 'Try again');
      await page.getByText('3 accounts are in the report.').waitFor();
    }));

  test('whoever closed the dialog before the report was made gets one the next time', () =>
    visit('reportSlow', async (page) => {
      await toRegister(page);
      await press(page, 'Export report');
      await page.getByText('The report is being made.').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await press(page, 'Export report');
      await page.getByText('3 accounts are in the report.').waitFor();
    }));

  test('the status leads to what is due', () =>
    visit('registerDue', async (page) => {
      await press(page, 'Open Service accounts');
      await page.getByRole('heading', { name: 'Service accounts' }).waitFor();
    }));
});

describe('Receipts', { concurrency: 3 }, () => {
  test('every page is read once, and the file is sealed from the first receipt to the last', () =>
    visit('receipts', async (page) => {
      await press(page, 'Export receipts');
      const { name, text } = await downloaded(page);
      assert.equal(name, 'integration-plus-receipts-2026-08-24.json');
      const { format, exportedAt, receipts, seal: last, ...rest } = JSON.parse(text);
      assert.deepEqual([format, exportedAt, rest], ['integration-plus/receipts/1', '2026-08-24T14:05:00.000Z', {}]);
      assert.equal(receipts.length, RECEIPTS);
      assert.equal(receipts[0].previous, '');
      assert.equal(await sealed(receipts), last);
      await page.getByText(`Seal: ${last}.`).waitFor();
      assert.deepEqual((await asked(page, 'receipts')).map(({ from }) => from), [1, 21, 41]);
    }));

  test('an export that failed goes on where it was', () =>
    visit('receiptsStop', async (page) => {
      await press(page, 'Export receipts');
      await press(page, 'Go on');
      await page.getByText('45 receipts are in the file.').waitFor();
      assert.deepEqual((await asked(page, 'receipts')).map(({ from }) => from), [1, 21, 21, 41]);
    }));

  test('an export is stopped by hand, and goes on', () =>
    visit('receiptsSlow', async (page) => {
      await press(page, 'Export receipts');
      await page.getByText('20 receipts read.').waitFor();
      await press(page, 'Stop');
      await page.getByText('You stopped. What was read so far is kept.').waitFor();
      // The page that was asked for comes in the end, and is not wanted any more.
      await page.waitForTimeout(1200);
      await page.getByText('20 receipts read.').waitFor();
      assert.equal((await asked(page, 'receipts')).length, 2);
      await press(page, 'Go on');
      await page.getByText('45 receipts are in the file.').waitFor();
      assert.deepEqual((await asked(page, 'receipts')).map(({ from }) => from), [1, 21, 21, 41]);
    }));

  test('a receipt is opened and closed on the spot', () =>
    visit('receipts', async (page) => {
      const receipt = page.getByRole('button', { name: 'receipt 2', exact: true });
      await receipt.click();
      await page.getByText(/^2 projects lost, acknowledged/).waitFor();
      assert.equal(await receipt.getAttribute('aria-expanded'), 'true');
      assert.deepEqual(await asked(page, 'receipts'), [{ type: 'receipts', from: 2 }]);
      await receipt.click();
      assert.equal(await page.getByText(/^2 projects lost, acknowledged/).count(), 0);
    }));
});
