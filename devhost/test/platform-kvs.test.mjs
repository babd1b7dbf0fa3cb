// @ts-check
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { storageClient } from './platform-kvs-client.mjs';

const require = createRequire(import.meta.url);
const { Filter, FilterConditions, WhereConditions, MetadataField, Sort } = {
  ...require('@forge/kvs'),
  ...require('@forge/kvs/out/interfaces/types.js'),
};
const HOUR = 3_600_000;

/** The code and the status with which a call is refused. @param {Promise<unknown>} call */
const refusal = (call) =>
  call.then(
    () => 'not refused',
    (error) => `${error.responseDetails?.status} ${error.code}`,
  );

test('plain values, secrets and entities are three worlds', async (t) => {
  const { kvs } = storageClient(t);
  await kvs.set('k', { of: 'plain' });
  await kvs.setSecret('k', 'of secret');
  await kvs.entity('employee').set('k', { name: 'of entity' });
  assert.deepEqual(await kvs.get('k'), { of: 'plain' });
  assert.equal(await kvs.getSecret('k'), 'of secret');
  assert.deepEqual(await kvs.entity('employee').get('k'), { name: 'of entity' });
  await kvs.delete('k');
  assert.equal(await kvs.get('k'), undefined);
  assert.equal(await kvs.getSecret('k'), 'of secret');
  await kvs.delete('k');
  assert.deepEqual((await kvs.query().getMany()).results, []);
});

test('a key policy decides what happens to a key that exists, and what is returned', async (t) => {
  const { kvs, clock } = storageClient(t);
  for (const world of [
    { set: kvs.set.bind(kvs), get: kvs.get.bind(kvs), value: 1, next: 2 },
    { set: kvs.setSecret.bind(kvs), get: kvs.getSecret.bind(kvs), value: 'a', next: 'b' },
    { ...entityWorld(kvs), value: { age: 1 }, next: { age: 2 } },
  ]) {
    const { set, get, value, next } = world;
    const returning = (/** @type {string} */ returnValue) => ({ keyPolicy: 'OVERRIDE', returnValue });
    assert.equal(await set('p', value, returning('PREVIOUS')), undefined);
    assert.equal(await refusal(set('p', next, { keyPolicy: 'FAIL_IF_EXISTS' })), '409 KEY_CONFLICT');
    assert.deepEqual(await get('p'), value);
    assert.deepEqual(await set('p', next, returning('PREVIOUS')), { key: 'p', value });
    assert.deepEqual(await set('p', value, returning('LATEST')), { key: 'p', value });
    assert.equal(await set('p', next, { keyPolicy: 'OVERRIDE' }), undefined);
    assert.equal(await set('new', next, { keyPolicy: 'FAIL_IF_EXISTS' }), undefined);
    assert.equal(await refusal(set('p', next, { keyPolicy: 'SOMETIMES' })), '400 INVALID_OPTIONS');
  }
  clock.advance(1000);
  const { createdAt, updatedAt } = await kvs.set('p', 3, {
    keyPolicy: 'OVERRIDE',
    returnValue: 'LATEST',
    returnMetadataFields: [MetadataField.CREATED_AT, MetadataField.UPDATED_AT],
  });
  assert.ok(updatedAt >= createdAt + 1000);
});

/** @param {any} kvs */
function entityWorld(kvs) {
  const entity = kvs.entity('employee');
  return { set: entity.set.bind(entity), get: entity.get.bind(entity) };
}

test('keys: empty, longest, too long, and the documented alphabet', async (t) => {
  const { kvs } = storageClient(t);
  assert.equal(await refusal(kvs.get('')), '400 KEY_TOO_SHORT');
  assert.equal(await refusal(kvs.entity('employee').get('')), '400 EMPTY_KEY');
  await kvs.set('x'.repeat(500), 1);
  assert.equal(await refusal(kvs.set('x'.repeat(501), 1)), '400 KEY_TOO_LONG');
  for (const key of ['a/b', '   ', 'ü', 'a@b', 'a\u0000'])
    assert.equal(await refusal(kvs.set(key, 1)), '400 INVALID_KEY', key);
  for (const key of ['a b', 'a:b.c_d-e#f', 'tab\tnew\nline', '\u2003wide']) await kvs.set(key, 1);
});

