/**
 * Rehearsing a change: what an account may do in each project, and what would be lost.
 */
import type {
  Consequences,
  LossView,
  Permission,
  Person,
  ReauthorizationPolicy,
  Rehearsal,
  RehearsedProject,
  Timestamp,
  Tried,
} from '../api/generated/api.ts';
import { control, named, say, type Phrase } from '../phrase.tsx';
import { age, roughly } from '../time.ts';
import { alternatives, counted, list, listed, number, when, type Told } from './words.ts';

export const rehearsing = {
  button: 'Rehearse a change',
  title: 'Rehearse a change',
  choose: 'Which account should be rehearsed?',
  about: 'Integration+ asks Jira what this account may do in each project, and what would be lost if it were the main authorized user. Nothing is changed, and nobody is asked to allow anything.',
  start: 'Rehearse',
  would: (account: Person) => `What would change with ${account.displayName}`,
  will: 'What will change',
  close: 'Close dialog',
  bar: 'Rehearsal',
  asking: 'Rehearsing the change.',
  slow: 'Asking Jira about each project. A large site takes a while.',
  closable: 'You can close this dialog: nothing is lost, and the rehearsal goes on or is taken up when you come back.',
  waiting: 'Jira asked to wait. The rehearsal goes on by itself.',
  waits: (until: Timestamp, told: Told) =>
    `Jira asked to wait. The rehearsal goes on by itself at ${when(until, told)}, in ${roughly(until - told.now)}.`,
  overtakenTitle: 'This rehearsal was left off',
  overtaken: 'The main authorized user became another meanwhile, so this compares with somebody who is replaced. Nothing has changed by it. Rehearse anew.',
  oldTitle: 'This result is out of date',
  old: 'It is more than a day old, or the main authorized user became another since. Rehearse anew before you rely on it.',
  stale: 'What you see is kept. This is tried again by itself.',
  again: 'Check again',
  againHint: 'Check again looks only at what is lost or missing. Rehearse anew looks at every project.',
  anew: 'Rehearse anew',
  /** When and for whom a result was made. */
  made: (is: Rehearsal, told: Told): Phrase => {
    const looked = `Looked at ${counted(is.lookedAt, 'project')}`;
    return is.doneAt === null ? say`${looked}.` : say`${looked} ${age(is.doneAt, told.now)}, for ${is.by}.`;
  },
};

/** How far a rehearsal is. */
export function rehearsalProgress({ lookedAt, total, lost }: Rehearsal): string {
  if (total === null) {
    return 'Asking Jira which projects there are.';
  }
  if (lookedAt < total) {
    return `Looked at ${number(lookedAt)} of ${counted(total, 'project')}.`;
  }
  return lost === 0
    ? `Looked at ${counted(total, 'project')}.`
    : `Looked at ${counted(total, 'project')}. Asking Jira who would lose the ${lost === 1 ? 'one that is' : `${number(lost)} that are`} lost.`;
}

// ── The summary ──────────────────────────────────────────────────────────────────────────────────────────────────

/** The result in one line and a sentence. */
export function verdict(is: Rehearsal): { title: string; text: Phrase } {
  const { account, against, lost, failing, administers } = is;
  const rights = administers === true ? [] : withoutRights(is);
  if (against === null) {
    const lacking = failing === 0 ? '' : `, and something required is missing in ${number(failing)} of them`;
    return {
      title: failing === 0 && administers === true ? 'Nothing required is missing' : 'Something required is missing',
      text: [...say`${account} sees ${counted(is.kept + is.gained, 'project')}${lacking}. There is nobody else to compare with.`, ...rights],
    };
  }
  if (is.againstInactive && (lost > 0 || failing > 0)) {
    const unseen = lost === 0 ? '' : ` ${account.displayName} does not see ${number(lost)}.`;
    return {
      title: lost === 0 ? 'Something required is missing' : `${counted(lost, 'project')} may be lost`,
      text: [...say`${against} is deactivated, and Jira does not say what that account saw: every project counts.${unseen} `, ...missingToo(failing - lost), ...rights],
    };
  }
  if (lost > 0) {
    return {
      title: `${counted(lost, 'project')} would be lost`,
      text: [...say`${against} sees ${lost === 1 ? 'it' : 'them'}, and ${account} does not. `, ...missingToo(failing - lost), ...rights],
    };
  }
  if (failing === 0 && administers === true) {
    return { title: 'Nothing is lost', text: is.againstInactive ? say`${against} is deactivated. ${account} sees every project of the site, and can do there what Integration+ needs.` : say`${account} sees every project that ${against} sees, and can do there what Integration+ needs.` };
  }
  return {
    title: 'Something required is missing',
    text: [...say`${account} sees every project that ${against} sees. `, ...missingToo(failing), ...rights],
  };
}

