// @ts-check
/** Queries: over plain keys by their beginning, over entities by an index. */
import { json } from '../boundary/answers.js';
import { STORAGE } from '../limits.js';
import { checkComparison, checkConditions, compares, holds } from './conditions.js';
import { PLAIN, compareText } from './records.js';
import { invalid } from './refusal.js';
import { shown } from './single.js';

/** @import { Entity, Index } from '../manifest.js' */
/** @import { Entry, Records } from './records.js' */
/** @import { Kind } from './single.js' */

/** The index that every entity has, over its keys. */
const BY_KEY = 'by-key';

/** @typedef {{ key: string, entry: Entry }} Row */
/** @typedef {{ key: string, at: string | number }} Place of a row in the order of an index: what it sorts by, and its key */

/** @param {Records} records @param {any} body */
export function queryPlain(records, { limit, after, where = [], options }) {
  for (const comparison of where) {
    if (comparison.property !== 'key' || comparison.condition !== 'BEGINS_WITH') {
      throw invalid('INVALID_CONDITION', 'Plain keys are queried by BEGINS_WITH of the key only.');
    }
    checkComparison(comparison);
  }
  const rows = records
    .asQueried(PLAIN)
    .filter(({ key }) => where.every((/** @type {any} */ comparison) => compares(comparison, key)));
  const placeOf = (/** @type {Row} */ { key }) => ({ key, at: key });
  return page(rows, placeOf, { limit, cursor: after, fields: options?.metadataFields });
}

/** @param {Records} records @param {Kind & { entity: Entity }} kind @param {any} body */
export function queryEntity(records, { space, entity }, body) {
  const { indexName, partition = [], range, filters, sort = 'ASC', cursor, limit, options } = body;
  const index = findIndex(entity, indexName);
  if (!Array.isArray(partition) || partition.length !== index.partition.length) {
    throw invalid('INVALID_PARTITION', `The index ${index.name} has ${index.partition.length} partition attributes.`);
  }
  if (range) checkComparison(range, true);
  if (filters) checkConditions(entity, filters);
  if (sort !== 'ASC' && sort !== 'DESC') throw invalid('INVALID_SORT', 'The sort is ASC or DESC.');

  const indexed = (/** @type {Row} */ { key, entry }) => (index.range === undefined ? key : entry.value[index.range]);
  const rows = records
    .asQueried(space)
    .filter((row) => indexed(row) !== undefined)
    .filter(({ entry }) => index.partition.every((attribute, at) => entry.value[attribute] === partition[at]))
    .filter((row) => !range || compares(range, indexed(row)))
    .filter(({ entry }) => !filters || holds(filters, entry.value));
  const placeOf = (/** @type {Row} */ row) => ({ key: row.key, at: indexed(row) });
  rows.sort((one, other) => comparePlaces(placeOf(one), placeOf(other)));
  if (sort === 'DESC') rows.reverse();
  return page(rows, placeOf, { limit, cursor, descending: sort === 'DESC', fields: options?.metadataFields });
}

/**
 * @param {Entity} entity
 * @param {unknown} name
 * @returns {Index}
 */
function findIndex(entity, name) {
  if (name === BY_KEY) return { name: BY_KEY, partition: [] };
  const index = entity.indexes.find((candidate) => candidate.name === name);
  if (!index) throw invalid('INVALID_ENTITY_INDEX', `The entity ${entity.name} has no index ${name}.`);
  return index;
}

/** @param {Place} one @param {Place} other */
const comparePlaces = (one, other) => compareIndexed(one.at, other.at) || compareText(one.key, other.key);

/** @param {any} one @param {any} other */
const compareIndexed = (one, other) =>
  typeof one === 'number' && typeof other === 'number' ? one - other : compareText(String(one), String(other));

/**
 * A page that is full has a cursor even when nothing follows: whether something does is not known yet, as on Forge. A
 * cursor is a place, not a row: a row that was changed or deleted meanwhile does not make it void.
 * @param {Row[]} rows
 * @param {(row: Row) => Place} placeOf
 * @param {{ limit?: number, cursor?: string, descending?: boolean, fields?: string[] }} options
 */
function page(rows, placeOf, { limit = STORAGE.pageDefault, cursor, descending = false, fields }) {
  if (!Number.isInteger(limit) || limit < 1 || limit > STORAGE.pageMaximum) {
    throw invalid(
      'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE',
      `The page limit must be set between 1 and ${STORAGE.pageMaximum}.`,
    );
  }
  const last = cursor === undefined ? undefined : readCursor(cursor);
  const follows = (/** @type {Row} */ row) =>
    last === undefined || (descending ? comparePlaces(placeOf(row), last) < 0 : comparePlaces(placeOf(row), last) > 0);
  const shownRows = rows.filter(follows).slice(0, limit);
  return json(200, {
    data: shownRows.map(({ key, entry }) => ({ key, ...shown(entry, fields) })),
    cursor: shownRows.length === limit ? writeCursor(placeOf(shownRows[limit - 1])) : undefined,
  });
}

const writeCursor = (/** @type {Place} */ { key, at }) => Buffer.from(JSON.stringify([at, key])).toString('base64url');

/** @param {string} cursor @returns {Place} */
function readCursor(cursor) {
  try {
    const [at, key] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return { at, key };
  } catch {
    throw invalid('INVALID_CURSOR', 'The cursor is not valid.');
  }
}
