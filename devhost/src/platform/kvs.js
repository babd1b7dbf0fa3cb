// @ts-check
/** Forge's key-value storage: `/api/v1/*` as `@forge/kvs` calls it, over the embedded database. */
import { json } from './boundary/answers.js';
import { batch } from './kvs/batch.js';
import { checkEntityValue, findEntity } from './kvs/keys.js';
import { queryEntity, queryPlain } from './kvs/query.js';
import { PLAIN, SECRET, entitySpace } from './kvs/records.js';
import { StorageRefusal, conflict, invalid } from './kvs/refusal.js';
import { get, remove, set } from './kvs/single.js';
import { isConditional, transact } from './kvs/transaction.js';

/** @import { Answer } from './isolate/messages.js' */
/** @import { Kind } from './kvs/single.js' */

/**
 * @typedef {object} Operation
 * @property {(body: any) => Answer} answer
 * @property {boolean} writes
 * @property {(body: any) => string | undefined} [race] the code with which another writer can make it fail, where one can
 */

/**
 * @param {{ records: import('./kvs/records.js').Records, entities: Map<string, import('./manifest.js').Entity> }} parts
 * @returns {{ find(path: string): Operation | undefined, perform(operation: Operation, body: any, lostRace?: string): Answer }}
 */
export function openKvs({ records, entities }) {
  const anything = () => {};
  /** @type {Kind} */
  const plain = { space: PLAIN, checkContent: anything };
  /** @type {Kind} */
  const secret = { space: SECRET, checkContent: anything };
  const entityKind = (/** @type {unknown} */ name) => {
    const entity = findEntity(entities, name);
    return {
      space: entitySpace(entity.name),
      entity,
      checkContent: (/** @type {unknown} */ value) => checkEntityValue(entity, value),
    };
  };
  const kindOf = (/** @type {string | undefined} */ entityName) =>
    entityName === undefined ? plain : entityKind(entityName);

  const raceToCreate = (/** @type {any} */ { options }) =>
    options?.keyPolicy === 'FAIL_IF_EXISTS' ? 'KEY_CONFLICT' : undefined;
  const raceOfConditions = (/** @type {any} */ body) => (isConditional(body) ? 'CONDITIONAL_CHECK_FAILED' : undefined);
  /** @returns {[string, Operation][]} */
  const single = (/** @type {string} */ prefix, /** @type {(body: any) => Kind} */ kind) => [
    [`${prefix}/get`, { answer: (body) => get(records, kind(body), body), writes: false }],
    [`${prefix}/set`, { answer: (body) => set(records, kind(body), body), writes: true, race: raceToCreate }],
    [`${prefix}/delete`, { answer: (body) => remove(records, kind(body), body), writes: true }],
  ];

  /** @type {Map<string, Operation>} */
  const operations = new Map([
    ...single('/api/v1', () => plain),
    ...single('/api/v1/secret', () => secret),
    ...single('/api/v1/entity', ({ entityName }) => entityKind(entityName)),
    ['/api/v1/query', { answer: (body) => queryPlain(records, body), writes: false }],
    [
      '/api/v1/entity/query',
      { answer: (body) => queryEntity(records, entityKind(body.entityName), body), writes: false },
    ],
    [
      '/api/v1/transaction',
      { answer: (body) => transact(records, kindOf, body), writes: true, race: raceOfConditions },
    ],
    [
      '/api/v1/batch/get',
      {
        answer: (body) => batch(body, (item) => get(records, kindOf(item.entityName), item), { options: false }),
        writes: false,
      },
    ],
    [
      '/api/v1/batch/set',
      {
        answer: (body) => batch(body, (item) => set(records, kindOf(item.entityName), item), { options: true }),
        writes: true,
      },
    ],
    [
      '/api/v1/batch/delete',
      {
        answer: (body) => batch(body, (item) => remove(records, kindOf(item.entityName), item), { options: false }),
        writes: true,
      },
    ],
  ]);

  return {
    find: (path) => operations.get(path),
    perform(operation, body, lostRace) {
      try {
        if (typeof body !== 'object' || body === null) throw invalid('INVALID_BODY', 'The request is no JSON object.');
        if (lostRace) throw conflict(lostRace, 'Another writer came first.');
        return operation.answer(body);
      } catch (error) {
        if (!(error instanceof StorageRefusal)) throw error;
        return json(error.status, { code: error.code, message: error.message });
      }
    },
  };
}
