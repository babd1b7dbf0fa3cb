// @ts-check
// What is in the WebAssembly that ships, and what is not.

import assert from 'node:assert/strict';
import { test } from 'node:test';

const generated = (/** @type {string} */ path) => import(new URL(`../../${path}`, import.meta.url).href);
const bytes = async (/** @type {string} */ path) => Buffer.from((await generated(path)).default, 'base64');

const app = await bytes('src/generated/app_wasm.js');
const sandbox = await bytes('devhost/generated/sandbox_wasm.js');

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
  for (const path of [process.env.HOME ?? '/root', process.cwd()]) assert.ok(path.length < 2 || !app.includes(`${path}/`), path);
});
