/**
 * The Reporting section: runs of integrations, and what became of each comment.
 */
import type { Assigned, ItemAbout, ItemFailure, ItemOutcome, Limit, Lost, NoCounterpart, RestrictedTo, Run, RunCounts, RunItem, RunOutcome, Skipped, Trigger, Withheld } from '../api/generated/api.ts';
import { control, joined, say, type Phrase } from '../phrase.tsx';
import { moment } from '../time.ts';
import { from } from './ends.ts';
import { counted, list, number, when, type Told } from './words.ts';

export const reporting = {
  heading: 'Reporting',
  intro: 'Each time an integration carried something: when, as whom, and what became of each comment and assignee.',
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
  /** How many comments and assignees are tried again. */
  triedAgain: (n: number) =>
    n === 0
      ? 'Nothing of this run is left to be tried again: each item is through by now, or waits in no pair any more.'
      : `${counted(n, 'item is', 'items are')} tried again. A new run appears here as soon as that begins.`,
  notCopied: (id: string) => `Your browser did not copy it. Select it, then copy it: ${id}.`,
};

export const runDialog = {
  title: (name: string) => `Run of ${name}`,
  loading: 'Loading what became of each item.',
  slow: 'Still loading. Forge’s storage takes longer than usual.',
  id: 'Run id',
  trigger: 'Trigger',
  issue: 'Issue',
  started: 'Started',
  ended: 'Ended',
  notEnded: 'Not yet',
  duration: 'Duration',
  counts: 'Items',
  points: 'Points of Jira’s budget',
  by: 'As whom',
  support: 'Support',
  notShared: 'Not shared',
  items: 'Step by step',
  noItems: 'Nothing is written down of this run.',
  noItemsYet: 'Nothing is written down yet. This list grows by itself while the run goes on.',
  close: 'Close',
};

export const runLog = {
  title: 'Download log',
  progress: (items: number, of: number) => `${number(items)} of ${counted(of, 'item')} read.`,
  slow: 'A hundred items are read at a time. You can keep this open and work in another tab.',
  cancel: 'Cancel',
  goOn: 'Go on',
  kept: 'What was read so far is kept.',
  done: (items: number) => `${counted(items, 'item is', 'items are')} in the file.`,
  running: 'The run is still going on: the file holds what is written down by now.',
  copied: 'Copied. Paste it where you need it.',
  text: 'The log as text',
  close: 'Close',
};

export function runOutcome(is: RunOutcome): string {
  switch (is) {
    case 'running':
      return 'Running';
    case 'succeeded':
      return 'Succeeded';
    case 'waits':
      return 'Waits';
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
      return `It is still going on: ${counted(counts.read, 'item')} looked at so far.`;
    case 'succeeded':
      return 'Nothing failed.';
    case 'waits':
      return 'Nothing failed, and nothing is lost: what waits is tried again by itself, in a run of its own. Each line below says why it waits.';
    case 'partly':
      return 'Some of it failed, and the rest is done or waits. Each line below says why; what failed can be run again.';
    case 'failed':
      return 'Nothing came through. Each line below says why; what failed can be run again.';
    case 'interrupted':
      return 'It broke off before it was through. Nothing is lost or mirrored twice: what was left is taken up by a later run, or when it is run again.';
  }
}

/** What started a run. */
export function trigger(is: Trigger): Phrase {
  switch (is.type) {
    case 'heard':
      return say`A change in Jira`;
    case 'again':
      return say`Run again by ${is.by}`;
    case 'triedAgain':
      return say`Tried again by ${is.by}`;
  }
}

/** How many comments became what, in words. */
export function countsSentence({ read, created, updated, skipped, failed }: RunCounts): string {
  return `${number(read)} read, ${number(created)} created, ${number(updated)} updated, ${number(skipped)} skipped, ${number(failed)} failed`;
}

