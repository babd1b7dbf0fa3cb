// @ts-check
/** Which keys and values Forge takes. */
import { STORAGE } from '../limits.js';
import { invalid } from './refusal.js';

/** @import { AttributeType, Entity } from '../manifest.js' */

const INTEGER_32 = { least: -(2 ** 31), most: 2 ** 31 - 1 };

/**
 * @param {unknown} key
 * @param {Entity} [entity] whose documents of errors use another word for an empty key
 */
export function checkKey(key, entity) {
  if (typeof key !== 'string' || key === '') {
    throw invalid(entity ? 'EMPTY_KEY' : 'KEY_TOO_SHORT', 'The provided key needs to be more than one character.');
  }
  if (key.length > STORAGE.keyCharacters) {
    throw invalid('KEY_TOO_LONG', `The provided key has exceeded the maximum ${STORAGE.keyCharacters} characters.`);
  }
  if (!STORAGE.keyPattern.test(key)) {
    throw invalid('INVALID_KEY', `The provided key does not match the regex: ${STORAGE.keyPattern}`);
  }
}

/** @param {unknown} value */
export function checkValue(value) {
  if (value === undefined || value === null) throw invalid('INVALID_VALUE', 'A value must be given.');
  if (isDeeperThan(STORAGE.valueDepth, value)) {
    throw invalid(
      'MAX_DEPTH',
      `The provided value has exceeded the maximum object depth (${STORAGE.valueDepth}) limit.`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(value)) > STORAGE.valueBytes) {
    throw invalid('MAX_SIZE', 'The provided value has exceeded the maximum size limit.');
  }
}

/**
 * @param {number} levels of objects and lists, one within the other
 * @param {unknown} value
 * @returns {boolean}
 */
function isDeeperThan(levels, value) {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

/**
 * @param {Map<string, Entity>} entities
 * @param {unknown} name
 * @returns {Entity}
 */
export function findEntity(entities, name) {
  if (typeof name !== 'string' || name.length < 3) {
    throw invalid('ENTITY_TYPE_TOO_SHORT', 'The entity name needs to be at least 3 characters.');
  }
  if (name.length > 60)
    throw invalid('ENTITY_TYPE_TOO_LARGE', 'The entity name has exceeded the maximum 60 characters.');
  const entity = entities.get(name);
  if (!entity) throw invalid('INVALID_ENTITY_TYPE', `The manifest declares no entity ${name}.`);
  return entity;
}

/**
 * @param {Entity} entity
 * @param {unknown} value
 */
export function checkEntityValue({ name, attributes }, value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('INVALID_ENTITY_VALUE', `A value of ${name} must be an object of its attributes.`);
  }
  for (const [attribute, content] of Object.entries(value)) {
    const type = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (type === undefined)
      throw invalid('INVALID_ENTITY_VALUE', `The entity ${name} declares no attribute ${attribute}.`);
    if (!fits(type, content))
      throw invalid('INVALID_ENTITY_VALUE', `The attribute ${attribute} of ${name} must be of type ${type}.`);
  }
}

/** @param {AttributeType} type @param {unknown} content */
function fits(type, content) {
  switch (type) {
    case 'any':
      return true;
    case 'string':
      return typeof content === 'string';
    case 'boolean':
      return typeof content === 'boolean';
    case 'float':
      return typeof content === 'number';
    case 'integer':
      return Number.isInteger(content) && Number(content) >= INTEGER_32.least && Number(content) <= INTEGER_32.most;
  }
}
