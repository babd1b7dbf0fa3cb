// @ts-check
// The linters that `forge deploy` runs on this side, called as a library and without an account. One of the sixteen is
// left out: PermissionLinter downloads Atlassian's API descriptions, and sees no request that wasm builds; the scopes
// are checked in scopes.test.mjs. The linter on Atlassian's side runs only there.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import * as lint from '@forge/lint';
import { inClone, manifest, withFault } from './app-folder.mjs';


const quiet = () => {};
const logger = /** @type {any} */ ({ info: quiet, debug: quiet, trace: quiet, warn: quiet, error: quiet });
// What the command asks Atlassian for before it lints.
const settings = /** @type {any} */ ({ getDeprecatedRuntimes: async () => [] });

const linters = async () => lint.getClientSideLintersOnly(await manifest(), 'development', logger, settings);

/**
 * What one linter says in the current folder.
 * @param {string} name of its class
 * @returns {Promise<string[]>}
 */
async function complaints(name) {
  const linter = (await linters()).find((/** @type {object} */ { constructor }) => constructor.name === name);
  assert.ok(linter, name);
  const sources = readdirSync('src').filter((file) => file.endsWith('.js')).map((file) => `src/${file}`);
  const results = await lint.lint(sources, await manifest(), 'development', logger, settings, {
    linter: { mode: 'client-side' },
    linters: [linter],
  });
  return results.flatMap((/** @type {any} */ { errors, warnings }) => [...errors, ...warnings].map(({ message }) => message));
}

const names = await inClone(async () => (await linters()).map((/** @type {object} */ { constructor }) => constructor.name));

for (const name of names.filter((/** @type {string} */ name) => name !== 'PermissionLinter')) {
  test(`${name} finds nothing`, async () => {
    assert.deepEqual(await inClone(() => complaints(name)), []);
  });
}

test('every linter of this version was met', () => assert.equal(names.length, 16));

test('HandlerLinter finds a handler that index.js does not export', async () => {
  const found = await withFault('handler: index.upkeep', 'handler: index.upkept', () => complaints('HandlerLinter'));
  assert.match(found.join('\n'), /upkept/);
});

test('FunctionTimeoutLinter finds a web trigger that may run too long', async () => {
  const found = await withFault(
    'handler: index.redirect',
    'handler: index.redirect\n      timeoutSeconds: 300',
    () => complaints('FunctionTimeoutLinter'),
  );
  assert.equal(found.length, 1, found.join('\n'));
});
