// @ts-check
/**
 * What a new local Jira holds, and whether that is complete.
 *
 * @import { Store } from '../store.js'
 */

/** @typedef {keyof typeof SEEDS} SeedName */

/**
 * The seed of the sandbox, and whether people have connected their accounts.
 */
export const SEEDS = /** @type {const} */ ({
  demo: { sandbox: 'demo', connected: true },
  fresh: { sandbox: 'demo', connected: false },
  empty: { sandbox: 'empty', connected: false },
});

/**
 * @param {Store} store
 * @param {SeedName} name looked at only when the store holds no sandbox yet
 * @returns {{ sandbox: string, wantsConnections(): boolean, connected(): void }}
 */
export function openSeed(store, name) {
  const table = store.table('seed');
  const { sandbox, connected } = SEEDS[name];
  const isNew = store.table('sandbox').get('saved') === undefined;
  if (isNew && connected) table.put('to connect', true);
  return {
    sandbox,
    wantsConnections: () => table.get('to connect') !== undefined,
    connected: () => void table.remove('to connect'),
  };
}