test('values: the largest, the deepest, and what is none', async (t) => {
  const { kvs } = storageClient(t);
  await kvs.set('k', 'x'.repeat(240 * 1024 - 2));
  assert.equal(await refusal(kvs.set('k', 'x'.repeat(240 * 1024 - 1))), '400 MAX_SIZE');
  assert.equal(await refusal(kvs.set('k', 'ü'.repeat(120 * 1024))), '400 MAX_SIZE');
  const nested = (/** @type {number} */ depth) => JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth));
  await kvs.set('k', nested(31));
  assert.equal(await refusal(kvs.set('k', nested(32))), '400 MAX_DEPTH');
  assert.equal(await refusal(kvs.set('k', nested(2000))), '400 MAX_DEPTH');
  assert.equal(await refusal(kvs.set('k', undefined)), '400 INVALID_VALUE');
  assert.equal(await refusal(kvs.set('k', null)), '400 INVALID_VALUE');
  for (const value of [0, '', false, [], {}]) {
    await kvs.set('k', value);
    assert.deepEqual(await kvs.get('k'), value);
  }
});

test('an entity takes its declared attributes, of their types', async (t) => {
  const { kvs } = storageClient(t);
  const set = (/** @type {any} */ value) => kvs.entity('employee').set('k', value);
  await set({ name: 'Ana', age: -(2 ** 31), salary: 1e300, active: false, notes: [{ any: null }] });
  await set({ age: 2 ** 31 - 1 });
  await set({});
  for (const value of [
    { age: 2 ** 31 },
    { age: 1.5 },
    { age: '1' },
    { name: 1 },
    { name: null },
    { active: 'true' },
    { salary: '1' },
    { unknown: 1 },
    { constructor: 1 },
    'text',
    ['list'],
  ]) {
    assert.equal(await refusal(set(value)), '400 INVALID_ENTITY_VALUE', JSON.stringify(value));
  }
  assert.equal(await refusal(kvs.entity('unknown').get('k')), '400 INVALID_ENTITY_TYPE');
  assert.equal(await refusal(kvs.entity('ab').get('k')), '400 ENTITY_TYPE_TOO_SHORT');
  assert.equal(await refusal(kvs.entity('a'.repeat(61)).get('k')), '400 ENTITY_TYPE_TOO_LARGE');
});

test('an entry that expired may still be read for two days, with the time at which it expired', async (t) => {
  const { kvs, clock } = storageClient(t);
  const start = clock.now();
  await kvs.set('k', 1, { ttl: { value: 2, unit: 'HOURS' } });
  clock.advance(3 * HOUR);
  const { value, expireTime } = await kvs.get('k', { metadataFields: [MetadataField.EXPIRE_TIME] });
  assert.equal(value, 1);
  assert.ok(Math.abs(Date.parse(expireTime) - (start + 2 * HOUR)) < 1000);
  assert.equal(await refusal(kvs.set('k', 2, { keyPolicy: 'FAIL_IF_EXISTS' })), '409 KEY_CONFLICT');
  clock.advance(48 * HOUR);
  assert.deepEqual((await kvs.query().getMany()).results, []);
  assert.equal(await kvs.get('k'), undefined);
  await kvs.set('k', 2, { keyPolicy: 'FAIL_IF_EXISTS' });
  clock.advance(400 * 24 * HOUR);
  assert.equal(await kvs.get('k'), 2);

  for (const ttl of [
    { value: 366, unit: 'DAYS' },
    { value: 0, unit: 'DAYS' },
    { value: 1.5, unit: 'DAYS' },
    { value: 1, unit: 'WEEKS' },
  ]) {
    assert.equal(await refusal(kvs.set('k', 1, { ttl })), '400 INVALID_TTL');
  }
  await kvs.set('k', 1, { ttl: { value: 365, unit: 'DAYS' } });
});

/** Whether a check of this condition passes. @param {any} kvs @param {(filter: any) => any} build */
const passes = (kvs, build) =>
  kvs
    .transact()
    .check('k', { entityName: 'employee', conditions: build(new Filter()) })
    .execute()
    .then(
      () => true,
      (/** @type {any} */ error) => {
        assert.equal(`${error.responseDetails.status} ${error.code}`, '409 CONDITIONAL_CHECK_FAILED');
        return false;
      },
    );

