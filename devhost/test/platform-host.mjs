// @ts-check
/** A platform for a test: the fixture app, a clock that the test moves, faults that it sets, a Jira that it scripts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPlatform } from '../src/platform/index.js';
import { openStore } from '../src/store.js';

export const SITE = '11111111-1111-4111-8111-111111111111';
export const MARIA = '5b10a2844c20165700ede21g';
export const TOM = '5b10a2844c20165700ede22h';
const FIXTURE = fileURLToPath(new URL('./fixtures/app/', import.meta.url));

export function movableClock() {
  let offset = 0;
  const listeners = new Set();
  return {
    now: () => Date.now() + offset,
    offset: () => offset,
    onShift(/** @type {() => void} */ listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    advance(/** @type {number} */ milliseconds) {
      offset += milliseconds;
      for (const listener of listeners) listener();
    },
  };
}

/** Faults that strike once, as often as they were set. */
export function settableFaults() {
  /** @type {Map<string, unknown>} */
  const set = new Map();
  return {
    set,
    active(/** @type {string} */ name) {
      const value = set.get(name) ?? null;
      if (name !== 'storageDown') set.delete(name);
      return value;
    },
  };
}

/** A Jira that tells how it was asked. */
export const mirrorJira = async (
  /** @type {string} */ cloudId,
  /** @type {any} */ principal,
  /** @type {any} */ request,
) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ accountId: principal.accountId, cloudId, principal, request }),
});

/**
 * @typedef {Partial<import('../src/platform/index.js').PlatformOptions> & { folder?: string, uninstalled?: boolean }} Overrides
 */

/**
 * @param {import('node:test').TestContext} t
 * @param {Overrides} [overrides]
 */
export async function host(t, { folder, uninstalled, ...overrides } = {}) {
  const path = folder ?? temporaryFolder(t);
  const clock = movableClock();
  const faults = settableFaults();
  const store = openStore(path);
  /** @type {string[]} */
  const lines = [];
  const platform = createPlatform({
    manifestPath: join(FIXTURE, 'manifest.yml'),
    bundleDir: FIXTURE,
    store,
    clock,
    faults,
    variables: { GREETING: 'hello' },
    jira: mirrorJira,
    tokenOrigins: {},
    webTriggerOrigin: 'http://127.0.0.1:9',
    log: (line) => void lines.push(line),
    cloudId: SITE,
    queryLagMs: 0,
    ...overrides,
  });
  if (!uninstalled) await platform.lifecycle.install(MARIA);
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    await platform.close();
    await store.close();
  };
  t.after(close);
  return {
    platform,
    clock,
    faults,
    store,
    lines,
    close,
    /** Calls a definition of the fixture's resolver and gives its value, or throws what it threw. */
    async call(
      /** @type {string} */ functionKey,
      /** @type {any} */ payload = {},
      /** @type {string | undefined} */ accountId = MARIA,
    ) {
      const result = await platform.invokeResolver({
        functionKey,
        payload,
        context: { moduleKey: 'panel' },
        accountId,
      });
      if (!result.success)
        throw Object.assign(new Error(result.error.errorMessage), {
          type: result.error.errorType,
          error: result.error,
        });
      return result.body;
    },
  };
}

/** @param {import('node:test').TestContext} t */
export function temporaryFolder(t) {
  const path = mkdtempSync(join(tmpdir(), 'platform-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Asks again until the answer is there. @param {() => Promise<any> | any} ask @param {number} [patience] milliseconds */
export async function eventually(ask, patience = 5000) {
  const end = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer || performance.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
