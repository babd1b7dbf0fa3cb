/**
 * A date and a time of day as somebody types them, in the reader's own time zone.
 */
import type { Timestamp } from '../api/generated/api.ts';
import type { Calendar } from '../time.ts';

/** What a date and a time of day come to. */
export type WallTime =
  | { is: 'time'; at: Timestamp }
  /** One of them is missing, is none, or is not finished: a year is typed digit by digit. */
  | { is: 'incomplete' }
  /** Clocks are set forward over it. */
  | { is: 'skipped' };

/**
 * Reads `2026-08-24` and `15:00`. Of a time that comes twice, because clocks are set back, the first is meant.
 */
export function wallTime(date: string, time: string, { timeZone }: Calendar): WallTime {
  const wanted = /^(19[7-9]\d|[2-9]\d{3})-\d\d-\d\d$/.test(date) && /^\d\d:\d\d$/.test(time) ? Date.parse(`${date}T${time}:00Z`) : Number.NaN;
  if (Number.isNaN(wanted)) {
    return { is: 'incomplete' };
  }
  // The zone's offset a day before and a day after: no zone sets its clocks twice within two days.
  const offsets = [wanted - DAY_MS, wanted + DAY_MS].map((near) => shown(near, timeZone) - near);
  const found = offsets.map((offset) => wanted - offset).filter((at) => shown(at, timeZone) === wanted);
  return found.length === 0 ? { is: 'skipped' } : { is: 'time', at: Math.min(...found) };
}

const DAY_MS = 86_400_000;

/** What the clocks of the zone show then, as though it were UTC, to the minute. */
function shown(at: Timestamp, timeZone: string | undefined): Timestamp {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'], parts['hour'], parts['minute']);
}
