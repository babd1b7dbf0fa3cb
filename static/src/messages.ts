/**
 * Every sentence that a person reads. Each says what happened, what did not change, and the next step.
 */
import type {
  AccountType,
  Badge,
  Candidate,
  ChangeView,
  Check,
  CheckFailure,
  CheckName,
  Denial,
  Deviation,
  ErrorCode,
  Facts,
  HistoryRow,
  Outcome,
  Person,
  Purpose,
  ReauthorizationReason,
  RedirectRefusal,
  RefusalRow,
  StageView,
  Step,
  StepState,
  Timestamp,
  Unreachable,
  Unsuitable,
  Whom,
} from './api/generated/api.ts';
import type { Silence, Trouble } from './api/door.ts';
import { notListed } from './messages/access.ts';
import { comment as commentWords } from './messages/comment.ts';
import { handedOffSentence, handOff } from './messages/handOff.ts';
import { integrationTrouble, integrationTroubleTitle } from './messages/integrationTrouble.ts';
import { reasonShort } from './messages/people.ts';
import { fieldRefused } from './messages/register.ts';
import { lossSentence } from './messages/rehearsal.ts';
import { deviation, planning, scheduled, type About } from './messages/schedule.ts';
import { supportTrouble } from './messages/support.ts';
import { counted, list, NOTHING_CHANGED, when, type Told } from './messages/words.ts';
import { control, say, type Phrase } from './phrase.tsx';
import { age, day, moment, momentInZone } from './time.ts';

export * from './messages/access.ts';
export * from './messages/announcement.ts';
export * from './messages/comment.ts';
export * from './messages/connections.ts';
export * from './messages/counterparts.ts';
export * from './messages/handOff.ts';
export * from './messages/integrations.ts';
export { integrationOvertaken } from './messages/integrationTrouble.ts';
export * from './messages/people.ts';
export * from './messages/personal.ts';
export * from './messages/rehearsal.ts';
export * from './messages/reporting.ts';
export * from './messages/register.ts';
export * from './messages/registerDue.ts';
export { MEANING, REAUTHORIZE, reasonForPerson, risk } from './messages/reauthorize.ts';
export * from './messages/rollBack.ts';
export * from './messages/schedule.ts';
export * from './messages/settings.ts';
export * from './messages/testsFailed.ts';
export * from './messages/trial.ts';
export * from './messages/support.ts';
export type { Told } from './messages/words.ts';

// ── The frame ────────────────────────────────────────────────────────────────────────────────────────────────────

export const frame = {
  product: 'Integration+',
  menu: 'Menu',
  sections: 'Integration+ sections',
  status: 'Status',
  connections: 'Connections',
  access: 'Access',
  serviceAccounts: 'Service accounts',
  integrations: 'Integrations',
  reporting: 'Reporting',
  settings: 'Settings',
  about: 'About',
  broke: 'This page stopped working. Nothing in Jira has changed. Reload it to go on.',
  reload: 'Reload',
};

// ── Status ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const status = {
  heading: 'Integration+ Status',
  loading: 'Loading the status.',
  slow: 'Still loading. Jira takes longer than usual.',
  mainUserIs: 'Main authorized user is',
  change: 'change',
  connect: 'Connect',
  notConnectedTitle: 'Not connected yet',
  notConnected:
    'Integration+ acts in Jira as one account, the main authorized user. Once an account has allowed it, its name and everything Integration+ checks are shown here.',
  support: (code: string) => `Code for support: ${code}`,
  tryAgain: 'Try again',
  stale: (at: Timestamp, told: Told) => `What you see is as of ${when(at, told)}, ${age(at, told.now)}. Nothing of it is lost.`,
};

export function badge(is: Badge): string {
  switch (is) {
    case 'notConnected':
      return 'Not connected';
    case 'connected':
      return 'Connected';
    case 'actionNeeded':
      return 'Action needed';
    case 'degraded':
      return 'Not confirmed';
    case 'disconnected':
      return 'Disconnected';
    case 'unchecked':
      return 'Not checked yet';
  }
}

export function accountType(is: AccountType): string {
  switch (is) {
    case 'atlassian':
      return 'Atlassian account';
    case 'app':
      return 'App account';
    case 'customer':
      return 'Customer account';
    case 'unknown':
      return 'Account of an unknown kind';
  }
}

export function since(at: Timestamp, told: Told): string {
  return `since ${day(at, told.now, told.calendar)}`;
}

export function changedBy(who: Person): Phrase {
  return say`changed by ${who}`;
}

