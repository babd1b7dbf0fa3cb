// @ts-check
// Each of Atlassian's validations and linters compiles the same schema of the manifest for itself, which takes seconds
// every time. Within one process they share what the first of them compiled.

import { createRequire } from 'node:module';

const { default: Ajv } = createRequire(createRequire(import.meta.url).resolve('@forge/manifest'))('ajv');

/** @type {WeakMap<object, unknown>} */
const compiled = new WeakMap();
const { compile } = Ajv.prototype;

/** @param {any} schema @param {unknown[]} rest */
Ajv.prototype.compile = function once(schema, ...rest) {
  // Each importer holds a copy of the schema's module; what all copies share is the schema that the file holds.
  const file = typeof schema.default === 'object' ? schema.default : schema;
  const known = compiled.get(file) ?? compile.call(this, schema, ...rest);
  compiled.set(file, known);
  return known;
};
