// @ts-check
// The bundle that Atlassian's bundler makes answers from any folder.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Isolate } from './isolate.mjs';

const require = createRequire(import.meta.url);
const { ADMINISTRATOR, LURE, SERVICE_ACCOUNT, codeOf } = require('./atlassian.cjs');

const { SUPPORT_KEY } = require('./platform.cjs');

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

/**
 * Comes back from Atlassian's page, where this account allowed.
 *
 * @param {Isolate} isolate
 * @param {string} url of the authorization request
 * @param {string} accountId
 */
async function allow(isolate, url, accountId) {
  const state = String(new URL(url).searchParams.get('state'));
  const page = await isolate.do({ web: 'redirect', method: 'GET', query: { state, code: codeOf(accountId) } });
  assert.equal(page.answer.statusCode, 200);
  assert.match(page.answer.headers['cache-control']?.[0] ?? page.answer.headers['Cache-Control']?.[0], /no-store/);
}

/**
 * Makes an account the main authorized user.
 *
 * @param {Isolate} isolate
 * @param {string} accountId
 */
async function change(isolate, accountId) {
  const rehearsed = await isolate.do({ ask: { type: 'rehearse', account: accountId, again: false } });
  assert.notEqual(rehearsed.answer.rehearsal.doneAt, null, JSON.stringify(rehearsed));
  const begun = await isolate.do({
    ask: { type: 'beginChange', intended: accountId, insteadOf: null, policy: null, acknowledged: rehearsed.answer.rehearsal.id },
  });
  await allow(isolate, begun.answer.url, accountId);
  const done = await isolate.do({ ask: { type: 'continueChange', change: begun.answer.change } });
  assert.equal(done.answer.status.main?.account.accountId, accountId, JSON.stringify(done));
  return done.answer.status;
}

/** @param {object} page what differs from everybody by name */
const connections = (page) => ({
  ask: { type: 'connections', page: { label: null, order: 'name', descending: false, query: null, cursor: null, ...page } },
});

test('a whole first connection goes through the real SDKs', async (t) => {
  const isolate = new Isolate(t);
  const { main } = await change(isolate, SERVICE_ACCOUNT);
  assert.equal(main.changedBy.accountId, ADMINISTRATOR);
});

test('an answer that points at another host is not followed, and no secret goes there', async (t) => {
  const isolate = new Isolate(t);
  const begun = await isolate.do({ ask: { type: 'beginChange', intended: SERVICE_ACCOUNT, insteadOf: null, policy: null } });
  const state = String(new URL(begun.answer.url).searchParams.get('state'));
  await isolate.do({ platform: 'calls' });
  const page = await isolate.do({ web: 'redirect', method: 'GET', query: { state, code: LURE } });
  assert.match(page.answer.body, /Integration\+ was not authorized/);
  const { answer: calls } = await isolate.do({ platform: 'calls' });
  const asked = calls.filter((/** @type {any} */ { kind }) => kind === 'web').map((/** @type {any} */ { what }) => what);
  assert.deepEqual(asked, ['POST https://auth.atlassian.com/oauth/token']);
  // Where no answer points anywhere else, the same goes through.
  await change(isolate, SERVICE_ACCOUNT);
});

test('a person who connected is listed through an index, each list by its own', async (t) => {
  const isolate = new Isolate(t);
  await change(isolate, SERVICE_ACCOUNT);
  const { answer: consent } = await isolate.do({ ask: { type: 'authorize' } });
  await allow(isolate, consent.url, ADMINISTRATOR);
  const { answer: mine } = await isolate.do({ ask: { type: 'me' } });
  assert.equal(mine.me.standing.type, 'working', JSON.stringify(mine));

  await isolate.do({ platform: 'queries' });
  const listed = await isolate.do(connections({}));
  assert.deepEqual(listed.answer.connections.rows.map((/** @type {any} */ { person }) => person.accountId), [ADMINISTRATOR]);
  assert.equal(listed.answer.connections.tally.fresh.working, 1);
  const found = await isolate.do(connections({ label: 'working', query: 'MARIA' }));
  assert.equal(found.answer.connections.rows.length, 1);
  const latest = await isolate.do(connections({ order: 'since', descending: true, label: 'deactivated', cursor: '0' }));
  assert.deepEqual(latest.answer.connections.rows, []);
  await isolate.do(connections({ order: 'since' }));

  const { answer: queries } = await isolate.do({ platform: 'queries' });
  const common = { entityName: 'grant', limit: 20 };
  assert.deepEqual(queries, [
    { ...common, indexName: 'by-name', partition: ['everyone'], sort: 'ASC' },
    { ...common, indexName: 'by-label-name', partition: ['working'], sort: 'ASC', range: { condition: 'BEGINS_WITH', values: ['maria'] } },
    { ...common, indexName: 'by-label-since', partition: ['deactivated'], sort: 'DESC', cursor: '0' },
    { ...common, indexName: 'by-since', partition: ['everyone'], sort: 'ASC' },
  ]);
});

