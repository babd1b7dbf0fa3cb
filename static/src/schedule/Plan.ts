/**
 * When a change is to switch, as somebody plans it.
 */
import type { ErrorCode, Timestamp } from '../api/generated/api.ts';
import { planning as words } from '../messages.ts';
import type { Told } from '../messages/words.ts';
import type { Calendar } from '../time.ts';
import { wallTime } from './wallTime.ts';

/** What is typed stays, whatever becomes of it. */
export interface Plan {
  /** Whether it waits for the time below. */
  readonly later: boolean;
  /** As a date field writes it. */
  readonly date: string;
  /** As a time field writes it. */
  readonly time: string;
}

export const AT_ONCE: Plan = { later: false, date: '', time: '' };

const MINUTE_MS = 60_000;
const SOONEST_MS = 10 * MINUTE_MS;
const LATEST_MS = 30 * 24 * 60 * MINUTE_MS;

/** What a plan comes to: when to switch, which is at once where nothing is named, or what is wrong with it. */
export type Planned = { switchAt: Timestamp | null } | { problem: string };

/** Reads a plan. The app decides about its bounds by its own clock; here it saves the way there. */
export function planned({ later, date, time }: Plan, { now, calendar }: Told): Planned {
  if (!later) {
    return { switchAt: null };
  }
  const chosen = wallTime(date, time, calendar);
  switch (chosen.is) {
    case 'incomplete':
      return { problem: within(now, calendar) };
    case 'skipped':
      return { problem: words.skipped };
    case 'time':
      return chosen.at < now + SOONEST_MS || chosen.at > now + LATEST_MS
        ? { problem: within(now, calendar) }
        : { switchAt: chosen.at };
  }
}

/** Whether the app refuses because the time is out of bounds: then another one has to be chosen. */
export function outOfTime({ code }: ErrorCode): boolean {
  return code === 'switchTimeOutOfBounds';
}

/** Whole minutes: that is what the fields take. */
function within(now: Timestamp, calendar: Calendar): string {
  const earliest = Math.ceil((now + SOONEST_MS) / MINUTE_MS) * MINUTE_MS;
  const latest = Math.floor((now + LATEST_MS) / MINUTE_MS) * MINUTE_MS;
  return words.bounds(earliest, latest, calendar);
}
