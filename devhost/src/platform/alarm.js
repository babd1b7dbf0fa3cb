// @ts-check
/** One timer on the platform's clock, however far away it rings. Whoever sets it sets it anew when the time jumps. */

/** The longest time that `setTimeout` can wait. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * @param {{ clock: { now(): number }, ring: () => void }} parts
 * @returns {{ set(due: number | undefined): void }} `due` replaces what was set before; `undefined` sets nothing
 */
export function openAlarm({ clock, ring }) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  function set(/** @type {number | undefined} */ due) {
    clearTimeout(timer);
    if (due === undefined) return;
    const wait = Math.max(0, due - clock.now());
    timer = wait > LONGEST_WAIT_MS ? setTimeout(() => set(due), LONGEST_WAIT_MS) : setTimeout(ring, wait);
    // A local Jira that has nothing left but alarms may end.
    timer.unref();
  }

  return { set };
}
