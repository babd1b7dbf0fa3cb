// @ts-check
/**
 * Every state of the tests of an account: how one comes there, and what a person finds.
 * @import { Page } from 'playwright-core'
 * @import { State } from './states.mjs'
 */
import { toRegister } from './register-states.mjs';
import { press } from './states.mjs';

/** @param {Page} page @param {string} [name] */
export async function toTest(page, name = 'Jira service account') {
  await toRegister(page);
  await press(page, `Test ${name}`);
  await page.getByRole('dialog').waitFor();
}

/** @type {State[]} */
export const TRIAL_STATES = [
  {
    name: 'never tested: what will happen is said before it does',
    scene: 'trialNever',
    reach: toTest,
    roles: [['dialog', 'Test Jira service account'], ['heading', 'What will happen'], ['heading', 'Where and how often'], ['heading', 'Choose a test project'], ['searchbox', 'Test project: search by name or key'], ['radio', 'Never'], ['radio', 'Every day'], ['button', 'Test account']],
    words: ['This account has not been tested yet.', /No test project is chosen, so nothing is written in Jira/, 'Each result is drawn here, once there is one.'],
    absent: [['button', 'Run again'], ['button', 'Test without a project'], ['button', 'Keep it as it is']],
  },
  {
    name: 'everything passed',
    scene: 'trialPassed',
    reach: toTest,
    roles: [['heading', 'Latest result'], ['list', 'Checks'], ['img', 'Passed'], ['img', /^1 result, oldest first/], ['button', 'Run again'], ['button', 'Choose another project'], ['button', 'Test without a project']],
    words: [/^Tested 3 hours ago for Maria Keller\. 9 passed\.$/, 'Can sign in', 'Deletes it again', /creates one issue in For trying things \(TRY\), comments on it/, /The next test begins about/],
  },
  {
    name: 'failed: each check says why and how it is mended',
    scene: 'trialTroubled',
    reach: toTest,
    roles: [['img', 'Failed'], ['img', 'Not run'], ['img', /^30 results, oldest first/], ['heading', 'Test issues that may still be there'], ['button', /Open TRY-17 in Jira/], ['heading', 'The test issue would stay'], ['heading', 'Projects where something required is missing']],
    words: [
      'It did not grant write:jira-work.',
      'It has access to no product of Jira on this site.',
      'Something required is missing in 23 of 41 projects in use.',
      'It lacks Add Comments in the test project.',
      /^Give Jira service account Add Comments in the project’s permission scheme/,
      'Not run: The workflow offers no transition that needs nothing more.',
      'Jira would not do it. It says: “Attachments are disabled”',
      'It lacks Delete Issues in the test project, so the test issue is still there.',
      /^TRY-17 could not be deleted: Jira did not let the account\. Integration\+ tries again about/,
      /^Jira’s answer was lost when an issue was created in TRY\. Integration\+ looks for it within minutes/,
    ],
  },
  { name: 'the register tells of the latest tests', scene: 'trialTroubled', reach: toRegister, roles: [['columnheader', 'Test']], words: ['6 checks failed', 'Passed', 'Not complete', 'next within minutes'] },
  {
    name: 'without a grant',
    scene: 'trialNoGrant',
    reach: toTest,
    roles: [['heading', 'Integration+ cannot act as this account'], ['heading', 'The test issue would stay']],
    words: ['Not run: This account has not allowed Integration+.', /sign in to Jira as it, open Integration\+ under personal settings, and allow it there\./, /lacks Create Issues in For trying things, so the test will fail there/],
  },
  {
    name: 'without a grant somebody else may sign in',
    scene: 'trialNoGrant',
    reach: toTest,
    roles: [['heading', 'Somebody else signs in as the account'], ['button', 'Create a link for somebody else']],
    words: [/^Somebody else can sign in as Jira service account\?/, /Or create a link, and somebody else who can sign in as it allows with that\.$/],
    absent: [['button', 'Revoke link']],
  },
  {
    name: 'a link is shown once',
    scene: 'trialHandsOff',
    reach: async (page) => {
      await toTest(page);
      await press(page, 'Create a new link');
      await page.getByRole('textbox', { name: 'Link for the person who signs in' }).waitFor();
    },
    roles: [['textbox', 'Link for the person who signs in'], ['button', 'Copy link'], ['button', 'Create a new link'], ['button', 'Revoke link']],
    words: [/^Waiting for somebody to sign in as Jira service account\./, 'This link is shown only now. Whoever has it can open the page, so send it to that person alone.', /^It is for tests of Jira service account only, and used up as soon as Jira service account has allowed with it: /],
  },
  { name: 'a link waits that was shown before, and the wrong account tried', scene: 'trialTriedWrong', reach: toTest, roles: [['button', 'Create a new link'], ['button', 'Revoke link']], words: [/^The link cannot be shown again/, /^The last try, at .*, came to nothing: .*Maria Keller/], absent: [['textbox', 'Link for the person who signs in']] },
  {
    name: 'a link is revoked',
    scene: 'trialHandsOff',
    reach: async (page) => {
      await toTest(page);
      await press(page, 'Revoke link');
    },
    roles: [['button', 'Create a new link']],
    words: [/^The link for Jira service account is revoked: nobody can use it\./],
    absent: [['button', 'Revoke link']],
  },
  { name: 'a link has expired', scene: 'trialLinkExpired', reach: toTest, roles: [['button', 'Create a new link']], words: ['The link for Jira service account has expired. Nobody has used it.'], absent: [['button', 'Revoke link']] },
  { name: 'a link was opened too often', scene: 'trialLinkSpent', reach: toTest, words: [/^The link for Jira service account was opened too often/] },
  { name: 'what somebody allowed is held for tests', scene: 'trialHeld', reach: toTest, roles: [['button', 'Delete these tokens']], words: [/^Since .* Integration\+ holds tokens of Jira service account, by a link of Maria Keller\./], absent: [['button', 'Create a link for somebody else'], ['button', 'Keep them']] },
  { name: 'the register tells what is held for tests', scene: 'trialHeld', reach: toRegister, words: [/^tokens held for tests since .*, by a link of Maria Keller$/] },
  {
    name: 'a link that is not needed is not made',
    scene: 'trialHandOffRefused',
    reach: async (page) => {
      await toTest(page);
      await press(page, 'Create a link for somebody else');
    },
    roles: [['heading', 'That was not possible']],
    words: [/holds what this account allowed and uses it, so no link is needed/],
  },
  {
    name: 'a dead grant, a closed account, and a project that wants too much',
    scene: 'trialDead',
    reach: toTest,
    words: [/^Atlassian no longer accepts what it allowed/, 'It is deactivated or closed, or Jira knows no such account.', 'Not run: It needs a check above that failed.', 'Not run: Every issue there wants Team and Cost centre, and Integration+ cannot know what to put there.'],
  },
  { name: 'odd names', scene: 'trialOdd', reach: toTest, words: [/=HYPERLINK\("http:\/\/example\.com","x"\)/] },
  { name: 'under way', scene: 'trialRunning', reach: toTest, roles: [['heading', 'Test under way'], ['progressbar', 'Test'], ['img', 'Being tried'], ['img', 'Not yet']], words: ['3 of 9 checks are made. Looked at 1,000 projects.', /You can close this dialog: the test goes on by itself/] },
  { name: 'Jira asks to wait', scene: 'trialWaits', reach: toTest, words: [/^Jira asked to wait\. The test goes on by itself at/, '6 of 9 checks are made.'] },
  { name: 'still reading', scene: 'trialLoading', reach: async (page) => {
      await toTest(page);
      await page.getByText(/^Still reading\./).last().waitFor();
    }, absent: [['button', 'Test account']] },
  { name: 'what could not be read', scene: 'trialFails', reach: toTest, roles: [['heading', 'Stored data could not be read'], ['button', 'Try again']] },
  {
    name: 'choosing a project that is not found',
    scene: 'trialNever',
    reach: async (page) => {
      await toTest(page);
      await page.getByRole('searchbox', { name: 'Test project: search by name or key' }).fill('zzz');
    },
    words: ['No project matches “zzz”, or you may not see it. Try fewer letters.'],
  },
  {
    name: 'a project that the settings leave out',
    scene: 'trialLeftOut',
    reach: async (page) => {
      await toTest(page);
      await page.getByRole('radio', { name: 'Every week' }).click();
    },
    words: [/The settings of Integration\+ leave this project out\. Nothing (was|has) changed/],
  },
  { name: 'the status tells of failed tests', scene: 'trialsFailed', roles: [['button', 'Open the register']], words: ['2 service accounts failed the latest test.'] },
];
