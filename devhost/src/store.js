// @ts-check
/**
 * The embedded database of the local Jira: lmdb, one folder, one process.
 *
 * Everything that must outlive a restart goes through here, so that "state survives" has one meaning and one place.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { lockFolder } from './store-lock.js';

/** Every table is a named database of the one environment; lmdb reserves the slots when it opens. */
const MAXIMUM_TABLES = 64;

/**
 * A key: a string, or parts that sort one after the other. Together at most 1978 bytes.
 * @typedef {string | (string | number)[]} Key
 */

/**
 * @typedef {object} Range
 * @property {Key} [start] first key, included
 * @property {Key} [end] where to stop, excluded
 * @property {number} [limit] at most so many entries
 * @property {boolean} [reverse] from the last key to the first; `start` is then the highest key, included
 */

/**
 * Values are JSON documents: what `JSON.stringify` drops is dropped here too.
 * @typedef {object} Table
 * @property {(key: Key) => any} get `undefined` when absent
 * @property {(key: Key, value: unknown) => void} put
 * @property {(key: Key) => boolean} remove whether it was there
 * @property {(range?: Range) => { key: any, value: any }[]} range in key order
 * @property {(range?: Range) => any[]} keys in key order
 */

/**
 * @typedef {object} Store
 * @property {(name: string) => Table} table
 * @property {<T>(work: () => T) => T} transaction all of the writes of `work`, or none when it throws; synchronous
 * @property {() => Promise<void>} close
 */

/**
 * Opens, or creates, the database in a folder.
 * @param {string} folder
 * @returns {Store}
 * @throws {Error} one sentence, when another process holds the folder
 */
export function openStore(folder) {
  // The folder holds tokens: only its owner may look.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  const root = open({ path: join(folder, 'data.mdb'), encoding: 'json', maxDbs: MAXIMUM_TABLES });
  /** @type {Map<string, Table>} */
  const tables = new Map();

  return {
    table(name) {
      let table = tables.get(name);
      if (!table) {
        table = openTable(root, name);
        tables.set(name, table);
      }
      return table;
    },
    transaction: (work) => root.transactionSync(work),
    async close() {
      await root.close();
      unlock();
    },
  };
}

/**
 * @param {import('lmdb').RootDatabase} root
 * @param {string} name
 * @returns {Table}
 */
function openTable(root, name) {
  const database = root.openDB({ name, encoding: 'json' });
  return {
    get: (key) => database.get(key),
    put: (key, value) => void database.putSync(key, value),
    remove: (key) => database.removeSync(key),
    range: (range = {}) => [...database.getRange(range)].map(({ key, value }) => ({ key, value })),
    keys: (range = {}) => [...database.getKeys(range)],
  };
}