test('every condition, on what is there, on what is of another type and on what is absent', async (t) => {
  const { kvs } = storageClient(t);
  await kvs.entity('employee').set('k', { name: 'Maria', age: 40, active: true, notes: ['a', 'b'] });
  const of = (/** @type {string} */ attribute, /** @type {any} */ condition) =>
    passes(kvs, (filter) => filter.and(attribute, condition));
  const conditions = FilterConditions;
  const table = [
    ['age', conditions.equalTo(40), true],
    ['age', conditions.equalTo(41), false],
    ['age', conditions.equalTo('40'), false],
    ['salary', conditions.equalTo(40), false],
    ['age', conditions.notEqualTo(41), true],
    ['salary', conditions.notEqualTo(41), true],
    ['age', conditions.exists(), true],
    ['salary', conditions.exists(), false],
    ['age', conditions.notExists(), false],
    ['salary', conditions.notExists(), true],
    ['name', conditions.beginsWith('Ma'), true],
    ['name', conditions.beginsWith('ma'), false],
    ['age', conditions.between(40, 40), true],
    ['age', conditions.between(41, 50), false],
    ['age', conditions.greaterThan(39), true],
    ['age', conditions.greaterThan(40), false],
    ['age', conditions.greaterThanEqualTo(40), true],
    ['age', conditions.lessThan(40), false],
    ['age', conditions.lessThanEqualTo(40), true],
    ['salary', conditions.lessThan(40), false],
    ['name', conditions.contains('ari'), true],
    ['notes', conditions.contains('b'), true],
    ['notes', conditions.contains('c'), false],
    ['name', conditions.notContains('x'), true],
    ['active', conditions.equalTo(true), true],
  ];
  for (const [attribute, condition, expected] of table) {
    assert.equal(await of(attribute, condition), expected, `${attribute} ${JSON.stringify(condition)}`);
  }
  const both = (/** @type {'and' | 'or'} */ operator) =>
    passes(kvs, (filter) =>
      filter[operator]('age', conditions.equalTo(40))[operator]('name', conditions.equalTo('Tom')),
    );
  assert.deepEqual([await both('and'), await both('or')], [false, true]);
});

test('a transaction: each kind of entry, all or nothing, and what it does not take', async (t) => {
  const { kvs, sent } = storageClient(t);
  await kvs.set('gone', 1);
  await kvs
    .transact()
    .set('plain', { a: 1 }, undefined, { ttl: { value: 1, unit: 'DAYS' } })
    .set('k', { age: 1 }, { entityName: 'employee' })
    .delete('gone')
    .delete('never there')
    .check('k', { entityName: 'record', conditions: new Filter().and('revision', FilterConditions.notExists()) })
    .execute();
  assert.deepEqual(
    [await kvs.get('plain'), await kvs.get('gone'), await kvs.entity('employee').get('k')],
    [{ a: 1 }, undefined, { age: 1 }],
  );
  assert.deepEqual(sent[1].body.check, [
    {
      key: 'k',
      entityName: 'record',
      conditions: { and: [{ property: 'revision', condition: 'NOT_EXISTS', values: [true] }] },
    },
  ]);

  const twentyFive = () =>
    Array.from({ length: 25 }).reduce((/** @type {any} */ all, _, index) => all.set(`t${index}`, 1), kvs.transact());
  await twentyFive().execute();
  assert.equal(await refusal(twentyFive().set('one more', 1).execute()), '400 TRANSACTION_TOO_LARGE');
  assert.equal(await kvs.get('one more'), undefined);
  assert.equal(await refusal(kvs.transact().execute()), '400 EMPTY_TRANSACTION');
  assert.equal(await refusal(kvs.transact().set('d', 1).delete('d').execute()), '400 DUPLICATE_KEY');
  const big = 'x'.repeat(230 * 1024);
  const huge = Array.from({ length: 19 }).reduce(
    (/** @type {any} */ all, _, index) => all.set(`h${index}`, big),
    kvs.transact(),
  );
  assert.equal(await refusal(huge.execute()), '400 MAX_SIZE');
  const policy = { keyPolicy: 'FAIL_IF_EXISTS' };
  assert.equal(await refusal(kvs.transact().set('a', 1, undefined, policy).execute()), '400 INVALID_OPTIONS');
  const plainCondition = { entityName: undefined, conditions: new Filter().and('revision', FilterConditions.exists()) };
  assert.equal(await refusal(kvs.transact().set('a', 1, plainCondition).execute()), '400 INVALID_CONDITION');
  const unknown = { entityName: 'record', conditions: new Filter().and('other', FilterConditions.exists()) };
  assert.equal(await refusal(kvs.transact().delete('a', unknown).execute()), '400 INVALID_ENTITY_ATTRIBUTE');
  assert.equal(
    await refusal(kvs.transact().set('fine', 1).set('k', { age: 'x' }, { entityName: 'employee' }).execute()),
    '400 INVALID_ENTITY_VALUE',
  );
  assert.equal(await kvs.get('fine'), undefined);
});

