// @ts-check
/** The command itself: what it says, when it stops, and what it leaves behind. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** How long anything may take: bounds a hang, asserts nothing about speed. */
const PATIENCE_MS = 60_000;

/** @type {string} */
let folder;
/** @type {number} */
let port;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chrome-main-'));
  port = await freePorts(5);
});
after(() => rm(folder, { recursive: true, force: true }));

/**
 * @param {string[]} words
 * @param {{ stdin?: 'pipe' | 'ignore', root?: string }} [options]
 */
function run(words, { stdin = 'pipe', root = ROOT } = {}) {
  const seed = words.includes('--seed') ? [] : ['--seed', 'fresh'];
  const child = spawn(process.execPath, [join(root, 'devhost/src/main.js'), ...words, ...seed], { stdio: [stdin, 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => (said.stdout += chunk));
  child.stderr?.on('data', (chunk) => (said.stderr += chunk));
  const exited = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, ...said })));
  const ready = new Promise((resolve, reject) => {
    child.stdout?.on('data', () => said.stdout.includes('\n') && resolve(undefined));
    void exited.then(() => reject(new Error(`It ended before it was ready: ${said.stderr}`)));
  });
  ready.catch(() => {});
  const limit = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  void exited.then(() => clearTimeout(limit));
  return { child, exited, ready };
}

const state = (/** @type {string} */ name) => join(folder, name);

/**
 * @param {number} count
 * @returns {Promise<number>} the first of so many ports that nobody uses
 */
async function freePorts(count) {
  for (let first = 21_000 + (process.pid % 400) * 50; ; first += count) {
    const free = await Promise.all(Array.from({ length: count }, async (_, index) => !(await isOpen(first + index))));
    if (free.every(Boolean)) return first;
  }
}

/** @param {number} number */
function isOpen(number) {
  return new Promise((resolve) => {
    const socket = connect({ port: number, host: '127.0.0.1' }, () => resolve(socket.destroy() && true));
    socket.on('error', () => resolve(false));
  });
}

/** @param {number} first */
const anyOpen = async (first) => (await Promise.all([0, 1, 2, 3, 4].map((index) => isOpen(first + index)))).some(Boolean);

