/**
 * Access of support, and what the app is called here and in which version it runs.
 */
import type { Asked, DoorRefusal, Preview, PreviewCheck, SupportAccessView, SupportStanding, Timestamp, View, Viewed } from '../api/generated/api.ts';
import { named, say, type Phrase } from '../phrase.tsx';
import { moment } from '../time.ts';
import { counted, list, number, when, type Told } from './words.ts';

export const about = {
  title: 'About Integration+',
  loading: 'Loading the version.',
  slow: 'Still loading. Forge takes longer than usual.',
  version: 'Version',
  instanceId: 'Instance ID',
  environment: 'Environment',
  door: 'Address for support',
  doorHint: 'Support opens this address with a code that you grant under Settings, Account Access. It shows nothing without one.',
  noDoor: 'Forge did not tell it. Close this and open it again.',
  copyAll: 'Copy all',
  help: 'Help for Jira administrators, opens another page',
  close: 'Close',
};

/** A value with a control that copies it. */
export const copying = {
  copy: (label: string) => `Copy ${label}`,
  button: 'Copy',
  all: 'Everything is copied.',
  notAll: 'Your browser did not copy it. Copy one value after the other.',
  copied: (label: string) => `${label} is copied.`,
  notCopied: (label: string) => `Your browser did not copy it. Select it, then copy it: ${label}.`,
};

export const settingsParts = {
  label: 'Parts of the settings',
  general: 'General',
  accountAccess: 'Account Access',
};

export const support = {
  heading: 'Account Access',
  intro: 'Support of Integration+ sees nothing of this site unless you let it in. You see beforehand what it would see, and afterwards when it looked.',
  loading: 'Loading who may look.',
  slow: 'Still loading. Forge’s storage takes longer than usual.',
  refresh: 'Refresh',
  refreshed: 'This is the latest.',
  stale: 'What you see could not be read again. It may not be the latest.',

  requests: 'Requests',
  noRequests: 'Support has not asked for access. A request appears here with who asks, for which ticket, why and until when.',
  cannotHear: 'Requests cannot arrive here: the variable SUPPORT_KEY of Integration+ is not set. You can grant access first.',
  who: 'Who',
  ticket: 'Ticket',
  reason: 'Reason',
  wanted: 'Wanted until',
  asked: 'Asked',
  approve: 'Approve access',
  decline: 'Decline',
  deciding: 'Saving your decision. Jira is asked who you are.',

  open: 'Open access',
  noOpen: 'Nobody may look now.',
  grantFirst: 'Grant access first',
  grant: 'Grant access',
  revoke: 'Revoke',
  cancel: 'Cancel',
  noTicket: 'No ticket',

  over: 'Earlier',
  noOver: 'Nothing has ended yet. Declined, revoked and expired access is listed here, with what was looked at: the latest 20 in all.',

  notViewed: 'Not looked at yet.',
  neverViewed: 'Nobody looked.',
  viewsHeading: (n: number) => `Looked at ${counted(n, 'time')}`,
  viewsEarlier: (n: number) => `${counted(n, 'view')} before these.`,
};

/** In one word. */
export function standingWord(is: SupportStanding): string {
  switch (is.type) {
    case 'requested':
      return 'Waits for you';
    case 'lapsed':
      return 'Lapsed';
    case 'granted':
      return 'Open';
    case 'expired':
      return 'Expired';
    case 'declined':
      return 'Declined';
    case 'revoked':
      return 'Revoked';
  }
}

/** Who decided, when, and until when it holds. */
export function standingSentence(is: SupportStanding, told: Told): Phrase {
  switch (is.type) {
    case 'requested':
      return say`Nobody has decided yet.`;
    case 'lapsed':
      return say`Nobody decided in the time for which it was wanted.`;
    case 'granted':
      return say`Granted by ${is.by}, ${when(is.at, told)}. Open until ${moment(is.until, told.calendar)}.`;
    case 'expired':
      return say`Granted by ${is.by}, ${when(is.at, told)}. It ended ${moment(is.until, told.calendar)}.`;
    case 'declined':
      return say`Declined by ${is.by}, ${when(is.at, told)}.`;
    case 'revoked':
      return say`Granted by ${is.grantedBy}, ${when(is.grantedAt, told)}. Revoked by ${is.by}, ${when(is.at, told)}.`;
  }
}

/** What an access is called: by its ticket, or by when it was granted. */
export function accessName({ asked, ticket, at }: SupportAccessView, told: Told): string {
  return asked?.ticket ?? ticket ?? `${support.noTicket}, ${moment(at, told.calendar)}`;
}

export function viewed(what: Viewed): string {
  switch (what.type) {
    case 'configuration':
      return 'Configuration';
    case 'run':
      return `Run ${what.id}`;
  }
}

export function viewLine({ firstAt, lastAt, count }: View, told: Told): string {
  const times = count === 1 ? '' : `, ${counted(count, 'time')} within a minute`;
  return `${moment(count === 1 ? lastAt : firstAt, told.calendar)}${times}`;
}

/** Until when access is granted. */
export const until = {
  legend: 'Until when',
  asAsked: (at: Timestamp, told: Told) => `As asked: ${moment(at, told.calendar)}`,
  hours24: '24 hours',
  hours72: '72 hours',
  days7: '7 days',
  days30: '30 days, the longest',
  explanation: 'It ends by itself, and you can revoke it at any time.',
};

