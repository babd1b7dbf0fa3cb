// @ts-check
/**
 * Every state of a rehearsal: how one comes there, and what a person finds, by role and name.
 * @import { Page } from 'playwright-core'
 * @import { State } from './states.mjs'
 */
import { choose, press } from './states.mjs';

/** The change dialog at its second step. @param {Page} page */
export const preview = (page) => choose(page, 'change', 'Narrow service account');

/**
 * The same, once its result is there: what is pressed while the page still moves under the pointer is lost.
 * @param {Page} page
 */
export async function previewed(page) {
  await preview(page);
  await page.getByRole('list', { name: 'Projects', exact: true }).waitFor();
}

/** The same view without a change. @param {Page} page */
export async function rehearse(page, account = 'Narrow service account') {
  await press(page, 'Rehearse a change');
  await page.getByRole('combobox').fill('jira');
  await page.getByRole('option', { name: account }).click();
  await press(page, 'Rehearse');
}

/** @type {State[]} */
export const REHEARSAL_STATES = [
  {
    name: 'nothing is lost: no more is asked for',
    scene: 'rehearsalNoLoss',
    reach: preview,
    roles: [
      ['heading', 'What will change'],
      ['heading', 'Nothing is lost'],
      ['list', 'Projects'],
      ['table', 'What Narrow service account may do in the projects in use'],
      ['rowheader', 'Administer Jira'],
      ['heading', 'Beside projects'],
      ['button', 'Rehearse anew'],
      ['button', 'Export CSV'],
      ['button', 'Continue to Jira'],
    ],
    words: [
      /Narrow service account sees every project that Jira service account sees/,
      'Looked at 15 projects just now, for Maria Keller.',
      /What cannot be established: whether Narrow service account holds an agent licence of Jira Service Management/,
      '1 webhook moves to Narrow service account.',
      /60 people connected their own account\. 9 of them have to re-authorize already\. The connections of the other 51 are tried quietly/,
      /is asked for the same as the present account granted: read:me/,
    ],
    absent: [['checkbox', /./], ['button', 'Check again'], ['button', 'Show lost projects']],
  },
  {
    name: 'projects are lost: which, who loses them, what is missing, and how it is mended',
    scene: 'rehearsalLosses',
    reach: preview,
    roles: [
      ['heading', '2 projects would be lost'],
      ['heading', 'Lost projects (2)'],
      ['button', 'Show lost projects'],
      ['button', 'Show gained projects'],
      ['button', 'Show where something is missing'],
      ['heading', 'Kept projects where something is missing'],
      ['heading', 'Gained projects (1)'],
      ['button', 'Check again'],
      ['button', /^Open permissions of BIL/],
      ['button', /^Open permissions of DESK/],
      ['checkbox', 'Integration+ loses Billing (BIL) and Legal (LEG), and cannot create issues, add comments, or work as an agent in 2 projects. I have read this.'],
      ['row', /^Administer Jira Required yes, for the whole site$/],
      ['row', /^Create Issues Required 11 of 14 projects$/],
      ['row', /^Service Project Agent Required 0 of 1 service project$/],
      ['row', /^Link Issues Recommended 11 of 14 projects$/],
    ],
    words: [
      /Who loses it: Ana Fixture, Bo Fixture,.* and at least 3 more\./,
      'Who loses it: Ana Fixture and Bo Fixture.',
      /Give Narrow service account Browse Projects, Create Issues,.* in the project’s permission scheme, or add the account to a project role that has them\./,
      'Required, missing: Create Issues and Add Comments',
      'Recommended, missing: Link Issues',
      /For Service Project Agent, add Narrow service account to the role Service Desk Team of the project\./,
      /New, because the present account did not grant it: manage:jira-webhook\./,
    ],
  },
  {
    name: 'Continue without the acknowledgement says so beside the box',
    scene: 'rehearsalLosses',
    reach: async (page) => {
      await previewed(page);
      await press(page, 'Continue to Jira');
    },
    words: ['Tick this box first: it says what is lost. Nothing has begun, and nothing is lost yet.'],
  },
  {
    name: 'only something recommended is missing',
    scene: 'rehearsalRecommended',
    reach: preview,
    roles: [['heading', 'Nothing is lost'], ['button', 'Check again']],
    absent: [['checkbox', /./]],
  },
  {
    name: 'the account is no Jira administrator',
    scene: 'rehearsalNoRights',
    reach: preview,
    roles: [
      ['heading', 'Something required is missing'],
      ['row', /^Administer Jira Required no$/],
      ['button', /^Open global permissions/],
      ['checkbox', 'The checks stop this change unless the account gets Administer Jira first. I have read this.'],
    ],
    words: [/lacks Administer Jira, so the checks will stop the change/],
  },
  {
    name: 'whether it is an administrator could not be found out',
    scene: 'rehearsalRightsUnknown',
    reach: preview,
    roles: [['row', /^Administer Jira Required not known$/], ['checkbox', /may lack Administer Jira/]],
    words: [/Jira did not tell whether/],
  },
  {
    name: 'thousands of projects: the first of them, and the rest in the file',
    scene: 'rehearsalThousands',
    reach: async (page) => {
      await previewed(page);
      await page.getByRole('button', { name: 'Show 50' }).first().click();
    },
    roles: [
      ['heading', '900 projects would be lost'],
      ['button', 'Show fewer'],
      ['checkbox', /loses Lost project 1 \(L0\), .*Lost project 5 \(L4\), and 895 more projects, and cannot create issues in 400 projects\./],
    ],
    words: ['Lost project 50 (L49)', '50 of 900 are listed here. All of them are in the file of Export CSV.', /Who loses it was not looked up: that is done for the first 20 lost projects/, 'Who loses it, of the first 1,000 people that Jira looks at: Ana Fixture.', 'Of the first 1,000 people that Jira looks at, it names nobody else who may browse it. Whoever comes after them was not looked at.', 'Jira names nobody else who may browse it.', /and at least 40 more\./, /The connections of the other 98,850 are tried quietly/],
  },
  {
    name: 'odd and long names, and keys that no address can hold',
    scene: 'rehearsalOdd',
    reach: preview,
    roles: [['button', /^Open permissions of A\/B\?C#D/]],
    words: ['Jira names nobody else who may browse it.'],
    absent: [['button', /^Open permissions of \.\./]],
  },
  {
    name: 'a rehearsal begins: words after a second',
    scene: 'rehearsalAsking',
    reach: async (page) => {
      await preview(page);
      await page.getByText('Asking Jira about each project. A large site takes a while.').waitFor();
    },
    roles: [['progressbar', 'Rehearsal']],
  },
  {
    name: 'how far a large site is',
    scene: 'rehearsalRunning',
    reach: preview,
    roles: [['progressbar', 'Rehearsal']],
    words: ['Looked at 1,200 of 5,000 projects.', /You can close this dialog/],
  },
  { name: 'Jira has not said how many projects there are', scene: 'rehearsalListing', reach: preview, words: ['Asking Jira which projects there are.'] },
  { name: 'people of the lost projects are asked for', scene: 'rehearsalPeople', reach: preview, words: ['Looked at 5,000 projects. Asking Jira who would lose the 900 that are lost.'] },
  {
    name: 'Jira asked to wait: until when, and it is spoken',
    scene: 'rehearsalWaits',
    reach: async (page) => {
      await preview(page);
      await page.getByRole('status').getByText('Jira asked to wait. The rehearsal goes on by itself.', { exact: true }).waitFor();
    },
    words: ['Jira asked to wait. The rehearsal goes on by itself at 14:25, in about 20 minutes.'],
  },
  {
    name: 'a poll that fails keeps what is shown',
    scene: 'rehearsalStale',
    reach: async (page) => {
      await preview(page);
      await page.getByText('What you see is kept. This is tried again by itself.').waitFor();
    },
    roles: [['alert', ''], ['button', 'Try again'], ['progressbar', 'Rehearsal']],
    words: ['Looked at 1,200 of 5,000 projects.'],
  },
  {
    name: 'no rehearsal, because storage is down',
    scene: 'rehearsalFails',
    reach: preview,
    roles: [['alert', ''], ['button', 'Try again']],
    words: ['Code for support: app/storageUnavailable'],
  },
  { name: 'an account that cannot be used', scene: 'rehearsalUnsuitable', reach: preview, words: [/This account is deactivated, so it cannot be used\. Nothing has changed/] },
  {
    name: 'another change was carried out meanwhile',
    scene: 'rehearsalOvertaken',
    reach: async (page) => {
      await preview(page);
      await page.getByRole('heading', { name: 'This rehearsal was left off' }).waitFor();
    },
    roles: [['button', 'Rehearse anew']],
    absent: [['button', 'Check again'], ['button', 'Export CSV']],
  },
  { name: 'a result that is out of date', scene: 'rehearsalOutOfDate', reach: preview, roles: [['heading', 'This result is out of date'], ['button', 'Rehearse anew']] },
  { name: 'alone: which account', scene: 'connected', reach: (page) => press(page, 'Rehearse a change'), roles: [['dialog', 'Rehearse a change'], ['heading', 'Which account should be rehearsed?'], ['button', 'Rehearse']], words: [/Nothing is changed, and nobody is asked to allow anything/] },
  {
    name: 'alone: nothing chosen yet',
    scene: 'connected',
    reach: async (page) => {
      await press(page, 'Rehearse a change');
      await press(page, 'Rehearse');
    },
    words: ['Choose an account from the list first.'],
  },
  {
    name: 'alone: the result, and nothing that begins a change',
    scene: 'rehearsalLosses',
    reach: (page) => rehearse(page),
    roles: [['heading', 'What would change with Narrow service account'], ['heading', '2 projects would be lost'], ['button', 'Check again'], ['button', 'Close dialog']],
    absent: [['checkbox', /./], ['button', 'Continue to Jira'], ['radio', 'Verify first']],
  },
  {
    name: 'alone: the main authorized user itself',
    scene: 'rehearsalAlone',
    reach: (page) => rehearse(page, 'Jira service account'),
    roles: [['heading', 'Nothing required is missing']],
    words: ['Jira service account sees 14 projects. There is nobody else to compare with.', 'In use are the projects that the account sees.'],
    absent: [['heading', 'Beside projects']],
  },
  {
    name: 'the world changed between the rehearsal and Continue',
    scene: 'rehearsalNeeded',
    reach: async (page) => {
      await previewed(page);
      await press(page, 'Continue to Jira');
      await page.getByRole('heading', { name: '2 projects would be lost' }).waitFor();
    },
    roles: [['heading', 'The change has to be rehearsed first'], ['checkbox', /loses Billing/]],
    words: [/Nothing has changed\. Look at the new result, then go on\./, 'Code for support: app/rehearsalNeeded'],
  },
  {
    name: 'something is lost by now',
    scene: 'acknowledgementNeeded',
    reach: async (page) => {
      await previewed(page);
      await press(page, 'Continue to Jira');
      await page.getByRole('heading', { name: '2 projects would be lost' }).waitFor();
    },
    words: [/By the latest rehearsal 2 projects would be lost and something required is missing in 2 projects\. Nothing has changed\./],
  },
  {
    name: 'the account that allowed instead: what would change with it',
    scene: 'otherLosesProjects',
    reach: async (page) => {
      await press(page, 'Open');
      await press(page, 'Use Tom Okafor instead, after checks');
    },
    roles: [['heading', 'What will change with Tom Okafor'], ['checkbox', /loses Billing/], ['button', 'Back'], ['button', 'Use Tom Okafor instead, after checks']],
    words: ['You allowed as Tom Okafor. You meant Jira service account. Nothing has changed.'],
  },
  {
    name: 'the file: how far it is read, and why it stopped',
    scene: 'exportPartFails',
    reach: async (page) => {
      await rehearse(page);
      await page.getByRole('list', { name: 'Projects', exact: true }).waitFor();
      await press(page, 'Export CSV');
      await page.getByText('Code for support: app/corruptRecord').waitFor();
    },
    roles: [['button', 'Go on']],
    words: ['400 of 5,000 projects read. What was read so far is kept.'],
  },
  {
    name: 'the file: another rehearsal took the place of this one',
    scene: 'exportOvertaken',
    reach: async (page) => {
      await rehearse(page);
      await page.getByRole('list', { name: 'Projects', exact: true }).waitFor();
      await press(page, 'Export CSV');
    },
    roles: [['alert', ''], ['button', 'Show the new result']],
  },
  {
    name: 'the file: the rehearsal is not kept any more',
    scene: 'exportGone',
    reach: async (page) => {
      await rehearse(page);
      await page.getByRole('list', { name: 'Projects', exact: true }).waitFor();
      await press(page, 'Export CSV');
    },
    roles: [['button', 'Show the new result']],
  },
];