test('the work of a change arrives through the queue, once more for nothing, and never in another shape', async (t) => {
  const isolate = new Isolate(t);
  await change(isolate, SERVICE_ACCOUNT);
  const { answer: consent } = await isolate.do({ ask: { type: 'authorize' } });
  await allow(isolate, consent.url, ADMINISTRATOR);
  await isolate.do({ ask: { type: 'me' } });
  await isolate.do({ platform: 'pushed' });
  await change(isolate, ADMINISTRATOR);
  const { answer: pushed } = await isolate.do({ platform: 'pushed' });
  assert.deepEqual(pushed, [{ queue: 'work', event: { body: { type: 'verify', generation: 2, batch: 0 }, delayInSeconds: 0 } }]);

  const before = await isolate.do(connections({}));
  assert.deepEqual([before.answer.connections.job.state, before.answer.connections.job.tried], ['running', 0]);
  const work = { work: /** @type {any[]} */ (pushed)[0].event.body };
  assert.deepEqual(await isolate.do(work), {});
  const after = await isolate.do(connections({}));
  assert.deepEqual([after.answer.connections.job.state, after.answer.connections.job.tried], ['done', 1]);

  await isolate.do({ platform: 'calls' });
  for (const again of [work, { work: { type: 'verify', generation: '2' } }, { work: { type: 'another' } }, { work: {} }]) assert.deepEqual(await isolate.do(again), {});
  const { answer: calls } = await isolate.do({ platform: 'calls' });
  assert.ok(calls.every((/** @type {any} */ { what }) => what === '/api/v1/entity/get'), JSON.stringify(calls));
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

test('support asks, is let in by its header whatever the case of its name, and is turned away without the right one', async (t) => {
  const isolate = new Isolate(t);
  const { answer: told } = await isolate.do({ ask: { type: 'about' } });
  const now = Date.now();
  const body = JSON.stringify({
    instanceId: told.about.instanceId,
    who: 'Nora',
    ticket: 'SUP-1',
    reason: 'Comments stop',
    until: now + 3_600_000,
    at: now,
    nonce: 'nonce-of-sixteen-characters',
  });
  const signature = createHmac('sha256', SUPPORT_KEY).update(body).digest('hex');
  const asked = await isolate.do({ web: 'support', method: 'POST', query: {}, headers: { 'x-support-signature': [signature] }, body });
  assert.equal(asked.answer.statusCode, 202, JSON.stringify(asked));
  const { id } = JSON.parse(asked.answer.body);

  const { answer: seen } = await isolate.do({ ask: { type: 'support' } });
  assert.equal(seen.support.accesses[0].asked.who, 'Nora');
  const { answer: granted } = await isolate.do({ ask: { type: 'approveSupport', id, until: now + 3_600_000 } });
  const { code } = granted;
  /** @param {Record<string, string[]>} headers */
  const look = async (headers) => (await isolate.do({ web: 'support', method: 'GET', query: {}, headers })).answer;
  for (const name of ['X-Support-Code', 'x-support-code', 'X-SUPPORT-CODE']) {
    const shown = await look({ [name]: [code], accept: ['*/*'] });
    assert.equal(shown.statusCode, 200);
    assert.deepEqual(JSON.parse(shown.body).preview, seen.support.preview);
    assert.deepEqual(shown.headers['Cache-Control'], ['no-store']);
  }
  const refused = await look({ 'x-support-code': [code, code] });
  assert.deepEqual([refused.statusCode, refused.body], [403, '{"error":"refused"}']);
  assert.deepEqual(await look({ 'x-support-code': ['a'.repeat(43)] }), refused);
  assert.deepEqual((await isolate.do({ web: 'support', method: 'POST', query: {}, headers: { 'x-support-signature': [signature] }, body })).answer, refused);
  const page = await look({ accept: ['text/html'] });
  assert.match(page.headers['Content-Type'][0], /^text\/html/);
  await isolate.do({ ask: { type: 'revokeSupport', id } });
  assert.deepEqual(await look({ 'x-support-code': [code] }), refused);
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
