/**
 * The dialog in which a change is begun and followed.
 */
import type { Candidate, Outcome, Person, StageView, Step, StepState, Timestamp, Unsuitable } from '../api/generated/api.ts';
import { control, say, type Phrase } from '../phrase.tsx';
import { momentInZone } from '../time.ts';
import { scheduled } from './schedule.ts';
import { accountType } from './status.ts';
import { counted, NOTHING_CHANGED, when, type Told } from './words.ts';

export const dialog = {
  changeTitle: 'Change main authorized user',
  connectTitle: 'Connect Integration+',
  close: 'Close',
  content: 'Content of the dialog',
  progress: 'Steps of the change',
  steps: ['Choose account', 'Preview', 'Allow in Jira'],
  done: 'Done',
  scheduled: 'Scheduled',
  step: (n: number, of: number, name: string) => `Step ${n} of ${of}: ${name}`,
  cancel: 'Cancel',
  cancelChange: 'Cancel change',
  next: 'Next',
  back: 'Back',
  closeForNow: 'Close dialog',
};

export const choose = {
  label: 'Who should Integration+ act as?',
  hint: 'Search by name or email address.',
  searching: 'Searching',
  slow: 'Jira takes longer than usual.',
  found: (n: number) => (n === 0 ? 'No account found.' : `${counted(n, 'account')} found. Use the arrow keys to choose.`),
  none: (query: string) => `Jira knows nobody called “${query}”, or does not show them to you. Try another name or an email address.`,
  isMain: 'main authorized user now',
  missing: 'Choose an account from the list first.',
  list: 'Accounts found',
  adviceTitle: 'Use a dedicated service account',
  personalTitle: 'This looks like a person’s own account',
  personal: 'People leave, change their passwords and lose permissions, and then Integration+ stops with them. A dedicated service account stays. You can go on with this one all the same.',
  personalEntry: 'People leave, and their access leaves with them. A dedicated service account stays. You can add this one all the same.',
  advice: 'People leave, and their access leaves with them. A service account with the permission Administer Jira stays.',
  replaces: (by: Person) => say`${by} has a change under way. If you go on, yours takes its place.`,
};

export function candidateDetail(candidate: Candidate): string {
  const kind = accountType(candidate.account.accountType);
  if (candidate.unsuitable !== null) {
    return `${kind} · ${unsuitable(candidate.unsuitable)}`;
  }
  return candidate.isMain ? `${kind} · ${choose.isMain}` : kind;
}

export function unsuitable(why: Unsuitable): string {
  switch (why) {
    case 'inactive':
      return 'deactivated, so it cannot be used';
    case 'notHuman':
      return 'cannot sign in, so it cannot be used';
  }
}

export const explain = {
  willHappen: 'What will happen',
  howToSignIn: 'How to sign in as that account',
  asks: (to: Person) => say`Jira opens in a new tab and asks ${to} to allow Integration+.`,
  checks: (to: Person) => say`Integration+ checks ${to}: active, Jira administrator, everything granted, this site covered, room for webhooks.`,
  switches: (to: Person) => say`It registers its webhooks as ${to}, and only then makes ${to} the main authorized user.`,
  removes: (from: Person, graceDays: number) =>
    graceDays === 0
      ? say`It removes the webhooks and tokens of ${from}.`
      : say`It removes the webhooks of ${from}. Their tokens are kept for ${counted(graceDays, 'day')}, so that you can roll back.`,
  safe: (from: Person) => say`Until then, and whenever a check fails, ${from} stays and goes on working.`,
  safeFirst: say`If a check fails, nothing is kept, and you are told why.`,
  refresh: (to: Person) => say`${to} is the main authorized user already. Allowing again makes the connection fresh; nothing else changes.`,
  self: (to: Person) => say`You are signed in as ${to}. Select ${control('Allow')} on the page that opens.`,
  switchThere: (to: Person) => say`On the page that opens: if it names somebody else, switch to ${to} there before you select ${control('Allow')}.`,
  privateWindow: (to: Person) => say`Or in a private window: select ${control(allow.copy)} in the next step, open it there and sign in as ${to}. You stay signed in here.`,
  continue: 'Continue to Jira',
};

export const blocked = {
  title: 'Another change is under way',
  who: (by: Person, at: Timestamp, told: Told) => say`${by} began it at ${when(at, told)}. Yours has not begun.`,
  replaceable: say`You can take over: the other change ends, and nothing of it is kept.`,
  fixed: say`It is too far to be replaced. Wait until it has ended, then begin again.`,
};

