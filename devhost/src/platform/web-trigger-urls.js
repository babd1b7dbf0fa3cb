// @ts-check
/** The addresses of web triggers: unguessable, and the same after every restart. */
import { randomBytes } from 'node:crypto';

/** As many random bits as no guessing ever exhausts. */
const TOKEN_BYTES = 24;

/**
 * @typedef {object} WebTriggerUrls
 * @property {(moduleKey: string, forceCreate?: boolean) => string} urlOf creates the address when there is none, or when a further one is asked for
 * @property {(token: string) => string | undefined} moduleOf
 * @property {(token: string) => boolean} remove `false` when there is no such address
 * @property {() => { triggerKey: string, url: string }[]} list
 */

/**
 * @param {{ store: import('../store.js').Store, clock: { now(): number }, origin: string }} parts
 * @returns {WebTriggerUrls}
 */
export function openWebTriggerUrls({ store, clock, origin }) {
  const table = store.table('web-trigger-urls');
  const urlOf = (/** @type {string} */ token) => `${origin}/x1/${token}`;
  const all = () => table.range().sort((one, other) => other.value.createdAt - one.value.createdAt);
  return {
    urlOf(moduleKey, forceCreate = false) {
      const kept = forceCreate ? undefined : all().find(({ value }) => value.moduleKey === moduleKey);
      if (kept) return urlOf(kept.key);
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      table.put(token, { moduleKey, createdAt: clock.now() });
      return urlOf(token);
    },
    moduleOf: (token) => table.get(token)?.moduleKey,
    remove: (token) => table.remove(token),
    list: () => all().map(({ key, value }) => ({ triggerKey: value.moduleKey, url: urlOf(key) })),
  };
}