/** The dialog in which access is granted that nobody asked for. */
export const grantDialog = {
  title: 'Grant access first',
  explanation: 'You get a code and an address to give to support. Until you give them to somebody, nobody can look.',
  ticket: 'Ticket',
  ticketHint: 'What it is for, in at most 100 characters. You may leave it empty.',
};

/** The dialog in which the code is shown. */
export const codeDialog = {
  title: 'Access is open',
  once: 'This code is shown only now. Integration+ keeps no copy: if it is lost, revoke the access and grant another.',
  give: 'Put both into the ticket. Whoever has them sees what is listed under “What support would see”, and nothing else.',
  code: 'Access code',
  door: 'Address for support',
  both: 'Copy both',
  done: 'I have copied it',
};

/** What support would see. */
export const preview = {
  heading: 'What support would see',
  exactly: 'Exactly this, and the runs that you shared. Names, email addresses, account IDs, secrets, and keys and texts of issues are not in it.',
  version: 'Version',
  environment: 'Environment',
  installed: 'Installed',
  badge: 'Health',
  connected: 'Main authorized user',
  isConnected: 'There is one, who is not named',
  isNotConnected: 'None',
  changes: 'Changes of main authorized user',
  changing: 'Change under way',
  checks: (at: Timestamp | null, told: Told) => (at === null ? 'Checks' : `Checks, ${moment(at, told.calendar)}`),
  noChecks: 'None yet',
  webhooks: 'Webhooks',
  policy: 'After a change',
  grace: 'Days to roll back',
  fallback: 'Comments through the main authorized user',
  kept: 'Days that runs are kept',
  projects: 'Projects',
  numbers: (what: string, ids: readonly string[]) => (ids.length === 0 ? '' : `${what}: ${list(ids)}.`),
  listedProjects: 'Numbers of listed projects',
  listedCategories: 'Numbers of listed categories',
  administrators: 'Administrators',
  everyAdministrator: 'Every Jira administrator',
  listedAdministrators: (n: number) => `${counted(n, 'person', 'people')} on a list, not named`,
  integrations: 'Integrations',
  integration: 'Integration',
  enabled: 'Enabled',
  here: 'Number of the project on this site',
  there: 'Number of the project on the other site',
  direction: 'Direction',
  which: 'Which comments',
  customers: 'Customers see them',
  creates: 'Creates issues',
  following: 'Assignees',
  people: 'People in the table',
  restrictions: 'Restrictions in the table',
  pairs: 'Pairs of issues',
  runs: 'Shared runs',
  none: 'None',
  notKnown: 'Not known',
  yes: 'Yes',
  no: 'No',
  json: 'Show it as support gets it (JSON)',
  jsonLabel: 'What support would get, as JSON',
};

export function foundWord(is: PreviewCheck['found']): string {
  switch (is) {
    case 'passed':
      return 'passed';
    case 'failed':
      return 'failed';
    case 'unknown':
      return 'not known';
  }
}

export function sharedRuns(runs: Preview['runs']): string {
  return runs.length === 0 ? preview.none : `${number(runs.length)}: ${list(runs.map(({ id }) => id))}`;
}

/** Who was turned away at the door. */
export const doorRefusals = {
  /** Of those that came at one moment, some are not counted. */
  heading: (n: number) => `Turned away at the address for support (at least ${number(n)})`,
  explanation: 'Somebody opened the address for support, with something that Integration+ did not accept. Nothing was shown, and nothing has changed by it.',
};

export function doorRefusal(is: DoorRefusal): string {
  switch (is) {
    case 'malformed':
      return 'It was no code and no request of support.';
    case 'unknownCode':
      return 'The code belonged to no access.';
    case 'expired':
      return 'The access with this code had ended.';
    case 'revoked':
      return 'The access with this code had been revoked.';
    case 'noKey':
      return 'A request came, and the variable SUPPORT_KEY of Integration+ is not set.';
    case 'badSignature':
      return 'A request was not signed by support.';
    case 'elsewhere':
      return 'A request of support was meant for another installation.';
    case 'stale':
      return 'A request of support was signed more than ten minutes before or after it came.';
    case 'replayed':
      return 'A request of support came a second time.';
    case 'full':
      return 'Support asked while five requests were waiting already.';
    case 'notShared':
      return 'Support asked for a run that is not shared. It was not shown.';
  }
}

/** What revoking does, before it does. */
export const revoking = {
  title: 'Revoke access?',
  what: (of: SupportAccessView, told: Told): Phrase =>
    say`The code of ${named(accessName(of, told))} opens nothing any more, also for whoever is looking now. It cannot be had again: to let support in once more, grant access anew.`,
  stay: 'Keep access open',
  go: 'Revoke access',
};

/** What is announced when somebody has decided. */
export const decided = {
  opened: (until: Timestamp, told: Told) => `Access is open until ${moment(until, told.calendar)}. You can revoke it before.`,
  declined: (asked: Asked) => `The request of ${asked.who} is declined. Nothing was shown to them.`,
  revoked: 'The access is revoked. Its code opens nothing any more.',
};

/** What went wrong with a decision. */
export const supportTrouble = {
  settled: 'Somebody decided about this access before you, or it has ended. Nothing of yours was done. The page shows the latest.',
  until: 'Access ends between now and 30 days from now. Nobody was let in. Choose another end.',
};

