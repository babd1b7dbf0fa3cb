/**
 * Who reaches what through the app, and who may administer it.
 */
import type { AccessChange, AccessRequest, Explanation, LimitKind, NamedProject, Person, Timestamp, Unestablished } from '../api/generated/api.ts';
import { control, joined, say, type Phrase } from '../phrase.tsx';
import { counted, list, when, type Told } from './words.ts';

/**
 * The Access section.
 */
export const access = {
  heading: 'Access',
  intro: 'A person reaches a project through Integration+ if the main authorized user, the person, and the settings below all allow it.',
  loading: 'Loading who may do what.',
  slow: 'Still loading. Jira takes longer than usual.',
  remove: 'Remove',
  putOn: (name: string) => `${name} is on the list.`,
  takenOff: 'Taken off the list.',
  gone: 'No longer in Jira, or not visible to you',
  full: (most: number) => `The list is full: it holds ${most}. Remove something first.`,
};

/**
 * The end of a form.
 */
export const saving = {
  save: 'Save',
  saved: 'Saved.',
  unsaved: 'Not saved yet.',
  discard: 'Undo changes',
  kept: 'What you entered is still here, on top of the latest state. Look it over, then save again.',
};

/**
 * To which projects the app is limited.
 */
export const projectsLimit = {
  heading: 'Projects',
  legend: 'Where Integration+ works',
  kind: (is: LimitKind): string => {
    switch (is) {
      case 'everything':
        return 'In every project';
      case 'only':
        return 'Only in the projects and categories listed';
      case 'except':
        return 'In every project but those listed';
    }
  },
  explanation: (is: LimitKind): string => {
    switch (is) {
      case 'everything':
        return 'Jira’s own permissions decide alone.';
      case 'only':
        return 'A project that is created later is left out until it is listed, or is in a listed category.';
      case 'except':
        return 'A project that is created later is let in, unless it is in a listed category.';
    }
  },
  projects: 'Listed projects',
  none: 'No project is listed.',
  nothing: 'Nothing is listed, so Integration+ works nowhere.',
  shutOff: 'Integration+ works in no project from then on, for nobody. I have read this.',
  shutOffMissing: 'Tick this box first, or list something. Nothing has been saved.',
  search: 'Add a project',
  searchHint: 'Search by name or key.',
  searching: 'Searching',
  found: (n: number) => (n === 0 ? 'No project found.' : `${counted(n, 'project')} found.`),
  noneFound: (query: string) => `Jira has no project called “${query}”, or does not show it to you.`,
  add: (project: NamedProject) => `Add ${project.name} (${project.key})`,
  number: (id: string) => `Project ${id}`,
  categories: 'Listed categories',
  noCategories: 'Jira has no categories of projects.',
  category: (id: string) => `Category ${id}`,
};

/**
 * Who may administer the app.
 */
export const administrators = {
  heading: 'Administrators',
  legend: 'Who may administer Integration+',
  everybody: 'Every Jira administrator',
  listed: 'Only the people listed',
  listedExplanation: 'They must also be Jira administrators, and Jira is asked each time. Other Jira administrators see who is listed, and can request access.',
  people: 'People listed',
  add: 'Add a person',
  you: 'You',
  withoutRights: (person: Person): Phrase => say`${person} is no Jira administrator, so being on this list gives them nothing.`,
  withoutYou: 'You are not on this list. Once it is saved, you can no longer administer Integration+.',
};

/**
 * Requests to administer the app.
 */
export const accessRequests = {
  heading: 'Requests',
  empty: 'Nobody has asked. A Jira administrator who is not on the list can request access, and it is approved or declined here.',
  asked: (at: Timestamp, told: Told) => `asked ${when(at, told)}`,
  approve: 'Approve',
  decline: 'Decline',
  decided: (request: AccessRequest, told: Told): Phrase => {
    const { decision } = request;
    if (decision === null) {
      return say`Not decided yet.`;
    }
    return decision.approved ? say`Approved by ${decision.by}, ${when(decision.at, told)}.` : say`Declined by ${decision.by}, ${when(decision.at, told)}.`;
  },
};

/**
 * What is shown to a Jira administrator who is not on the list.
 */
export const notListed = {
  title: 'You are not on the list of administrators',
  who: 'These people may administer Integration+:',
  request: 'Request access',
  look: 'Check again',
  requested: (at: Timestamp, told: Told) => `You asked on ${when(at, told)}. Nobody has decided yet: somebody on the list approves or declines it.`,
  declined: (by: Person, at: Timestamp, told: Told): Phrase => say`${by} declined your request, ${when(at, told)}. You can ask again a day later.`,
};