test('a batch: each item for itself', async (t) => {
  const { kvs } = storageClient(t);
  assert.deepEqual(
    await kvs.batchSet([
      { key: 'a', value: 1 },
      { key: 'b/', value: 2 },
      { key: 'k', entityName: 'employee', value: { age: 1 }, options: { ttl: { value: 1, unit: 'DAYS' } } },
      { key: 'l', entityName: 'employee', value: { age: 'x' } },
    ]),
    {
      successfulKeys: [{ key: 'a' }, { key: 'k', entityName: 'employee' }],
      failedKeys: [
        {
          key: 'b/',
          error: {
            code: 'INVALID_KEY',
            message: 'The provided key does not match the regex: /^(?!\\s+$)[a-zA-Z0-9:._\\s-#]+$/',
          },
        },
        {
          key: 'l',
          entityName: 'employee',
          error: { code: 'INVALID_ENTITY_VALUE', message: 'The attribute age of employee must be of type integer.' },
        },
      ],
    },
  );
  const read = await kvs.batchGet([{ key: 'a' }, { key: 'k', entityName: 'employee' }, { key: 'none' }]);
  assert.deepEqual(read.successfulKeys, [
    { key: 'a', value: 1 },
    { key: 'k', entityName: 'employee', value: { age: 1 } },
  ]);
  assert.deepEqual(
    read.failedKeys.map((/** @type {any} */ { key, error }) => [key, error.code]),
    [['none', 'KEY_NOT_FOUND']],
  );
  assert.deepEqual((await kvs.batchDelete([{ key: 'a' }])).successfulKeys, [{ key: 'a' }]);
  assert.equal(await kvs.get('a'), undefined);
  assert.equal(await refusal(kvs.batchGet([])), '400 INVALID_BATCH');
  assert.equal(
    await refusal(kvs.batchGet(Array.from({ length: 26 }, (_, index) => ({ key: `k${index}` })))),
    '400 INVALID_BATCH',
  );
});

test('a query of plain keys: by beginning, in order, page by page', async (t) => {
  const { kvs } = storageClient(t);
  for (const key of ['b:1', 'a:2', 'a:1', 'a:3']) await kvs.set(key, key);
  await kvs.setSecret('a:secret', 'x');
  const query = () => kvs.query().where('key', WhereConditions.beginsWith('a:')).limit(2);
  const first = await query().getMany();
  assert.deepEqual(first.results, [
    { key: 'a:1', value: 'a:1' },
    { key: 'a:2', value: 'a:2' },
  ]);
  const second = await query().cursor(first.nextCursor).getMany();
  assert.deepEqual(
    second.results.map((/** @type {any} */ { key }) => key),
    ['a:3'],
  );
  assert.equal(second.nextCursor, undefined);
  assert.equal((await kvs.query().getOne()).key, 'a:1');

  for (let count = 0; count < 12; count += 1) await kvs.set(`z${count}`, count);
  assert.equal((await kvs.query().getMany()).results.length, 10);
  assert.equal((await kvs.query().limit(100).getMany()).results.length, 16);
  assert.equal(await refusal(kvs.query().limit(101).getMany()), '400 COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE');
  assert.equal(await refusal(kvs.query().limit(0).getMany()), '400 COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE');
  assert.equal(await refusal(kvs.query().cursor('nonsense').getMany()), '400 INVALID_CURSOR');
});

test('a query of entities: index, partition, range, filters and sort', async (t) => {
  const { kvs } = storageClient(t);
  const employee = kvs.entity('employee');
  const people = { a: ['Zoe', 30, true], b: ['Ana', 9, true], c: ['Ben', 40, false], d: ['Bea', 100, true] };
  for (const [key, [name, age, active]] of Object.entries(people)) await employee.set(key, { name, age, active });
  await employee.set('e', { name: 'Nobody' });
  const keys = async (/** @type {any} */ query) =>
    (await query.getMany()).results.map((/** @type {any} */ { key }) => key).join('');

  assert.equal(await keys(employee.query().index('age')), 'bacd');
  assert.equal(await keys(employee.query().index('age').sort(Sort.DESC)), 'dcab');
  assert.equal(await keys(employee.query().index('age').where(WhereConditions.between(30, 40))), 'ac');
  assert.equal(
    await keys(
      employee
        .query()
        .index('age')
        .where(WhereConditions.greaterThan(9))
        .filters(new Filter().and('name', FilterConditions.beginsWith('B'))),
    ),
    'cd',
  );
  assert.equal(await keys(employee.query().index('by-activity', { partition: [true] })), 'bda');
  assert.equal(
    await keys(
      employee
        .query()
        .index('by-activity', { partition: [true] })
        .where(WhereConditions.beginsWith('B')),
    ),
    'd',
  );
  assert.equal(await keys(employee.query().index('by-key')), 'abcde');
  assert.equal(
    await keys(
      employee
        .query()
        .index('age')
        .filters(new Filter().or('name', FilterConditions.equalTo('Zoe')).or('age', FilterConditions.equalTo(9))),
    ),
    'ba',
  );
  const page = await employee.query().index('age').limit(2).getMany();
  assert.equal(await keys(employee.query().index('age').limit(2).cursor(page.nextCursor)), 'cd');
  const last = await employee.query().index('age').sort(Sort.DESC).limit(2).getMany();
  assert.equal(await keys(employee.query().index('age').sort(Sort.DESC).limit(2).cursor(last.nextCursor)), 'ab');

  assert.equal(await refusal(employee.query().index('salary').getMany()), '400 INVALID_ENTITY_INDEX');
  assert.equal(await refusal(employee.query().index('by-activity').getMany()), '400 INVALID_PARTITION');
  assert.equal(
    await refusal(
      employee
        .query()
        .index('age')
        .where({ condition: 'CONTAINS', values: ['x'] })
        .getMany(),
    ),
    '400 INVALID_CONDITION',
  );
  assert.equal(
    await refusal(
      employee
        .query()
        .index('age')
        .where({ condition: 'BETWEEN', values: [1] })
        .getMany(),
    ),
    '400 INSUFFICIENT_FILTER_VALUES',
  );
});

