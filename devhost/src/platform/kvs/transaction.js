// @ts-check
/** Several writes and checks that happen together or not at all. */
import { empty } from '../boundary/answers.js';
import { STORAGE } from '../limits.js';
import { checkConditions, holds } from './conditions.js';
import { checkKey } from './keys.js';
import { conflict, invalid } from './refusal.js';
import { checkEntry, readTtl } from './single.js';

/** @import { Conditions } from './conditions.js' */
/** @import { Records } from './records.js' */
/** @import { Kind } from './single.js' */

/**
 * @typedef {{ key: string, value?: unknown, entityName?: string, conditions?: Conditions, options?: any }} Operation
 * @typedef {{ set?: Operation[], delete?: Operation[], check?: Operation[] }} Transaction
 */

/**
 * @param {Records} records
 * @param {(entityName: string | undefined) => Kind} kindOf
 * @param {Transaction} body
 */
export function transact(records, kindOf, body) {
  const { set = [], delete: deletes = [], check = [] } = body;
  const all = [...set, ...deletes, ...check];
  checkOperations(all);
  for (const operation of set) {
    checkEntry(operation.key, operation.value, kindOf(operation.entityName));
    const { ttl, ...others } = operation.options ?? {};
    if (Object.keys(others).length > 0) throw invalid('INVALID_OPTIONS', 'A transaction takes no option but ttl.');
    readTtl(ttl);
  }
  if (Buffer.byteLength(JSON.stringify(body)) > STORAGE.transactionBytes) {
    throw invalid('MAX_SIZE', `A transaction takes at most ${STORAGE.transactionBytes} bytes.`);
  }
  for (const { key, entityName, conditions } of all) {
    const { entity } = kindOf(entityName);
    checkKey(key, entity);
    if (conditions && !entity) throw invalid('INVALID_CONDITION', 'Conditions can be set on entities only.');
    if (conditions && entity) checkConditions(entity, conditions);
  }
  for (const { entityName, conditions } of check) {
    if (!entityName || !conditions) throw invalid('INVALID_CONDITION', 'A check needs an entity and conditions.');
  }

  records.transaction(() => {
    for (const { key, entityName, conditions } of all) {
      if (conditions && !holds(conditions, records.get(kindOf(entityName).space, key)?.value ?? {})) {
        throw conflict('CONDITIONAL_CHECK_FAILED', 'A condition of the transaction does not hold.');
      }
    }
    for (const { key, value, entityName, options } of set)
      records.put(kindOf(entityName).space, key, value, readTtl(options?.ttl));
    for (const { key, entityName } of deletes) records.remove(kindOf(entityName).space, key);
  });
  return empty(204);
}

/** @param {Operation[]} all */
function checkOperations(all) {
  if (all.length === 0) throw invalid('EMPTY_TRANSACTION', 'A transaction needs at least one operation.');
  if (all.length > STORAGE.transactionOperations) {
    throw invalid('TRANSACTION_TOO_LARGE', `A transaction takes at most ${STORAGE.transactionOperations} operations.`);
  }
  const names = new Set(all.map(({ key, entityName }) => JSON.stringify([entityName, key])));
  if (names.size < all.length) throw invalid('DUPLICATE_KEY', 'A transaction may name each key once.');
}

/** Whether a transaction depends on what is stored. @param {Transaction} body */
export const isConditional = ({ set = [], delete: deletes = [], check = [] }) =>
  [...set, ...deletes, ...check].some(({ conditions }) => conditions !== undefined);
