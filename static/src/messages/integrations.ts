/**
 * The Integrations section.
 */
import type { Direction, End, Following, IntegrationView, Joined, JiraNumber, Terms, Which } from '../api/generated/api.ts';
import { say, type Phrase } from '../phrase.tsx';
import type { DraftFault } from '../sections/integrations/draft.ts';
import { from } from './ends.ts';
import { counted, list, number, when, type Told } from './words.ts';

export const integrations = {
  heading: 'Integrations',
  intro: 'An integration joins a project on this site with a project on another site, and mirrors comments between pairs of their issues.',
  loading: 'Loading the integrations.',
  slow: 'Still loading. The other sites take longer than usual.',
  notConnectedTitle: 'No main authorized user is connected',
  notConnected: 'Nothing is carried, and no other site can be chosen. Connect an account first.',
  unnamedTitle: {
    mainGrantDead: 'The main authorized user has to allow again',
    noAnswer: 'The other sites did not answer',
  },
  unnamed: {
    mainGrantDead: 'Nothing is carried until then, and names on the other sites are not known. What is set up stays as it is.',
    noAnswer: 'Names on the other sites are not known just now. What is set up stays as it is. Reload this page in a moment.',
  },
  openStatus: 'Open Status',
  list: 'All integrations',
  emptyTitle: 'There is no integration yet',
  empty: 'Create one to mirror comments between a project here and a project on another site. Nothing is carried before you enable it.',
  create: 'Create integration',
  full: (most: number) => `There are ${number(most)} integrations, which is all that there can be. Remove one to create another.`,
  enabled: 'Enabled',
  disabled: 'Disabled',
  edit: 'Edit',
  pairs: 'Pairs of issues',
  enable: 'Enable',
  disable: 'Disable',
  remove: 'Remove',
  here: 'Project on this site',
  there: 'Project on the other site',
  direction: 'Direction',
  which: 'Comments',
  following: 'Assignees',
  newIssues: 'New issues',
  pairCount: 'Pairs',
  waiting: 'Waiting',
  parked: 'Not carried',
  listening: 'Other site',
  changed: 'Changed',
  goneProject: (id: string) => `project number ${id}, not visible`,
  goneSite: (id: string) => `site ${id}, out of reach`,
  unknownProject: (id: string) => `project number ${id}, its name is not known just now`,
  unknownSite: 'on a site whose name is not known just now',
  notCounted: 'see the pairs',
  saving: 'Saving. Jira is asked who you are.',
};

/** Why nothing of any integration is carried. */
export type Standstill = 'notConnected' | 'mainGrantDead';

/** In one sentence: since when it is enabled, and what that covers; or why nothing is carried although it is. */
export function integrationState({ enabledSince }: IntegrationView, standstill: Standstill | null, told: Told): string {
  if (enabledSince === null) {
    return 'Nothing is carried. What was carried stays where it is.';
  }
  const since = when(enabledSince, told);
  switch (standstill) {
    case null:
      return `Since ${since}. It covers what was written since then.`;
    case 'notConnected':
      return `Nothing is carried: no main authorized user is connected. It is enabled since ${since}.`;
    case 'mainGrantDead':
      return `Nothing is carried: the main authorized user has to allow again. It is enabled since ${since}.`;
  }
}

export function listeningSentence({ listening, enabledSince }: IntegrationView, standstill: Standstill | null, told: Told): string {
  if (standstill !== null) {
    return listening === null ? 'Not listened to' : `Last looked at ${when(listening.lookedAt, told)}`;
  }
  if (listening === null) {
    return enabledSince === null ? 'Not listened to' : 'Not listened to yet: comments there are found every quarter of an hour';
  }
  return listening.failure === null
    ? `Listened to, last looked at ${when(listening.lookedAt, told)}`
    : 'Not listened to as it should be: comments there are found every quarter of an hour. See the checks under Status';
}

export function direction(is: Direction): string {
  switch (is) {
    case 'both':
      return 'Both ways';
    case 'out':
      return 'From this site to the other';
    case 'in':
      return 'From the other site to this one';
  }
}

export function whichWord(is: Which['type']): string {
  switch (is) {
    case 'all':
      return 'All, each as visible as it is';
    case 'publicOnly':
      return 'Public ones only';
    case 'word':
      return 'Those that hold a word';
  }
}

