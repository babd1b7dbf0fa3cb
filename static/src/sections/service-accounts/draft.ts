/**
 * An entry as it is typed, and as the app takes it.
 */
import type { Details, Field, Person, Timestamp } from '../../api/generated/api.ts';

/** What stands in the fields. Days are written `2026-08-24`, systems one on a line. */
export interface Draft {
  readonly purpose: string;
  readonly systems: string;
  readonly owner: Person | null;
  readonly documentation: string;
  readonly reviewOn: string;
  readonly rotateEveryDays: string;
  readonly rotatedOn: string;
  readonly notes: string;
}

/** The fields of what is written down, or of nothing. */
export function draftOf(details: Details | null): Draft {
  return {
    purpose: details?.purpose ?? '',
    systems: (details?.systems ?? []).join('\n'),
    owner: details?.owner ?? null,
    documentation: details?.documentation ?? '',
    reviewOn: dayText(details?.reviewOn ?? null),
    rotateEveryDays: String(details?.rotateEveryDays ?? ''),
    rotatedOn: dayText(details?.rotatedOn ?? null),
    notes: details?.notes ?? '',
  };
}

/** The fields in the order of the form. */
const FIELDS: readonly Field[] = ['purpose', 'systems', 'documentation', 'reviewOn', 'rotateEveryDays', 'rotatedOn', 'notes'];

const LINE = 200;
const SYSTEMS = 20;
const ADDRESS = 500;
const NOTES = 2000;
const LONGEST_ROTATION_DAYS = 3650;
const DAY_MS = 86_400_000;
const FURTHEST_MS = 36_500 * DAY_MS;

/**
 * What the app is asked to keep; or every field that it would not take, in the order of the form. The app judges each by
 * itself, and names one: here they are told all at once. `unread` are fields whose text the browser cannot read.
 */
export function detailsOf(draft: Draft, now: Timestamp, unread: readonly Field[]): { details: Details } | { wrong: readonly Field[] } {
  const reviewOn = dayOf(draft.reviewOn);
  const rotatedOn = dayOf(draft.rotatedOn);
  const days = draft.rotateEveryDays.trim();
  const documentation = draft.documentation.trim();
  const details = {
    purpose: draft.purpose.trim(),
    systems: draft.systems.split('\n').map((system) => system.trim()).filter((system) => system !== ''),
    owner: draft.owner,
    documentation: documentation === '' ? null : documentation,
    reviewOn: reviewOn ?? null,
    rotateEveryDays: days === '' ? null : Number(days),
    rotatedOn: rotatedOn ?? null,
    notes: draft.notes,
  };
  const far = (on: Timestamp | null | undefined) => on === undefined || (on !== null && Math.abs(on - now) > FURTHEST_MS);
  const isWrong: Record<Field, boolean> = {
    purpose: longer(details.purpose, LINE),
    systems: details.systems.length > SYSTEMS || details.systems.some((system) => longer(system, LINE)),
    documentation: documentation !== '' && !isAddress(documentation),
    reviewOn: far(reviewOn),
    rotateEveryDays: days !== '' && (!/^\d{1,4}$/.test(days) || Number(days) < 1 || Number(days) > LONGEST_ROTATION_DAYS),
    // Where the day has begun already, it is tomorrow in UTC at most.
    rotatedOn: far(rotatedOn) || (details.rotatedOn ?? now) > now + DAY_MS,
    notes: longer(details.notes, NOTES),
  };
  const wrong = FIELDS.filter((field) => isWrong[field] || unread.includes(field));
  return wrong.length === 0 ? { details } : { wrong };
}

/** Whether a text has more characters than `most`, counted as the app counts them. */
function longer(text: string, most: number): boolean {
  return [...text].length > most;
}

function isAddress(text: string): boolean {
  const host = /^https:\/\/([^/?#]*)/.exec(text)?.[1];
  return host !== undefined && host.includes('.') && !host.includes('@') && !/[\s<>"\\]/.test(text) && !longer(text, ADDRESS);
}

/** A day as a date field writes it: the same for every reader, wherever they are. */
export function dayText(on: Timestamp | null): string {
  return on === null ? '' : new Date(on).toISOString().slice(0, 10);
}

/** The beginning of a day in UTC; `undefined` for what is no day. */
function dayOf(text: string): Timestamp | null | undefined {
  if (text === '') {
    return null;
  }
  const on = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(on) ? undefined : on;
}
