/**
 * The Reporting section: runs of integrations, and what became of each comment.
 */
import type { ItemFailure, ItemOutcome, Limit, Lost, RestrictedTo, Run, RunCounts, RunItem, RunOutcome, Skipped, Trigger, Withheld } from '../api/generated/api.ts';
import { control, joined, say, type Phrase } from '../phrase.tsx';
import { moment } from '../time.ts';
import { counted, list, number, when, type Told } from './words.ts';

export const reporting = {
  heading: 'Reporting',
  intro: 'Each time an integration mirrored comments: when, as whom, and what became of each comment.',
  loading: 'Loading the runs.',
  slow: 'Still loading. Forge’s storage takes longer than usual.',
  stale: (age: string) => `What you see was read ${age}.`,
  emptyTitle: 'Nothing has run yet',
  empty: 'A run is listed here as soon as an enabled integration hears of a comment. Nothing is needed from you once an integration is enabled.',
  overview: 'The last days',
  runs: 'Runs',
  kept: (days: number) => `Runs are kept for ${counted(days, 'day')}. That can be changed under Settings.`,
  outcome: 'Outcome',
  everyOutcome: 'Every outcome',
  integration: 'Integration',
  everyIntegration: 'Every integration',
  search: 'Search by run id or issue key',
  clear: 'Show all runs',
  none: 'No run is listed here. Choose another outcome or integration above.',
  notFound: (search: string) =>
    `No run has the id “${search}”, and none began with an issue of this key, or it is older than runs are kept. Look for another id or key.`,
};

export const runsChart = {
  described: (runs: number, failures: number, days: number) =>
    `${counted(runs, 'run')} in the last ${counted(days, 'day')}, of which ${number(failures)} failed, in part or as a whole, or broke off.`,
  numbers: 'Show the numbers',
  table: 'Runs by day on which they ended',
  day: 'Day',
  /** Under the drawing; nothing once there is something to compare. */
  note: (days: number) => (days < 2 ? 'The chart grows by one column a day.' : ''),
  failed: 'With failures',
  well: 'Without failures',
};

export const runsTable = {
  caption: 'Runs, the latest first.',
  integration: 'Integration',
  started: 'Started',
  duration: 'Duration',
  outcome: 'Outcome',
  read: 'Read',
  created: 'Created',
  updated: 'Updated',
  skipped: 'Skipped',
  failed: 'Failed',
  points: 'Points',
  by: 'As whom',
  actions: 'Actions',
  shared: 'Shared with Support',
  progress: (name: string) => `${name} is running`,
};

export const runMenu = {
  /** Names the menu by its run. */
  open: (name: string, started: string) => `Actions for the run of ${name}, ${started}`,
  details: 'Show details',
  share: 'Share with Support',
  stop: 'Stop sharing',
  copy: 'Copy run id',
  log: 'Download log',
  again: 'Run again',
};

export const runSaid = {
  sharing: 'Saving. Jira is asked who you are.',
  shared: 'The run is shared. Support sees its counts and times while access is open, and no texts or names.',
  stopped: 'The run is no longer shared.',
  copied: (id: string) => `The run id ${id} is copied.`,
  again: 'Asking for another try.',
  /** How many comments are tried again. */
  triedAgain: (n: number) =>
    n === 0
      ? 'Nothing of this run is left to be tried again: each comment is through by now, or waits in no pair any more.'
      : `${counted(n, 'comment is', 'comments are')} tried again. A new run appears here as soon as that begins.`,
  notCopied: (id: string) => `Your browser did not copy it. Select it, then copy it: ${id}.`,
};

export const runDialog = {
  title: (name: string) => `Run of ${name}`,
  loading: 'Loading what became of each comment.',
  slow: 'Still loading. Forge’s storage takes longer than usual.',
  id: 'Run id',
  trigger: 'Trigger',
  issue: 'Issue',
  started: 'Started',
  ended: 'Ended',
  notEnded: 'Not yet',
  duration: 'Duration',
  counts: 'Comments',
  points: 'Points of Jira’s budget',
  by: 'As whom',
  support: 'Support',
  notShared: 'Not shared',
  items: 'Comment by comment',
  noItems: 'Nothing is written down of this run.',
  noItemsYet: 'Nothing is written down yet. This list grows by itself while the run goes on.',
  close: 'Close',
};

