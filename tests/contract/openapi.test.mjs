// @ts-check
// The sandbox, and what the app said to it, held against Atlassian's OpenAPI document.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { play } from './cases.mjs';
import { openDocument } from './document.mjs';
import { MARIA, grant, openSandbox, routes } from './sandbox.mjs';
import { UNSERVED, WAIVERS } from './waivers.mjs';

/** @import { Exchange, Fault } from './document.mjs' */
/** @import { Waiver } from './waivers.mjs' */

const document = openDocument();

/** @type {Set<Waiver>} */
const used = new Set();
const operations = new Set();
let exchanges = 0;

/** @type {Map<string, Set<number>>} statuses that were seen, by operation */
const seen = new Map();

/**
 * The faults of an exchange that no waiver lets pass.
 *
 * @param {Exchange} exchange
 * @param {{ malformed?: boolean }} [options]
 */
function objections(exchange, options) {
  exchanges += 1;
  const operation = document.find(exchange.request)?.name;
  if (operation) {
    operations.add(operation);
    seen.set(operation, (seen.get(operation) ?? new Set()).add(exchange.response.status));
  }
  return document.faults(exchange, options).filter((fault) => {
    const waiver = WAIVERS.find((candidate) => passes(candidate, fault));
    if (waiver) used.add(waiver);
    return !waiver;
  });
}

/**
 * @param {Waiver} waiver
 * @param {Fault} fault
 */
function passes({ operation, part, at, what }, fault) {
  return (
    (operation === '*' || operation === fault.operation) &&
    (part === undefined || part === fault.part) &&
    (at === undefined || at === fault.at) &&
    what === fault.what
  );
}

/** @type {(string | Fault)[]} */
const played = [];
play((expected, response) => {
  const { operation, request, status, malformed } = expected;
  const called = document.find(request)?.name;
  if (called !== operation) played.push(`${request.method} ${request.path} is ${called}, not ${operation}`);
  if (response.status !== status) {
    const answer = `${response.status} ${JSON.stringify(response.body)}`;
    played.push(`${request.method} ${request.path} was answered ${answer}, not ${status}`);
  }
  played.push(...objections({ request, response }, { malformed }));
});

const called = [...operations];

test('every case is answered as it should be, and fits the document', () => assert.deepEqual(played, []));

test('what does not fit is found', () => {
  const good = {
    request: { method: 'GET', path: '/rest/api/3/user/search?query=a&startAt=0' },
    response: { status: 200, body: [{ accountId: 'x', active: true }] },
  };
  const { request, response } = good;
  /** @param {Exchange} exchange */
  const found = (exchange) => document.faults(exchange).map(({ part, at, what }) => [part, at, what].join(' '));
  assert.deepEqual(found(good), []);
  assert.deepEqual(found({ request, response: { status: 200, body: [{ accountId: 1, age: 2 }] } }), [
    'response 200 /* additionalProperties age',
    'response 200 /*/accountId type string',
  ]);
  assert.deepEqual(found({ request, response: { status: 418 } }), ['status  418']);
  const odd = { ...request, path: '/rest/api/3/user/search?qury=a&startAt=x' };
  assert.deepEqual(found({ request: odd, response }), ['query  unknown qury', 'query /startAt type integer']);
  assert.deepEqual(found({ request: { ...request, body: {} }, response }), ['request  no body expected']);
  const elsewhere = { ...request, path: '/rest/api/3/users/1' };
  assert.deepEqual(found({ request: elsewhere, response }), ['operation  not in the document']);
  const body = { webhooks: [{ events: ['x'], jqlFilter: 'y' }] };
  const webhook = { method: 'POST', path: '/rest/api/3/webhook', body };
  assert.deepEqual(found({ request: webhook, response: { status: 200, body: {} } }), [
    'request  required url',
    'request /webhooks/*/events/* enum',
  ]);
});

test('a missing token and used-up points fit the document at every operation', () => {
  /** @type {Fault[]} */
  const found = [];
  const sandbox = openSandbox();
  for (const [method, path] of routes()) {
    const request = { method, path: `/rest/api/3${path.replace(/\{\w+\}/g, '1')}` };
    sandbox.setBudgets({});
    const nameless = sandbox.ask({ type: 'anonymous' }, request);
    assert.deepEqual([nameless.status, nameless.body], [401, { code: 401, message: 'Unauthorized' }]);
    sandbox.setBudgets({ pointsPerHour: 0 });
    const tooMany = sandbox.ask(grant(MARIA), request);
    assert.equal(tooMany.status, 429);
    for (const name of ['Retry-After', 'RateLimit-Reason', 'X-RateLimit-Reset']) {
      assert.ok(tooMany.headers.some(([header]) => header === name), name);
    }
    sandbox.setFaults({ status503: { next: 1 } });
    const down = sandbox.ask(grant(MARIA), request);
    assert.deepEqual([down.status, down.body], [503, { code: 503, message: 'Service Unavailable' }]);
    for (const response of [nameless, tooMany, down]) {
      found.push(...objections({ request, response }, { malformed: true }));
    }
  }
  assert.deepEqual(found, []);
});

test('every route of the sandbox was called, and is in the document', () => {
  const served = routes().map(([method, path]) => `${method} ${path}`);
  assert.deepEqual(called.sort(), served.sort());
});

test('every status that the document lists was seen, or has a reason not to be', () => {
  const unseen = [...operations].flatMap((operation) => {
    const listed = Object.keys(document.operation(operation)?.definition['responses'] ?? {}).map(Number);
    return listed.filter((status) => !seen.get(operation)?.has(status)).map((status) => `${operation} ${status}`);
  });
  assert.deepEqual(unseen.sort(), UNSERVED.map(({ operation, status }) => `${operation} ${status}`).sort());
});

/** A file with one exchange in each line, which the Rust tests write. */
const written = process.env['EXCHANGES'];
const skip = written === undefined && 'EXCHANGES names no file';

test('everything that the app said to Jira, and what it was told, fits the document', { skip }, () => {
  assert.ok(written !== undefined && existsSync(written), `${written} does not exist`);
  const lines = readFileSync(written, 'utf8').split('\n').filter((line) => line !== '');
  assert.notEqual(lines.length, 0, `${written} is empty`);
  const found = lines.flatMap((line, index) => {
    /** @type {Exchange} */
    const exchange = JSON.parse(line);
    return objections(exchange).map((fault) => ({ line: index + 1, ...fault }));
  });
  assert.deepEqual(found, []);
});

test('every waiver is needed', () => {
  const idle = WAIVERS.filter((waiver) => !used.has(waiver));
  assert.deepEqual(idle, []);
});

after(() => {
  console.log(`${operations.size} operations and ${exchanges} exchanges were held against Atlassian's document.`);
});