// ── Checks ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const checks = {
  heading: 'Checks',
  checkNow: 'Check now',
  checking: 'Checking',
  slow: 'Asking Atlassian and Jira. This takes a few seconds.',
  done: 'The checks are done.',
  never: 'Nothing has been checked yet.',
  neverNext: 'Integration+ checks by itself once a day.',
  checked: (at: Timestamp, told: Told) => `checked ${age(at, told.now)}`,
  passed: 'Passed',
  failed: 'Failed',
  unknown: 'Not known',
};

export function checkName(is: CheckName): string {
  switch (is) {
    case 'grantWorks':
      return 'Grant works';
    case 'accountActive':
      return 'Account is active';
    case 'productAccess':
      return 'Product access';
    case 'jiraAdministrator':
      return 'Jira administrator';
    case 'scopesComplete':
      return 'Permissions granted to Integration+';
    case 'siteCovered':
      return 'This site is covered';
    case 'webhooksRegistered':
      return 'Webhooks';
  }
}

/** The figures beside a check that passed. */
export function checkFigures(name: CheckName, facts: Facts, lastDeliveryAt: Timestamp | null, told: Told): string {
  switch (name) {
    case 'grantWorks': {
      if (facts.refreshedAt === null) {
        return '';
      }
      const idle = facts.idlesOutAt === null ? null : Math.round((facts.idlesOutAt - facts.refreshedAt) / 86_400_000);
      const refreshed = `refreshed ${age(facts.refreshedAt, told.now)}`;
      return idle === null ? refreshed : `${refreshed}, stays valid while used every ${counted(idle, 'day')}`;
    }
    case 'accountActive':
    case 'productAccess':
    case 'jiraAdministrator':
      return '';
    case 'scopesComplete':
      return facts.scopesGranted === null ? '' : `${facts.scopesGranted} of ${facts.scopesGranted}`;
    case 'siteCovered':
      return facts.siteUrl === null ? '' : facts.siteUrl.replace(/^https:\/\//, '');
    case 'webhooksRegistered':
      return webhookFigures(facts, lastDeliveryAt, told);
  }
}

function webhookFigures(facts: Facts, lastDeliveryAt: Timestamp | null, told: Told): string {
  if (facts.webhooks === 0) {
    return 'none needed: this account sees no project';
  }
  const renewed = facts.webhooksExpireAt === null ? '' : `renewed before ${day(facts.webhooksExpireAt, told.now, told.calendar)}`;
  const delivered = lastDeliveryAt === null ? 'waiting for the first delivery' : `last delivery ${age(lastDeliveryAt, told.now)}`;
  const registered = facts.webhooks === null ? '' : `${facts.webhooks} registered`;
  return [registered, renewed, delivered].filter((part) => part !== '').join(', ');
}

/** Why a check of the account `of` failed, and the one thing to do; `recheck` is the control that checks it again. */
export function checkFailure(failure: CheckFailure, of: Person, recheck: string): { why: Phrase; next: Phrase } {
  switch (failure.type) {
    case 'grantDead':
      return grantDead(failure.reason, of);
    case 'clientSecretRejected':
      return {
        why: say`Atlassian refused the client secret of Integration+ itself. The account is not the cause.`,
        next: say`Whoever deploys Integration+ sets ${control('CLIENT_SECRET')} anew. Nobody has to allow anything again.`,
      };
    case 'accountInactive':
      return {
        why: say`${of} is deactivated or closed, so Jira refuses everything that Integration+ does.`,
        next: say`Activate the account, or choose another one.`,
      };
    case 'accountNotHuman':
      return {
        why: say`${of} is no longer an account that signs in. Jira calls it: ${accountType(failure.accountType).toLowerCase()}.`,
        next: say`Choose another account.`,
      };
    case 'noProductAccess':
      return {
        why: say`${of} has no product access to Jira, so Jira may refuse what Integration+ does.`,
        next: say`Give the account product access to Jira in Atlassian Administration, then select ${control(recheck)}.`,
      };
    case 'notAdministrator':
      return {
        why: say`${of} lacks the permission ${control('Administer Jira')}.`,
        next: say`Give the account that permission under ${control('Global permissions')}, then select ${control(recheck)}.`,
      };
    case 'scopesMissing':
      return {
        why: say`${of} has not granted everything that Integration+ needs.${missing(failure.missing)}`,
        next: say`Allow again as ${of}, and leave everything selected.`,
      };
    case 'siteNotCovered':
      return {
        why: say`What ${of} allowed does not reach this site. ${reaches(failure.covered)}`,
        next: say`Allow again as ${of}, and choose this site on Jira’s page.`,
      };
    case 'noProjects':
      return {
        why: say`${of} sees no project, so Jira has nothing to tell Integration+ of.`,
        next: say`Give the account the permission ${control('Browse projects')} in the projects that Integration+ serves, then select ${control(recheck)}.`,
      };
    case 'webhooksMissing':
      return {
        why: say`Jira lists ${failure.registered} of ${counted(failure.wanted, 'webhook')}. Changes made in Jira may go unnoticed.`,
        next: say`Select ${control(recheck)}: that registers them anew.`,
      };
    case 'webhooksFull':
      return {
        why: say`Jira allows ${of} ${counted(failure.limit, 'webhook')} for Integration+, and ${failure.used} are in use at other addresses.`,
        next: say`Choose another account, or remove what another copy of Integration+ has registered for this one.`,
      };
    case 'webhookRefused':
      return {
        why: say`Jira did not register a webhook. It says: “${failure.message}”`,
        next: say`Select ${control(recheck)} in a few minutes. If it stays so, give the words above to support.`,
      };
  }
}

function grantDead(reason: ReauthorizationReason, of: Person): { why: Phrase; next: Phrase } {
  const next = say`Allow again as ${of}.`;
  switch (reason) {
    case 'revokedOrPasswordChanged':
      return { why: say`${of} revoked the access of Integration+, or changed the Atlassian password.`, next };
    case 'idle':
      return { why: say`Integration+ was not used for 90 days, so Atlassian let its access end.`, next };
    case 'scopesMissing':
      return { why: say`What ${of} allowed lacks permissions that Integration+ needs.`, next };
    case 'notRenewable':
      return { why: say`What ${of} allowed has run out, and the means to renew it did not arrive at Integration+. Nobody revoked it.`, next };
    case 'replacedPolicy':
      return { why: say`The last change of main authorized user asks everybody to allow again, and ${of} has not.`, next };
    case 'accountClosed':
      return { why: say`The account of ${of} was closed or deactivated, and what it allowed ended with that.`, next };
  }
}

function missing(scopes: readonly string[]): string {
  return scopes.length === 0 ? '' : ` Missing: ${list(scopes)}.`;
}

function reaches(covered: readonly string[]): string {
  return covered.length === 0 ? 'It reaches no Jira site at all.' : `It reaches: ${list(covered)}.`;
}

export function unreachable(is: Unreachable): string {
  switch (is) {
    case 'jira':
      return 'Jira did not answer. That condemns nothing: select Check now to ask again.';
    case 'authorizationServer':
      return 'Atlassian’s sign-in service did not answer. That condemns nothing: select Check now to ask again.';
    case 'renewal':
      return 'The access was being renewed at that moment. That condemns nothing: select Check now to ask again.';
    case 'storage':
      return 'The app could not reach its storage. That condemns nothing: select Check now to ask again.';
    case 'earlierCheck':
      return 'Not checked, because it needs a check above that did not pass.';
  }
}

/** The control beside a failed check. */
export const mend = {
  allowAgain: (main: Person) => `Allow again as ${main.displayName}`,
  choose: 'Choose another account',
};

// ── History and refusals ─────────────────────────────────────────────────────────────────────────────────────────

export const history = {
  heading: 'History',
  empty: 'No change has been made yet. Each one is listed here with its outcome, also when nothing came of it.',
  all: (n: number) => `Show all ${n}`,
  fewer: 'Show fewer',
  begunBy: (who: Person) => say`begun by ${who}`,
  receipt: (n: number) => `receipt ${n}`,
  good: 'Succeeded',
  bad: 'Nothing changed',
};

export function historyRow(row: HistoryRow): Phrase {
  return outcomeSentence(row.outcome, row);
}

/** What is said of a change apart from its outcome: `to` is the account that was meant, `from` the one before. */
export interface Attempt {
  readonly purpose: Purpose;
  readonly from: Person | null;
  readonly to: Person;
  readonly by: Person;
}

function attempted(purpose: Purpose): string {
  switch (purpose) {
    case 'firstConnect':
      return 'connection as';
    case 'changeMainUser':
      return 'change to';
    case 'reauthorize':
      return 'authorization of';
    case 'rollBack':
      return 'return to';
    case 'test':
      return 'test of';
  }
}

/** How a change ended. */
export function outcomeSentence(outcome: Outcome, { purpose, from, to, by }: Attempt): Phrase {
  const attempt = attempted(purpose);
  switch (outcome.type) {
    case 'completed':
      return from === null
        ? say`Connected as ${to}.`
        : [
            ...(purpose === 'rollBack' ? say`Rolled back from ${from} to ${to}.` : say`Main authorized user changed from ${from} to ${to}.`),
            ...webhooksLeft(outcome.webhooksLeft, from),
          ];
    case 'refreshed':
      return say`${to} allowed Integration+ again. The connection is fresh; nothing else changed.`;
    case 'cancelled':
      return say`${outcome.by} cancelled the ${attempt} ${to}. ${NOTHING_CHANGED}`;
    case 'expired':
      return say`Nobody allowed Integration+ as ${to} in time. ${NOTHING_CHANGED}`;
    case 'superseded':
      return say`The ${attempt} ${to} gave way to one that ${outcome.by} began. ${NOTHING_CHANGED}`;
    case 'wrongAccount':
      return say`${outcome.allowed} allowed, ${to} was meant. ${NOTHING_CHANGED}`;
    case 'denied':
      return [...say`Integration+ was not allowed to act as ${to}. `, ...denial(outcome.denial, to), ` ${NOTHING_CHANGED}`];
    case 'checksFailed':
      return say`${to} did not pass: ${list(failedChecks(outcome.checks).map(({ name }) => checkName(name)))}. ${NOTHING_CHANGED}`;
    case 'webhooksFailed':
      return [...say`No webhooks could be registered for ${to}. `, ...checkFailure(outcome.failure, to, stopped.again).why, ` ${NOTHING_CHANGED}`];
    case 'interrupted':
      return say`The ${attempt} ${to} was interrupted and undone. ${NOTHING_CHANGED}`;
    case 'stopped':
      return [...say`The ${attempt} ${to} was stopped. `, ...unforeseen(outcome.because, { to, by }), ` ${NOTHING_CHANGED}`];
  }
}

/** Why a scheduled change does not switch. */
function unforeseen(because: Deviation, about: About): Phrase {
  const failed = because.type === 'checksFailed' ? list(failedChecks(because.checks).map(({ name }) => checkName(name))) : '';
  const dead = because.type === 'grantDead' && about.to !== null ? grantDead(because.reason, about.to).why : say`Atlassian no longer accepts what the new account allowed.`;
  return deviation(because, about, failed, dead);
}

/** The checks that failed for certain. */
export function failedChecks(all: readonly Check[]): Array<{ name: CheckName; failure: CheckFailure }> {
  return all.flatMap(({ name, result }) => (result.type === 'failed' ? [{ name, failure: result.failure }] : []));
}

function webhooksLeft(n: number, of: Person): Phrase {
  return n === 0 ? [] : say` ${counted(n, 'webhook')} of ${of} could not be removed: they expire by themselves, and what they deliver is dropped.`;
}

export const refusals = {
  heading: (n: number) => `Redirects turned away (${n})`,
  explanation:
    'Somebody opened the address to which Jira returns people after Allow, or a link for signing in as another account, with something that Integration+ did not accept. Nothing has changed by it.',
  // What came at the same moment as others may be missing from the count.
  many: (row: Pick<RefusalRow, 'count'>) => (row.count === 1 ? counted(1, 'time') : `at least ${counted(row.count, 'time')}`),
  when: (row: Omit<RefusalRow, 'reason'>, told: Told) =>
    row.count === 1
      ? moment(row.lastAt, told.calendar)
      : `${moment(row.firstAt, told.calendar)} to ${moment(row.lastAt, told.calendar)}`,
};

export function redirectRefusal(is: RedirectRefusal): string {
  switch (is) {
    case 'malformed':
      return 'Something was missing, repeated or contradictory in the address.';
    case 'unknownState':
      return 'It belonged to no change that was begun here.';
    case 'expired':
      return 'It came after its time was over.';
    case 'alreadyUsed':
      return 'It had been used before.';
    case 'superseded':
      return 'Its change had been cancelled or replaced.';
    case 'elsewhere':
      return 'It was meant for another site or environment.';
    case 'wrongIssuer':
      return 'It came from another sign-in service than Atlassian’s.';
    case 'unknownLink':
      return 'It was no link for signing in as another account that was made here.';
  }
}

// ── A change under way ───────────────────────────────────────────────────────────────────────────────────────────

export const underWay = {
  title: (change: ChangeView): string => {
    if (change.stage.type === 'scheduled') {
      return scheduled.title;
    }
    switch (change.purpose) {
      case 'firstConnect':
        return 'Connection under way';
      case 'rollBack':
        return 'Rolling back';
      case 'changeMainUser':
      case 'reauthorize':
      case 'test':
        return 'Change under way';
    }
  },
  mine: (change: ChangeView, told: Told) => say`You began it at ${when(change.beganAt, told)}.`,
  theirs: (change: ChangeView, told: Told) => say`${change.initiator} began it at ${when(change.beganAt, told)}.`,
  open: 'Open',
  takeOver: 'Take over',
};

/** A change as its own end tells it: what came before it is not said again. */
export function attemptOf({ purpose, intended, initiator }: ChangeView): Attempt {
  return { purpose, from: null, to: intended, by: initiator };
}

/** Where a change stands, for its initiator and for others. */
export function stageSentence(change: ChangeView): Phrase {
  const { stage, intended } = change;
  switch (stage.type) {
    case 'awaitingConsent':
      return say`Waiting for ${intended} to select ${control('Allow')} in Jira.`;
    case 'handedOff':
      return handedOffSentence(change, stage.link);
    case 'verifying':
      return say`${control('Allow')} was selected. Asking Atlassian which account it was.`;
    case 'interrupted':
      return say`${control('Allow')} was selected, but the answer was lost before it was verified. ${NOTHING_CHANGED}`;
    case 'allowed':
      if (change.handedOff) {
        return change.mine
          ? say`${intended} allowed. ${NOTHING_CHANGED} Select ${control(handOff.finish)} for the checks and what comes after them.`
          : say`${intended} allowed. ${NOTHING_CHANGED} The change waits for ${change.initiator}, who began it.`;
      }
      return say`${intended} allowed. The checks come next, by themselves.`;
    case 'allowedByOther':
      return say`${stage.allowed} allowed. ${intended} was meant. ${NOTHING_CHANGED}`;
    case 'denied':
      return [...denial(stage.denial, intended), ` ${NOTHING_CHANGED}`];
    case 'expired':
      return say`Nobody allowed Integration+ as ${intended} in time. ${NOTHING_CHANGED}`;
    case 'scheduled':
      return stage.looking
        ? say`Everything is looked at once more before ${intended} becomes the main authorized user.`
        : scheduled.waits;
    case 'working':
      return stage.active
        ? say`Making ${intended} the main authorized user.`
        : goesOn(change);
    case 'undoing':
      return stage.active
        ? say`Undoing what was prepared for ${intended}.`
        : say`Undoing what was prepared for ${intended} goes on in a moment, by itself.`;
    case 'ended':
      return outcomeSentence(stage.outcome, attemptOf(change));
  }
}

/** Before the switch only its initiator carries a change on, and without them it is undone; after it whoever comes by does. */
function goesOn({ intended, initiator, mine, steps, scheduledFor }: ChangeView): Phrase {
  const switched = steps.some(({ step, state }) => step === 'switch' && state === 'done');
  // Of a scheduled change the initiator confirmed that beforehand.
  if (switched || scheduledFor !== null) {
    return say`Making ${intended} the main authorized user goes on in a moment, by itself.`;
  }
  return mine
    ? say`Making ${intended} the main authorized user goes on in a moment. Keep this page open until the switch; without it, what was prepared is undone.`
    : say`Making ${intended} the main authorized user waits for ${initiator}, who began it. Without them, what was prepared is undone and nothing changes.`;
}

/** Why allowing as `intended` yielded nothing. */
export function denial(why: Denial, intended: Person): Phrase {
  switch (why.type) {
    case 'declined':
      return say`${control('Cancel')} was selected on Jira’s page instead of ${control('Allow')}.`;
    case 'authorizationError':
      return say`Jira’s page ended with an error instead of ${control('Allow')}.`;
    case 'codeRefused':
      return say`Atlassian did not honour what its own page had returned: it was too old or used already.`;
    case 'clientSecretRejected':
      return say`Atlassian refused the client secret of Integration+ itself.`;
    case 'scopesMissing':
      return say`${intended} was to grant more than was selected.${missing(why.missing)}`;
    case 'siteNotCovered':
      return say`Another site was chosen on Jira’s page. ${reaches(why.covered)}`;
    case 'malformedAnswer':
      return say`Atlassian’s answer could not be used. Nothing of it was kept.`;
    case 'unreachable':
      return say`Atlassian could not be reached after ${control('Allow')} was selected.`;
    case 'wrongAccount':
      return say`${why.allowed} allowed instead.`;
  }
}

/** The next step after a denial. */
export function afterDenial(why: Denial): Phrase {
  switch (why.type) {
    case 'declined':
      return say`If that was a slip, try again.`;
    case 'authorizationError':
    case 'codeRefused':
    case 'malformedAnswer':
    case 'unreachable':
      return say`Try again. If it comes back, give the code below to support.`;
    case 'clientSecretRejected':
      return say`Whoever deploys Integration+ sets ${control('CLIENT_SECRET')} anew. Until then, trying again does not help.`;
    case 'scopesMissing':
      return say`Try again, and leave everything selected on Jira’s page.`;
    case 'siteNotCovered':
      return say`Try again, and choose this site on Jira’s page.`;
    case 'wrongAccount':
      return say`Try again, and switch accounts on Jira’s page before you select ${control('Allow')}.`;
  }
}

export const lastChange = {
  details: 'Show details',
  dismiss: 'Dismiss',
};

// ── The dialog ───────────────────────────────────────────────────────────────────────────────────────────────────

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

// ── Trouble ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const noPermission = {
  title: 'You cannot see this page',
  helpers: 'They set Integration+ up and may be able to help:',
  noHelpers: 'Ask a Jira administrator of this site.',
};