function missingToo(n: number): Phrase {
  return n === 0 ? [] : [`Something that Integration+ needs is missing in ${counted(n, 'project')} that ${n === 1 ? 'is' : 'are'} kept.`];
}

function withoutRights({ account, administers }: Rehearsal): Phrase {
  return administers === false
    ? say` ${account} lacks ${control('Administer Jira')}, and the checks would stop the change.`
    : say` Whether ${account} has ${control('Administer Jira')} could not be found out.`;
}

/** What is wrong with a change, as a refusal tells it. */
export function lossSentence(lost: number, failing: number): string {
  const loses = lost === 0 ? [] : [`${counted(lost, 'project')} would be lost`];
  const others = failing - lost;
  const lacks = others <= 0 ? [] : [`something required is missing in ${counted(others, 'project')}`];
  const all = [...loses, ...lacks];
  return all.length === 0 ? 'the account lacks Administer Jira.' : `${list(all)}.`;
}

export const numbers = {
  label: 'Projects',
  kept: 'kept',
  lost: 'lost',
  gained: 'gained',
  seen: 'seen',
  keptHint: 'Both accounts see them.',
  lostHint: 'Only the present one sees them.',
  gainedHint: 'Only the new one sees them.',
  seenHint: 'The account sees them.',
  /** The way from a number to its list. */
  show: { misses: 'Show where something is missing', losses: 'Show lost projects', gains: 'Show gained projects' },
};

// ── Projects ─────────────────────────────────────────────────────────────────────────────────────────────────────

export const losses = {
  heading: (n: number) => `Lost projects (${number(n)})`,
  people: ({ people, more, among }: LossView): Phrase => {
    if (people === null) {
      return ['Who loses it was not looked up: that is done for the first 20 lost projects.'];
    }
    // Jira looks at no more people of a site, however it is asked.
    const first = among === null ? null : `the first ${number(among)} people that Jira looks at`;
    if (people.length === 0) {
      return [first === null ? 'Jira names nobody else who may browse it.' : `Of ${first}, it names nobody else who may browse it. Whoever comes after them was not looked at.`];
    }
    if (more > 0) {
      return [...say`Who loses it: `, ...listed([...people.map((person): Phrase => [person]), [further(more, among)]]), '.'];
    }
    const names = listed(people.map((person): Phrase => [person]));
    return first === null ? [...say`Who loses it: `, ...names, '.'] : [`Who loses it, of ${first}: `, ...names, '.'];
  },
  /** Who loses it, one by one, for a cell, which holds no sentences: an empty one would say that nobody does. */
  names: (loss: LossView | undefined): string[] => {
    if (loss === undefined || loss.people === null) {
      return ['not looked up'];
    }
    const { people, more, among } = loss;
    const named = people.length === 0 ? ['nobody else'] : people.map(({ displayName }) => displayName);
    if (more > 0) {
      return [...named, further(more, among)];
    }
    return among === null ? named : [...named, `people after the first ${number(among)}: not looked up`];
  },
  rest: (shown: number, of: number) => `${number(shown)} of ${number(of)} are listed here. All of them are in the file of Export CSV.`,
};

/** How many more lose a project than are named; `among` so many people, where not everybody was looked at. */
function further(more: number, among: number | null): string {
  return `${among === null ? '' : 'at least '}${number(more)} more`;
}

export const gains = {
  heading: (n: number) => `Gained projects (${number(n)})`,
  text: (account: Person) => say`Integration+ sees them as soon as it acts as ${account}. Who of its users sees what does not change by that.`,
};

export const misses = {
  heading: 'Kept projects where something is missing',
  headingAlone: 'Projects where something is missing',
  required: 'Required, missing:',
  recommended: 'Recommended, missing:',
  rest: 'The first 50 are listed here. All of them are in the file of Export CSV.',
};

export const lists = {
  /** `isAll` where more are not known than can be shown. */
  more: (n: number, isAll: boolean) => `Show ${isAll ? 'all ' : ''}${number(n)}`,
  fewer: 'Show fewer',
};