export const runLog = {
  title: 'Download log',
  progress: (items: number, of: number) => `${number(items)} of ${counted(of, 'comment')} read.`,
  slow: 'A hundred comments are read at a time. You can keep this open and work in another tab.',
  cancel: 'Cancel',
  goOn: 'Go on',
  kept: 'What was read so far is kept.',
  done: (items: number) => `${counted(items, 'comment is', 'comments are')} in the file.`,
  running: 'The run is still going on: the file holds what is written down by now.',
  download: 'Download the file',
  copy: 'Copy instead',
  copied: 'Copied. Paste it where you need it.',
  notCopied: 'Your browser did not copy the text. Select it below and copy it.',
  text: 'The log as text',
  close: 'Close',
};

export function runOutcome(is: RunOutcome): string {
  switch (is) {
    case 'running':
      return 'Running';
    case 'succeeded':
      return 'Succeeded';
    case 'partly':
      return 'Partly failed';
    case 'failed':
      return 'Failed';
    case 'interrupted':
      return 'Broke off';
  }
}

/** What an outcome means, and what to do. */
export function runOutcomeSentence({ outcome, counts }: Run): string {
  switch (outcome) {
    case 'running':
      return `It is still going on: ${counted(counts.read, 'comment')} looked at so far.`;
    case 'succeeded':
      return 'Nothing failed.';
    case 'partly':
      return 'Some of it failed or waits, and the rest is done. Each of these below says why; what failed can be run again.';
    case 'failed':
      return 'Nothing came through: all that was to be done failed or waits. Each line below says why; what failed can be run again.';
    case 'interrupted':
      return 'It broke off before it was through. Nothing is lost or mirrored twice: what was left is taken up by a later run, or when it is run again.';
  }
}

/** What started a run. */
export function trigger(is: Trigger): Phrase {
  switch (is.type) {
    case 'heard':
      return say`A comment was heard of`;
    case 'again':
      return say`Run again by ${is.by}`;
  }
}

/** How many comments became what, in words. */
export function countsSentence({ read, created, updated, skipped, failed }: RunCounts): string {
  return `${number(read)} read, ${number(created)} created, ${number(updated)} updated, ${number(skipped)} skipped, ${number(failed)} failed`;
}

/** As whom a run did what it did. */
export function byWhom({ asAuthor, forAuthor }: Pick<Run, 'asAuthor' | 'forAuthor'>): string {
  const parts = [
    ...(asAuthor > 0 ? [`${number(asAuthor)} as their author`] : []),
    ...(forAuthor > 0 ? [`${number(forAuthor)} as the main authorized user`] : []),
  ];
  return parts.length === 0 ? 'Nobody: nothing was written' : list(parts);
}

/** A stretch of time as it was measured: `0.4 s`, `12 s`, `3 min 5 s`, `1 h 2 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Where a comment was written, and which one it is. */
export function itemName({ end, issue, comment }: RunItem): string {
  return `${issue ?? 'Issue not told'}, comment ${comment}, ${end === 'here' ? 'from this site' : 'from the other site'}`;
}

/** In one word. */
export function itemWord(is: ItemOutcome['type']): string {
  switch (is) {
    case 'created':
      return 'Created';
    case 'updated':
      return 'Updated';
    case 'withdrawn':
      return 'Withdrawn';
    case 'skipped':
      return 'Skipped';
    case 'waits':
      return 'Waits';
    case 'failed':
      return 'Failed';
  }
}

/** What became of a comment, why, and what to do. */
export function itemSentence(is: ItemOutcome): Phrase {
  switch (is.type) {
    case 'created':
      return say`It was mirrored as comment ${is.comment}.`;
    case 'updated':
      return say`Its mirror, comment ${is.comment}, holds what it says now.`;
    case 'withdrawn':
      return is.why === null
        ? say`It was deleted, so its mirror, comment ${is.comment}, was deleted too.`
        : joined([say`Its mirror, comment ${is.comment}, was deleted.`, skipped(is.why)]);
    case 'skipped':
      return skipped(is.why);
    case 'waits':
      return is.why === null
        ? say`It was sent, and what Jira made of that is not known yet. It is looked for before it is sent again, so that it is not there twice. It goes on by itself.`
        : joined([failure(is.why), say`It is tried again by itself.`]);
    case 'failed':
      return joined([failure(is.why), say`It is not tried again by itself. Once that is mended, select ${control(runMenu.again)}.`]);
  }
}

