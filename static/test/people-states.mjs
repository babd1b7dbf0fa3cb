// @ts-check
/**
 * Every state of the pages about people: how one comes there, and what a person finds, by role and name.
 * @import { Page } from 'playwright-core'
 * @import { State } from './states.mjs'
 */
import { press } from './states.mjs';

/** @param {Page} page @param {string} name */
export function goTo(page, name) {
  return page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
}

/** @param {Page} page */
const toConnections = (page) => goTo(page, 'Connections');

/** @param {Page} page */
export async function write(page, text = 'What I have to say.') {
  await page.getByRole('textbox', { name: 'Your comment' }).fill(text);
  await press(page, 'Comment');
}

/** @type {State[]} */
export const ADMIN_STATES = [
  {
    name: 'people: bar, chart, filters with counts, table',
    scene: 'people',
    reach: toConnections,
    roles: [
      ['heading', 'Connections'],
      ['img', 'Now: 45 of 60 people working, 9 to re-authorize.'],
      ['button', 'To re-authorize 9'],
      ['button', 'Export CSV'],
      ['searchbox', 'Search by the beginning of a name'],
      ['table', /^People who connected their account/],
      ['rowheader', 'Bo Fixture 2'],
      ['columnheader', 'Person'],
      ['button', 'Next'],
    ],
    words: ['45 of 60 connected and working', 'access revoked, or password changed', /Every connection is verified: 55 tried/],
  },
  {
    name: 'people selected: Remind',
    scene: 'people',
    reach: async (page) => {
      await toConnections(page);
      await page.getByRole('checkbox', { name: 'Select everybody on this page' }).check();
    },
    roles: [['button', 'Remind'], ['button', 'Clear selection']],
    words: ['20 people selected'],
  },
  {
    name: 'a reminder that Jira does not let through',
    scene: 'remindFails',
    reach: async (page) => {
      await toConnections(page);
      await page.getByRole('checkbox', { name: 'Select Bo Fixture 2' }).check();
      await press(page, 'Remind');
      await page.getByRole('heading', { name: 'Jira did not answer' }).waitFor();
    },
    roles: [['button', 'Remind']],
    words: ['1 person selected', /Try again in 30 seconds/],
  },
  { name: 'nobody under this label', scene: 'people', reach: async (page) => {
      await toConnections(page);
      await page.getByRole('searchbox').fill('zzz');
      await page.getByText(/Nobody is listed whose name begins with “zzz”/).waitFor();
    } },
  { name: 'nobody has connected: what will be here', scene: 'nobodyConnected', reach: toConnections, roles: [['heading', 'Nobody has connected their account yet']] },
  {
    name: 'people loading, and after a second words about it',
    scene: 'peopleLoading',
    reach: async (page) => {
      await toConnections(page);
      await page.getByText('Still loading. Jira takes longer than usual.').last().waitFor();
    },
  },
  { name: 'people that could not be read', scene: 'peopleFail', reach: toConnections, roles: [['alert', ''], ['button', 'Try again']], words: ['Code for support: app/storageUnavailable'] },
  {
    name: 'people that could not be read again',
    scene: 'peopleStale',
    reach: async (page) => {
      await toConnections(page);
      await page.getByText('What you see was read just now.').waitFor();
    },
    roles: [['rowheader', 'Bo Fixture 2']],
  },
  {
    name: 'administrator rights that were lost meanwhile: who can help, and no sections',
    scene: 'peopleBarred',
    reach: async (page) => {
      await toConnections(page);
      await page.getByRole('heading', { name: 'You cannot see this page' }).waitFor();
    },
    words: ['Tom Okafor'],
    absent: [['button', 'Connections'], ['button', 'Settings']],
  },
  {
    name: 'a verification under way: how far, an estimate, Pause and Cancel',
    scene: 'jobRunning',
    reach: toConnections,
    roles: [['progressbar', 'Verification'], ['button', 'Pause'], ['button', 'Cancel']],
    words: ['Verified 61,200 of 100,000 · about 2 hours at the pace that Jira allows'],
    absent: [['button', 'Resume'], ['button', 'Restart']],
  },
  { name: 'a verification that Jira asked to wait', scene: 'jobWaits', reach: toConnections, words: [/Jira asked to wait until 14:25$/] },
  { name: 'a paused verification', scene: 'jobPaused', reach: toConnections, roles: [['button', 'Resume'], ['button', 'Cancel']], words: [/paused\. Connections that are not tried yet are used as they are/] },
  { name: 'a cancelled verification', scene: 'jobCancelled', reach: toConnections, roles: [['button', 'Restart']], words: [/The others are tried when their people next use them/] },
  {
    name: 'an export: progress and cancel',
    scene: 'exportSlow',
    reach: async (page) => {
      await toConnections(page);
      await press(page, 'Export CSV');
    },
    roles: [['dialog', 'Export CSV'], ['progressbar', 'Export CSV'], ['button', 'Cancel export']],
    words: ['20 of 60 people read.'],
  },
  {
    name: 'an export that stopped: what was read is kept',
    scene: 'exportStops',
    reach: async (page) => {
      await toConnections(page);
      await press(page, 'Export CSV');
    },
    roles: [['button', 'Go on']],
    words: ['20 of 60 people read.', 'What was read so far is kept.', 'Code for support: app/corruptRecord'],
  },
  {
    name: 'an export that is done: download, or copy',
    scene: 'people',
    reach: async (page) => {
      await toConnections(page);
      await press(page, 'Export CSV');
      await page.getByRole('link', { name: 'Download the file' }).waitFor();
    },
    roles: [['button', 'Copy instead'], ['button', 'Close']],
    words: ['60 people are in the file.'],
  },
  {
    name: 'settings',
    scene: 'settings',
    reach: (page) => goTo(page, 'Settings'),
    roles: [
      ['heading', 'Settings'],
      ['radio', 'Verify first'],
      ['radio', 'Everyone re-authorizes'],
      ['textbox', 'Days during which you can roll back'],
      ['checkbox', /^Post comments through the main authorized user/],
      ['button', 'Save'],
    ],
  },
  {
    name: 'settings that are not possible',
    scene: 'settings',
    reach: async (page) => {
      await goTo(page, 'Settings');
      await page.getByRole('textbox', { name: 'Days during which you can roll back' }).fill('31');
      await press(page, 'Save');
    },
    words: ['Enter a whole number from 0 to 30.', 'Not saved yet.'],
  },
  {
    name: 'settings that could not be saved stay as they are typed',
    scene: 'settingsFail',
    reach: async (page) => {
      await goTo(page, 'Settings');
      await page.getByRole('radio', { name: 'Everyone re-authorizes' }).check();
      await press(page, 'Save');
      await page.getByText('Code for support: app/storageUnavailable').waitFor();
    },
    words: ['Not saved yet.'],
  },
  { name: 'the account before can be restored', scene: 'restorable', roles: [['button', 'Roll back']], words: [/Until 30 Aug 2026, 14:05 UTC you can go back to Maria Keller/] },
  {
    name: 'rolling back: what happens, what is checked, until when',
    scene: 'restorable',
    reach: (page) => press(page, 'Roll back'),
    roles: [['dialog', 'Roll back to Maria Keller?'], ['button', 'Cancel']],
    words: [/Integration\+ checks Maria Keller/, /Nobody whose connection worked before has to allow again/, /This is offered until 30 Aug 2026/],
  },
  {
    name: 'rolling back to an account that does not pass',
    scene: 'formerFails',
    reach: async (page) => {
      await press(page, 'Roll back');
      await page.getByRole('dialog').getByRole('button', { name: 'Roll back', exact: true }).click();
      await page.getByRole('heading', { name: 'Rolling back is not possible' }).waitFor();
    },
    words: [/Maria Keller lacks the permission Administer Jira/, /Nothing has changed/],
  },
  {
    name: 'rolling back to a grant that is dead',
    scene: 'formerGone',
    reach: async (page) => {
      await press(page, 'Roll back');
      await page.getByRole('dialog').getByRole('button', { name: 'Roll back', exact: true }).click();
    },
    words: [/has to allow Integration\+ again: not used for 90 days/],
  },
  { name: 'weeks before the grant ends', scene: 'idlesOut', roles: [['heading', 'Integration+ stops on 13 Sept unless somebody acts']], words: [/Everything works until that day/] },
  { name: 'days before the webhooks end', scene: 'webhooksExpire', roles: [['heading', 'Jira stops telling Integration+ of changes on 29 Aug']] },
  { name: 'a verification that left a grant as it is', scene: 'jobDoneButOne', reach: (page) => goTo(page, 'Connections'), words: [/Verified 5 of 6. The others gave no answer/] },
  { name: 'administrator rights are lost', scene: 'rightsLost', roles: [['heading', 'The main authorized user is no Jira administrator any more']] },
  { name: 'product access is lost', scene: 'unlicensed', roles: [['heading', 'The main authorized user has no access to Jira any more']] },
  { name: 'the main user granted too little', scene: 'scopesLost', roles: [['heading', 'The main authorized user has not granted everything that Integration+ needs']] },
  { name: 'the client secret is refused', scene: 'secretAlarm', roles: [['heading', 'Atlassian refuses Integration+ itself']], words: [/nobody has to allow anything again/] },
  { name: 'the main user is gone', scene: 'goneAlarm', roles: [['heading', 'Integration+ is disconnected']] },
];

