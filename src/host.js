// What the wasm reaches of Forge: one expression a method. It throws 'conflict' for a lost race and lets the SDK's own
// errors through for the rest.
import { assumeTrustedRoute, asApp, asUser, NeedsAuthenticationError, webTrigger } from '@forge/api';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from '@forge/events';
import { kvs, Filter, FilterConditions, Sort, WhereConditions } from '@forge/kvs';

// A conditional write that lost answers 409, or one of two codes seen in public apps: KEY_CONFLICT for a key that
// exists, CONDITIONAL_CHECK_FAILED inside a transaction. Not verified against a live site.
const lost = new Set(['KEY_CONFLICT', 'CONDITIONAL_CHECK_FAILED', 'TRANSACTION_CONFLICT']);
const race = (error) => {
  throw error?.responseDetails?.status === 409 || lost.has(error?.code) ? 'conflict' : error;
};

const holds = (expected) => new Filter().and('revision', expected === null ? FilterConditions.notExists() : FilterConditions.equalTo(expected));

const step = (transaction, { entity, key, put, expected }) => {
  const where = { entityName: entity, ...(expected !== undefined && { conditions: holds(expected) }) };
  return put === undefined ? transaction.delete(key, where) : transaction.set(key, put, where);
};

// By an index of `manifest.yml`.
const query = ({ entity, index, partition, descending, beginsWith, cursor, limit }) => {
  const all = kvs.entity(entity).query().index(index, { partition: [partition] }).limit(limit);
  const matching = beginsWith ? all.where(WhereConditions.beginsWith(beginsWith)) : all;
  const sorted = matching.sort(descending ? Sort.DESC : Sort.ASC);
  return cursor ? sorted.cursor(cursor) : sorted;
};

const listed = ({ results, nextCursor }) => ({ rows: results.map(({ value }) => value), next: nextCursor });

// The headers that tell of limits, as `src/rate_limit.rs` knows them.
const limits = ['retry-after', 'ratelimit', 'x-ratelimit-reset', 'ratelimit-reset', 'x-ratelimit-nearlimit'];
const told = limits.flatMap((name) => [name, `beta-${name}`]);

const answer = async (response) => ({
  status: response.status,
  headers: Object.fromEntries(told.map((name) => [name, response.headers.get(name)])),
  body: await response.text(),
});

// Atlassian advises against keeping a cursor, so one that was kept may be refused: 400.
const stale = (error) => {
  throw error?.responseDetails?.status === 400 ? 'stale' : error;
};

// Forge asks a person to let the app act for them when a function fails with this error, so it may not be lost on the way.
const kept = (host) => (error) => {
  if (error instanceof NeedsAuthenticationError) host.unasked = error;
  throw error;
};

const jira = async (principal, method, path, body) =>
  answer(
    await (principal === 'caller' ? asUser() : asApp()).requestJira(assumeTrustedRoute(path), {
      method,
      body,
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
    }),
  );

export const createHost = () => ({
  unasked: undefined,
  pause: (ms) => pause(ms),
  get: (entity, key) => kvs.entity(entity).get(key),
  create: ({ entity, key, put }) => kvs.entity(entity).set(key, put, { keyPolicy: 'FAIL_IF_EXISTS' }).catch(race),
  transact: (writes) => writes.reduce(step, kvs.transact()).execute().catch(race),
  getSecret: (key) => kvs.getSecret(key),
  setSecret: (key, value, days) => kvs.setSecret(key, value, { ttl: { value: days, unit: 'DAYS' } }),
  deleteSecret: (key) => kvs.deleteSecret(key),
  requestJira(...request) {
    return jira(...request).catch(kept(this));
  },
  list: async (listing) => listed(await query(listing).getMany().catch(stale)),
  push: (work, delayInSeconds) => new Queue({ key: 'work' }).push({ body: work, delayInSeconds }),
  webTriggerUrl: (key) => webTrigger.getUrl(key),
  variable: (name) => process.env[name],
});
