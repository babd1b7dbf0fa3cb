// @ts-check
// The bundle that Atlassian's bundler makes answers from any folder.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Isolate } from './isolate.mjs';

const require = createRequire(import.meta.url);
const { ADMINISTRATOR, SERVICE_ACCOUNT } = require('./atlassian.cjs');

const status = { ask: { type: 'status', watching: null } };

test('a status is answered from another folder and another working directory', async (t) => {
  const isolate = new Isolate(t);
  const { answer } = await isolate.do(status);
  assert.equal(answer.type, 'status');
  assert.equal(answer.status.badge, 'notConnected');
  assert.deepEqual(answer.status.actions, ['connect']);
  const { answer: calls } = await isolate.do({ platform: 'calls' });
  assert.deepEqual(calls[0], { kind: 'jira', what: 'user GET /rest/api/3/mypermissions?permissions=ADMINISTER' });
  assert.ok(calls.slice(1).every((/** @type {any} */ call) => call.kind === 'storage'), JSON.stringify(calls));
});

test('a whole first connection goes through the real SDKs', async (t) => {
  const isolate = new Isolate(t);
  const begun = await isolate.do({ ask: { type: 'beginChange', intended: SERVICE_ACCOUNT, insteadOf: null } });
  const { change, url } = begun.answer;
  const state = String(new URL(url).searchParams.get('state'));
  const page = await isolate.do({ web: 'redirect', method: 'GET', query: { state, code: 'a-code' } });
  assert.equal(page.answer.statusCode, 200);
  assert.match(page.answer.headers['cache-control']?.[0] ?? page.answer.headers['Cache-Control']?.[0], /no-store/);
  const done = await isolate.do({ ask: { type: 'continueChange', change } });
  assert.equal(done.answer.status.main?.account.accountId, SERVICE_ACCOUNT, JSON.stringify(done));
  assert.equal(done.answer.status.main.changedBy.accountId, ADMINISTRATOR);
});

test('a person whom Forge has not asked yet gets Forge’s own question, and no outage', async (t) => {
  const isolate = new Isolate(t);
  await isolate.do({ unasked: true });
  const { answer, error } = await isolate.do(status);
  assert.equal(answer, undefined);
  assert.match(String(error), /NEEDS_AUTHENTICATION_ERR/);
  await isolate.do({ unasked: false });
  assert.equal((await isolate.do(status)).answer.type, 'status');
});

test('a request that fits nothing is refused, not thrown', async (t) => {
  const isolate = new Isolate(t);
  const { answer } = await isolate.do({ ask: { type: 'dropEverything' } });
  assert.deepEqual(answer, { type: 'refused', error: { code: 'invalidRequest' } });
});

test('the bundle says that it needs Forge when it is started by itself', () => {
  const loader = readFileSync(new URL('../../dist/app/__forge__.cjs', import.meta.url), 'utf8');
  assert.throws(() => new Function(loader)(), /no Forge runtime/);
});
