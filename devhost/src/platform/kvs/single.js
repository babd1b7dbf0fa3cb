// @ts-check
/** get, set and delete of one key, for each kind of entry alike. */
import { empty, json } from '../boundary/answers.js';
import { STORAGE } from '../limits.js';
import { checkKey, checkValue } from './keys.js';
import { StorageRefusal, conflict, invalid } from './refusal.js';

/** @import { Entry, Records, Space } from './records.js' */
/** @import { Entity } from '../manifest.js' */

/** @typedef {{ space: Space, entity?: Entity, checkContent: (value: unknown) => void }} Kind */

/** @type {Record<string, number>} */
const UNITS = { SECONDS: 1000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 };

const absent = () => new StorageRefusal(404, 'KEY_NOT_FOUND', 'The specified key does not exist.');

/** @param {Records} records @param {Kind} kind @param {any} body */
export function get(records, { space, entity }, { key, options }) {
  checkKey(key, entity);
  const entry = records.get(space, key);
  if (!entry) throw absent();
  return json(200, { key, entityName: entity?.name, ...shown(entry, options?.metadataFields) });
}

/** @param {Records} records @param {Kind} kind @param {any} body */
export function set(records, { space, entity, checkContent }, { key, value, options = {} }) {
  checkEntry(key, value, { entity, checkContent });
  const ttl = readTtl(options.ttl);
  const { keyPolicy = 'OVERRIDE', returnValue, returnMetadataFields } = options;
  if (keyPolicy !== 'OVERRIDE' && keyPolicy !== 'FAIL_IF_EXISTS')
    throw invalid('INVALID_OPTIONS', `There is no keyPolicy ${keyPolicy}.`);

  const previous = records.get(space, key);
  if (keyPolicy === 'FAIL_IF_EXISTS' && previous) throw conflict('KEY_CONFLICT', 'The specified key exists already.');
  const latest = records.put(space, key, value, ttl);
  if (keyPolicy !== 'OVERRIDE' || returnValue === undefined) return empty(204);
  const returned = returnValue === 'PREVIOUS' ? previous : latest;
  return returned ? json(200, { key, entityName: entity?.name, ...shown(returned, returnMetadataFields) }) : empty(204);
}

/** @param {Records} records @param {Kind} kind @param {any} body */
export function remove(records, { space, entity }, { key }) {
  checkKey(key, entity);
  if (!records.remove(space, key)) throw absent();
  return empty(204);
}

/**
 * @param {unknown} key
 * @param {unknown} value
 * @param {Pick<Kind, 'entity' | 'checkContent'>} kind
 */
export function checkEntry(key, value, { entity, checkContent }) {
  checkKey(key, entity);
  checkValue(value);
  checkContent(value);
}

/**
 * @param {{ value?: unknown, unit?: string } | undefined} ttl
 * @returns {number | undefined} milliseconds
 */
export function readTtl(ttl) {
  if (ttl === undefined) return undefined;
  const { value, unit = '' } = ttl;
  const milliseconds = Number(value) * UNITS[unit];
  if (
    !Number.isInteger(value) ||
    Number.isNaN(milliseconds) ||
    milliseconds <= 0 ||
    milliseconds > STORAGE.ttlMaximum
  ) {
    throw invalid(
      'INVALID_TTL',
      'The time to live must be a whole number of SECONDS, MINUTES, HOURS or DAYS, up to a year.',
    );
  }
  return milliseconds;
}

/**
 * @param {Entry} entry
 * @param {string[]} [fields]
 */
export function shown({ value, createdAt, updatedAt, expiresAt }, fields = []) {
  return {
    value,
    ...(fields.includes('CREATED_AT') && { createdAt }),
    ...(fields.includes('UPDATED_AT') && { updatedAt }),
    ...(fields.includes('EXPIRE_TIME') && expiresAt !== undefined && { expireTime: new Date(expiresAt).toISOString() }),
  };
}
