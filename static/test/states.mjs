// @ts-check
/**
 * Every state of the panel: how one comes there, and what a person finds, by role and name.
 * @import { Page } from 'playwright-core'
 */

/**
 * @typedef {Parameters<Page['getByRole']>[0]} Role
 * @typedef {object} State
 * @property {string} name what the person sees
 * @property {string} scene of dev/scenes.mjs, with more parameters of the fixture after `&`
 * @property {(page: Page) => Promise<void>} [reach] what the person does
 * @property {Array<[Role, string | RegExp]>} [roles] what is there
 * @property {Array<string | RegExp>} [words] what can be read
 * @property {Array<[Role, string | RegExp]>} [absent] what is not there
 */

/** @param {Page} page @param {string} name */
export function press(page, name) {
  return page.getByRole('button', { name, exact: true }).click();
}

/** @param {Page} page */
export async function choose(page, opener = 'change', account = 'Jira service account') {
  await press(page, opener);
  await page.getByRole('combobox', { name: 'Search by name or email address.' }).fill('jira');
  await page.getByRole('option', { name: account }).click();
  await press(page, 'Next');
}

/** @param {Page} page */
export async function continueToJira(page, opener = 'change') {
  await choose(page, opener);
  await press(page, 'Continue to Jira');
}

/** @param {Page} page */
const open = (page) => press(page, 'Open');