/** A project by its name and key. */
export function project({ key, name }: RehearsedProject): Phrase {
  return [named(name), ' (', named(key), ')'];
}

/** How what is missing in a project is mended. */
export function fix(lacking: readonly Permission[], account: Person): Phrase {
  const scheme = lacking.filter((permission) => permission !== 'serviceDeskAgent').map(permissionName);
  const grant =
    scheme.length === 0
      ? []
      : say`Give ${account} ${list(scheme)} in the project’s permission scheme, or add the account to a project role that has ${scheme.length === 1 ? 'it' : 'them'}.`;
  const agent = lacking.includes('serviceDeskAgent')
    ? say`${scheme.length === 0 ? '' : ' '}For ${permissionName('serviceDeskAgent')}, add ${account} to the role ${control('Service Desk Team')} of the project.`
    : [];
  return [...grant, ...agent];
}

export const jiraPages = {
  permissions: (key: string) => `Open permissions of ${key}`,
  global: 'Open global permissions',
  opens: 'opens in a new tab',
  notOpened: (address: string) => `The page did not open. Its address on this site is ${address}`,
};

// ── Permissions ──────────────────────────────────────────────────────────────────────────────────────────────────

export const matrix = {
  caption: (account: Person): Phrase => say`What ${account} may do in the projects in use`,
  captionUse: 'In use are the projects that the present main authorized user sees.',
  captionAlone: 'In use are the projects that the account sees.',
  permission: 'Permission',
  need: 'Need',
  held: 'Held',
  required: 'Required',
  recommended: 'Recommended',
  of: ({ permission, held, asked }: Tried) =>
    `${number(held)} of ${counted(asked, permission === 'serviceDeskAgent' ? 'service project' : 'project')}`,
  noProject: 'no project to look at',
  administer: 'Administer Jira',
  heldGlobally: 'yes, for the whole site',
  notHeldGlobally: 'no',
  unknownGlobally: 'not known',
  administerFix: (account: Person) =>
    say`${account} lacks ${control('Administer Jira')}, so the checks will stop the change. Give the account that permission under ${control('Global permissions')}, then select ${control('Check again')}.`,
  administerUnknown: (account: Person) =>
    say`Jira did not tell whether ${account} has ${control('Administer Jira')}. Select ${control('Check again')}.`,
  unproven: (account: Person) =>
    say`What cannot be established: whether ${account} holds an agent licence of Jira Service Management. Jira tells that to no app. Without one, ${control('Service Project Agent')} has no effect: look the account up in Atlassian Administration.`,
};

/** As Jira calls it. */
export function permissionName(is: Permission): string {
  switch (is) {
    case 'browseProjects':
      return 'Browse Projects';
    case 'createIssues':
      return 'Create Issues';
    case 'addComments':
      return 'Add Comments';
    case 'editIssues':
      return 'Edit Issues';
    case 'transitionIssues':
      return 'Transition Issues';
    case 'createAttachments':
      return 'Create Attachments';
    case 'serviceDeskAgent':
      return 'Service Project Agent';
    case 'assignIssues':
      return 'Assign Issues';
    case 'linkIssues':
      return 'Link Issues';
  }
}

/** What cannot be done without it. */
function deed(is: Permission): string {
  switch (is) {
    case 'browseProjects':
      return 'see anything';
    case 'createIssues':
      return 'create issues';
    case 'addComments':
      return 'add comments';
    case 'editIssues':
      return 'edit issues';
    case 'transitionIssues':
      return 'move issues through their workflow';
    case 'createAttachments':
      return 'attach files';
    case 'serviceDeskAgent':
      return 'work as an agent';
    case 'assignIssues':
      return 'assign issues';
    case 'linkIssues':
      return 'link issues';
  }
}

// ── What else changes ────────────────────────────────────────────────────────────────────────────────────────────

