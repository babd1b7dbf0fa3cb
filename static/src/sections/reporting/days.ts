/**
 * Runs by day, as the chart draws them.
 */
import type { RunDay, Timestamp } from '../../api/generated/api.ts';

const DAY_MS = 86_400_000;

/** So many days are drawn at most. */
const MOST = 30;

/** Each day from the first one told to today: the app tells only days on which a run ended. */
export function everyDay(days: readonly RunDay[], now: Timestamp): RunDay[] {
  const today = now - (now % DAY_MS);
  const first = Math.max(days[0]?.day ?? today, today - (MOST - 1) * DAY_MS);
  const told = new Map(days.map((one) => [one.day, one]));
  const every: RunDay[] = [];
  for (let day = first; day <= today; day += DAY_MS) {
    every.push(told.get(day) ?? { day, runs: 0, failures: 0 });
  }
  return every;
}