/** Why a comment is not mirrored. Nothing of these is a fault. */
export function skipped(is: Skipped): Phrase {
  switch (is.type) {
    case 'echo':
      return say`It is a mirror that Integration+ made itself, so it is not mirrored back. Nothing is to be done.`;
    case 'anotherInstallation':
      return say`It is a mirror that another installation of Integration+ made. Carried on, it would come back. Nothing is to be done.`;
    case 'beforeEnabled':
      return say`It was written before the integration was enabled, which covers what happens from then on. Whoever needs it on the other site writes it again.`;
    case 'notPublic':
      return say`The integration takes public comments only, and this one is restricted or internal. To mirror such comments, change which comments it takes under ${control('Integrations')}.`;
    case 'noWord':
      return say`It does not hold the word that marks comments for this integration. Whoever wrote it adds the word to have it mirrored.`;
    case 'withheld':
      return withheld(is.why);
    case 'outOfProject':
      return say`Its issue is not in the project of the integration any more. Move the issue back, or set up an integration for its project.`;
    case 'outOfReach':
      return outOfReach(is.limit);
    case 'unchanged':
      return say`The mirror holds this already. Nothing is to be done.`;
    case 'gone':
      return say`It was deleted before it was mirrored. Nothing is to be done.`;
    case 'removedThere':
      return say`Somebody deleted its mirror on the other site, and it is not made again. Write a new comment if it is still needed there.`;
    case 'otherDirection':
      return say`The integration carries comments the other way only. To carry both ways, change its direction under ${control('Integrations')}.`;
  }
}

function withheld(is: Withheld): Phrase {
  switch (is.type) {
    case 'restricted':
      return say`It is restricted to the ${restrictedTo(is.to.to)} “${{ name: is.to.name }}”, and the integration does not say what that is on the other site. It was shown to nobody else. Add it under ${control('Integrations')}, or have the restriction removed.`;
    case 'internal':
      return say`It is an internal note, and the other project keeps none: everybody there would read it. It was not sent. Write it there in other words if it may be read.`;
  }
}

/** A group or a role. */
export function restrictedTo(is: RestrictedTo): string {
  switch (is) {
    case 'group':
      return 'group';
    case 'role':
      return 'role';
  }
}

function outOfReach(is: Limit): Phrase {
  switch (is) {
    case 'person':
      return say`Jira does not let its author see the issue. Whoever manages the project can give them the permission.`;
    case 'settings':
      return say`The settings of Integration+ leave this project out. An administrator can change that under ${control('Access')}.`;
    case 'main':
      return say`The main authorized user does not see the issue. Give that account the permission in Jira.`;
  }
}

/** Why a comment could not be mirrored, and what mends it. */
export function failure(is: ItemFailure): Phrase {
  switch (is.type) {
    case 'noAnswer':
      return say`Jira or Atlassian gave no answer, or asked to wait. Nothing was lost.`;
    case 'notConnected':
      return say`No main authorized user is connected, or it has to allow again. Nothing was sent. Connect it under ${control('Status')}.`;
    case 'originOutOfReach':
      return say`The main authorized user does not see the issue that the comment is on. Nothing was sent. Give that account the permission in Jira.`;
    case 'targetOutOfReach':
      return say`The main authorized user does not see the issue on the other site: it or its project is gone, or the permission. Nothing was sent. Give that account the permission there, or take the pair away under ${control('Integrations')}.`;
    case 'mayNotComment':
      return say`The main authorized user may not comment there. Nothing was sent. Give that account the permission to add comments, or open the issue again if it is closed.`;
    case 'refused':
      return say`Jira did not take it. It says: “${{ name: is.message }}” Nothing was sent. Have the comment changed, or mend what Jira names.`;
  }
}

/** As whom something was done; nothing where nothing was. */
export function postedBy({ by }: RunItem): string {
  if (by === null) {
    return '';
  }
  return by.forAuthor ? 'As the main authorized user, with a footer that names its author.' : 'As its author.';
}

/** What of a comment could not be carried; nothing where all of it was. */
export function lostSentence({ attachments, macros, links, other, shortened }: Lost): string {
  const parts = [
    ...(attachments > 0 ? [counted(attachments, 'file or picture', 'files or pictures')] : []),
    ...(macros > 0 ? [counted(macros, 'macro')] : []),
    ...(links > 0 ? [counted(links, 'link')] : []),
    ...(other > 0 ? [counted(other, 'other part')] : []),
    ...(shortened ? ['its end, because it was too long or too deep'] : []),
  ];
  return parts.length === 0 ? '' : `Not carried: ${list(parts)}. The mirror says so.`;
}

/** That support may see a run. */
export function sharedSentence({ shared }: Run, told: Told): Phrase {
  return shared === null ? say`${runDialog.notShared}` : say`Shared by ${shared.by}, ${when(shared.at, told)}`;
}

/** When something was, in full. */
export function runStarted({ startedAt }: Run, told: Told): string {
  return moment(startedAt, told.calendar);
}