export const beside = {
  heading: 'Beside projects',
  webhooks: 'Webhooks',
  people: 'People',
  scopes: 'Scopes',
  move: ({ webhooks }: Consequences, account: Person): Phrase =>
    webhooks === 0 ? ['None has to move.'] : say`${counted(webhooks, 'webhook')} ${webhooks === 1 ? 'moves' : 'move'} to ${account}.`,
  connected: ({ people, toReauthorize }: Consequences): string => {
    if (people === 0) {
      return 'Nobody has connected their own account, so nobody has to re-authorize.';
    }
    const already = toReauthorize === 0 ? 'All of these work today, as far as is known.' : `${number(toReauthorize)} of them ${toReauthorize === 1 ? 'has' : 'have'} to re-authorize already.`;
    return `${counted(people, 'person', 'people')} connected their own account. ${already}`;
  },
  /** What the policy asks of those who need not re-authorize already. */
  asked: ({ people, toReauthorize }: Consequences, policy: ReauthorizationPolicy): string => {
    const others = Math.max(0, people - toReauthorize);
    if (others === 0) {
      return '';
    }
    switch (policy) {
      case 'verifyFirst':
        return toReauthorize === 0
          ? 'Their connections are tried quietly: only people for whom that fails are asked.'
          : `The connections of the other ${number(others)} are tried quietly: only people for whom that fails are asked.`;
      case 'everyone':
        return toReauthorize === 0 ? 'After the switch each of them is asked once to re-authorize.' : `The other ${number(others)} are asked once to re-authorize, too.`;
    }
  },
  same: ({ scopes }: Consequences, account: Person): Phrase => say`${account} is asked for the same as the present account granted: ${list(scopes)}.`,
  added: ({ newScopes }: Consequences): string => `New, because the present account did not grant ${newScopes.length === 1 ? 'it' : 'them'}: ${list(newScopes)}.`,
};

// ── Acknowledging ────────────────────────────────────────────────────────────────────────────────────────────────

/** So many lost projects are named in the acknowledgement. */
const NAMED = 5;

export const acknowledging = {
  demanded: 'Tick this box first: it says what is lost. Nothing has begun, and nothing is lost yet.',
  stopped: 'The checks stop this change unless the account gets Administer Jira first. ',
  read: 'I have read this.',
};

/** What somebody acknowledges, by name. */
export function acknowledgement(is: Rehearsal): Phrase {
  const others = is.failing - is.lost;
  const clauses: Phrase[] = [
    ...(is.lost === 0 ? [] : [['loses ', ...listed(lostByName(is))]]),
    ...(others <= 0 ? [] : [[`cannot ${alternatives(undone(is))} in ${counted(others, 'project')}`]]),
    ...(is.administers === null ? [['acts as an account that may lack Administer Jira']] : []),
  ];
  const joined = clauses.flatMap((clause, i) => [...(i === 0 ? [] : [i === clauses.length - 1 ? ', and ' : ', ']), ...clause]);
  const loses: Phrase = clauses.length === 0 ? [] : ['Integration+ ', ...joined, '. '];
  return [...loses, ...(is.administers === false ? [acknowledging.stopped] : []), acknowledging.read];
}

function lostByName({ losses: all, lost }: Rehearsal): Phrase[] {
  const shown = all.slice(0, lost === NAMED + 1 ? lost : NAMED);
  const more = lost - shown.length;
  return [...shown.map((loss) => project(loss.project)), ...(more > 0 ? [[`${counted(more, 'more project', 'more projects')}`]] : [])];
}

/** What cannot be done in projects that are kept. */
function undone({ permissions, misses: all, lost }: Rehearsal): string[] {
  const deeds = permissions
    // A lost project lacks nearly everything: what is missing oftener than that is missing elsewhere, too.
    .filter(({ permission, required, asked, held }) => required && (asked - held > lost || all.some(({ lacking }) => lacking.includes(permission))))
    .map(({ permission }) => deed(permission));
  return deeds.length === 0 ? ['do everything that it needs'] : deeds;
}

// ── The file ─────────────────────────────────────────────────────────────────────────────────────────────────────

export const projectFile = {
  button: 'Export CSV',
  progress: (read: number, of: number) => `${number(read)} of ${counted(of, 'project')} read.`,
  done: (rows: number) => `${counted(rows, 'project is', 'projects are')} in the file.`,
  gone: 'A newer rehearsal took the place of this one while it was read. What was read is left out: it would mix both. Look at the new result, then export that.',
  look: 'Show the new result',
  columns: ['Key', 'Name', 'Seen before', 'Seen after', 'Change', 'Required, missing', 'Recommended, missing', 'Who loses it'],
  yes: 'yes',
  no: 'no',
  notInUse: 'not in use',
  change: ({ before, after }: RehearsedProject): string => {
    if (before) {
      return after ? 'kept' : 'lost';
    }
    return after ? 'gained' : 'seen by neither';
  },
};
