// @ts-check
/** Lets time pass rather than jump: hour by hour, with everything done that an hour brings before the next one begins. */

const HOUR = 3_600_000;

/**
 * A jump of the clock leaves out what would have happened on the way: a daily check, a refreshed token, a delayed event.
 * An hour is short enough for the app's own rhythm of a day, and long enough for a week to pass within seconds.
 *
 * @param {{
 *   clock: { advance(milliseconds: number): void },
 *   schedule: Pick<import('./schedule.js').Schedule, 'runDue'>,
 *   queue: { settle(): Promise<void> },
 * }} parts
 * @returns {(hours: number) => Promise<void>}
 */
export function openPassage({ clock, schedule, queue }) {
  return async (hours) => {
    for (let passed = 0; passed < hours; passed += 1) {
      clock.advance(HOUR);
      await schedule.runDue();
      await queue.settle();
    }
  };
}
