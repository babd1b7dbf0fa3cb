// @ts-check
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { once } from 'node:events';
import { openStore } from '../src/store.js';

const folders = /** @type {string[]} */ ([]);
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'store-'));
  folders.push(path);
  return path;
};
after(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

test('what was put is there after the folder is opened again', async () => {
  const path = folder();
  const first = openStore(path);
  first.table('things').put(['a', 'käse 🧀'], { text: 'ünï', nothing: null, list: [1, 2.5] });
  first.table('others').put('a', 1);
  await first.close();

  const second = openStore(path);
  assert.deepEqual(second.table('things').get(['a', 'käse 🧀']), { text: 'ünï', nothing: null, list: [1, 2.5] });
  assert.equal(second.table('others').get('a'), 1);
  assert.equal(second.table('things').get('a'), undefined);
  await second.close();
});

test('a document keeps a member that is named like a property of every object', async () => {
  const store = openStore(folder());
  store.table('things').put('k', JSON.parse('{"__proto__":{"admin":true},"constructor":1}'));
  assert.equal(JSON.stringify(store.table('things').get('k')), '{"__proto__":{"admin":true},"constructor":1}');
  await store.close();
});

test('a transaction that throws leaves nothing behind, and sees its own writes meanwhile', async () => {
  const store = openStore(folder());
  const table = store.table('things');
  table.put('a', 1);
  assert.throws(
    () =>
      store.transaction(() => {
        table.put('a', 2);
        table.put('b', 2);
        assert.equal(table.get('a'), 2);
        assert.deepEqual(table.keys(), ['a', 'b']);
        throw new Error('stop');
      }),
    /stop/,
  );
  assert.deepEqual(table.range(), [{ key: 'a', value: 1 }]);
  assert.equal(
    store.transaction(() => 'answer'),
    'answer',
  );
  await store.close();
});

test('a range has a start, an end, a limit and a direction', async () => {
  const store = openStore(folder());
  const table = store.table('things');
  for (const key of ['a', 'b', 'c', 'd']) table.put(['x', key], key);
  table.put(['y', 'a'], 'other');
  const values = (/** @type {import('../src/store.js').Range} */ range) => table.range(range).map(({ value }) => value);
  assert.deepEqual(values({ start: ['x'], end: ['y'] }), ['a', 'b', 'c', 'd']);
  assert.deepEqual(values({ start: ['x', 'b'], limit: 2 }), ['b', 'c']);
  assert.deepEqual(values({ start: ['x', 'c'], reverse: true }), ['c', 'b', 'a']);
  assert.equal(table.remove(['x', 'a']), true);
  assert.equal(table.remove(['x', 'a']), false);
  await store.close();
});

test('a second opening of the folder is refused in one sentence, from this process or another', async () => {
  const path = folder();
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `
      import { openStore } from ${JSON.stringify(new URL('../src/store.js', import.meta.url).href)};
      openStore(${JSON.stringify(path)});
      console.log('open');
      setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  assert.throws(() => openStore(path), new RegExp(`in use by process ${child.pid}; stop that local Jira first`));

  child.kill('SIGKILL');
  await once(child, 'exit');
  const store = openStore(path);
  assert.throws(() => openStore(path), /in use by process/);
  await store.close();
  await openStore(path).close();
});

test('a lock file that names no process does not lock anybody out', async () => {
  const path = folder();
  writeFileSync(join(path, 'owner.pid'), 'gibberish');
  await openStore(path).close();
});
