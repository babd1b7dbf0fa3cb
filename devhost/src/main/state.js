// @ts-check
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../store-lock.js';
import { Stop } from './stop.js';

const DATA = /^data\.mdb(-lock)?$/;
const LOCK = /^owner\.pid(\.\d+)?$/;

/**
 * Deletes the state in a folder.
 *
 * @param {string} folder
 * @throws {Stop} when another process holds it, or when something else is in it: a mistyped `--state` must not cost
 *   anybody their files
 */
export function emptyFolder(folder) {
  if (!existsSync(folder)) return;
  const names = readdirSync(folder);
  const stranger = names.find((name) => !DATA.test(name) && !LOCK.test(name));
  if (stranger !== undefined) {
    throw new Stop(`${folder} holds "${stranger}", which the local Jira did not put there; nothing was deleted.`);
  }
  const unlock = stopping(() => lockFolder(folder));
  for (const name of names.filter((own) => DATA.test(own))) rmSync(join(folder, name));
  unlock();
}

/**
 * A folder in use is for the person to put right.
 *
 * @template T
 * @param {() => T} open
 * @returns {T}
 * @throws {Stop}
 */
export function stopping(open) {
  try {
    return open();
  } catch (error) {
    throw new Stop(/** @type {Error} */ (error).message);
  }
}
