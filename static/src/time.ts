/**
 * Points in time as people read them, told by the app's clock.
 */
import type { Timestamp } from './api/generated/api.ts';

/** The app's clock, as it stood when a reply came. */
export interface AppClock {
  /** What it showed. */
  readonly showed: Timestamp;
  /** When that was, in milliseconds of the browser's monotonic clock. */
  readonly at: number;
}

/** Sets a clock by a reply that has just come. */
export function setClock(showed: Timestamp): AppClock {
  return { showed, at: performance.now() };
}

/** What the app's clock shows now. The browser's own date is never asked: it may be wrong. */
export function nowBy(clock: AppClock): Timestamp {
  return clock.showed + (performance.now() - clock.at);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How dates are written for the reader. */
export interface Calendar {
  /** A BCP 47 tag. The panel speaks English, so only the order of day and month follows the reader. */
  readonly locale: string;
  /** An IANA time zone; the browser's own when Jira names none. */
  readonly timeZone: string | undefined;
}

/** The calendar until Jira has told the reader's own. */
export const PLAIN_CALENDAR: Calendar = { locale: 'en-GB', timeZone: undefined };

/** The calendar for what Jira says of the reader. Anything unusable leaves the plain one. */
export function calendarFor(locale: string | undefined, timeZone: string | undefined): Calendar {
  const english = locale?.startsWith('en') ? locale.replace('_', '-') : PLAIN_CALENDAR.locale;
  try {
    new Intl.DateTimeFormat(english, { timeZone });
    return { locale: english, timeZone };
  } catch {
    return PLAIN_CALENDAR;
  }
}

/** A day, with its year when it is not this year: `12 Aug`, `12 Aug 2025`. */
export function day(at: Timestamp, now: Timestamp, calendar: Calendar): string {
  const year = (time: Timestamp) => written(time, calendar, { year: 'numeric' });
  const sameYear = year(at) === year(now);
  return written(at, calendar, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** A day and time of day, in full: `12 Aug 2026, 14:05`. */
export function moment(at: Timestamp, calendar: Calendar): string {
  return written(at, calendar, { dateStyle: 'medium', timeStyle: 'short' });
}

/** The same with the reader's time zone, for what lies ahead: `12 Aug 2026, 14:05 Europe/Berlin`. */
export function momentInZone(at: Timestamp, calendar: Calendar): string {
  return `${moment(at, calendar)} ${zoneOf(calendar)}`;
}

/** The reader's time zone by its name: `Europe/Berlin`. */
export function zoneOf({ locale, timeZone }: Calendar): string {
  return new Intl.DateTimeFormat(locale, { timeZone }).resolvedOptions().timeZone;
}

/** The time of day: `14:05`. */
export function clockTime(at: Timestamp, calendar: Calendar): string {
  return written(at, calendar, { timeStyle: 'short' });
}

function written(at: Timestamp, calendar: Calendar, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(calendar.locale, { ...options, timeZone: calendar.timeZone }).format(at);
}

/** How long ago: `just now`, `41 minutes ago`, `3 days ago`. */
export function age(at: Timestamp, now: Timestamp): string {
  const past = now - at;
  if (past < MINUTE) {
    return 'just now';
  }
  if (past < HOUR) {
    return ago(past / MINUTE, 'minute');
  }
  return past < DAY ? ago(past / HOUR, 'hour') : ago(past / DAY, 'day');
}

function ago(amount: number, unit: 'minute' | 'hour' | 'day'): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}

/** Time left as a clock shows it: `9:41`; `0:00` when none is left. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A stretch of time as an estimate is told: `less than a minute`, `about 5 minutes`, `about 2 hours`, `about 3 days`. */
export function roughly(ms: number): string {
  if (ms < MINUTE) {
    return 'less than a minute';
  }
  if (ms < 90 * MINUTE) {
    return about(ms / MINUTE, 'minute');
  }
  return ms < 2 * DAY ? about(ms / HOUR, 'hour') : about(ms / DAY, 'day');
}

function about(amount: number, unit: 'minute' | 'hour' | 'day'): string {
  const whole = Math.round(amount);
  return `about ${whole} ${unit}${whole === 1 ? '' : 's'}`;
}
