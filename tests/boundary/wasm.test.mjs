// @ts-check
// What is in the WebAssembly that ships, and what is not.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** @param {string} path of a module whose only line exports base64 text */
function bytes(path) {
  const [, text] = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').split('"');
  return Buffer.from(String(text), 'base64');
}

const app = bytes('src/generated/app_wasm.js');
const sandbox = bytes('devhost/generated/sandbox_wasm.js');

/** Words that only the sandbox uses: it is seeded with these people and projects. */
const OF_THE_SANDBOX = ['Chloe Dubois', 'Casey Customer', 'Tom Okafor', 'sandbox'];

test('the WebAssembly that ships holds nothing of the sandbox', () => {
  for (const word of OF_THE_SANDBOX) assert.ok(!app.includes(word), word);
});

test('the words looked for are in the sandbox, so that the test above can fail', () => {
  for (const word of OF_THE_SANDBOX.slice(0, 3)) assert.ok(sandbox.includes(word), word);
});

test('the WebAssembly that ships exports the door and what the glue needs, nothing else', async () => {
  const names = WebAssembly.Module.exports(new WebAssembly.Module(app)).map(({ name }) => name);
  const own = names.filter((name) => name !== 'memory' && !name.startsWith('__') && !name.startsWith('wasm_bindgen__'));
  assert.deepEqual(own, ['invoke']);
});

test('it asks of JavaScript for nothing that a page or a server could give it', () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(app)).map(({ name }) => name);
  const suspicious = imports.filter((name) => /eval|process|require|document|localStorage|console/i.test(name));
  assert.deepEqual(suspicious, []);
});

test('no path of the machine that built it is inside', () => {
  const text = app.toString('latin1');
  // Rust's own library names its files `/rustc/<commit>/library/...` wherever it was built.
  const paths = text.match(/(?<![\w.])(?:\/|[A-Z]:\\)[\w.~-]+(?:[\\/][\w.~-]+)*\.rs\b/g) ?? [];
  assert.deepEqual(paths.filter((path) => !/^\/rustc?\//.test(path)), []);
});
