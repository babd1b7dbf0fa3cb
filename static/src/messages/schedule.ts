/**
 * A change that waits for its time: how it is planned, what it waits for, and why it was stopped.
 */
import type { ChangeView, Deviation, Person, ReauthorizationPolicy, Timestamp } from '../api/generated/api.ts';
import { control, say, type Phrase } from '../phrase.tsx';
import { momentInZone, zoneOf, type Calendar } from '../time.ts';
import { counted, list, number, type Told } from './words.ts';

export const planning = {
  legend: 'When to switch',
  now: 'Switch now',
  nowExplanation: 'As soon as the account has allowed and passed the checks.',
  later: 'Switch at a chosen time',
  laterExplanation:
    'The account allows now, because nobody can do that unattended. At that time everything is looked at once more. If something is not as you see it here, nothing is switched, and administrators are told why.',
  date: 'Date',
  time: 'Time',
  zone: (calendar: Calendar) => `In your time zone, ${zoneOf(calendar)}.`,
  bounds: (earliest: Timestamp, latest: Timestamp, calendar: Calendar) =>
    `Choose a date and time from ${momentInZone(earliest, calendar)} to ${momentInZone(latest, calendar)}.`,
  skipped: 'That time does not exist on that day: clocks are set forward over it. Choose another one.',
  chosen: (at: Timestamp, calendar: Calendar) => `That is ${momentInZone(at, calendar)}.`,
  /** What is told to people before; `people` is how many connected their account and have to do nothing now. */
  told: (policy: ReauthorizationPolicy, people: number | null): string => {
    switch (policy) {
      case 'everyone':
        return `${people === null ? 'People' : counted(people, 'person', 'people')} who connected their own account and use it are told beforehand, once, on an issue or in their personal settings: when, why, and that nothing is to be done until then.`;
      case 'verifyFirst':
        return 'Nobody is told beforehand: who will have to allow again shows only after the switch, when each person’s connection has been tried.';
    }
  },
};

export const scheduled = {
  title: 'Change scheduled',
  when: ({ intended, initiator, scheduledFor }: ChangeView, { calendar }: Told): Phrase =>
    scheduledFor === null
      ? say`${intended} becomes the main authorized user, scheduled by ${initiator}.`
      : say`Main authorized user changes to ${intended} on ${momentInZone(scheduledFor, calendar)}, scheduled by ${initiator}.`,
  waits: say`Until then nothing changes. At that time everything is looked at once more; what is not as foreseen stops it, and administrators are told why.`,
  told: (policy: ReauthorizationPolicy): string => {
    switch (policy) {
      case 'everyone':
        return 'People who will be asked to allow again are told now.';
      case 'verifyFirst':
        return 'People are told nothing beforehand.';
    }
  },
  planned: (at: Timestamp, { calendar }: Told) =>
    say`Planned to switch on ${momentInZone(at, calendar)}, if it is allowed and confirmed before.`,
  switchNow: 'Switch now',
  sure: 'Switch now?',
  sureWhat: ({ intended, scheduledFor }: ChangeView, { calendar }: Told): Phrase =>
    scheduledFor === null
      ? say`Everything is looked at once more. Where it is as foreseen, ${intended} becomes the main authorized user at once.`
      : say`Everything is looked at once more. Where it is as foreseen, ${intended} becomes the main authorized user at once, and not on ${momentInZone(scheduledFor, calendar)}.`,
  keep: 'Keep waiting',
  sureCancel: 'Cancel the scheduled change?',
  sureCancelWhat: ({ intended }: ChangeView): Phrase =>
    say`What ${intended} allowed is deleted, and the main authorized user stays who it is. To schedule it again, the account has to allow again.`,
  cancel: 'Cancel the scheduled change',
  slow: 'Looking at everything once more. This takes a few seconds.',
  done: 'The change is scheduled. You can close this dialog.',
  inTheWay: (at: Timestamp, told: Told) =>
    say`It is scheduled for ${momentInZone(at, told.calendar)}, and no other can begin until it is over. Cancel it on the ${control('Status')} page, or wait.`,
  /** Of a change that ended: who scheduled it and for when, and that they did not wait for it where they had it switch early. */
  by: (who: Person, at: Timestamp, switchedAt: Timestamp | null, told: Told): Phrase =>
    switchedAt !== null && switchedAt < at
      ? say`scheduled for ${momentInZone(at, told.calendar)}, switched early on ${momentInZone(switchedAt, told.calendar)} by ${who}`
      : say`scheduled by ${who} for ${momentInZone(at, told.calendar)}`,
};

/** Who a scheduled change is about; nothing where that is not known. */
export interface About {
  readonly to: Person | null;
  readonly by: Person | null;
}

/** What was not as foreseen. `failed` names the checks that failed, `dead` says why the new account's grant is. */
export function deviation(is: Deviation, { to, by }: About, failed: string, dead: Phrase): Phrase {
  const account = to ?? 'The new account';
  const initiator = by ?? 'Whoever scheduled it';
  switch (is.type) {
    case 'mainUserChanged':
      return say`Another account became main authorized user since it was scheduled.`;
    case 'grantDead':
      return dead;
    case 'checksFailed':
      return say`${account} does not pass: ${failed}.`;
    case 'initiatorInactive':
      return say`${initiator} is deactivated or closed, and nobody else answers for the change.`;
    case 'initiatorNotAdministrator':
      return say`${initiator} is no Jira administrator any more.`;
    case 'initiatorNotListed':
      return say`${initiator} is no longer on the list of those who administer Integration+.`;
    case 'moreIsLost':
      return say`More would be lost than was acknowledged: ${counted(is.lost, 'project')} lost, and something required missing in ${number(is.failing)}.${which(is.projects)}`;
    case 'noAnswer':
      return say`Jira or Atlassian gave no answer for six hours after its time.`;
    case 'tooLate':
      return say`It was confirmed more than ten minutes after its time.`;
  }
}

function which(projects: readonly string[]): string {
  return projects.length === 0 ? '' : ` Not acknowledged: ${list(projects)}.`;
}

/** The next step after a change was stopped. */
export function afterStop(is: Deviation): string {
  switch (is.type) {
    case 'mainUserChanged':
      return 'Look who it is now, then schedule the change anew if it is still wanted.';
    case 'grantDead':
      return 'Begin the change anew: the account has to allow once more.';
    case 'checksFailed':
      return 'Mend that in Jira, then begin the change anew.';
    case 'initiatorInactive':
    case 'initiatorNotAdministrator':
    case 'initiatorNotListed':
      return 'Another administrator can begin the change anew.';
    case 'moreIsLost':
      return 'Mend the permissions in Jira, or begin the change anew and acknowledge what is lost.';
    case 'noAnswer':
      return 'Begin the change anew when they answer.';
    case 'tooLate':
      return 'Begin the change anew, at once or at a later time.';
  }
}
