// @ts-check
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { openIsolate } from '../src/platform/isolate.js';
import { fileURLToPath } from 'node:url';
import { host, movableClock } from './platform-host.mjs';

const bundleDir = fileURLToPath(new URL('./fixtures/app/', import.meta.url));

/**
 * An isolate of its own, for limits that would take too long to reach at Forge's size.
 * @param {import('node:test').TestContext} t
 */
function isolate(t) {
  /** @type {string[]} */
  const lines = [];
  const opened = openIsolate({
    bundleDir,
    variables: {},
    memoryMB: 64,
    egress: [],
    fetchesPerMinute: 3,
    clock: movableClock(),
    log: (line) => void lines.push(line),
  });
  t.after(() => opened.close());
  let calls = 0;
  return {
    lines,
    /** @param {string} functionKey @param {any} [payload] @param {number} [timeoutMs] */
    invoke: (functionKey, payload = {}, timeoutMs = 5000) =>
      opened.invoke({
        id: String((calls += 1)),
        file: 'index.cjs',
        exportName: 'resolver',
        event: JSON.stringify([{ call: { functionKey, payload }, context: {} }, {}]),
        runtime: {
          appContext: { installation: { ari: { installationId: 'i' }, contexts: [] } },
          contextAri: '',
          tracing: { traceId: '', spanId: '' },
        },
        timeoutMs,
        maximumBytes: 1000,
        boundary: async () => ({ status: 204, headers: {} }),
        log: (level, text) => void lines.push(`${level} ${text}`),
        crashes: false,
      }),
  };
}

/** @param {import('../src/platform/isolate.js').Result} result */
const errorOf = (result) => (result.success ? undefined : result.error.errorType);

test('an invocation that waits too long is given up, the others in its worker finish, the next gets a fresh worker', async (t) => {
  const { invoke } = isolate(t);
  assert.deepEqual(await invoke('calls'), { success: true, body: 1 });
  const [late, other] = await Promise.all([invoke('sleep', { wait: 5000 }, 100), invoke('sleep', { wait: 1500 })]);
  assert.equal(errorOf(late), 'Sandbox.Timedout');
  assert.deepEqual(other, { success: true, body: 'slept' });
  assert.deepEqual(await invoke('calls'), { success: true, body: 1 });
});

test('a worker that spins is killed, together with what it served', async (t) => {
  const { invoke } = isolate(t);
  await invoke('calls');
  const [spun, other] = await Promise.all([invoke('spin', {}, 200), invoke('sleep', { wait: 10 }, 20_000)]);
  assert.equal(errorOf(spun), 'Sandbox.Timedout');
  assert.equal(errorOf(other), 'Runtime.ExitError');
  assert.deepEqual(await invoke('calls'), { success: true, body: 1 });
});

test('a function that exits costs its invocation, and the next one works', async (t) => {
  const { invoke } = isolate(t);
  assert.equal(errorOf(await invoke('exit')), 'Runtime.ExitError');
  assert.deepEqual(await invoke('calls'), { success: true, body: 1 });
});

test('a rejection that nobody handles ends the worker, and is told', async (t) => {
  const { invoke, lines } = isolate(t);
  const result = await invoke('stray');
  assert.ok(!result.success && /stray rejection/.test(result.error.errorMessage));
  assert.ok(lines.some((line) => /stray rejection/.test(line)));
});

test('a function that fills its memory is ended with that reason', async (t) => {
  const { invoke } = isolate(t);
  const { body } = /** @type {{ body: number }} */ (await invoke('heapLimit'));
  // The limit, and the young generation that V8 keeps beside it.
  assert.ok(body >= 64 * 2 ** 20 && body < 160 * 2 ** 20, String(body));
  const result = await invoke('fill', {}, 60_000);
  assert.ok(!result.success);
  assert.match(result.error.errorMessage, /more than its 64 MB/);
  assert.deepEqual(await invoke('calls'), { success: true, body: 1 });
});

test('an answer above the limit is refused', async (t) => {
  const { invoke } = isolate(t);
  assert.equal(errorOf(await invoke('large', { size: 999 })), 'PAYLOAD_TOO_LARGE');
  assert.equal(errorOf(await invoke('large', { size: 998 })), undefined);
});