export const allow = {
  title: 'Allow in Jira',
  signIn: (as: Person) =>
    say`Sign in to Jira as ${as} in the tab that opened, then select ${control('Allow')}. If another account is signed in there, switch accounts on that page. You stay signed in here.`,
  waiting: 'This page notices by itself when it is done.',
  left: (clock: string) => `Time left: ${clock}`,
  lastMinute: 'One minute left to select Allow.',
  over: 'The time is over.',
  again: 'Open the page again',
  copy: 'Copy link for a private window',
  copied: 'Link copied. Open it in a private window.',
  notOpened: 'The page did not open. Open it with this link:',
  notCopied: 'Your browser did not copy the link. Copy it from here:',
  link: 'Link to Jira’s page',
};

export const mismatch = {
  title: 'Another account allowed',
  text: (allowed: Person, meant: Person) => say`You allowed as ${allowed}. You meant ${meant}. ${NOTHING_CHANGED}`,
  next: (meant: Person) => say`Try again and switch to ${meant} on Jira’s page, or use the account that allowed.`,
  preview: (allowed: Person) => `What will change with ${allowed.displayName}`,
  accept: (allowed: Person) => `Use ${allowed.displayName} instead, after checks`,
};

/** The title over a stage of the dialog that needs a person. */
export function stageTitle(stage: StageView): string {
  switch (stage.type) {
    case 'awaitingConsent':
      return 'Allow in Jira';
    case 'handedOff':
      return 'Somebody else signs in';
    case 'verifying':
      return 'Verifying';
    case 'interrupted':
      return 'The verification broke off';
    case 'allowed':
      return 'Allowed';
    case 'allowedByOther':
      return mismatch.title;
    case 'denied':
      return 'Not allowed';
    case 'expired':
      return 'The time is over';
    case 'scheduled':
      return scheduled.title;
    case 'working':
      return 'Carrying out the change';
    case 'undoing':
      return 'Undoing the change';
    case 'ended':
      return outcomeTitle(stage.outcome);
  }
}

export function outcomeTitle(outcome: Outcome): string {
  switch (outcome.type) {
    case 'completed':
      return 'Done';
    case 'refreshed':
      return 'Connection refreshed';
    case 'cancelled':
      return 'Change cancelled';
    case 'expired':
      return 'The time is over';
    case 'superseded':
      return 'Another change took its place';
    case 'wrongAccount':
      return mismatch.title;
    case 'denied':
      return 'Not allowed';
    case 'checksFailed':
      return 'The account did not pass the checks';
    case 'webhooksFailed':
      return 'Webhooks could not be registered';
    case 'interrupted':
      return 'The change was interrupted';
    case 'stopped':
      return 'The change was stopped';
  }
}

export const stopped = {
  again: 'Try again',
  another: 'Choose another account',
  afterInterruption: say`Try again: Atlassian’s answer can be used only once, so the page has to be allowed once more.`,
  afterExpiry: say`Try again when whoever signs in as the account is at hand. The page can be used for ten minutes.`,
  goneTitle: 'This change is over',
  gone: say`This change is over, or another took its place. The page shows how it ended.`,
};

export const carryingOut = {
  held: 'Nothing is lost: this is tried again by itself.',
  closable: 'You can close this dialog: the change goes on, and the page shows it.',
  done: (to: Person) => say`${to} is the main authorized user now.`,
  restorable: (until: Timestamp, told: Told) => say` Until ${momentInZone(until, told.calendar)} you can roll back.`,
  left: (n: number): Phrase =>
    n === 0 ? [] : say` ${counted(n, 'webhook')} of the account before could not be removed: they expire by themselves, and what they deliver is dropped.`,
};

export function step(is: Step): string {
  switch (is) {
    case 'consent':
      return 'Allowed in Jira';
    case 'checks':
      return 'Account checked';
    case 'newWebhooks':
      return 'New webhooks registered';
    case 'switch':
      return 'Main authorized user changed';
    case 'oldWebhooks':
      return 'Old webhooks removed';
    case 'oldGrant':
      return 'Tokens without use deleted';
  }
}

export function stepState(is: StepState): string {
  switch (is) {
    case 'waiting':
      return 'waiting';
    case 'current':
      return 'in progress';
    case 'done':
      return 'done';
    case 'skipped':
      return 'not needed';
    case 'failed':
      return 'failed';
  }
}