test('queries lag behind writes; get and conditions do not', async (t) => {
  const { kvs, clock } = storageClient(t, { queryLagMs: 1000 });
  const query = async () =>
    (await kvs.query().getMany()).results.map((/** @type {any} */ { key, value }) => `${key}=${value}`).join(' ');
  await kvs.set('a', 1);
  assert.equal(await kvs.get('a'), 1);
  assert.equal(await query(), '');
  clock.advance(1000);
  assert.equal(await query(), 'a=1');
  await kvs.set('a', 2);
  clock.advance(500);
  await kvs.set('a', 3);
  await kvs.set('b', 1);
  assert.equal(await query(), 'a=1');
  clock.advance(500);
  assert.equal(await query(), 'a=2');
  await kvs.delete('b');
  clock.advance(500);
  assert.equal(await query(), 'a=3 b=1');
  clock.advance(500);
  assert.equal(await query(), 'a=3');
});

test('the faults: a conflict, a storage that is down, an answer that is lost', async (t) => {
  const { kvs, faults } = storageClient(t);
  const conditional = () =>
    kvs
      .transact()
      .set(
        'k',
        { revision: 1 },
        { entityName: 'record', conditions: new Filter().and('revision', FilterConditions.notExists()) },
      )
      .execute();
  faults.set.set('storageConflict', true);
  await kvs.set('unconditional', 1);
  await kvs.get('unconditional');
  await kvs.transact().set('unconditional', 2).execute();
  assert.equal(await refusal(conditional()), '409 CONDITIONAL_CHECK_FAILED');
  await conditional();
  faults.set.set('storageConflict', true);
  assert.equal(await refusal(kvs.set('new', 1, { keyPolicy: 'FAIL_IF_EXISTS' })), '409 KEY_CONFLICT');
  assert.equal(await kvs.get('new'), undefined);

  faults.set.set('storageDown', true);
  assert.equal(await refusal(kvs.get('unconditional')), '503 SERVICE_UNAVAILABLE');
  assert.equal(await refusal(kvs.set('unconditional', 3)), '503 SERVICE_UNAVAILABLE');
  faults.set.clear();
  assert.equal(await kvs.get('unconditional'), 2);

  faults.set.set('lostStorageReply', true);
  assert.equal(await kvs.get('unconditional'), 2);
  await assert.rejects(kvs.set('unconditional', 4), /answer of the storage was lost/);
  assert.equal(await kvs.get('unconditional'), 4);
});

test('without storage:app, and above the rates, the storage refuses', async (t) => {
  const bare = storageClient(t, { scopes: [] });
  assert.equal(await refusal(bare.kvs.get('a')), '403 FORBIDDEN');

  const { kvs, clock } = storageClient(t, { enforceRates: true });
  clock.advance(60_000 - (clock.now() % 60_000));
  const large = 'x'.repeat(100 * 1024);
  for (let count = 0; count < 363; count += 1) await kvs.set('a', large);
  assert.equal(await refusal(kvs.set('a', large)), '429 RATE_LIMIT_EXCEEDED');
  for (let count = 0; count < 363; count += 1) await kvs.get('a');
  assert.equal(await refusal(kvs.get('a')), '429 RATE_LIMIT_EXCEEDED');
  clock.advance(60_000);
  await kvs.set('a', large);
});
