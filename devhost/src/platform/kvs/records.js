// @ts-check
/** The stored entries of all kinds, their times, and what queries see of them. */
import { STORAGE } from '../limits.js';

/**
 * Times are milliseconds since the epoch.
 * @typedef {{ value: any, createdAt: number, updatedAt: number, expiresAt?: number }} Entry
 */

/**
 * A space holds keys of one kind: `plain`, `secret`, or `entity` and a name.
 * @typedef {string} Space
 */

export const PLAIN = 'plain';
export const SECRET = 'secret';
/** @param {string} name @returns {Space} */
export const entitySpace = (name) => `entity ${name}`;

/**
 * @typedef {object} Records
 * @property {(space: Space, key: string) => Entry | undefined} get always what was written last
 * @property {(space: Space, key: string, value: unknown, ttlMs?: number) => Entry} put
 * @property {(space: Space, key: string) => boolean} remove
 * @property {(space: Space) => { key: string, entry: Entry }[]} asQueried in key order; writes appear late
 * @property {import('../../store.js').Store['transaction']} transaction
 */

/**
 * @param {{
 *   store: import('../../store.js').Store,
 *   clock: { now(): number },
 *   queryLagMs: number,
 * }} parts `queryLagMs`: how long queries go on seeing what was there before a write
 * @returns {Records}
 */
export function openRecords({ store, clock, queryLagMs }) {
  const table = store.table('kvs');
  /**
   * What stood there before the writes that queries do not see yet, the oldest first. A restart forgets it, and queries
   * are then up to date.
   * @type {{ space: Space, key: string, before: Entry | undefined, at: number }[]}
   */
  let unseen = [];

  /** @param {Space} space @param {string} key */
  function get(space, key) {
    const entry = table.get([space, key]);
    // Deletion of what has expired is lazy, as on Forge: until then it can be read.
    if (entry && isGone(entry)) {
      table.remove([space, key]);
      return undefined;
    }
    return entry;
  }

  const isGone = (/** @type {Entry} */ { expiresAt }) =>
    expiresAt !== undefined && expiresAt + STORAGE.expiredLinger <= clock.now();

  function forgetSeen() {
    unseen = unseen.filter(({ at }) => at + queryLagMs > clock.now());
  }

  /** @param {Space} space @param {string} key */
  function remember(space, key) {
    forgetSeen();
    if (queryLagMs > 0) unseen.push({ space, key, before: get(space, key), at: clock.now() });
  }

  return {
    get,
    put(space, key, value, ttlMs) {
      remember(space, key);
      const now = clock.now();
      const createdAt = get(space, key)?.createdAt ?? now;
      const entry = { value, createdAt, updatedAt: now, expiresAt: ttlMs === undefined ? undefined : now + ttlMs };
      table.put([space, key], entry);
      return entry;
    },
    remove(space, key) {
      if (!get(space, key)) return false;
      remember(space, key);
      return table.remove([space, key]);
    },
    asQueried(space) {
      const entries = new Map(
        table
          .range({ start: [space], end: [space, '\uffff'] })
          .map(({ key, value }) => [/** @type {string} */ (key[1]), value]),
      );
      forgetSeen();
      // From the youngest to the oldest, so that the oldest has the last word.
      for (const { space: where, key, before } of [...unseen].reverse()) {
        if (where !== space) continue;
        if (before) entries.set(key, before);
        else entries.delete(key);
      }
      return [...entries]
        .filter(([, entry]) => !isGone(entry))
        .map(([key, entry]) => ({ key, entry }))
        .sort((one, other) => compareText(one.key, other.key));
    },
    transaction: store.transaction,
  };
}

/** By UTF-16 units, which every key that Forge takes sorts by as it does by bytes. @param {string} one @param {string} other */
export const compareText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
