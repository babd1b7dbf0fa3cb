// @ts-check
/** Counts what happens per minute or second on the platform's clock, and says when it is too much. */

/**
 * @param {{ clock: { now(): number }, enforced: boolean }} parts
 * @returns {(what: string, limit: number, windowMs: number, amount?: number) => boolean} whether there is room; takes it if so
 */
export function openRates({ clock, enforced }) {
  /** @type {Map<string, { window: number, count: number }>} */
  const counts = new Map();
  return (what, limit, windowMs, amount = 1) => {
    const window = Math.floor(clock.now() / windowMs);
    const kept = counts.get(what);
    const count = (kept?.window === window ? kept.count : 0) + amount;
    if (enforced && count > limit) return false;
    counts.set(what, { window, count });
    return true;
  };
}
