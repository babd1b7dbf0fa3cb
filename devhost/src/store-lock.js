// @ts-check
/** One process at a time in a folder: lmdb would let several in, and two local Jiras would then share one state. */
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folders held by this very process: the process id alone cannot tell a second opening from a stale file. */
const held = new Set();

/**
 * @param {string} folder
 * @returns {() => void} gives the folder back
 * @throws {Error} one sentence, when it is held
 */
export function lockFolder(folder) {
  const path = resolve(folder);
  const file = join(path, 'owner.pid');
  if (held.has(path)) throw inUse(path, process.pid);
  while (!create(file)) {
    const owner = readOwner(file);
    if (owner !== undefined && owner !== process.pid && isAlive(owner)) throw inUse(path, owner);
    // Left behind by a process that was killed, or that had this process's id before a restart of the machine.
    rmSync(file, { force: true });
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(file, { force: true });
  };
}

/**
 * A link appears with its content, where a file that is created and then written would be seen empty by a rival.
 * @param {string} file
 */
function create(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/** @param {string} file */
function readOwner(file) {
  try {
    const owner = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isNaN(owner) ? undefined : owner;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, and lives all the same.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * @param {string} path
 * @param {number} pid
 */
function inUse(path, pid) {
  return new Error(
    `The folder ${path} is in use by process ${pid}; stop that local Jira first or choose another folder.`,
  );
}