export function troubleTitle(trouble: Trouble): string {
  if (trouble.from === 'door') {
    return 'Integration+ did not answer';
  }
  switch (trouble.error.code) {
    case 'notAdministrator':
    case 'notSignedIn':
      return noPermission.title;
    case 'notListed':
      return notListed.title;
    case 'accessChanged':
      return 'Somebody else was first';
    case 'notConfigured':
      return 'Integration+ is not set up';
    case 'changeUnderWay':
      return blocked.title;
    case 'switchTimeOutOfBounds':
      return 'That time cannot be chosen';
    case 'notAsForeseen':
      return 'Not everything is as foreseen';
    case 'stillRehearsing':
      return 'The projects are still being looked at';
    case 'jiraUnavailable':
      return 'Jira did not answer';
    case 'authorizationServerUnavailable':
      return 'Atlassian did not answer';
    case 'storageUnavailable':
    case 'corruptRecord':
      return 'Stored data could not be read';
    case 'notConnected':
      return 'Integration+ is not connected';
    case 'rehearsalNeeded':
      return 'The change has to be rehearsed first';
    case 'acknowledgementNeeded':
      return 'What is lost has to be acknowledged first';
    case 'formerFailsChecks':
    case 'formerGrantDead':
      return 'Rolling back is not possible';
    case 'entryRefused':
    case 'registerFull':
      return 'The entry was not saved';
    case 'noSuchRun':
      return 'There is no such run';
    case 'notRegistered':
    case 'projectLeftOut':
      return 'The account was not tested';
    case 'issueOutOfReach':
    case 'commentLength':
    case 'commentRefused':
    case 'anotherWaits':
    case 'noInternalNotes':
    case 'notForOthers':
      return 'The comment was not posted';
    case 'noSuchIntegration':
    case 'integrationDisabled':
    case 'integrationRefused':
    case 'integrationChanged':
    case 'issueElsewhere':
    case 'noSuchIssue':
    case 'alreadyPaired':
    case 'noSuchPair':
    case 'mainGrantDead':
      return integrationTroubleTitle(trouble.error);
    case 'nothingToRollBack':
    case 'nothingHeld':
    case 'invalidRequest':
    case 'accountNotFound':
    case 'accountUnsuitable':
    case 'noSuchChange':
    case 'notInitiator':
    case 'wrongStage':
    case 'accountMismatch':
    case 'worksNowhere':
    case 'noAdministratorLeft':
    case 'listFull':
    case 'askedTooSoon':
    case 'noSuchPlace':
    case 'supportSettled':
    case 'supportUntil':
    case 'grantInUse':
    case 'conflict':
      return 'That was not possible';
  }
}

