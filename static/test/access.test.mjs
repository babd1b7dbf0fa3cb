// @ts-check
/**
 * The built pages about access, as a person and a screen reader find them. Needs `static/dist` and Chromium.
 * @import { Page } from 'playwright-core'
 * @import { State } from './states.mjs'
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { goTo } from './people-states.mjs';
import { look } from './state.mjs';
import { press } from './states.mjs';
import { asked, NARROW, opened, visit, WIDE } from './visit.mjs';

/** @param {Page} page */
const toAccess = (page) => goTo(page, 'Access');

/** @param {Page} page @param {string} part */
const part = (page, part) => page.getByRole('region', { name: part, exact: true });

/** @param {Page} page */
async function explain(page, key = 'APP-1') {
  await toAccess(page);
  await part(page, 'Explain one person').getByRole('combobox').fill('tom');
  await page.getByRole('option', { name: 'Jira service account' }).click();
  await page.getByRole('textbox', { name: 'Project or issue key' }).fill(key);
  await press(page, 'Explain');
}

/** @param {Page} page */
async function explainMe(page) {
  await page.getByRole('textbox', { name: 'Project or issue key' }).fill('app-1');
  await press(page, 'Explain');
}

/** @type {State[]} */
const STATES = [
  {
    name: 'no limit: four parts, nothing asked and nothing changed yet',
    scene: 'access',
    reach: toAccess,
    roles: [
      ['heading', 'Access'],
      ['region', 'Explain one person'],
      ['region', 'Projects'],
      ['region', 'Administrators'],
      ['region', 'Requests'],
      ['region', 'History'],
      ['radio', 'In every project'],
      ['radio', 'Every Jira administrator'],
      ['button', 'Explain'],
    ],
    words: [/^Nobody has asked/, /^Nothing has been changed yet/],
    absent: [['button', 'Approve'], ['searchbox', 'Add a project'], ['button', 'Remove']],
  },
  {
    name: 'limited: lists with names, what is gone, requests with their outcome, history',
    scene: 'accessLimited',
    reach: toAccess,
    roles: [
      ['searchbox', 'Add a project'],
      ['checkbox', 'Products'],
      ['checkbox', /^Category 10059/],
      ['button', 'Remove'],
      ['button', 'Approve'],
      ['button', 'Decline'],
      ['button', 'Show all 6'],
    ],
    words: [
      'Project 10004',
      'No longer in Jira, or not visible to you',
      /^Declined by Maria Keller, 20 Aug 2026/,
      /^Approved by Maria Keller/,
      'Access requested.',
      /^Only in the projects and categories listed\. Added: Mobile app and Products\. Removed: 10004\. And 3 more\.$/,
      'You',
    ],
  },
  {
    name: 'a list of nothing, unacknowledged: what it does, and what is missing',
    scene: 'access',
    reach: async (page) => {
      await toAccess(page);
      await part(page, 'Projects').getByRole('radio', { name: 'Only in the projects and categories listed' }).check();
      await part(page, 'Projects').getByRole('button', { name: 'Save' }).click();
    },
    roles: [['checkbox', /^Integration\+ works in no project from then on/]],
    words: ['Nothing is listed, so Integration+ works nowhere.', 'Tick this box first, or list something. Nothing has been saved.'],
  },
  {
    name: 'somebody on the list who is no Jira administrator is named',
    scene: 'access',
    reach: async (page) => {
      await toAccess(page);
      const people = part(page, 'Administrators');
      await people.getByRole('radio', { name: 'Only the people listed' }).check();
      await people.getByRole('combobox').fill('jira');
      await page.getByRole('option', { name: 'Jira service account' }).click();
      await people.getByRole('button', { name: 'Save' }).click();
      await people.getByRole('status').getByText('Saved.').waitFor();
    },
    words: ['Jira service account is no Jira administrator, so being on this list gives them nothing.'],
  },
  { name: 'lists that are full say so', scene: 'accessFull', reach: toAccess, words: ['The list is full: it holds 3. Remove something first.', 'The list is full: it holds 2. Remove something first.'], absent: [['searchbox', 'Add a project']] },
  { name: 'loading, and slow', scene: 'accessLoading', reach: async (page) => {
    await toAccess(page);
    await page.getByText('Still loading. Jira takes longer than usual.').last().waitFor();
  } },
  { name: 'reading failed', scene: 'accessFails', reach: toAccess, roles: [['heading', 'Jira did not answer'], ['button', 'Try again']] },
  {
    name: 'saving failed: what was entered stays',
    scene: 'accessSaveFails',
    reach: async (page) => {
      await toAccess(page);
      await page.getByRole('radio', { name: 'In every project but those listed' }).check();
      await part(page, 'Projects').getByRole('button', { name: 'Save' }).click();
      await part(page, 'Projects').getByRole('alert').getByRole('heading').waitFor();
      await part(page, 'Requests').getByRole('button', { name: 'Approve' }).click();
      await part(page, 'Requests').getByText(/holds at most 50/).waitFor();
    },
    roles: [['heading', 'Stored data could not be read']],
    words: ['Not saved yet.'],
  },
  {
    name: 'not on the list: who is, and a way to ask',
    scene: 'outside',
    roles: [['button', 'Request access'], ['heading', 'You are not on the list of administrators']],
    words: ['Maria Keller', /limited to a list, and you are not on it/],
    absent: [['button', 'Access'], ['button', 'Connections']],
  },
  {
    name: 'declined: by whom, and when to ask again',
    scene: 'outsideDeclined',
    reach: async (page) => {
      await press(page, 'Request access');
      await page.getByRole('alert').getByRole('heading').waitFor();
    },
    words: [/^Maria Keller declined your request/, /declined less than a day ago.*25 Aug 2026, 13:05 UTC/],
  },
  { name: 'explained: nothing blocks', scene: 'explainReaches', reach: explain, words: ['Nothing blocks: Tom Okafor reaches APP-1 through Integration+.'], roles: [['list', 'What each limit says']], absent: [['button', 'Open Status'], ['link', 'Permissions of Mobile app in Jira']] },
  { name: 'explained: nothing blocks, and no comment', scene: 'explainNoComment', reach: explain, words: [/Jira does not let Tom Okafor comment there\.$/] },
  { name: 'explained: the person', scene: 'explainPerson', reach: explain, words: [/^The person’s own rights block it: Jira does not let Tom Okafor see APP-1\./], roles: [['link', 'Permissions of Mobile app in Jira']] },
  { name: 'explained: the settings', scene: 'explainSettings', reach: explain, words: [/^The settings of Integration\+ block it: they leave Mobile app \(APP\) out for everybody\./], roles: [['button', 'Change the projects limit']] },
  { name: 'explained: the main authorized user', scene: 'explainMain', reach: explain, words: [/^The main authorized user blocks it: Jira does not let Jira service account see APP-1\./], roles: [['button', 'Open Status'], ['link', 'Permissions of Mobile app in Jira']] },
  { name: 'explained: nobody is connected', scene: 'explainUnconnected', reach: explain, words: [/^Nobody reaches APP-1 through Integration\+: there is no main authorized user/], roles: [['button', 'Open Status']] },
  { name: 'explained: not known, the grant is dead', scene: 'explainDead', reach: explain, words: [/^It is not known whether Tom Okafor reaches APP-1.*no longer accepts what the main authorized user allowed/] },
  { name: 'explained: not known, no answer', scene: 'explainUnanswered', reach: explain, words: [/^It is not known whether Tom Okafor reaches APP-1.*did not answer\. Try again/] },
  { name: 'explained: no such place', scene: 'explainNowhere', reach: explain, words: [/^Jira shows you no project and no issue called “APP-1”\. Enter a project key, such as MOB, or an issue key, such as MOB-12\. It says the same of a place that exists and that you may not see\.$/] },
  { name: 'mine: nothing blocks', scene: 'myReach', reach: explainMe, roles: [['heading', 'What you reach through Integration+']], words: ['Nothing blocks: you reach APP-1 through Integration+.'] },
  { name: 'mine: the settings', scene: 'myReachSettings', reach: explainMe, words: [/^The settings of Integration\+ block it.*An administrator of Integration\+ can change that\.$/], absent: [['button', 'Change the projects limit']] },
  { name: 'mine: the main authorized user, who is not named', scene: 'myReachMain', reach: explainMe, words: [/the account that Integration\+ acts as see APP-1/], absent: [['button', 'Open Status']] },
  { name: 'mine: no such place', scene: 'myReachNowhere', reach: explainMe, words: [/^Jira shows you no project and no issue called “app-1”/] },
];

