/**
 * What is typed and chosen of an integration, before it is saved.
 */
import type { Assignees, CloudId, Counterparts, Direction, End, IntegrationView, NamedProject, RestrictedTo, Restriction, Restrictions, Terms, Which } from '../../api/generated/api.ts';

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
  /** One match a line. */
  readonly assignees: string;
  /** One match a line. */
  readonly restrictions: string;
  readonly toCustomers: boolean;
  /** As which type of issue counterparts are created at each end; none are where there is none. */
  readonly counterparts: Counterparts;
}

/** What is not as it has to be, found before anything is asked. */
export type DraftFault =
  | { field: 'site' | 'here' | 'there' }
  /** `line` is counted from one. */
  | { field: 'assignees' | 'restrictions'; line: number };

/** Nothing yet. */
export const NEW: Draft = {
  name: '',
  site: '',
  here: null,
  there: null,
  direction: 'both',
  which: 'all',
  word: '',
  assignees: '',
  restrictions: '',
  toCustomers: false,
  counterparts: { here: null, there: null },
};

/** An integration that is there. A project that is not visible keeps its place by its number. */
export function draftOf({ terms, here, there }: IntegrationView): Draft {
  const byNumber = (id: string): NamedProject => ({ id, key: id, name: id });
  return {
    name: terms.name,
    site: terms.there.cloudId,
    here: here ?? byNumber(terms.here.project),
    there: there ?? byNumber(terms.there.project),
    direction: terms.direction,
    which: terms.which.type,
    word: terms.which.type === 'word' ? terms.which.word : '',
    assignees: terms.assignees.map((one) => `${one.here} = ${one.there}`).join('\n'),
    restrictions: terms.restrictions.map((one) => `${restrictionText(one.here)} = ${restrictionText(one.there)}`).join('\n'),
    toCustomers: terms.toCustomers,
    counterparts: terms.counterparts ?? NEW.counterparts,
  };
}

/** The terms that a draft comes to on this site; what is not taken for itself is for the app to refuse. */
export function termsOf(draft: Draft, hereSite: CloudId): { terms: Terms } | { fault: DraftFault } {
  const { site, here, there } = draft;
  if (site === '') {
    return { fault: { field: 'site' } };
  }
  if (here === null) {
    return { fault: { field: 'here' } };
  }
  if (there === null) {
    return { fault: { field: 'there' } };
  }
  const assignees = readLines(draft.assignees, assigneesOf);
  if ('line' in assignees) {
    return { fault: { field: 'assignees', line: assignees.line } };
  }
  const restrictions = readLines(draft.restrictions, restrictionsOf);
  if ('line' in restrictions) {
    return { fault: { field: 'restrictions', line: restrictions.line } };
  }
  return {
    terms: {
      name: draft.name,
      here: { cloudId: hereSite, project: here.id },
      there: { cloudId: site, project: there.id },
      direction: draft.direction,
      which: draft.which === 'word' ? { type: 'word', word: draft.word } : { type: draft.which },
      assignees: assignees.read,
      restrictions: restrictions.read,
      toCustomers: draft.toCustomers,
      counterparts: counterpartsOf(draft),
    },
  };
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

function assigneesOf(here: string, there: string): Assignees | null {
  return /\s/.test(here) || /\s/.test(there) ? null : { here, there };
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
