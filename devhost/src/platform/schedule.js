// @ts-check
/** Runs scheduled triggers by their interval on the platform's clock, or by hand. */
import { openAlarm } from './alarm.js';

/** @import { Result } from './isolate.js' */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** @type {Record<string, number>} */
const INTERVALS = { fiveMinute: 5 * MINUTE, hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR };

/** The first run comes this long after the trigger is first seen, as after a deployment. */
const FIRST_RUN_AFTER = 5 * MINUTE;

/**
 * @typedef {object} ScheduledRun
 * @property {string} key of the module
 * @property {string} functionKey
 * @property {string} interval
 * @property {number} nextRun milliseconds since the epoch
 * @property {number} [lastRun]
 * @property {string} [lastError] absent when the last run succeeded
 */

/**
 * @typedef {object} Schedule
 * @property {() => ScheduledRun[]} list
 * @property {(key: string) => Promise<Result>} run now, whatever the interval says
 * @property {() => Promise<void>} runDue runs those whose time has come, and resolves when they have ended
 * @property {() => void} start lets the clock run the triggers from now on
 * @property {() => void} stop
 */

/**
 * @param {{
 *   store: import('../store.js').Store,
 *   clock: import('./index.js').Clock,
 *   manifest: import('./manifest.js').Manifest,
 *   installation: import('./installation.js').Installation,
 *   invoke: import('./invoker.js').Invoke,
 * }} parts
 * @returns {Schedule}
 */
export function openSchedule({ store, clock, manifest, installation, invoke }) {
  const table = store.table('schedule');
  const alarm = openAlarm({ clock, ring: () => void runDue() });

  let stopped = false;
  let unfollowClock = () => {};

  const list = () =>
    manifest.scheduledTriggers.map((trigger) => {
      const kept = table.get(trigger.key);
      const latest = clock.now() + (kept ? INTERVALS[trigger.interval] : FIRST_RUN_AFTER);
      // A next run beyond the interval was left behind when the clock was set back.
      const state = kept && kept.nextRun <= latest ? kept : { ...kept, nextRun: latest };
      if (state !== kept) table.put(trigger.key, state);
      return { ...trigger, ...state };
    });

  const setAlarm = () => {
    const due = list().map(({ nextRun }) => nextRun);
    alarm.set(due.length === 0 ? undefined : Math.min(...due));
  };

  async function runDue() {
    const due = list().filter(({ nextRun }) => nextRun <= clock.now());
    for (const { key } of due) {
      // Intervals that a jump in time skipped are not made up for.
      table.put(key, { ...table.get(key), nextRun: clock.now() + INTERVALS[intervalOf(key)] });
    }
    setAlarm();
    await Promise.all(due.map(({ key }) => run(key)));
  }

  const triggerOf = (/** @type {string} */ key) => {
    const trigger = manifest.scheduledTriggers.find((candidate) => candidate.key === key);
    if (!trigger) throw new RangeError(`The manifest has no scheduled trigger ${key}.`);
    return trigger;
  };
  const intervalOf = (/** @type {string} */ key) => triggerOf(key).interval;

  async function run(/** @type {string} */ key) {
    const { functionKey } = triggerOf(key);
    const result = await invoke({
      functionKey,
      module: { type: 'scheduledTrigger', key },
      payload: { context: { cloudId: installation.cloudId, moduleKey: key }, contextToken: '' },
      timeoutMs: manifest.backgroundTimeout(functionKey),
    });
    if (stopped) return result;
    const { nextRun } = list().find((entry) => entry.key === key) ?? {};
    table.put(key, {
      nextRun,
      lastRun: clock.now(),
      lastError: result.success ? undefined : result.error.errorMessage,
    });
    return result;
  }

  return {
    list,
    run,
    runDue,
    start() {
      unfollowClock = clock.onShift(setAlarm);
      setAlarm();
    },
    stop() {
      stopped = true;
      unfollowClock();
      alarm.set(undefined);
    },
  };
}