test('it says one line when it is ready, and ends when its standard input does', async () => {
  const { child, exited, ready } = run(['--port', String(port), '--state', state('first')]);
  await ready;
  for (const offset of [0, 1, 2, 3, 4]) assert.equal(await isOpen(port + offset), true, String(offset));
  assert.match(await (await fetch(`http://127.0.0.1:${port}/`)).text(), /You are signed in as Maria Keller\./);
  child.stdin?.end();
  const { code, stdout } = /** @type {any} */ (await exited);
  assert.deepEqual([code, stdout], [0, `ready http://127.0.0.1:${port}/\n`]);
  assert.equal(await anyOpen(port), false);
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  test(`it ends on ${signal}, with a request under way and without standard input`, async () => {
    const { child, exited, ready } = run(['--port', String(port), '--state', state('first')], { stdin: 'ignore' });
    await ready;
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\n');
    child.kill(signal);
    assert.equal(/** @type {any} */ (await exited).code, 0);
    assert.equal(await anyOpen(port), false);
  });
}

test('what happened is still there after a restart, until it is reset', async () => {
  const origin = `http://127.0.0.1:${port}`;
  const comment = async () => (await fetch(`${origin}/browse/MOB-1`)).text().then((page) => page.includes('Remember me'));
  const session = async (/** @type {string[]} */ words, /** @type {() => Promise<void>} */ use) => {
    const { child, exited, ready } = run(['--port', String(port), '--state', state('kept'), ...words]);
    await ready;
    await use();
    child.stdin?.end();
    await exited;
  };
  await session([], async () => {
    await fetch(`${origin}/browse/MOB-1/comments`, { method: 'POST', headers: { origin }, body: new URLSearchParams({ comment: 'Remember me' }) });
    assert.equal(await comment(), true);
  });
  await session([], async () => assert.equal(await comment(), true));
  await session(['--reset'], async () => assert.equal(await comment(), false));
});

test('resetting from the page starts the first day again, without a restart', async () => {
  const origin = `http://127.0.0.1:${port}`;
  const post = (/** @type {string} */ path, /** @type {Record<string, string>} */ form) =>
    fetch(`${origin}${path}`, { method: 'POST', headers: { origin }, body: new URLSearchParams(form) });
  const { child, exited, ready } = run(['--port', String(port), '--state', state('again')]);
  await ready;
  await post('/browse/MOB-1/comments', { comment: 'Forget me' });
  assert.match(await (await post('/local/clock', { step: 'days30' })).text(), /30 days ahead of this machine/);
  const page = await (await post('/local/reset', {})).text();
  assert.match(page, /This is the first day again\./);
  assert.match(page, /as on this machine\./);
  assert.doesNotMatch(await (await fetch(`${origin}/browse/MOB-1`)).text(), /Forget me/);
  child.stdin?.end();
  assert.equal(/** @type {any} */ (await exited).code, 0);
});

test('a busy port is named, and nothing stays behind', async () => {
  const rival = createServer();
  await new Promise((resolve) => rival.listen(port + 3, '127.0.0.1', () => resolve(undefined)));
  try {
    const { code, stdout, stderr } = /** @type {any} */ (await run(['--port', String(port), '--state', state('busy')]).exited);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.equal(stderr, `Port ${port + 3} is in use: choose the first of 5 free ports with --port.\n`);
    for (const offset of [0, 1, 2, 4]) assert.equal(await isOpen(port + offset), false);
    assert.deepEqual(await readdir(folder).then((names) => names.includes('busy')), false);
  } finally {
    await new Promise((resolve) => rival.close(resolve));
  }
});

test('a folder of state that another process holds is named', async () => {
  const { child, exited, ready } = run(['--port', String(port), '--state', state('first')]);
  await ready;
  const other = await freePorts(5);
  for (const words of [[], ['--reset']]) {
    const { code, stderr } = /** @type {any} */ (await run(['--port', String(other), '--state', state('first'), ...words]).exited);
    assert.equal(code, 2);
    assert.match(stderr, /is in use by process \d+; stop that local Jira first or choose another folder\.\n$/);
  }
  assert.ok((await readdir(state('first'))).includes('data.mdb'));
  assert.equal(await anyOpen(other), false);
  child.stdin?.end();
  await exited;
});

test('resetting never deletes what the local Jira did not write', async () => {
  await mkdir(state('precious'));
  await writeFile(join(state('precious'), 'thesis.txt'), 'all of it');
  const { code, stderr } = /** @type {any} */ (await run(['--port', String(port), '--state', state('precious'), '--reset']).exited);
  assert.equal(code, 2);
  assert.match(stderr, /holds "thesis\.txt", which the local Jira did not put there; nothing was deleted\.\n$/);
  assert.deepEqual(await readdir(state('precious')), ['thesis.txt']);
});

test('wrong words are answered with the right ones', async () => {
  for (const [words, sentence] of /** @type {const} */ ([
    [['--port', 'eighty', '--state', 'x'], /^--port takes the first of 5 ports, from 1 to 65531; "eighty" is none\.\n$/],
    [['--port', '65532', '--state', 'x'], /"65532" is none\.\n$/],
    [['--port', '8000'], /^--state names the folder/],
    [['--state', 'x', '--seed', 'full'], /^--seed is demo or fresh or empty, not "full"\.\n$/],
    [['--state', 'x', '--colour'], /^Unknown option '--colour'.* Usage: node devhost\/src\/main\.js --port N/],
  ])) {
    const { code, stderr } = /** @type {any} */ (await run([...words]).exited);
    assert.equal(code, 2, words.join(' '));
    assert.match(stderr, sentence);
  }
});

test('what has not been built is named with the command that builds it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'chrome-root-'));
  try {
    await cp(join(ROOT, 'devhost/src'), join(root, 'devhost/src'), { recursive: true });
    await cp(join(ROOT, 'devhost/package.json'), join(root, 'devhost/package.json'));
    await cp(join(ROOT, 'manifest.yml'), join(root, 'manifest.yml'));
    await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    const missing = async () => /** @type {any} */ (await run(['--port', String(port), '--state', state('unbuilt')], { root }).exited);
    const make = async (/** @type {string} */ file) => {
      await mkdir(join(root, file, '..'), { recursive: true });
      await writeFile(join(root, file), '');
    };
    for (const [file, what] of /** @type {const} */ ([
      ['dist/app/index.cjs', 'The bundle of the app'],
      ['static/dist/index.html', 'The resource panel'],
      ['static/dist-prompt/index.html', 'The resource prompt'],
      ['devhost/generated/sandbox.js', 'The sandbox'],
      ['devhost/generated/sandbox_wasm.js', 'The sandbox'],
    ])) {
      const { code, stderr } = await missing();
      assert.equal(code, 2);
      assert.equal(stderr, `${what} has not been built (${file} is missing): run \`cargo xtask build\` first.\n`);
      await make(file);
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