/** What becomes of the assignee of an issue; nothing where it stays. */
export function following(is: Following | null): string {
  switch (is) {
    case null:
      return 'Stay as they are on each site';
    case 'byTable':
      return 'Follow the other site, for people who are matched';
    case 'byTableOrAccount':
      return 'Follow the other site, for people who are matched, have the same Atlassian account on both sites, or the same email address shown on both';
  }
}

/** Which comments of an integration go. */
export function whichOf({ which }: Terms): string {
  return which.type === 'word' ? `Those that hold ${which.word}` : whichWord(which.type);
}

export const integrationDialog = {
  create: 'Create integration',
  edit: (name: string) => `Edit ${name}`,
  name: 'Name',
  nameHint: 'At most 80 characters.',
  site: 'Other site',
  siteHint: 'Sites on which the main authorized user allowed Integration+.',
  noSites: 'The main authorized user allowed Integration+ on no other site. Have it allowed there, then open this again.',
  sitesLoading: 'Loading the other sites.',
  chooseSite: 'Choose a site',
  here: 'Project on this site: search by name or key',
  there: 'Project on the other site: search by name or key',
  chooseSiteFirst: 'Choose a site first.',
  searching: 'Searching.',
  noneFound: (query: string) => `No project matches “${query}”, or it is not visible. Try fewer letters.`,
  chosen: (name: string, key: string) => `${name} (${key})`,
  otherProject: 'Choose another project',
  direction: 'Direction',
  which: 'Which comments',
  word: 'Word',
  wordHint: 'One word that marks a comment, #sync for example. A comment without it is not mirrored.',
  following: 'Assignees',
  followingHint:
    'A change of the assignee of an issue is made on the other issue of its pair, in the direction above. Who has no counterpart there leaves it unassigned, and the run says why. Of two changes, the later counts. Jira tells watchers as it does of any change.',
  restrictions: 'Restricted comments',
  restrictionsHint: 'One match a line: group or role, its name here, an equals sign, group or role, its name there. For example: role Developers = group partner-devs. A comment whose restriction is not listed is not sent.',
  customers: 'Show comments to customers of a service project',
  customersHint: 'Comments of a project without customers otherwise arrive in a service project as internal notes.',
  keptOutdated: 'What you typed here before is not saved yet, and somebody changed the integration since. Undo your changes to see the latest, then begin again.',
  save: 'Save',
  createButton: 'Create',
  cancel: 'Cancel',
};

/** What a field of an integration must be like, said where it is not. */
export function draftFault(fault: DraftFault): string {
  switch (fault.field) {
    case 'name':
      return 'Enter a name of 1 to 80 characters.';
    case 'here':
    case 'there':
      return 'Choose a project from the list.';
    case 'site':
      return 'Choose a site.';
    case 'word':
      return 'Enter one word of at most 40 characters with a letter or digit in it, #sync for example.';
    case 'assignees':
      return 'Only one of two people is chosen. Nothing was saved; choose the other one, or clear the search.';
    case 'restrictions':
      return `Line ${number(fault.line)} is not like: role Developers = group partner-devs. Nothing was saved; mend that line.`;
  }
}

export const assigneesField = {
  title: 'Who is whom',
  hint: 'People who have another account on the other site. Comments mention them, and assignees follow, by these matches.',
  matches: 'Matched people',
  empty: 'Nobody is matched yet.',
  /** Behind the name of somebody on this site. */
  isThere: (there: string) => `is ${there} on the other site`,
  here: 'Person on this site: search by name or email address',
  there: 'Person on the other site: search by name or email address',
  chooseSiteFirst: 'Choose the other site above first to search its people.',
  matched: (here: string, there: string) => `${here} and ${there} are matched. Save to keep that.`,
  taken: (here: string, there: string) => `Nobody was matched: ${here} and ${there} are matched already. Remove that match first.`,
  full: (most: number) => `There are ${number(most)} matches, which is all that there can be. Remove one to match others.`,
};

/** What a field of an integration is called where several are named. */
export const fieldOfIntegration: Record<DraftFault['field'], string> = {
  name: integrationDialog.name,
  here: integrations.here,
  site: integrationDialog.site,
  there: integrations.there,
  word: integrationDialog.word,
  assignees: assigneesField.title,
  restrictions: integrationDialog.restrictions,
};

