// @ts-check
/** The list of operations that every implementation of the app's storage answers alike, through the real `@forge/kvs`. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { storageClient } from './platform-kvs-client.mjs';

const { Filter, FilterConditions, Sort, WhereConditions } = createRequire(import.meta.url)('@forge/kvs');
const cases = JSON.parse(readFileSync(new URL('../../tests/contract/kvs.json', import.meta.url), 'utf8'));

/** What the app's host does of a conflict: any refused condition is one. @param {any} error */
function conflictOrThrow(error) {
  if (error.responseDetails?.status === 409) return 'conflict';
  throw error;
}

/** The attributes of a grant by which people are listed. @param {any} [index] */
const indexed = (index) => (index === undefined ? {} : { everyone: 'everyone', ...index });

/** @param {any} kvs @param {any[]} writes */
function transaction(kvs, writes) {
  const transact = kvs.transact();
  const holds = (/** @type {any} */ expected) => {
    const condition = expected === 'absent' ? FilterConditions.notExists() : FilterConditions.equalTo(expected);
    return { conditions: new Filter().and('revision', condition) };
  };
  for (const { put, delete: removed } of writes) {
    if (removed) {
      const { entity, key, expected } = removed;
      transact.delete(key, { entityName: entity, ...(expected !== undefined && holds(expected)) });
    } else {
      const { entity, key, expected, document, index } = put;
      const value = { revision: expected === 'absent' ? 1 : expected + 1, document, ...indexed(index) };
      transact.set(key, value, { entityName: entity, ...holds(expected) });
    }
  }
  return transact.execute().then(() => 'done', conflictOrThrow);
}

/** @param {any} kvs @param {any[]} writes a single creation, for which the SDK has a shorter way */
function creation(kvs, [{ put }]) {
  const value = { revision: 1, document: put.document, ...indexed(put.index) };
  return kvs
    .entity(put.entity)
    .set(put.key, value, { keyPolicy: 'FAIL_IF_EXISTS' })
    .then(() => 'done', conflictOrThrow);
}

const isCreation = (/** @type {any} */ { op, writes }) =>
  op === 'transact' && writes.length === 1 && writes[0].put?.expected === 'absent';

/** What was listed last, and where its next page begins. @type {{ listing: any, next?: string }} */
let last = { listing: undefined };

/** @param {any} kvs @param {any} listing @param {string} [cursor] */
async function people(kvs, listing, cursor) {
  const { label, by, descending = false, beginsWith, limit } = listing;
  const index = label === undefined ? `by-${by}` : `by-label-${by}`;
  let query = kvs.entity('grant').query().index(index, { partition: [label ?? 'everyone'] }).limit(limit);
  query = query.sort(descending ? Sort.DESC : Sort.ASC);
  if (beginsWith !== undefined) query = query.where(WhereConditions.beginsWith(beginsWith));
  if (cursor !== undefined) query = query.cursor(cursor);
  const { results, nextCursor } = await query.getMany();
  last = { listing, next: nextCursor };
  return results.map((/** @type {any} */ { value }) => value.document);
}

/** @type {Record<string, (kvs: any, step: any) => Promise<unknown>>} */
const OPERATIONS = {
  get: async (kvs, { entity, key }) => (await kvs.entity(entity).get(key)) ?? null,
  transact: (kvs, { writes }) => transaction(kvs, writes),
  people: (kvs, listing) => people(kvs, listing),
  more: async (kvs) => (last.next === undefined ? [] : people(kvs, last.listing, last.next)),
  secretGet: async (kvs, { key }) => (await kvs.getSecret(key)) ?? null,
  secretPut: (kvs, { key, value }) => kvs.setSecret(key, value).then(() => 'done'),
  secretDelete: (kvs, { key }) => kvs.deleteSecret(key).then(() => 'done'),
};

for (const { name, steps } of cases) {
  test(name, async (t) => {
    const { kvs } = storageClient(t, { manifest: '../../manifest.yml' });
    for (const step of steps) assert.deepEqual(await OPERATIONS[step.op](kvs, step), step.expect, JSON.stringify(step));
  });

  if (steps.some(isCreation)) {
    test(`${name} (creating with FAIL_IF_EXISTS)`, async (t) => {
      const { kvs } = storageClient(t, { manifest: '../../manifest.yml' });
      for (const step of steps) {
        const answer = await (isCreation(step) ? creation(kvs, step.writes) : OPERATIONS[step.op](kvs, step));
        assert.deepEqual(answer, step.expect, JSON.stringify(step));
      }
    });
  }
}