export function troubleSentence(trouble: Trouble, told: Told | null): Phrase {
  return trouble.from === 'door' ? silence(trouble.silence) : errorSentence(trouble.error, told);
}

/** A short code that tells support which of these sentences was shown. */
export function supportCode(trouble: Trouble): string {
  return trouble.from === 'door' ? `door/${trouble.silence}` : `app/${trouble.error.code}`;
}

function silence(is: Silence): Phrase {
  switch (is) {
    case 'offline':
      return say`Your browser is offline. Nothing was lost: what is under way is finished or undone, and this page shows which. Try again when you are connected.`;
    case 'broken':
      return say`The app could not be run just now. Nothing was lost: what is under way is finished or undone. Try again in a moment.`;
    case 'tooLate':
      return say`No answer came for 30 seconds. What you asked may still take effect; nothing was lost. Try again to see where it stands.`;
    case 'unreadable':
      return say`The answer came from another version of the app than this page. Nothing was lost. Reload the page.`;
  }
}

function errorSentence(error: ErrorCode, told: Told | null): Phrase {
  switch (error.code) {
    case 'notAdministrator':
      return say`Integration+ is managed by Jira administrators, and Jira says that you are not one. ${NOTHING_CHANGED}`;
    case 'notListed':
      return say`You are a Jira administrator. The administration of Integration+ is limited to a list, and you are not on it. ${NOTHING_CHANGED}`;
    case 'noAdministratorLeft':
      return say`Jira confirms nobody on this list as a Jira administrator, so nobody could administer Integration+ any more. ${NOTHING_CHANGED} Leave yourself on the list, or add a Jira administrator.`;
    case 'worksNowhere':
      return say`Nothing is listed, so Integration+ would work in no project at all. ${NOTHING_CHANGED} List something, or tick the box that says so.`;
    case 'accessChanged':
      return say`${error.by} changed this ${told === null ? 'meanwhile' : `meanwhile, ${when(error.at, told)}`}. Nothing of yours was saved. The page shows the latest.`;
    case 'listFull':
      return say`The list holds at most ${error.most}. ${NOTHING_CHANGED} Something must leave it first.`;
    case 'askedTooSoon':
      return say`Your last request was declined less than a day ago. ${NOTHING_CHANGED} Ask again ${told === null ? 'tomorrow' : `after ${momentInZone(error.againAt, told.calendar)}`}, or talk to somebody on the list.`;
    case 'noSuchPlace':
      return say`There is no such project or category, or you may not see it: Jira does not tell which. ${NOTHING_CHANGED} Choose another one.`;
    case 'notSignedIn':
      return say`Jira did not say who you are. ${NOTHING_CHANGED} Sign in to Jira, then reload this page.`;
    case 'invalidRequest':
      return say`This page and the app are of different versions. ${NOTHING_CHANGED} Reload the page.`;
    case 'notConfigured':
      return say`${list(error.missing)} ${error.missing.length === 1 ? 'is' : 'are'} not set. ${NOTHING_CHANGED} Whoever deploys Integration+ sets ${error.missing.length === 1 ? 'it' : 'them'} with ${control('forge variables set')} and deploys again.`;
    case 'accountNotFound':
      return say`Jira knows no such account, or does not show it to you. ${NOTHING_CHANGED} Choose another account.`;
    case 'accountUnsuitable':
      return say`This account is ${unsuitable(error.reason)}. ${NOTHING_CHANGED} Choose another account.`;
    case 'rehearsalNeeded':
      return say`No rehearsal of this account is recent enough, or the main authorized user became another since. ${NOTHING_CHANGED} Look at the new result, then go on.`;
    case 'acknowledgementNeeded':
      return say`By the latest rehearsal ${lossSentence(error.lost, error.failing)} ${NOTHING_CHANGED} Look at the new result and acknowledge it, then go on.`;
    case 'changeUnderWay':
      return told === null ? say`${error.by} has a change under way.` : blocked.who(error.by, error.since, told);
    case 'switchTimeOutOfBounds':
      return say`No change can be scheduled for that time. ${NOTHING_CHANGED} ${told === null ? 'Choose a time from ten minutes to 30 days ahead.' : planning.bounds(error.earliest, error.latest, told.calendar)}`;
    case 'notAsForeseen':
      return [...unforeseen(error.because, { to: null, by: null }), ...say` ${NOTHING_CHANGED} The change still waits for its time. Mend that, then select ${control(scheduled.switchNow)} again.`];
    case 'stillRehearsing':
      return say`Integration+ looks once more what the new account may do in each project, and this site has many. ${NOTHING_CHANGED} It goes on by itself; try again in a minute.`;
    case 'noSuchRun':
      return say`No run has this id, or it is older than runs are kept. ${NOTHING_CHANGED} Look for the id of another run, or for the key of an issue.`;
    case 'noSuchIntegration':
    case 'integrationDisabled':
    case 'integrationRefused':
    case 'integrationChanged':
    case 'issueElsewhere':
    case 'noSuchIssue':
    case 'alreadyPaired':
    case 'noSuchPair':
    case 'mainGrantDead':
      return integrationTrouble(error, told);
    case 'noSuchChange':
      return say`That change is over, or another took its place. Nothing was done. The page shows how it ended.`;
    case 'notInitiator':
      return say`${error.by} began this change, and nobody else can do this. ${NOTHING_CHANGED}`;
    case 'wrongStage':
      return say`The change stands elsewhere by now. Nothing was done. The page shows where.`;
    case 'accountMismatch':
      return say`Another account allowed than the one you saw. ${NOTHING_CHANGED} Look again before you accept it.`;
    case 'supportSettled':
      return say`${supportTrouble.settled}`;
    case 'supportUntil':
      return say`${supportTrouble.until}`;
    case 'conflict':
      return say`Somebody else, or another tab of yours, acted at the same moment and was first. Nothing of this was done. The page shows the latest; begin again if you still want to.`;
    case 'nothingToRollBack':
      return say`There is no account before to go back to, or its time is over. ${NOTHING_CHANGED} Change the main authorized user instead.`;
    case 'notConnected':
      return say`No account is connected that Integration+ could act as. Nothing was posted or changed. Ask your Jira administrator to connect one.`;
    case 'issueOutOfReach':
      return outOfReach(error.whom);
    case 'commentLength':
      return say`A comment needs words, and at most 10,000 characters of them. Nothing was posted; your text is still here. Shorten it, or write something.`;
    case 'entryRefused':
      return say`${fieldRefused(error.field)} Nothing was saved; what you typed is still here.`;
    case 'registerFull':
      return say`The register holds 100 accounts, and there is no room for another. Nothing was saved; what you typed is still here. Remove an account that is no longer used, then save again.`;
    case 'notRegistered':
      return say`This account is not in the register, and only accounts that are in it are tested. ${NOTHING_CHANGED} Add it first.`;
    case 'grantInUse':
      return say`Integration+ holds what this account allowed and uses it, so no link is needed, and nothing is deleted here. ${NOTHING_CHANGED} The page shows the latest.`;
    case 'projectLeftOut':
      return say`The settings of Integration+ leave this project out. ${NOTHING_CHANGED} Choose another project, or change that under ${control('Access')}.`;
    case 'nothingHeld':
      return say`No comment waits any more: it was posted or discarded, perhaps in another tab. Look at the comments of the issue.`;
    case 'anotherWaits':
      return say`Another comment of yours waits on ${error.issueKey}. This one was not posted; your text is still here. Post or discard the other one first.`;
    case 'formerFailsChecks':
      return say`The account before does not pass: ${list(failedChecks(error.checks).map(({ name }) => checkName(name)))}. ${NOTHING_CHANGED} Mend that in Jira, or change the main authorized user.`;
    case 'formerGrantDead':
      return say`The account before has to allow Integration+ again: ${reasonShort(error.reason)}. ${NOTHING_CHANGED} Change the main authorized user to it instead.`;
    case 'noInternalNotes':
      return say`Only service projects have internal notes, and this issue is in none: everybody who sees it would read yours. Nothing was posted; your text is still here. If everybody may read it, clear ${control(commentWords.internal)} and try again.`;
    case 'notForOthers':
      return say`Your administrator does not permit comments to be posted for somebody, or it is an internal note. Nothing was posted; your comment is kept. Re-authorize to post it yourself.`;
    case 'commentRefused':
      return say`Jira did not take the comment. It says: “${error.message}” Nothing was posted; your text is kept. Change it and try again.`;
    case 'jiraUnavailable':
      return say`Jira did not answer or is overloaded. ${NOTHING_CHANGED} ${tryAgainIn(error.retryAfterS)}`;
    case 'authorizationServerUnavailable':
      return say`Atlassian’s sign-in service did not answer or is overloaded. ${NOTHING_CHANGED} ${tryAgainIn(error.retryAfterS)}`;
    case 'storageUnavailable':
      return say`Forge’s storage did not answer. Nothing was lost. ${tryAgainIn(null)}`;
    case 'corruptRecord':
      return say`A stored record is not readable. Nothing was changed or deleted. Give the code below to support.`;
  }
}

function outOfReach(whom: Whom): Phrase {
  switch (whom) {
    case 'caller':
      return say`You may not comment on this issue, or not see it any more. Nothing was posted; your text is kept. Ask whoever manages the project.`;
    case 'settings':
      return say`The settings of Integration+ leave this project out, for everybody. Nothing was posted; your text is kept. Comment in Jira itself, or ask an administrator of Integration+, who can change that under ${control('Access')}.`;
    case 'main':
      return say`The account that Integration+ acts as does not see this issue, so nobody reaches it through Integration+. Nothing was posted; your text is kept. Comment in Jira itself, or ask your administrator.`;
  }
}

function tryAgainIn(seconds: number | null): string {
  return seconds === null ? 'Try again in a moment.' : `Try again in ${counted(seconds, 'second')}.`;
}
