// @ts-check
/** Many single operations in one request; each succeeds or fails for itself. */
import { json } from '../boundary/answers.js';
import { STORAGE } from '../limits.js';
import { StorageRefusal, invalid } from './refusal.js';

/** @import { Answer } from '../isolate/messages.js' */

/**
 * @param {any} items
 * @param {(item: any) => Answer} one answers or refuses a single operation
 * @param {{ options: boolean }} permitted whether an item may carry `ttl`
 */
export function batch(items, one, { options: permitsOptions }) {
  if (!Array.isArray(items) || items.length === 0 || items.length > STORAGE.batchItems) {
    throw invalid('INVALID_BATCH', `A batch takes between 1 and ${STORAGE.batchItems} items.`);
  }
  if (Buffer.byteLength(JSON.stringify(items)) > STORAGE.batchBytes)
    throw invalid('MAX_SIZE', `A batch takes at most ${STORAGE.batchBytes} bytes.`);

  const successfulKeys = [];
  const failedKeys = [];
  for (const item of items) {
    const { key, entityName, options = {} } = item;
    try {
      const unknown = Object.keys(options).filter((name) => !permitsOptions || name !== 'ttl');
      if (unknown.length > 0 && permitsOptions) throw invalid('INVALID_OPTIONS', 'A batch takes no option but ttl.');
      const { body } = one(item);
      successfulKeys.push(body ? JSON.parse(String(body)) : { key, entityName });
    } catch (error) {
      if (!(error instanceof StorageRefusal)) throw error;
      failedKeys.push({ key, entityName, error: { code: error.code, message: error.message } });
    }
  }
  return json(200, { successfulKeys, failedKeys });
}
