// @ts-check
// A trap of the wasm costs the request that met it. No hook in the product forces one: the platform hands over a stored
// record nested so deep that decoding it overruns the stack.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Isolate } from './isolate.mjs';

/** Whether the wasm or its glue is the first to reach past the stack depends on what the compiler made of it. */
const OUT_OF_STACK = /RuntimeError|RangeError/;

const status = { ask: { type: 'status', watching: null } };

test('a trap fails its request, and the next one is answered by the same process', async (t) => {
  const isolate = new Isolate(t);
  await isolate.do(status);
  await isolate.do({ poison: 'connection' });
  const met = await isolate.do(status);
  await isolate.do({ poison: '' });
  const next = await isolate.do(status);
  assert.match(met.error ?? JSON.stringify(met), OUT_OF_STACK);
  assert.equal(next.answer?.type, 'status', JSON.stringify(next));
  assert.equal(isolate.death, undefined);
});

test('traps one after another leave nothing behind', async (t) => {
  const isolate = new Isolate(t);
  for (let round = 0; round < 5; round += 1) {
    await isolate.do({ poison: 'connection' });
    assert.match((await isolate.do(status)).error ?? '', OUT_OF_STACK);
    await isolate.do({ poison: '' });
    assert.equal((await isolate.do(status)).answer?.type, 'status');
  }
  assert.equal(isolate.death, undefined);
});

test('a payload of the panel that is nested without end costs no more than its request', async (t) => {
  const isolate = new Isolate(t);
  let query = /** @type {any} */ ([]);
  for (let depth = 0; depth < 4000; depth += 1) query = [query];
  const met = await isolate.do({ ask: { type: 'findAccounts', query } });
  assert.ok(met.error !== undefined || met.answer?.error?.code === 'invalidRequest', JSON.stringify(met).slice(0, 200));
  assert.equal((await isolate.do(status)).answer?.type, 'status');
  assert.equal(isolate.death, undefined);
});
