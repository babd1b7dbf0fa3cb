/**
 * What is typed and chosen of an integration, before it is saved.
 */
import type { AccountId, Candidate, CloudId, Counterparts, Direction, End, Following, IntegrationView, NamedProject, RestrictedTo, Restriction, Restrictions, Terms, Which } from '../../api/generated/api.ts';

/** Somebody, by their name; by their id where nobody tells it. */
interface Named {
  readonly accountId: AccountId;
  readonly name: string;
}

/** Two accounts of one person. */
export interface Match {
  readonly here: Named;
  readonly there: Named;
}

/** A match that is being made: who is chosen so far. */
export interface Matching {
  readonly here: Candidate | null;
  readonly there: Candidate | null;
}

/** An integration as it is entered. */
export interface Draft {
  readonly name: string;
  /** The other site; empty while none is chosen. */
  readonly site: CloudId;
  readonly here: NamedProject | null;
  readonly there: NamedProject | null;
  readonly direction: Direction;
  readonly which: Which['type'];
  readonly word: string;
  readonly following: Following | 'stays';
  readonly assignees: readonly Match[];
  readonly matching: Matching;
  /** One match a line. */
  readonly restrictions: string;
  readonly toCustomers: boolean;
  /** As which type of issue counterparts are created at each end; none are where there is none. */
  readonly counterparts: Counterparts;
}

/** What is not as it has to be, found before anything is asked. */
export type DraftFault =
  | { field: 'name' | 'here' | 'site' | 'there' | 'word' | 'assignees' }
  /** `line` is counted from one. */
  | { field: 'restrictions'; line: number };

/** The longest name and the longest word, in characters. */
const LONGEST_NAME = 80;
const LONGEST_WORD = 40;

/** Nothing yet. */
export const NEW: Draft = {
  name: '',
  site: '',
  here: null,
  there: null,
  direction: 'both',
  which: 'all',
  word: '',
  following: 'stays',
  assignees: [],
  matching: { here: null, there: null },
  restrictions: '',
  toCustomers: false,
  counterparts: { here: null, there: null },
};

/** An integration that is there. A project that is not visible keeps its place by its number. */
export function draftOf({ terms, here, there, people }: IntegrationView): Draft {
  const named = (accountId: AccountId): Named => ({ accountId, name: people.find((one) => one.accountId === accountId)?.displayName ?? accountId });
  const byNumber = (id: string): NamedProject => ({ id, key: id, name: id });
  return {
    name: terms.name,
    site: terms.there.cloudId,
    here: here ?? byNumber(terms.here.project),
    there: there ?? byNumber(terms.there.project),
    direction: terms.direction,
    which: terms.which.type,
    word: terms.which.type === 'word' ? terms.which.word : '',
    following: terms.following ?? 'stays',
    assignees: terms.assignees.map((one) => ({ here: named(one.here), there: named(one.there) })),
    matching: NEW.matching,
    restrictions: terms.restrictions.map((one) => `${restrictionText(one.here)} = ${restrictionText(one.there)}`).join('\n'),
    toCustomers: terms.toCustomers,
    counterparts: terms.counterparts ?? NEW.counterparts,
  };
}

/**
 * The terms that a draft comes to on this site; or every fault, in the order of the form. What is not taken for another
 * reason is for the app to refuse.
 */
export function termsOf(draft: Draft, hereSite: CloudId): { terms: Terms } | { faults: readonly DraftFault[] } {
  const { site, here, there } = draft;
  const restrictions = readLines(draft.restrictions, restrictionsOf);
  const faults: DraftFault[] = [];
  const find = (isFault: boolean, fault: DraftFault) => {
    if (isFault) {
      faults.push(fault);
    }
  };
  find(!isName(draft.name), { field: 'name' });
  find(here === null, { field: 'here' });
  find(site === '', { field: 'site' });
  find(there === null, { field: 'there' });
  find(draft.which === 'word' && !isWord(draft.word), { field: 'word' });
  find(draft.matching.here !== null || draft.matching.there !== null, { field: 'assignees' });
  if ('line' in restrictions) {
    return { faults: [...faults, { field: 'restrictions', line: restrictions.line }] };
  }
  if (here === null || there === null || faults.length > 0) {
    return { faults };
  }
  return {
    terms: {
      name: draft.name,
      here: { cloudId: hereSite, project: here.id },
      there: { cloudId: site, project: there.id },
      direction: draft.direction,
      which: draft.which === 'word' ? { type: 'word', word: draft.word } : { type: draft.which },
      assignees: draft.assignees.map((match) => ({ here: match.here.accountId, there: match.there.accountId })),
      restrictions: restrictions.read,
      toCustomers: draft.toCustomers,
      following: draft.following === 'stays' ? null : draft.following,
      counterparts: counterpartsOf(draft),
    },
  };
}

function isName(name: string): boolean {
  const { length } = [...name.trim()];
  return length > 0 && length <= LONGEST_NAME;
}

/** One word, with something in it that a search finds. */
function isWord(word: string): boolean {
  return [...word].length <= LONGEST_WORD && /^[^\s\p{Cc}]+$/u.test(word) && /[\p{Alphabetic}\p{N}]/u.test(word);
}

/** Whether anything goes to an end, so that counterparts may be created there. */
export function goesTo(direction: Direction, end: End): boolean {
  return direction === 'both' || direction === (end === 'here' ? 'in' : 'out');
}

/** What was chosen for an end to which nothing goes any more counts for nothing. */
function counterpartsOf({ direction, counterparts }: Draft): Counterparts | null {
  const here = goesTo(direction, 'here') ? counterparts.here : null;
  const there = goesTo(direction, 'there') ? counterparts.there : null;
  return here === null && there === null ? null : { here, there };
}

/** Reads what is not blank, line by line; the number of the first line that is not readable, if one is not. */
function readLines<T>(text: string, read: (here: string, there: string) => T | null): { read: T[] } | { line: number } {
  const all: T[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') {
      continue;
    }
    const [here = '', there = '', ...more] = line.split('=').map((side) => side.trim());
    const one = here === '' || there === '' || more.length > 0 ? null : read(here, there);
    if (one === null) {
      return { line: i + 1 };
    }
    all.push(one);
  }
  return { read: all };
}

function restrictionsOf(here: string, there: string): Restrictions | null {
  const [own, other] = [restrictionOf(here), restrictionOf(there)];
  return own === null || other === null ? null : { here: own, there: other };
}

const RESTRICTED_TO: readonly RestrictedTo[] = ['group', 'role'];

function restrictionOf(text: string): Restriction | null {
  const [, kind, name] = /^(\S+)\s+(.+)$/.exec(text) ?? [];
  const to = RESTRICTED_TO.find((one) => one === kind?.toLowerCase());
  return to === undefined || name === undefined ? null : { to, name };
}

function restrictionText({ to, name }: Restriction): string {
  return `${to} ${name}`;
}
