// @ts-check
/** Conditions and filters: whether the attributes of an entity answer to a list of comparisons. */
import { invalid } from './refusal.js';

/** @import { Entity } from '../manifest.js' */

/**
 * @typedef {{ property: string, condition: string, values: any[] }} Comparison
 * @typedef {{ and?: Comparison[], or?: Comparison[] }} Conditions
 */

const order = (/** @type {any} */ attribute, /** @type {any} */ value) =>
  typeof attribute !== typeof value || (typeof attribute !== 'string' && typeof attribute !== 'number')
    ? Number.NaN
    : attribute < value
      ? -1
      : attribute > value
        ? 1
        : 0;

const contains = (/** @type {any} */ attribute, /** @type {any} */ value) =>
  typeof attribute === 'string'
    ? attribute.includes(String(value))
    : Array.isArray(attribute) && attribute.includes(value);

/**
 * An absent attribute is `undefined`: it equals nothing, so that it differs from everything.
 * @type {Record<string, (attribute: any, values: any[]) => boolean>}
 */
const COMPARISONS = {
  EQUAL_TO: (attribute, [value]) => attribute === value,
  NOT_EQUAL_TO: (attribute, [value]) => attribute !== value,
  EXISTS: (attribute) => attribute !== undefined,
  NOT_EXISTS: (attribute) => attribute === undefined,
  BEGINS_WITH: (attribute, [value]) => attribute !== undefined && String(attribute).startsWith(String(value)),
  BETWEEN: (attribute, [least, most]) => order(attribute, least) >= 0 && order(attribute, most) <= 0,
  GREATER_THAN: (attribute, [value]) => order(attribute, value) > 0,
  GREATER_THAN_EQUAL_TO: (attribute, [value]) => order(attribute, value) >= 0,
  LESS_THAN: (attribute, [value]) => order(attribute, value) < 0,
  LESS_THAN_EQUAL_TO: (attribute, [value]) => order(attribute, value) <= 0,
  CONTAINS: (attribute, [value]) => contains(attribute, value),
  NOT_CONTAINS: (attribute, [value]) => !contains(attribute, value),
};

/** Those that a query may put on the range of its index. */
const RANGES = new Set([
  'BEGINS_WITH',
  'BETWEEN',
  'EQUAL_TO',
  'GREATER_THAN',
  'GREATER_THAN_EQUAL_TO',
  'LESS_THAN',
  'LESS_THAN_EQUAL_TO',
]);

/**
 * @param {Omit<Comparison, 'property'>} comparison
 * @param {boolean} [inRange]
 */
export function checkComparison({ condition, values }, inRange = false) {
  if (!Object.hasOwn(COMPARISONS, condition) || (inRange && !RANGES.has(condition))) {
    throw invalid('INVALID_CONDITION', `The condition ${condition} is not known here.`);
  }
  const needed = condition === 'BETWEEN' ? 2 : 1;
  if (!Array.isArray(values) || values.length < needed) {
    throw invalid('INSUFFICIENT_FILTER_VALUES', `The condition ${condition} needs at least ${needed} values.`);
  }
}

/**
 * @param {Omit<Comparison, 'property'>} comparison
 * @param {unknown} attribute
 */
export const compares = ({ condition, values }, attribute) => COMPARISONS[condition](attribute, values);

/**
 * @param {Entity} entity
 * @param {Conditions} conditions
 */
export function checkConditions({ name, attributes }, conditions) {
  if (conditions.and && conditions.or) {
    throw invalid(
      'INVALID_FILTER_OPERATORS_COMBINATION',
      'Filter operators "and" and "or" cannot be present at the same level.',
    );
  }
  const comparisons = conditions.and ?? conditions.or;
  if (!Array.isArray(comparisons) || comparisons.length === 0) {
    throw invalid('EMPTY_FILTER_OPERATOR', 'Filter operators "and" and "or" cannot be empty.');
  }
  for (const comparison of comparisons) {
    checkComparison(comparison);
    if (!Object.hasOwn(attributes, comparison.property)) {
      throw invalid('INVALID_ENTITY_ATTRIBUTE', `The entity ${name} declares no attribute ${comparison.property}.`);
    }
  }
}

/**
 * @param {Conditions} conditions that were checked
 * @param {Record<string, unknown>} value the attributes; none of an entity that is absent
 */
export function holds({ and, or }, value) {
  const one = (/** @type {Comparison} */ comparison) =>
    compares(comparison, Object.hasOwn(value, comparison.property) ? value[comparison.property] : undefined);
  return and ? and.every(one) : (or ?? []).some(one);
}
