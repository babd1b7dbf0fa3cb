// @ts-check
// The process behind an Isolate. It does what it is told, one message a deed, and dies of what nobody catches, as a
// process on Forge does.
'use strict';

const { ADMINISTRATOR, agreeable } = require('./atlassian.cjs');
const { Platform, fromPanel, fromQueue, fromWeb } = require('./platform.cjs');

/**
 * @typedef {{ ask: object, by?: string }
 *   | { web: 'redirect' | 'delivery' | 'handOff' | 'support', method: string, query: Record<string, string>, headers?: Record<string, string[]>, body?: string }
 *   | { work: object }
 *   | { poison: string }
 *   | { unasked: boolean }
 *   | { platform: 'calls' | 'queries' | 'pushed' }} Deed
 *   Ask something as a page would; come to a web trigger; be an event of the queue with this body; make the stored record of this name one that no decoder
 *   bears, or mend it (`poison: ''`); let Forge not have asked the person yet whether the app may act for them; hand over
 *   a list of the platform's and begin it anew.
 * @typedef {{ answer?: any, error?: string, hangs?: true }} Outcome
 */

const platform = new Platform(agreeable());
platform.install();
const app = require(String(process.argv[2]));

// Far deeper than Forge stores: decoding it overruns the stack of the wasm, which traps.
const bottomless = '['.repeat(200_000) + ']'.repeat(200_000);
let poisoned = '';
let unasked = false;
const { forgeFetch } = platform;

/** @type {typeof forgeFetch} */
async function poisonedFetch(options, path, init) {
  const key = options.type === 'kvs' ? JSON.parse(String(init?.body)).key : undefined;
  if (key !== undefined && key === poisoned) return new Response(`{"value":{"revision":1,"document":${bottomless}}}`);
  if (unasked && options.provider === 'user') {
    return new Response('{}', { status: 401, headers: { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' } });
  }
  return forgeFetch.call(platform, options, path, init);
}
Object.assign(globalThis, { __forge_fetch__: poisonedFetch });

/** @param {Deed} deed */
async function carryOut(deed) {
  if ('ask' in deed) return app.resolver(...fromPanel(deed.ask, deed.by ?? ADMINISTRATOR));
  if ('web' in deed) return app[deed.web](...fromWeb(deed.method, deed.query, deed));
  if ('work' in deed) return app.work(...fromQueue('work', deed.work));
  if ('poison' in deed) return void (poisoned = deed.poison);
  if ('unasked' in deed) return void (unasked = deed.unasked);
  return platform[deed.platform].splice(0);
}

process.on('message', async (message) => {
  const { id, deed } = /** @type {{ id: number, deed: Deed }} */ (message);
  /** @type {Outcome} */
  const outcome = await carryOut(deed).then(
    (answer) => ({ answer }),
    (error) => ({ error: String(error) }),
  );
  process.send?.({ id, outcome });
});
