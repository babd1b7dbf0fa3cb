// @ts-check
// The bundle in a process of its own, as on Forge: loaded from a folder that is not the clone, with another working
// directory, over the minimal platform.

import { fork } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import { Deed, Outcome } from './isolate-process.cjs' */

const bundle = fileURLToPath(new URL('../../dist/app/', import.meta.url));
const main = fileURLToPath(new URL('./isolate-process.cjs', import.meta.url));

/** How long a deed may take. A request that nobody answers would otherwise hang the test. */
const PATIENCE_MS = 10_000;

export class Isolate {
  /** @type {string} */ #folder;
  /** @type {import('node:child_process').ChildProcess} */ #process;
  /** What the process died of, if it did. @type {string | undefined} */
  death;

  /** @param {import('node:test').TestContext} test the process ends with it */
  constructor(test) {
    test.after(() => this.close());
    this.#folder = mkdtempSync(join(tmpdir(), 'boundary-'));
    const home = join(this.#folder, 'elsewhere');
    const cwd = join(this.#folder, 'cwd');
    cpSync(bundle, home, { recursive: true });
    mkdirSync(cwd);
    this.#process = fork(main, [join(home, 'index.cjs')], { cwd, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let said = '';
    this.#process.stderr?.on('data', (chunk) => (said += chunk));
    this.#process.on('exit', (code, signal) => (this.death = `exit ${code ?? signal}: ${said}`));
  }

  /**
   * Carries out a deed in the process.
   * @param {Deed} deed
   * @returns {Promise<Outcome>}
   */
  async do(deed) {
    return new Promise((resolve, reject) => {
      const id = Math.random();
      const timer = setTimeout(() => settle(() => resolve({ hangs: true })), PATIENCE_MS);
      const hear = (/** @type {any} */ message) => message.id === id && settle(() => resolve(message.outcome));
      const die = () => settle(() => reject(new Error(this.death)));
      const settle = (/** @type {() => void} */ how) => {
        clearTimeout(timer);
        this.#process.off('message', hear).off('exit', die);
        how();
      };
      this.#process.on('message', hear).on('exit', die).send({ id, deed });
    });
  }

  /** Ends the process. */
  async close() {
    if (this.death === undefined) {
      const over = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#process.kill();
      await over;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