export const switching = {
  enable: (name: string) => `Enable ${name}`,
  disable: (name: string) => `Disable ${name}`,
  onMeans: 'From now on, comments on pairs of issues are mirrored, and assignees follow if that is set. What was written or changed before is not carried, and neither is what happened while the integration was disabled.',
  offMeans: 'Nothing is mirrored from now on. What was mirrored stays where it is, and edits and deletions are not carried any more. What is written meanwhile is not carried when you enable it again.',
  cancel: 'Cancel',
  untouched: 'Nothing was switched.',
};

export const removing = {
  title: (name: string) => `Remove ${name}`,
  what: (pairs: number) =>
    `The integration and its ${counted(pairs, 'pair', 'pairs')} of issues are removed. Comments that it mirrored stay where they are on both sites; from then on they are neither updated nor deleted with their originals. Issues and runs stay too.`,
  button: 'Remove integration',
  cancel: 'Cancel',
  untouched: 'Nothing was removed.',
};

export const integrationSaid = {
  created: (name: string) => `${name} is created. It is disabled: join issues, then enable it.`,
  saved: (name: string) => `${name} is saved.`,
  enabled: (name: string) => `${name} is enabled. It covers what is written from now on.`,
  disabled: (name: string) => `${name} is disabled. Nothing is mirrored any more.`,
  removed: (name: string) => `${name} is removed. What it mirrored stays where it is.`,
  gone: (name: string) => `${name} had been removed already, by somebody else or in another tab. Nothing else has changed.`,
};

/** How many comments of one reason are named. */
const NAMED = 10;

export const pairsDialog = {
  title: (name: string) => `Pairs of issues in ${name}`,
  loading: 'Loading the pairs.',
  slow: 'Still loading. The other site takes longer than usual.',
  here: 'Issue on this site',
  there: 'Issue on the other site',
  hereHint: 'Its key, APP-1 for example.',
  join: 'Join issues',
  joined: (here: string, there: string) => `${here} and ${there} are joined. Comments that are written from now on are mirrored while the integration is enabled.`,
  part: 'Part',
  partNamed: (here: string, there: string) => `Part ${here} and ${there}`,
  parted: (here: string, there: string) => `${here} and ${there} are parted. What was mirrored stays where it is.`,
  again: 'Try again',
  againNamed: (here: string, there: string) => `Try again what was not carried between ${here} and ${there}`,
  tried: 'What was not carried is tried again.',
  empty: 'No issues are joined yet. Join two above, have each name the other in an issue property, or have issues created by editing the integration.',
  total: (n: number, most: number) => `${counted(n, 'pair')}, of at most ${number(most)}.`,
  unnamed: 'Keys of the other site are not known just now.',
  needed: 'Enter the key of an issue.',
  /** No comment stands for the assignee. Of very many, the first are named. */
  notCarried: (comments: readonly JiraNumber[], end: End) => {
    const [only] = comments;
    if (only === undefined) {
      return 'The assignee was not carried.';
    }
    if (comments.length === 1) {
      return `Comment ${only} ${from(end)} was not carried.`;
    }
    const unnamed = comments.length - NAMED;
    const named = unnamed > 0 ? [...comments.slice(0, NAMED), `${number(unnamed)} more`] : comments;
    return `${counted(comments.length, 'comment')} ${from(end)} were not carried: ${list(named)}.`;
  },
  number: (id: string) => `number ${id}`,
  close: 'Close',
};

export function joinedHow(is: Joined): string {
  switch (is) {
    case 'byHand':
      return 'Joined by hand';
    case 'byProperty':
      return 'Joined by an issue property';
    case 'created':
      return 'One was created for the other';
  }
}

/** What waits in a pair, and until when. */
export function waitingSentence(waiting: number, until: number | null, told: Told): string {
  if (waiting === 0) {
    return '';
  }
  return `${counted(waiting, 'change waits', 'changes wait')}${until === null ? '' : ` until ${when(until, told)}`}.`;
}

/** Who changed an integration last. */
export function changedLast({ changedBy, changedAt }: IntegrationView, told: Told): Phrase {
  return say`${changedBy}, ${when(changedAt, told)}`;
}
