// @ts-check
/** The real `@forge/kvs` over the emulated storage, without a worker between them. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { openKvs } from '../src/platform/kvs.js';
import { openRates } from '../src/platform/rates.js';
import { openRecords } from '../src/platform/kvs/records.js';
import { openStorage } from '../src/platform/boundary/storage.js';
import { openStore } from '../src/store.js';
import { readManifest } from '../src/platform/manifest.js';
import { movableClock, settableFaults, temporaryFolder } from './platform-host.mjs';

const require = createRequire(import.meta.url);
/** Untyped, because the tests also ask for what the types forbid. @type {any} */
const kvs = require('@forge/kvs').kvs;

/**
 * @param {import('node:test').TestContext} t
 * @param {{ manifest?: string, queryLagMs?: number, scopes?: string[], enforceRates?: boolean }} [options]
 */
export function storageClient(
  t,
  { manifest: path = 'fixtures/storage.yml', queryLagMs = 0, scopes, enforceRates = false } = {},
) {
  const store = openStore(temporaryFolder(t));
  t.after(() => store.close());
  const clock = movableClock();
  const faults = settableFaults();
  const manifest = readManifest(fileURLToPath(new URL(path, import.meta.url)));
  if (scopes) manifest.hasScope = (scope) => scopes.includes(scope);
  const storage = openStorage({
    kvs: openKvs({ records: openRecords({ store, clock, queryLagMs }), entities: manifest.entities }),
    manifest,
    faults,
    rates: openRates({ clock, enforced: enforceRates }),
  });

  /** What the SDK sent, for tests of the wire. @type {{ path: string, body: any }[]} */
  const sent = [];
  Object.assign(globalThis, {
    async __forge_fetch__(/** @type {any} */ options, /** @type {string} */ path, /** @type {any} */ { method, body }) {
      sent.push({ path, body: JSON.parse(body) });
      const answer = await storage(
        { options, path, method, headers: {}, body: new TextEncoder().encode(body) },
        { cycle: 0 },
      );
      return new Response(answer.status === 204 ? null : answer.body, {
        status: answer.status,
        headers: answer.headers,
      });
    },
  });
  return { kvs, clock, faults, sent };
}