/** As whom a run did what it did. */
export function byWhom({ asAuthor, forAuthor, outcome }: Pick<Run, 'asAuthor' | 'forAuthor' | 'outcome'>): string {
  const parts = [
    ...(asAuthor > 0 ? [`${number(asAuthor)} as their author`] : []),
    ...(forAuthor > 0 ? [`${number(forAuthor)} as the main authorized user`] : []),
  ];
  if (parts.length > 0) {
    return list(parts);
  }
  return outcome === 'running' ? 'Nobody yet: nothing is written so far' : 'Nobody: nothing was written';
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

/** Where a comment was written, and which one it is; or which issue or whose assignee an item is about. */
export function itemName({ end, issue, comment, about }: RunItem): string {
  switch (about) {
    case null:
      return `${issue ?? 'Issue not told'}, comment ${comment}, ${from(end)}`;
    case 'assignee':
      return `${issue ?? 'Issue not told'}, assignee, ${from(end)}`;
    case 'issue':
      return `${issue ?? `Issue number ${comment}`}, ${from(end)}`;
  }
}

/** In one word. */
export function itemWord(is: ItemOutcome['type']): string {
  switch (is) {
    case 'created':
    case 'counterpartCreated':
      return 'Created';
    case 'updated':
      return 'Updated';
    case 'withdrawn':
      return 'Withdrawn';
    case 'assigned':
      return 'Assigned';
    case 'joined':
      return 'Joined';
    case 'parted':
      return 'Parted';
    case 'skipped':
      return 'Skipped';
    case 'waits':
      return 'Waits';
    case 'failed':
      return 'Failed';
  }
}

/** What became of a comment, or of what else an item is about, why, and what to do. */
export function itemSentence(is: ItemOutcome, about: ItemAbout | null): Phrase {
  switch (is.type) {
    case 'created':
      return say`It was mirrored as comment ${is.comment}.`;
    case 'updated':
      return say`Its mirror, comment ${is.comment}, holds what it says now.`;
    case 'withdrawn':
      return is.why === null
        ? say`It was deleted, so its mirror, comment ${is.comment}, was deleted too.`
        : joined([say`Its mirror, comment ${is.comment}, was deleted.`, skipped(is.why, about)]);
    case 'assigned':
      return is.overrules ? joined([assigned(is.to), say`Somebody had changed the assignee there, too, but earlier: the later change counts.`]) : assigned(is.to);
    case 'counterpartCreated':
      return say`It has a counterpart now, issue number ${is.issue} on the other side, and the two are a pair.`;
    case 'joined':
      return say`It and issue number ${is.issue} on the other side name each other in an issue property, so they are a pair now.`;
    case 'parted':
      return say`It and issue number ${is.issue} on the other side name each other no more, so they are no pair any more. What was mirrored stays where it is.`;
    case 'skipped':
      return skipped(is.why, about);
    case 'waits':
      return is.why === null
        ? say`It was sent, and what Jira made of that is not known yet. It is looked for before it is sent again, so that it is not there twice. It goes on by itself.`
        : joined([failure(is.why, about), say`It is tried again by itself.`]);
    case 'failed':
      return joined([failure(is.why, about), say`It is not tried again by itself. Once that is mended, select ${control(runMenu.again)}.`]);
  }
}

function assigned(is: Assigned): Phrase {
  switch (is.type) {
    case 'counterpart':
      return say`The other issue is assigned to the same person now.`;
    case 'nobody':
      return say`The other issue is assigned to nobody now, as this one.`;
    case 'noCounterpart':
      return joined([say`The other issue is assigned to nobody now.`, noCounterpart(is.why)]);
  }
}

/** Why somebody is assigned to nothing on the other site, and what mends it. */
function noCounterpart(is: NoCounterpart): Phrase {
  switch (is) {
    case 'notInTable':
      return say`Who was assigned is not matched with anybody on the other site. Match them under ${control('Integrations')}, then assign the issue again.`;
    case 'addressHidden':
      return say`Who was assigned has no such account on the other site, and Jira does not show their email address. Match them under ${control('Integrations')}, then assign the issue again.`;
    case 'notFound':
      return say`Who was assigned has no such account on the other site, and nobody there shows their email address. Match them under ${control('Integrations')}, then assign the issue again.`;
    case 'several':
      return say`Several people on the other site show the email address of who was assigned. Match the right one under ${control('Integrations')}, then assign the issue again.`;
  }
}

/** Why a comment is not mirrored, or an assignee not carried. Nothing of these is a fault. */
export function skipped(is: Skipped, about: ItemAbout | null): Phrase {
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
    case 'notFollowing':
      return say`Assignees do not follow in this integration any more. That can be changed under ${control('Integrations')}.`;
    case 'noCounterpart':
      return joined([say`The other issue is assigned to nobody, and stays so.`, noCounterpart(is.why)]);
    case 'unchanged':
      return about === 'assignee' ? say`Both issues are assigned as they are to be. Nothing is to be done.` : say`The mirror holds this already. Nothing is to be done.`;
    case 'gone':
      return say`It was deleted before it was mirrored. Nothing is to be done.`;
    case 'removedThere':
      return say`Somebody deleted its mirror on the other site, and it is not made again. Write a new comment if it is still needed there.`;
    case 'onAnotherIssue':
      return say`Its mirror is on another issue, with which its own was joined before. It is left as it is there, and not made a second time. Whoever needs it on the issue that is joined now writes it anew.`;
    case 'notKept':
      return joined([
        say`The mirror could not stay as it was: it would have said in somebody’s name what they did not write, or shown it to others than may read the comment. Another was to take its place.`,
        failure(is.why, about),
        say`It is not tried again by itself. Once that is mended, edit the comment, or try again what failed under ${control('Integrations')}.`,
      ]);
    case 'otherDirection':
      return say`The integration carries comments the other way only. To carry both ways, change its direction under ${control('Integrations')}.`;
    case 'notNamedBack':
      return say`It names another issue in its issue property, and that one does not name it back. They are joined as soon as it does: one alone proves nothing.`;
    case 'securityLevel':
      if (about !== 'issue') {
        return say`Its issue has a security level, and nothing says who that is on the other site. It was shown to nobody else. Have the level removed, or write there what may be read.`;
      }
      return say`It has a security level, which the other site knows nothing of, so it was not created there. Join it by hand with an issue there if those who see that one may read its comments.`;
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

/** Why a comment could not be mirrored, or an assignee not be carried, and what mends it. */
export function failure(is: ItemFailure, about: ItemAbout | null): Phrase {
  switch (is.type) {
    case 'noAnswer':
      return say`Jira or Atlassian gave no answer, or asked to wait. Nothing was lost.`;
    case 'notConnected':
      return say`No main authorized user is connected, or it has to allow again. Nothing was sent. Connect it under ${control('Status')}.`;
    case 'originOutOfReach':
      return about === 'assignee' ? say`The main authorized user does not see the issue on this site. Nothing was changed. Give that account the permission in Jira.` : say`The main authorized user does not see the issue that the comment is on. Nothing was sent. Give that account the permission in Jira.`;
    case 'targetOutOfReach':
      return say`The main authorized user does not see the issue on the other site: it or its project is gone, or the permission. Nothing was sent. Give that account the permission there, or take the pair away under ${control('Integrations')}.`;
    case 'mayNotComment':
      return say`The main authorized user may not comment there. Nothing was sent. Give that account the permission to add comments, or open the issue again if it is closed.`;
    case 'mayNotAssign':
      return say`The main authorized user may not assign that issue. It is assigned as before. Give that account the permission to assign issues, or open the issue again if it is closed.`;
    case 'notAssignable':
      return say`Jira does not let the person be assigned to issues there. The issue is assigned as before. Have them given the permission in the project, or match somebody else under ${control('Integrations')}.`;
    case 'mayNotCreate':
      return say`The main authorized user may not create issues there. Nothing was created. Give that account the permission to create issues.`;
    case 'alreadyPaired':
      return say`One of the two issues is in another pair of this integration. Nothing was joined. Part that pair first, under ${control('Integrations')}.`;
    case 'pairsFull':
      return say`The integration has as many pairs as there can be. Nothing was joined or created. Part some that are not needed any more, under ${control('Integrations')}.`;
    case 'mirrorOutOfSight':
      return say`The mirror is restricted, and the main authorized user does not find it on the other site: it was deleted there, or is hidden from that account. Nothing was changed, and none was posted beside it. Give that account the group or role there; if the mirror is gone, nothing is to be done.`;
    case 'refused':
      return say`Jira did not take it. It says: “${{ name: is.message }}” Nothing was sent. Have it changed, or mend what Jira names.`;
  }
}

/** As whom something was done; nothing where nothing was. */
export function postedBy({ by, about }: RunItem): string {
  if (by === null) {
    return '';
  }
  if (about === 'assignee') {
    return 'As the main authorized user.';
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
