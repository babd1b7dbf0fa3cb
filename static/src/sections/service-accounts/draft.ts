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

/** What the app is asked to keep; or the first field that means nothing. Bounds are the app's to judge. */
export function detailsOf(draft: Draft): { details: Details } | { wrong: Field } {
  const reviewOn = dayOf(draft.reviewOn);
  const rotatedOn = dayOf(draft.rotatedOn);
  const days = draft.rotateEveryDays.trim();
  if (reviewOn === undefined) {
    return { wrong: 'reviewOn' };
  }
  // Four digits at most, so that it fits into the number that the app reads.
  if (!/^\d{0,4}$/.test(days)) {
    return { wrong: 'rotateEveryDays' };
  }
  if (rotatedOn === undefined) {
    return { wrong: 'rotatedOn' };
  }
  const documentation = draft.documentation.trim();
  return {
    details: {
      purpose: draft.purpose.trim(),
      systems: draft.systems.split('\n').map((system) => system.trim()).filter((system) => system !== ''),
      owner: draft.owner,
      documentation: documentation === '' ? null : documentation,
      reviewOn,
      rotateEveryDays: days === '' ? null : Number(days),
      rotatedOn,
      notes: draft.notes,
    },
  };
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