describe('every state of access', { concurrency: 3 }, () => {
  for (const state of STATES) {
    test(state.name, () => visit(state.scene, (page) => look(page, state)));
  }
});

describe('access', { concurrency: 3 }, () => {
  test('a limit is put together and saved, and the state that was seen goes with it', () =>
    visit('access', async (page) => {
      await toAccess(page);
      const projects = part(page, 'Projects');
      await projects.getByRole('radio', { name: 'Only in the projects and categories listed' }).check();
      await projects.getByText('Nothing is listed, so Integration+ works nowhere.').waitFor();
      await projects.getByRole('searchbox').fill('bil');
      await press(page, 'Add Billing (BIL)');
      await projects.getByRole('checkbox', { name: 'Operations' }).check();
      await projects.getByRole('button', { name: 'Save' }).click();
      await projects.getByRole('status').getByText('Saved.').waitFor();
      assert.deepEqual(await asked(page, 'limitProjects'), [
        { type: 'limitProjects', edition: 0, limit: { kind: 'only', projects: ['10001'], categories: ['10051'] }, nowhere: null },
      ]);
    }));

  test('a list of nothing is saved only by whoever says to know what that does', () =>
    visit('access', async (page) => {
      await toAccess(page);
      const projects = part(page, 'Projects');
      const box = projects.getByRole('checkbox', { name: /^Integration\+ works in no project from then on, for nobody\. I have read this\.$/ });
      await projects.getByRole('radio', { name: 'Only in the projects and categories listed' }).check();
      await projects.getByRole('button', { name: 'Save' }).click();
      await projects.getByText('Tick this box first, or list something. Nothing has been saved.').waitFor();
      assert.equal(await box.evaluate((element) => element === document.activeElement), true);
      assert.deepEqual(await asked(page, 'limitProjects'), []);
      // What is listed meanwhile makes the box go, and with it what it was ticked for.
      await box.check();
      await projects.getByRole('checkbox', { name: 'Operations' }).check();
      assert.equal(await box.count(), 0);
      await projects.getByRole('checkbox', { name: 'Operations' }).uncheck();
      assert.equal(await box.isChecked(), false);
      await box.check();
      await projects.getByRole('button', { name: 'Save' }).click();
      await projects.getByRole('status').getByText('Saved.').waitFor();
      const [sent] = await asked(page, 'limitProjects');
      assert.deepEqual([sent.limit, sent.nowhere], [{ kind: 'only', projects: [], categories: [] }, true]);
    }));

  test('where somebody else was first, they are named, theirs is shown, and nothing that was entered is lost', () =>
    visit('accessTaken', async (page) => {
      await toAccess(page);
      const projects = part(page, 'Projects');
      await projects.getByRole('listitem').filter({ hasText: 'Project 10004' }).getByRole('button', { name: 'Remove' }).click();
      await projects.getByRole('checkbox', { name: 'Operations' }).check();
      await projects.getByRole('button', { name: 'Save' }).click();
      await projects.getByText(/^Tom Okafor changed this meanwhile, 14:05/).waitFor();
      await projects.getByText(/^What you entered is still here/).waitFor();
      await projects.getByRole('listitem').filter({ hasText: 'Billing' }).waitFor();
      await projects.getByRole('button', { name: 'Save' }).click();
      await projects.getByRole('status').getByText('Saved.').waitFor();
      const [first, second] = await asked(page, 'limitProjects');
      assert.deepEqual(first.limit, { kind: 'only', projects: ['10000', '10009'], categories: ['10050', '10051', '10059'] });
      assert.deepEqual([second.edition, second.limit.projects], [5, ['10000', '10009', '10001']]);
    }));

  test('whoever begins a list is on it, and is warned before they leave it', () =>
    visit('access', async (page) => {
      await toAccess(page);
      const people = part(page, 'Administrators');
      await people.getByRole('radio', { name: 'Only the people listed' }).check();
      await people.getByRole('combobox').fill('jira');
      await page.getByRole('option', { name: 'Jira service account' }).click();
      await people.getByRole('listitem').filter({ hasText: 'Maria Keller' }).getByRole('button', { name: 'Remove' }).click();
      await people.getByText(/^You are not on this list\./).waitFor();
      await people.getByRole('button', { name: 'Save' }).click();
      await people.getByRole('status').getByText('Saved.').waitFor();
      await people.getByText('Jira service account is no Jira administrator, so being on this list gives them nothing.').waitFor();
      assert.deepEqual(await asked(page, 'limitAdministrators'), [{ type: 'limitAdministrators', edition: 0, accounts: ['712020:service-jira'] }]);
    }));

  test('what is entered is still there after a visit to another section, and is gone once it is saved', () =>
    visit('access', async (page) => {
      await toAccess(page);
      await part(page, 'Projects').getByRole('radio', { name: 'Only in the projects and categories listed' }).check();
      await part(page, 'Projects').getByRole('checkbox', { name: 'Operations' }).check();
      await part(page, 'Administrators').getByRole('radio', { name: 'Only the people listed' }).check();
      await goTo(page, 'Settings');
      await page.getByRole('radio', { name: 'Everyone re-authorizes' }).check();
      await page.getByRole('textbox', { name: 'Days during which you can roll back' }).fill('x');
      await toAccess(page);
      const projects = part(page, 'Projects');
      await projects.getByText('Not saved yet.').waitFor();
      assert.ok(await projects.getByRole('radio', { name: 'Only in the projects and categories listed' }).isChecked());
      assert.ok(await projects.getByRole('checkbox', { name: 'Operations' }).isChecked());
      await part(page, 'Administrators').getByRole('listitem').filter({ hasText: 'Maria Keller' }).waitFor();
      await projects.getByRole('button', { name: 'Save' }).click();
      await projects.getByText('Saved.').waitFor();
      await part(page, 'Administrators').getByRole('button', { name: 'Undo changes' }).click();
      await goTo(page, 'Settings');
      assert.equal(await page.getByRole('textbox', { name: 'Days during which you can roll back' }).inputValue(), 'x');
      assert.ok(await page.getByRole('radio', { name: 'Everyone re-authorizes' }).isChecked());
      await toAccess(page);
      await page.getByRole('radio', { name: 'Every Jira administrator' }).waitFor();
      assert.equal(await page.getByText('Not saved yet.').count(), 0);
    }));

  test('a limit that is saved while somebody looks elsewhere is not entered any more', () =>
    visit('accessSlow', async (page) => {
      await toAccess(page);
      await part(page, 'Projects').getByRole('radio', { name: 'Only in the projects and categories listed' }).check();
      await part(page, 'Projects').getByRole('checkbox', { name: 'Operations' }).check();
      await part(page, 'Projects').getByRole('button', { name: 'Save' }).click();
      await goTo(page, 'Status');
      await page.evaluate(() => /** @type {any} */ (globalThis).__slow());
      await toAccess(page);
      // What is there now is what it was before: what was entered would stand over it.
      await page.getByRole('radio', { name: 'In every project', exact: true }).waitFor();
      assert.ok(await page.getByRole('radio', { name: 'In every project', exact: true }).isChecked());
    }));

  test('after Add and after Save a keyboard goes on where it was, and both are announced', () =>
    visit('access', async (page) => {
      await toAccess(page);
      const focused = () => page.evaluate(() => [document.activeElement?.getAttribute('role') ?? document.activeElement?.getAttribute('type'), document.activeElement?.textContent]);
      const projects = part(page, 'Projects');
      await projects.getByRole('radio', { name: 'Only in the projects and categories listed' }).check();
      await projects.getByRole('searchbox').fill('bil');
      await page.getByRole('button', { name: 'Add Billing (BIL)' }).focus();
      await page.keyboard.press('Enter');
      await projects.getByRole('status').getByText('Billing is on the list.').waitFor();
      assert.deepEqual(await focused(), ['search', '']);
      const people = part(page, 'Administrators');
      await people.getByRole('radio', { name: 'Only the people listed' }).check();
      await people.getByRole('combobox').fill('jira');
      await page.getByRole('option', { name: 'Jira service account' }).waitFor();
      for (const key of ['ArrowDown', 'Enter']) {
        await page.keyboard.press(key);
      }
      await people.getByRole('status').getByText('Jira service account is on the list.').waitFor();
      assert.deepEqual(await focused(), ['combobox', '']);
      await people.getByRole('button', { name: 'Save' }).focus();
      await page.keyboard.press('Enter');
      await people.getByRole('status').getByText('Saved.').waitFor();
      assert.deepEqual(await focused(), ['status', 'Saved.']);
    }));

  test('a category that two people list at once is listed', () =>
    visit('accessBothListed', async (page) => {
      await toAccess(page);
      const projects = part(page, 'Projects');
      await projects.getByRole('checkbox', { name: 'Operations' }).check();
      await projects.getByRole('button', { name: 'Save' }).click();
      await projects.getByText(/^Tom Okafor changed this meanwhile/).waitFor();
      assert.ok(await projects.getByRole('checkbox', { name: 'Operations' }).isChecked());
    }));

  test('whoever took themselves off sees who is on the list, and nothing else', () =>
    visit('accessGone', async (page) => {
      await toAccess(page);
      const people = part(page, 'Administrators');
      await people.getByRole('listitem').filter({ hasText: 'Maria Keller' }).getByRole('button', { name: 'Remove' }).click();
      await people.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Request access' }).waitFor();
      assert.equal(await page.getByRole('navigation').getByRole('button', { name: 'Access', exact: true }).count(), 0);
    }));

  test('a refused list says why, and stays as it was entered', () =>
    visit('accessSaveFails', async (page) => {
      await toAccess(page);
      const people = part(page, 'Administrators');
      await people.getByRole('listitem').filter({ hasText: 'Maria Keller' }).getByRole('button', { name: 'Remove' }).click();
      await people.getByRole('button', { name: 'Save' }).click();
      await people.getByText(/^Jira confirms nobody on this list as a Jira administrator/).waitFor();
      assert.equal(await people.getByRole('listitem').filter({ hasText: 'Maria Keller' }).count(), 0);
      await people.getByText('Not saved yet.').waitFor();
    }));

  test('a request is approved by keyboard, and its outcome is announced', () =>
    visit('accessLimited', async (page) => {
      await toAccess(page);
      const approve = part(page, 'Requests').getByRole('button', { name: 'Approve' });
      await approve.focus();
      await page.keyboard.press('Enter');
      await part(page, 'Requests').getByRole('status').getByText(/^Approved by Maria Keller, 14:05/).waitFor();
      assert.deepEqual(await asked(page, 'decideAccess'), [{ type: 'decideAccess', account: '5b10a2844c20165700ede22h', approve: true }]);
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Requests');
    }));

  test('access is requested, and the request is told with its day', () =>
    visit(
      'outside',
      async (page) => {
        await press(page, 'Request access');
        await page.getByRole('status').getByText('You asked on 24 Aug 2026, 14:05. Nobody has decided yet: somebody on the list approves or declines it.').waitFor();
        await page.getByRole('button', { name: 'Check again' }).waitFor();
        assert.equal(await page.getByRole('button', { name: 'Request access' }).count(), 0);
      },
      NARROW,
    ));

  test('whoever asked and looks again is told that it was declined, and by whom', () =>
    visit('outsideDecided', async (page) => {
      await press(page, 'Check again');
      await page.getByText(/^Maria Keller declined your request/).waitFor();
      await page.getByRole('button', { name: 'Request access' }).waitFor();
      assert.equal(await page.getByRole('alert').count(), 0);
    }));

  test('where nobody is left who could approve, the page opens at once', () =>
    visit('outsideAdmitted', async (page) => {
      await press(page, 'Request access');
      await page.getByText('Connected', { exact: true }).waitFor();
    }));

  test('an explanation is asked for by keyboard, and leads to where it is changed', () =>
    visit('explainSettings', async (page) => {
      await toAccess(page);
      await part(page, 'Explain one person').getByRole('combobox').focus();
      await page.keyboard.type('jira');
      await page.getByRole('option', { name: 'Jira service account' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.type('app');
      await page.keyboard.press('Enter');
      await press(page, 'Change the projects limit');
      assert.equal(await page.evaluate(() => document.activeElement?.querySelector('h2')?.textContent), 'Projects');
      assert.deepEqual(await asked(page, 'explain'), [{ type: 'explain', account: '712020:service-jira', place: 'app' }]);
    }));

  test('what is missing is said where it is missing, and nothing is asked', () =>
    visit('explainReaches', async (page) => {
      await toAccess(page);
      await press(page, 'Explain');
      await page.getByText('Choose a person from the list first.').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'combobox');
      await part(page, 'Explain one person').getByRole('combobox').fill('jira');
      await page.getByRole('option', { name: 'Jira service account' }).click();
      await press(page, 'Explain');
      await page.getByRole('alert').getByText('Enter the key of a project or an issue.').waitFor();
      assert.deepEqual(await asked(page, 'explain'), []);
    }));

  test('a link to Jira opens there; Status opens here', () =>
    visit('explainMain', async (page) => {
      await explain(page);
      await page.getByRole('link', { name: 'Permissions of Mobile app in Jira' }).click();
      assert.deepEqual(await opened(page), ['/plugins/servlet/project-config/APP/permissions']);
      await press(page, 'Open Status');
      await page.getByRole('heading', { name: 'Integration+ Status', exact: true }).waitFor();
    }));

  test('a person asks about themselves and names nobody', () =>
    visit('myReach', async (page) => {
      await explainMe(page);
      await page.getByText(/^Nothing blocks/).waitFor();
      assert.deepEqual(await asked(page, 'explain'), [{ type: 'explain', account: null, place: 'app-1' }]);
    }, WIDE));
});