/** What was changed. */
export function accessChange({ what }: AccessChange): Phrase {
  switch (what.type) {
    case 'projects':
      return say`${projectsLimit.kind(what.kind)}.${named(' Added: ', what.added)}${named(' Removed: ', what.removed)}${further(what.more)}`;
    case 'administrators': {
      const head = what.limited ? 'Only the people listed may administer Integration+.' : 'Every Jira administrator may administer Integration+.';
      const names = (people: readonly Person[]) => people.map(({ displayName }) => displayName);
      return say`${head}${named(' Added: ', names(what.added))}${named(' Removed: ', names(what.removed))}${further(what.more)}`;
    }
    case 'requested':
      return say`Access requested.`;
    case 'approved':
      return say`Request of ${what.person} approved.`;
    case 'declined':
      return say`Request of ${what.person} declined.`;
    case 'tookOver':
      return say`Came onto the list without approval: nobody on it was a Jira administrator any more.`;
  }
}

function named(before: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${before}${list(names)}.`;
}

function further(more: number): string {
  return more === 0 ? '' : ` And ${more} more.`;
}

/**
 * The history of access.
 */
export const accessHistory = {
  heading: 'History',
  empty: 'Nothing has been changed yet. Each change is listed here with who made it and when.',
  by: (who: Person): Phrase => say`by ${who}`,
};

/**
 * Explaining one person.
 */
export const explainOne = {
  heading: 'Explain one person',
  headingMine: 'What you reach through Integration+',
  intro: 'Which limit, if any, keeps a person from a project or an issue. Jira is asked now.',
  introMine: 'Enter a project or an issue that you see in Jira, to learn whether you reach it through Integration+.',
  person: 'Person',
  place: 'Project or issue key',
  placeHint: 'For example MOB, or MOB-12. An issue is certain; for a whole project, single issues may differ.',
  submit: 'Explain',
  busy: 'Asking Jira.',
  missingPerson: 'Choose a person from the list first.',
  missingPlace: 'Enter the key of a project or an issue.',
  noSuchPlace: (place: string) =>
    `Jira shows you no project and no issue called “${place}”. Enter a project key, such as MOB, or an issue key, such as MOB-12. It says the same of a place that exists and that you may not see.`,
  answers: 'What each limit says',
  limit: { person: 'The person’s own rights in Jira', mine: 'Your own rights in Jira', settings: 'The projects to which Integration+ is limited', main: 'The main authorized user’s rights in Jira' },
  answer: { yes: 'Allows it', no: 'Blocks it', unknown: 'Not known' },
  toJira: (project: string) => `Permissions of ${project} in Jira`,
  toProjects: 'Change the projects limit',
  toStatus: 'Open Status',
};

/** In one sentence: what blocks, or that nothing does; and in a second one who can change that. */
export function explanation(of: Explanation): Phrase {
  const place = control(of.issueKey ?? `${of.project.name} (${of.project.key})`);
  const { verdict } = of;
  switch (verdict.type) {
    case 'reaches':
      return joined([nothingBlocks(of, place), ...(of.comments === 'no' ? [mayNotComment(of)] : [])]);
    case 'open':
      return joined([unknown(of, place), because(of.because)]);
    case 'blocked':
      break;
  }
  switch (verdict.by) {
    case 'person':
      return of.mine
        ? say`Your own rights in Jira block it: Jira does not let you see ${place}. Whoever manages the project can change that.`
        : say`The person’s own rights block it: Jira does not let ${of.person} see ${place}. Whoever manages the project can change that in Jira.`;
    case 'settings':
      return of.mine
        ? say`The settings of Integration+ block it: they leave ${place} out. An administrator of Integration+ can change that.`
        : say`The settings of Integration+ block it: they leave ${place} out for everybody. Change that under ${control('Projects')} on this page.`;
    case 'main':
      return mainBlocks(of, place);
  }
}

function nothingBlocks(of: Explanation, place: { control: string }): Phrase {
  return of.mine ? say`Nothing blocks: you reach ${place} through Integration+.` : say`Nothing blocks: ${of.person} reaches ${place} through Integration+.`;
}

function mayNotComment(of: Explanation): Phrase {
  return of.mine ? say`Jira does not let you comment there.` : say`Jira does not let ${of.person} comment there.`;
}

function mainBlocks(of: Explanation, place: { control: string }): Phrase {
  if (!of.connected) {
    return say`Nobody reaches ${place} through Integration+: there is no main authorized user. An administrator can connect one under ${control('Status')}.`;
  }
  return of.main === null
    ? say`The main authorized user blocks it: Jira does not let the account that Integration+ acts as see ${place}. An administrator of Integration+ can change that.`
    : say`The main authorized user blocks it: Jira does not let ${of.main} see ${place}. Give it ${control('Browse projects')} there in Jira, or choose another account under ${control('Status')}.`;
}

function unknown(of: Explanation, place: { control: string }): Phrase {
  const who = of.mine ? say`whether you reach` : say`whether ${of.person} reaches`;
  return [...say`It is not known `, ...who, ...say` ${place}: no limit is known to block, and not all three could be asked.`];
}

function because(why: Unestablished | null): Phrase {
  switch (why) {
    case 'mainGrantDead':
      return say`Atlassian no longer accepts what the main authorized user allowed, so nothing goes through it. An administrator can mend that under ${control('Status')}.`;
    case 'noAnswer':
    case null:
      return say`Jira or Atlassian did not answer. Try again in a moment.`;
  }
}