/** @type {State[]} */
export const PERSONAL_STATES = [
  {
    name: 'working: what is done in my name, and what is kept',
    scene: 'myAccount',
    roles: [['heading', 'What is done in your name'], ['heading', 'What we keep'], ['button', 'Re-authorize'], ['button', 'Disconnect'], ['link', 'Connected apps of your Atlassian account']],
    words: [/may try quietly whether your connection still works/, 'Working', /Connected since 16 May\. Stays valid while it is used/],
  },
  { name: 'also the main authorized user', scene: 'myAccountMain', words: [/registers and renews the webhooks/, /comments of others go out under your account/, /also the one that Integration\+ acts as/] },
  { name: 'never connected', scene: 'myAccountNew', roles: [['button', 'Connect']], words: ['Not connected'], absent: [['button', 'Disconnect'], ['button', 'Re-authorize']] },
  {
    name: 'asked: who changed what and when, what happens if not, the password',
    scene: 'myAccountAsked',
    roles: [['button', 'Re-authorize']],
    words: [/^Your administrator changed the account that Integration\+ uses on 12 Aug, and asks everybody.*does not carry your name\. Your password is never shared\.$/],
  },
  { name: 'another account allowed', scene: 'myAccountWrong', roles: [['alert', ''], ['button', 'Re-authorize']], words: [/Tom Okafor allowed instead of you\. Nothing was kept of it/] },
  { name: 'idle for 90 days', scene: 'myAccountIdle', words: [/did nothing in your name for 90 days/] },
  { name: 'deactivated once', scene: 'myAccountDeactivated', words: ['Deactivated'] },
  { name: 'waiting for Allow', scene: 'myAccountAwaiting', roles: [['timer', ''], ['button', 'Open a new page']], words: [/Select Allow in the other tab/] },
  { name: 'verifying', scene: 'myAccountVerifying', words: [/Asking Atlassian which account it was/] },
  { name: 'declined', scene: 'myAccountDenied', roles: [['heading', 'Not allowed']], words: [/If that was a slip, try again\. Nothing has changed/] },
  { name: 'too late', scene: 'myAccountExpired', roles: [['heading', 'The time is over']] },
  { name: 'a comment waits', scene: 'myAccountHeld', roles: [['button', 'Open APP-1'], ['button', 'Discard comment']], words: [/Your comment on APP-1 is kept until 25 Aug 2026, 14:00/] },
  { name: 'a comment waited too long', scene: 'myAccountHeldTooLong', roles: [['button', 'Dismiss']], words: [/^Your comment on APP-1 waited for longer than a day and was deleted\. Nothing was posted/], absent: [['button', 'Discard comment']] },
  { name: 'the site has no main authorized user', scene: 'myAccountNoSite', absent: [['button', 'Connect'], ['button', 'Re-authorize']], words: [/Ask your Jira administrator/] },
  { name: 'my account loading', scene: 'myAccountLoading', reach: async (page) => page.getByText('Still loading. Jira takes longer than usual.').last().waitFor() },
  { name: 'my account could not be read', scene: 'myAccountFails', roles: [['button', 'Try again']], words: ['Code for support: app/storageUnavailable'] },
  { name: 'the browser opened no tab', scene: 'myAccountAsked&noTabs=1', reach: (page) => press(page, 'Re-authorize'), roles: [['link', 'Jira’s page']] },
  { name: 'authorizing is refused', scene: 'myAccountRefused', reach: (page) => press(page, 'Re-authorize'), words: ['Code for support: app/notConnected'] },
  {
    name: 'disconnecting: our copy is deleted, Atlassian’s is not',
    scene: 'myAccountMain',
    reach: (page) => press(page, 'Disconnect'),
    roles: [['dialog', 'Disconnect your account?'], ['button', 'Cancel']],
    words: [/^What is yours alone is deleted.*Your tokens stay\.$/, /Atlassian keeps its own record/, /only an administrator changes it/],
  },
  {
    name: 'was the main authorized user: until when the tokens are kept, and Disconnect',
    scene: 'myAccountFormer',
    roles: [['button', 'Connect'], ['button', 'Disconnect']],
    words: ['Not connected', /Its tokens are kept until 30 Aug, so that an administrator can go back to it/],
  },
  {
    name: 'was the main authorized user, disconnecting: nobody can go back',
    scene: 'myAccountFormer',
    reach: (page) => press(page, 'Disconnect'),
    roles: [['dialog', 'Disconnect your account?']],
    words: [/^Our copy is deleted/, /No administrator can go back to it then/],
  },
  {
    name: 'disconnecting while a change needs the tokens',
    scene: 'myAccountChanging',
    reach: (page) => press(page, 'Disconnect'),
    roles: [['dialog', 'Disconnect your account?']],
    words: [/Your tokens stay\.$/, /A change of the main authorized user is under way and uses your tokens/],
  },
];