test('log lines carry the name of their function, and stop when there are too many', { timeout: 60_000 }, async (t) => {
  const { call, lines } = await host(t);
  await call('log', { lines: 3 });
  assert.deepEqual(
    lines.filter((line) => line.startsWith('resolver')),
    [0, 1, 2].map((line) => `resolver: WARN line ${line} { of: 'text' }`),
  );
  // The worker's own output comes by another stream, in its own time; without it the test never ends.
  while (!lines.includes('past the console')) await new Promise((resolve) => setTimeout(resolve, 5));
  lines.length = 0;
  await call('log', { lines: 300 });
  const printed = lines.filter((line) => line.startsWith('resolver'));
  assert.equal(printed.length, 101);
  assert.match(printed[100], /logs too much/);
});

test('the fault functionCrash kills one invocation after its first platform call was carried out', async (t) => {
  const { call, faults } = await host(t);
  faults.set.set('functionCrash', true);
  await assert.rejects(call('kvsTwice', 'x'), { type: 'Runtime.ExitError' });
  assert.deepEqual(await call('kvs', { method: 'get', arguments: ['first'] }), { value: 'x' });
  assert.deepEqual(await call('kvs', { method: 'get', arguments: ['second'] }), {});
  faults.set.set('functionCrash', true);
  await assert.rejects(call('calls'), { type: 'Runtime.ExitError' });
  assert.equal(await call('kvsTwice', 'x'), 'both');
});

test('egress: the addresses of the manifest and no others', async (t) => {
  const server = createServer((request, response) => {
    if (request.url === '/elsewhere') response.writeHead(302, { location: `http://localhost:${port}/there` }).end();
    else response.end(`${request.method} ${request.url}`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${port}`;
  const { call } = await host(t, { tokenOrigins: { 'https://auth.atlassian.com': origin } });

  assert.deepEqual(
    (await call('fetch', { url: `${origin}/token?a=1`, init: { method: 'POST', body: 'x' } })).value.text,
    'POST /token?a=1',
  );
  assert.equal((await call('plainFetch', { url: `${origin}/x` })).value.status, 200);
  assert.equal((await call('nodeHttp', { url: `${origin}/x` })).value, 200);

  const refused = {
    'the address that was replaced': 'https://auth.atlassian.com/token',
    'another port': `http://127.0.0.1:${port + 1}/`,
    'another name for the same machine': `http://localhost:${port}/`,
    'another protocol': `https://127.0.0.1:${port}/`,
    'an allowed name before the @': `${origin}@evil.example/`,
    'an allowed name as a prefix': 'https://api.atlassian.com.evil.example/',
    'a backslash': 'https://evil.example\\@api.atlassian.com/',
  };
  for (const [what, url] of Object.entries(refused)) {
    const { error } = await call('fetch', { url });
    assert.equal(error?.name, 'REQUEST_EGRESS_ALLOWLIST_ERR', `${what}: ${JSON.stringify(error)}`);
    assert.equal(error.status, 403);
    assert.equal(error.type, 'ExternalEndpointNotAllowedError');
  }
  assert.equal(
    (await call('plainFetch', { url: `http://localhost:${port}/` })).error.name,
    'REQUEST_EGRESS_ALLOWLIST_ERR',
  );
  assert.equal((await call('fetch', { url: `${origin}/elsewhere` })).error.name, 'REQUEST_EGRESS_ALLOWLIST_ERR');
  assert.equal(
    (await call('nodeHttp', { url: `http://localhost:${port}/` })).error.name,
    'REQUEST_EGRESS_ALLOWLIST_ERR',
  );
  assert.equal(
    (await call('fetch', { url: 'https://evil.example/' })).error.message.split('.')[0],
    'URL not included in the external fetch backend permissions: https://evil',
  );

  await assert.rejects(call('manyFetches', { url: `${origin}/x`, count: 101 }), { type: 'FUNCTION_FETCH_ERR' });
  await call('manyFetches', { url: `${origin}/x`, count: 100 });
});
