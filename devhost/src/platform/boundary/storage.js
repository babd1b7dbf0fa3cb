// @ts-check
/** The way to the app's storage: its scope, its rates, and the bad days that a person may switch on. */
import { json, readJson } from './answers.js';
import { STORAGE } from '../limits.js';

/** @import { Handler } from '../boundary.js' */

/**
 * @param {{
 *   kvs: ReturnType<typeof import('../kvs.js').openKvs>,
 *   manifest: import('../manifest.js').Manifest,
 *   faults: import('../index.js').Faults,
 *   rates: ReturnType<typeof import('../rates.js').openRates>,
 * }} parts
 * @returns {Handler}
 */
export function openStorage({ kvs, manifest, faults, rates }) {
  return (request) => {
    if (!manifest.hasScope('storage:app'))
      return json(403, { code: 'FORBIDDEN', message: 'The manifest does not ask for the scope storage:app.' });
    if (faults.active('storageDown'))
      return json(503, { code: 'SERVICE_UNAVAILABLE', message: 'The storage is not available.' });
    const operation = request.method === 'POST' ? kvs.find(request.path) : undefined;
    if (!operation) return json(404, { code: 'NOT_FOUND', message: `There is no ${request.method} ${request.path}.` });
    if (!rates('storage requests', STORAGE.requestsPerSecond, 1000)) return tooMany();
    if (operation.writes && !hasRoom('storage writes', request.body)) return tooMany();

    const body = readJson(request);
    const race = operation.race?.(body ?? {});
    const answer = kvs.perform(operation, body, race && faults.active('storageConflict') ? race : undefined);
    if (!operation.writes && !hasRoom('storage reads', answer.body)) return tooMany();
    if (operation.writes && answer.status < 300 && faults.active('lostStorageReply'))
      throw new Error('The answer of the storage was lost.');
    return answer;
  };

  /** @param {string} what @param {string | Uint8Array | null} [content] */
  function hasRoom(what, content) {
    const units = Math.max(1, Math.ceil(Buffer.byteLength(content ?? '') / STORAGE.unitBytes));
    return rates(what, STORAGE.unitsPerMinute, 60_000, units);
  }
}

const tooMany = () =>
  json(429, { code: 'RATE_LIMIT_EXCEEDED', message: 'The installation exceeds the rate of its storage.' });