/** @type {State[]} */
export const COMMENT_STATES = [
  { name: 'a comment to write', scene: 'comment', roles: [['textbox', 'Your comment'], ['button', 'Comment']], absent: [['checkbox', 'Internal note']] },
  { name: 'an internal note in a service project', scene: 'comment&project=service_desk', roles: [['checkbox', 'Internal note']], words: ['Customers do not see it.'] },
  { name: 'posted', scene: 'comment', reach: (page) => write(page), words: ['Posted as you.'] },
  { name: 'asked before anything is written', scene: 'commentAsked', roles: [['button', 'Re-authorize'], ['textbox', 'Your comment']], words: [/asks everybody to allow it again/] },
  {
    name: 'kept',
    scene: 'commentAsked',
    reach: (page) => write(page),
    roles: [['button', 'Re-authorize'], ['button', 'Discard comment']],
    words: ['Your comment is kept. Re-authorize, and it is posted here under your name.', /It is kept until 25 Aug 2026, 14:00 UTC, then deleted/],
    absent: [['button', 'Post it for me with my name in the footer'], ['textbox', 'Your comment']],
  },
  { name: 'kept for somebody who never connected', scene: 'commentNew', reach: (page) => write(page), roles: [['button', 'Connect']], words: [/Connect your account, and it is posted here under your name/] },
  { name: 'kept, and may be posted for its author', scene: 'commentKeptFallback', roles: [['button', 'Post it for me with my name in the footer']] },
  { name: 'posted for its author', scene: 'commentKeptFallback', reach: (page) => press(page, 'Post it for me with my name in the footer'), words: ['Posted through the main authorized user, with your name in the footer.'] },
  { name: 'kept after a denial', scene: 'commentKeptDenied', roles: [['heading', 'Not allowed'], ['button', 'Re-authorize']] },
  { name: 'waiting for Allow', scene: 'commentKept', reach: (page) => press(page, 'Re-authorize'), roles: [['timer', ''], ['button', 'Open a new page']] },
  { name: 'another comment waits elsewhere', scene: 'commentElsewhere', reach: (page) => write(page), roles: [['button', 'Open APP-2'], ['textbox', 'Your comment']], words: [/Another comment of yours waits on APP-2/] },
  { name: 'handed back', scene: 'commentBack', roles: [['button', 'Post'], ['button', 'Discard comment']], words: ['The issue changed while you were away. Your comment is below; look it over and post it.'] },
  { name: 'handed back to somebody for whom it may be posted', scene: 'commentBackForMe', reach: (page) => press(page, 'Post it for me with my name in the footer'), roles: [['textbox', 'Your comment'], ['button', 'Re-authorize'], ['button', 'Post it for me with my name in the footer']], words: [/^The issue changed while you were away/] },
  { name: 'an internal note handed back', scene: 'commentBackInternal', roles: [['button', 'Post']], words: ['It is an internal note: customers will not see it.'] },
  { name: 'an internal note where there are none', scene: 'commentNoInternalNotes', words: [/^This was an internal note, and the issue is now in a project that has none/], roles: [['textbox', 'Your comment'], ['button', 'Discard comment']], absent: [['button', 'Post']] },
  { name: 'posted before it was discarded', scene: 'commentDiscardPosted', reach: (page) => press(page, 'Discard comment'), words: ['Your comment on APP-1 had been posted already. Nothing was discarded. Delete it on the issue if it is not wanted.'] },
  { name: 'expired, and perhaps posted', scene: 'commentExpiredUnsure', words: [/was deleted\. It may have been posted before that/], roles: [['textbox', 'Your comment']] },
  { name: 'discarded, and perhaps posted', scene: 'commentDiscardUnsure', reach: (page) => press(page, 'Discard comment'), words: [/^The comment was discarded\. It may have been posted before that/] },
  { name: 'expired', scene: 'commentExpired', words: [/waited for longer than a day and was deleted\. Nothing was posted/], roles: [['textbox', 'Your comment']] },
  { name: 'expired on another issue', scene: 'commentElsewhereTooLong', words: [/^Your comment on APP-2 waited for longer than a day and was deleted\. Nothing was posted/], roles: [['button', 'Dismiss'], ['textbox', 'Your comment']] },
  { name: 'expired, and not cleared away yet', scene: 'commentTooLongStays', words: [/^Your comment on APP-1 waited for longer than a day/], roles: [['button', 'Dismiss']], absent: [['button', 'Re-authorize'], ['button', 'Discard comment']] },
  { name: 'being posted by another tab', scene: 'commentPosting', words: ['Your comment is being posted.'] },
  { name: 'discarded', scene: 'commentKept', reach: (page) => press(page, 'Discard comment'), words: ['The comment was discarded. Nothing was posted.'] },
  { name: 'kept, because Jira is down', scene: 'commentUnsent', roles: [['button', 'Post it now']], words: [/It could not be posted just now; nothing was lost/] },
  { name: 'refused by Jira', scene: 'commentRefused', reach: (page) => write(page), words: [/It says: “The field is required\.”/] },
  { name: 'out of the main user’s reach', scene: 'commentOutOfReach', reach: (page) => write(page), words: [/does not see this issue, so nobody reaches it/] },
  { name: 'too long', scene: 'comment', reach: (page) => page.getByRole('textbox').fill('x'.repeat(10_001)), words: ['1 character too many'] },
  { name: 'no site', scene: 'commentNoSite', words: [/not connected on this site yet/], absent: [['button', 'Comment']] },
  { name: 'a panel that could not be read', scene: 'commentFails', roles: [['button', 'Try again']] },
];