/** @type {State[]} */
export const STATES = [
  {
    name: 'connected: who, since when, by whom, and every check with its figures',
    scene: 'connected',
    roles: [
      ['heading', 'Integration+ Status'],
      ['button', 'change'],
      ['button', 'Check now'],
      ['navigation', 'Integration+ sections'],
      ['heading', 'Checks'],
      ['heading', 'History'],
    ],
    words: [
      'Connected',
      'Main authorized user is',
      /Atlassian account · since 12 Aug · changed by Maria Keller/,
      'refreshed 41 minutes ago, stays valid while used every 90 days',
      '6 of 6',
      'example.atlassian.net',
      /^1 registered, renewed before 3 Sept?, last delivery 5 minutes ago$/,
      'checked 3 minutes ago',
      /Main authorized user changed from Maria Keller to Jira service account\./,
      /begun by Maria Keller · receipt 2/,
    ],
  },
  { name: 'waiting for the first delivery', scene: 'waitingForDelivery', words: [/waiting for the first delivery/] },
  {
    name: 'not connected: an explanation and Connect',
    scene: 'notConnected',
    roles: [['button', 'Connect'], ['heading', 'Not connected yet']],
    words: [/acts in Jira as one account/, /No change has been made yet/],
    absent: [['button', 'change'], ['button', 'Check now']],
  },
  { name: 'not checked yet', scene: 'unchecked', words: ['Not checked yet', /Nothing has been checked yet/], roles: [['button', 'Check now']] },
  {
    name: 'loading, and after a second words about it',
    scene: 'loading',
    reach: async (page) => page.getByText('Still loading. Jira takes longer than usual.').last().waitFor(),
    roles: [['heading', 'Integration+ Status']],
  },
  {
    name: 'the app does not answer: what, nothing lost, try again, a code',
    scene: 'offline',
    roles: [['alert', ''], ['button', 'Try again']],
    words: ['Integration+ did not answer', /Nothing was lost/, 'Code for support: door/broken'],
  },
  {
    name: 'an answer from another version',
    scene: 'unreadable',
    words: [/another version of the app/, 'Code for support: door/unreadable'],
  },
  {
    name: 'not set up: which variables',
    scene: 'notConfigured',
    words: [/CLIENT_ID and CLIENT_SECRET are not set/, 'Code for support: app/notConfigured'],
  },
  {
    name: 'no permission: who can help',
    scene: 'noPermission',
    roles: [['heading', 'You cannot see this page'], ['listitem', '']],
    words: ['They set Integration+ up and may be able to help:', 'Maria Keller', 'Tom Okafor'],
    absent: [['button', 'change'], ['button', 'Connect'], ['button', 'Check now']],
  },
  { name: 'no permission, and nobody to name', scene: 'noPermissionNoHelpers', words: ['Ask a Jira administrator of this site.'] },
  {
    name: 'a status that could not be renewed',
    scene: 'stale',
    reach: async (page) => page.getByText('What you see is as of 14:05, just now. Nothing of it is lost.').waitFor(),
    roles: [['button', 'Try again'], ['button', 'Open']],
    words: ['Code for support: app/storageUnavailable'],
  },
  {
    name: 'a check that Jira does not answer',
    scene: 'checkUnavailable',
    reach: (page) => press(page, 'Check now'),
    words: ['Jira did not answer', /Try again in 20 seconds/],
  },
  {
    name: 'old checks are made anew without a click',
    scene: 'oldChecks',
    reach: (page) => page.getByText('checked 3 minutes ago').waitFor(),
    roles: [['button', 'Check now']],
  },
  {
    name: 'a slow check has words',
    scene: 'slowCheck',
    reach: async (page) => {
      await press(page, 'Check now');
      await page.getByText('Asking Atlassian and Jira. This takes a few seconds.').waitFor();
    },
  },
  {
    name: 'action needed: each failed check with why and one step',
    scene: 'actionNeeded',
    roles: [['button', 'Allow again as Jira service account'], ['img', 'Failed'], ['img', 'Passed']],
    words: ['Action needed', /has no product access to Jira/, /lacks the permission Administer Jira/, /Missing: manage:jira-webhook/, /Jira lists 0 of 1 webhook/],
  },
  {
    name: 'disconnected: the grant and the account are gone',
    scene: 'disconnected',
    roles: [['button', 'Choose another account']],
    words: ['Disconnected', /revoked the access of Integration\+, or changed the Atlassian password/, /deactivated or closed/, /It reaches: partner/],
  },
  { name: 'the app’s own secret is refused: nobody has to allow', scene: 'secretRejected', words: [/Nobody has to allow anything again/], absent: [['button', /Allow again/]] },
  { name: 'no room for webhooks', scene: 'webhooksFull', words: [/5 are in use at other addresses/], roles: [['button', 'Choose another account']] },
  {
    name: 'an outage is not called a lost connection',
    scene: 'degraded',
    words: ['Not confirmed', /sign-in service did not answer/, /Jira did not answer/, /needs a check above that did not pass/],
    roles: [['img', 'Not known']],
  },
  { name: 'names without a place to break', scene: 'longNames', words: [/2 webhooks of .* could not be removed/] },
  {
    name: 'history of every outcome, and redirects turned away',
    scene: 'history',
    reach: async (page) => {
      await press(page, 'Show all 20');
      await page.getByText('Redirects turned away (313)').click();
    },
    words: [
      /allowed Integration\+ again/,
      /Tom Okafor cancelled the change to Jira service account/,
      /Maria Keller allowed, Jira service account was meant\. Nothing has changed\./,
      /Narrow service account did not pass: Jira administrator and Permissions granted to Integration\+/,
      /The JQL is not allowed/,
      /gave way to one that Tom Okafor began/,
      /in time/,
      /was interrupted and undone/,
      /Rolled back from Jira service account to Lena Gone/,
      /Tom Okafor allowed instead/,
      /Cancel was selected on Jira’s page/,
      /It reaches: partner/,
      /Connected as Lena Gone/,
      '20 Jul 2025',
      /belonged to no change that was begun here/,
      /312 times/,
    ],
  },
  {
    name: 'somebody else’s change is under way',
    scene: 'othersChange',
    roles: [['heading', 'Change under way'], ['button', 'Take over']],
    words: [/Tom Okafor began it at 14:04/],
    absent: [['button', 'Open'], ['button', 'change']],
  },
  {
    name: 'taking over says whose change gives way',
    scene: 'othersChange',
    reach: (page) => press(page, 'Take over'),
    roles: [['dialog', 'Change main authorized user']],
    words: [/Tom Okafor has a change under way\. If you go on, yours takes its place\./],
  },

  {
    name: 'the dialog opens on the choice of an account',
    scene: 'connected',
    reach: (page) => press(page, 'change'),
    roles: [
      ['dialog', 'Change main authorized user'],
      ['heading', 'Who should Integration+ act as?'],
      ['combobox', 'Search by name or email address.'],
      ['heading', 'Use a dedicated service account'],
      ['button', 'Cancel'],
      ['button', 'Next'],
      ['button', 'Close'],
    ],
  },
  {
    name: 'accounts found, and why some cannot be used',
    scene: 'connected',
    reach: async (page) => {
      await press(page, 'change');
      await page.getByRole('combobox').fill('jira');
      await page.getByRole('option', { name: /Lena Gone/ }).waitFor();
    },
    roles: [
      ['listbox', 'Accounts found'],
      ['option', /Jira service account.*Atlassian account/],
      ['option', /Maria Keller.*main authorized user now/],
      ['option', /Lena Gone.*deactivated, so it cannot be used/],
      ['option', /Integration\+ \(app\).*cannot sign in/],
    ],
  },
  {
    name: 'nothing chosen yet',
    scene: 'connected',
    reach: async (page) => {
      await press(page, 'change');
      await press(page, 'Next');
    },
    words: ['Choose an account from the list first.'],
  },
  {
    name: 'nobody found',
    scene: 'nobodyFound',
    reach: async (page) => {
      await press(page, 'change');
      await page.getByRole('combobox').fill('zzz');
      await page.getByText(/Jira knows nobody called “zzz”/).last().waitFor();
    },
  },
  {
    name: 'the search does not work',
    scene: 'searchFails',
    reach: async (page) => {
      await press(page, 'change');
      await page.getByRole('combobox').fill('jira');
      await page.getByText('Code for support: app/jiraUnavailable').waitFor();
    },
    roles: [['button', 'Try again']],
  },
  {
    name: 'what will happen, and how to sign in as the account',
    scene: 'connected',
    reach: async (page) => {
      await choose(page, 'change', 'Narrow service account');
      await page.getByText('What will happen').click();
    },
    roles: [['heading', 'What will change'], ['heading', 'How to sign in as that account'], ['button', 'Continue to Jira'], ['button', 'Back']],
    words: [/Jira service account stays and goes on working/, /Or in a private window/],
  },
  {
    name: 'what will happen when the same account allows again',
    scene: 'connected',
    reach: (page) => choose(page),
    words: [/is the main authorized user already/],
  },
  {
    name: 'no private window for one’s own account',
    scene: 'connected&reader=712020:service-jira',
    reach: (page) => choose(page),
    words: [/You are signed in as Jira service account/],
  },
  {
    name: 'the first connection has its own words',
    scene: 'connect',
    reach: (page) => choose(page, 'Connect'),
    roles: [['dialog', 'Connect Integration+'], ['button', 'Continue to Jira']],
    words: [/If a check fails, nothing is kept/],
  },
  {
    name: 'somebody else was first: who, when, take over',
    scene: 'blocked',
    reach: (page) => continueToJira(page),
    roles: [['heading', 'Another change is under way'], ['button', 'Take over']],
    words: [/Tom Okafor began it at 14:03/],
  },
  {
    name: 'somebody else was first, and is too far',
    scene: 'blockedForGood',
    reach: (page) => continueToJira(page),
    words: [/It is too far to be replaced/],
    absent: [['button', 'Take over']],
  },
  {
    name: 'waiting for Allow: countdown, page again, link, cancel',
    scene: 'awaitingConsent',
    reach: open,
    roles: [
      ['heading', 'Allow in Jira'],
      ['timer', ''],
      ['button', 'Open the page again'],
      ['button', 'Copy link for a private window'],
      ['button', 'Cancel change'],
    ],
    words: [/^Time left: 9:\d\d$/, /You stay signed in here/],
  },
  {
    name: 'the browser opened no tab: the link is there',
    scene: 'connected&noTabs=1',
    reach: (page) => continueToJira(page),
    roles: [['link', 'Link to Jira’s page'], ['textbox', 'Link to Jira’s page']],
    words: [/The page did not open/],
  },
  { name: 'verifying who allowed', scene: 'verifying', reach: open, roles: [['heading', 'Verifying']], words: [/Asking Atlassian which account it was/] },
  {
    name: 'another account allowed',
    scene: 'allowedByOther',
    reach: open,
    roles: [['heading', 'Another account allowed'], ['button', 'Try again'], ['button', 'Use Tom Okafor instead, after checks']],
    words: [/You allowed as Tom Okafor\. You meant Jira service account\. Nothing has changed\./],
  },
  {
    name: 'declined',
    scene: 'declined',
    reach: open,
    roles: [['heading', 'Not allowed'], ['button', 'Try again'], ['button', 'Choose another account']],
    words: [/If that was a slip, try again/, 'Code for support: denied/declined'],
  },
  { name: 'another site was chosen', scene: 'siteNotChosen', reach: open, words: [/Another site was chosen on Jira’s page\. It reaches: partner\./] },
  { name: 'too late', scene: 'expired', reach: open, roles: [['heading', 'The time is over'], ['button', 'Try again']] },
  { name: 'interrupted', scene: 'interrupted', reach: open, roles: [['heading', 'The verification broke off'], ['button', 'Try again']] },
  {
    name: 'carrying out, step by step',
    scene: 'working',
    reach: open,
    roles: [['heading', 'Carrying out the change']],
    words: ['New webhooks registered', 'in progress', /You can close this dialog/],
    absent: [['button', 'Cancel change']],
  },
  {
    name: 'carried on later, because Jira does not answer',
    scene: 'carriedOnLater',
    reach: open,
    roles: [['heading', 'Allowed'], ['heading', 'Jira did not answer']],
    words: ['Nothing is lost: this is tried again by itself.'],
  },
  {
    name: 'a change that came to nothing while nobody looked',
    scene: 'cameToNothing',
    roles: [['heading', 'The account did not pass the checks'], ['button', 'Show details'], ['button', 'Dismiss']],
    words: [/Jira service account did not pass: Jira administrator and/],
  },
  { name: 'undoing', scene: 'undoing', reach: open, roles: [['heading', 'Undoing the change']], words: ['failed'] },
  {
    name: 'done, with webhooks left behind',
    scene: 'endedCompleted',
    reach: async (page) => {
      await open(page);
      await page.getByRole('heading', { name: 'Done', exact: true }).waitFor();
    },
    words: [/is the main authorized user now/, /2 webhooks of the account before could not be removed/],
  },
  {
    name: 'ended by checks: each with why and what to do',
    scene: 'endedChecksFailed',
    reach: async (page) => {
      await open(page);
      await page.getByRole('heading', { name: 'The account did not pass the checks' }).waitFor();
    },
    words: [/then select Try again/, /write:jira-work and manage:jira-webhook/],
    roles: [['button', 'Try again'], ['button', 'Choose another account']],
  },
  {
    name: 'ended by webhooks',
    scene: 'endedWebhooksFailed',
    reach: async (page) => {
      await open(page);
      await page.getByRole('heading', { name: 'Webhooks could not be registered' }).waitFor();
    },
    words: [/remove what another copy of Integration\+ has registered/],
  },
  {
    name: 'cancelled by somebody else',
    scene: 'endedCancelled',
    reach: async (page) => {
      await open(page);
      await page.getByRole('heading', { name: 'Change cancelled' }).waitFor();
    },
    words: [/Tom Okafor cancelled the change/],
  },
  {
    name: 'ended by a denial',
    scene: 'endedDenied',
    reach: async (page) => {
      await open(page);
      await page.getByRole('heading', { name: 'Not allowed' }).waitFor();
    },
    words: [/leave everything selected on Jira’s page/],
  },
  {
    name: 'another change took its place while the dialog was open',
    scene: 'superseded',
    reach: async (page) => {
      await open(page);
      await page.getByRole('heading', { name: 'This change is over' }).waitFor();
    },
    words: [/gave way to one that Tom Okafor began/, /Tom Okafor began it at 14:05/],
  },
];
