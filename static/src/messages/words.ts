/**
 * How the sentences write numbers, lists and points in time.
 */
import type { Timestamp } from '../api/generated/api.ts';
import type { Phrase } from '../phrase.tsx';
import { clockTime, day, moment, type Calendar } from '../time.ts';

/** When and for whom a sentence is told. */
export interface Told {
  readonly now: Timestamp;
  readonly calendar: Calendar;
}

export const NOTHING_CHANGED = 'Nothing has changed.';

export function list(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}

/** Several of which each is meant alone: `a, b, or c`. */
export function alternatives(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
}

/** {@link list} of phrases. */
export function listed(phrases: readonly Phrase[]): Phrase {
  const places = phrases.map((_, i) => String(i));
  const parts = new Intl.ListFormat('en', { type: 'conjunction' }).formatToParts(places);
  return parts.flatMap(({ type, value }) => (type === 'element' ? (phrases[Number(value)] ?? []) : [value]));
}

/** A number with its thousands apart: `61,200`. */
export function number(n: number): string {
  return new Intl.NumberFormat('en-GB').format(n);
}

export function counted(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** A point in time that people look back on: today's by its time of day. */
export function when(at: Timestamp, told: Told): string {
  const today = day(at, told.now, told.calendar) === day(told.now, told.now, told.calendar);
  return today ? clockTime(at, told.calendar) : moment(at, told.calendar);
}
