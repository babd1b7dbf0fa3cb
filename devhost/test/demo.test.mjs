// @ts-check
/** The demo, walked as a person would walk it: through the pages' own addresses, the app's bundle and a real OAuth server. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Browser } from '../src/demo/browser.js';
import { eventually } from './platform-host.mjs';

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));
const SITE = '11111111-1111-4111-8111-111111111111';
const SERVICE = '712020:service-jira';
const MARIA = '5b10a2844c20165700ede21g';
const MEMBERS = ['ef1', 'ef2', 'ef3', 'ef4', 'ef5', 'ef6', 'ef7', 'ef8'].map((end) => `5b10ac8d82e05b22cc7d4${end}`);
const [ANA, , CHLOE, , ELIF, , , HUGO] = MEMBERS;
const GONE = [CHLOE, ELIF, HUGO];

/** @type {string} */
let folder;
/** @type {string} */
let origin;
/** @type {import('node:child_process').ChildProcess} */
let child;
let complaints = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
  const port = await freePorts();
  origin = `http://127.0.0.1:${port}`;
  child = spawn(process.execPath, [MAIN, '--port', String(port), '--state', folder, '--seed', 'demo'], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stderr?.on('data', (chunk) => (complaints += chunk));
  await new Promise((resolve, reject) => {
    child.stdout?.once('data', resolve);
    child.once('exit', () => reject(new Error(complaints)));
  });
});
after(async () => {
  const over = new Promise((resolve) => child?.once('exit', resolve));
  child?.stdin?.end();
  await over;
  await rm(folder, { recursive: true, force: true });
});

/** The first of five free ports in a row. */
async function freePorts() {
  for (let first = 41_000 + (process.pid % 300) * 20; ; first += 5) {
    const free = await Promise.all(
      [0, 1, 2, 3, 4].map(
        (offset) =>
          new Promise((resolve) => {
            const server = createServer();
            server.once('error', () => resolve(false));
            server.listen(first + offset, '127.0.0.1', () => server.close(() => resolve(true)));
          }),
      ),
    );
    if (free.every(Boolean)) return first;
  }
}

/**
 * Asks the app, as one of its pages does for the person in front of it.
 *
 * @param {string} accountId
 * @param {string} moduleKey
 * @param {{ type: string } & Record<string, unknown>} payload
 * @returns {Promise<any>}
 */
async function ask(accountId, moduleKey, payload) {
  const response = await fetch(`${origin}/_forge/invoke`, {
    method: 'POST',
    headers: { origin, cookie: `local_jira_account=${accountId}`, 'content-type': 'application/json' },
    body: JSON.stringify({ moduleKey, functionKey: 'door', payload, place: {} }),
  });
  const answer = await response.json();
  assert.equal(response.status, 200, answer.message);
  return answer.body;
}

const everybody = { label: null, order: 'name', descending: false, query: null, cursor: null };
const connections = async (page = {}) =>
  (await ask(MARIA, 'integration-plus', { type: 'connections', page: { ...everybody, ...page } })).connections;
const status = async () => (await ask(MARIA, 'integration-plus', { type: 'status', watching: null })).status;

/** @param {string} accountId @param {string} url */
async function allow(accountId, url) {
  const login = await new Browser().open(url);
  const consent = await login.submit({ account: accountId });
  const { location, text } = await consent.submit({ site: SITE, decision: 'allow' });
  assert.ok(location, text);
  assert.equal((await fetch(location)).status, 200);
}

test('at first Tom is the main authorized user, and eight people have connected and commented', async () => {
  assert.equal(complaints.replace(/^oidc-provider WARNING.*$/gm, '').trim(), '');
  const { main, badge } = await status();
  assert.deepEqual([main.account.displayName, badge], ['Tom Okafor', 'connected']);
  const { rows, tally } = await eventually(async () => {
    const found = await connections();
    return found.rows.length === 8 && found;
  });
  assert.deepEqual(
    rows.map((/** @type {any} */ { person, standing }) => [person.accountId, standing.type]),
    MEMBERS.map((accountId) => [accountId, 'working']),
  );
  assert.equal(tally.fresh.working, 8);
  const page = await (await fetch(`${origin}/browse/MOB-1`)).text();
  assert.match(page, /The release notes can wait until this is fixed\./);
});

test('after a change, exactly the three whose grants are gone are prompted', async () => {
  const { rehearsal } = await ask(MARIA, 'integration-plus', { type: 'rehearse', account: SERVICE, again: false });
  const begun = { type: 'beginChange', intended: SERVICE, insteadOf: null, policy: 'verifyFirst', acknowledged: rehearsal.id };
  const { change, url } = await ask(MARIA, 'integration-plus', begun);
  await allow(SERVICE, url);
  await eventually(async () => {
    await ask(MARIA, 'integration-plus', { type: 'continueChange', change });
    return (await status()).main.account.accountId === SERVICE;
  });

  const tried = await eventually(async () => {
    const found = await connections();
    return found.job?.state === 'done' && found;
  });
  assert.deepEqual([tried.job.tried, tried.tally.unverified], [8, 0]);
  const asked = await eventually(async () => {
    const { rows } = await connections({ label: 'toReauthorize' });
    return rows.length === 3 && rows;
  });
  assert.deepEqual(
    asked.map((/** @type {any} */ { person }) => person.accountId),
    GONE,
  );

  /** @type {string[]} */
  const prompted = [];
  for (const member of MEMBERS) {
    const { prompt } = await ask(member, 'issue-prompt', { type: 'prompt' });
    if (prompt !== null) prompted.push(member);
  }
  assert.deepEqual(prompted, GONE);
});

test('who was prompted in the middle of a comment allows, and the comment goes out under their name', async () => {
  const text = 'Written before I was asked.';
  const held = await ask(CHLOE, 'comment', { type: 'comment', issueId: await issueId('BIL-1'), text, internal: false });
  assert.deepEqual(held.result, { type: 'held', reason: 'revokedOrPasswordChanged' });
  const { url } = await ask(CHLOE, 'comment', { type: 'authorize' });
  await allow(CHLOE, url);
  assert.equal((await ask(CHLOE, 'comment', { type: 'me' })).me.standing.type, 'working');
  const { result } = await ask(CHLOE, 'comment', { type: 'postHeld', text: null });
  assert.deepEqual(result, { type: 'posted', issueKey: 'BIL-1', forCaller: false });
  const page = await (await fetch(`${origin}/browse/BIL-1`)).text();
  assert.match(page, /<strong>Chloe Dubois<\/strong>[^]{0,200}Written before I was asked\./);
});

test('a reminder asks again who had looked already', async () => {
  const prompt = async () => (await ask(HUGO, 'issue-prompt', { type: 'prompt' })).prompt;
  assert.equal(await prompt(), null, 'twice in a day');
  const reminded = await ask(MARIA, 'integration-plus', { type: 'remind', accounts: [HUGO, ANA] });
  assert.deepEqual([reminded.reached, reminded.tooSoon, reminded.nothingToDo], [1, 0, 1]);
  assert.equal((await prompt()).reason, 'revokedOrPasswordChanged');
});

test('rolled back, Tom acts again, and nobody whose grant works is asked', async () => {
  assert.ok((await status()).actions.includes('rollBack'));
  await ask(MARIA, 'integration-plus', { type: 'rollBack', acknowledged: null });
  await eventually(async () => (await status()).main.account.displayName === 'Tom Okafor');
  assert.equal((await status()).main.account.displayName, 'Tom Okafor');
  for (const member of MEMBERS.filter((accountId) => ![ELIF, HUGO].includes(accountId))) {
    assert.equal((await ask(member, 'issue-prompt', { type: 'prompt' })).prompt, null);
  }
});

test('support has asked for access, and sees nothing before somebody approves', async () => {
  const { support } = await ask(MARIA, 'integration-plus', { type: 'support' });
  const [request, ...others] = support.accesses;
  assert.deepEqual([request.asked.ticket, request.standing.type, others.length], ['SUP-4711', 'requested', 0]);
  const refused = await fetch(support.door, { headers: { 'x-support-code': 'a'.repeat(43) } });
  assert.deepEqual([refused.status, await refused.json()], [403, { error: 'refused' }]);
});

test('a week passes: each of its days is counted, and everything works as before', async () => {
  const before = (await connections()).days;
  const form = new URLSearchParams({ step: 'passWeek' });
  const passed = await fetch(`${origin}/local/clock`, { method: 'POST', headers: { origin }, body: form });
  assert.match(await passed.text(), /The time has passed/);
  const { days, tally } = await connections();
  assert.equal(days.length, before.length + 7);
  assert.deepEqual([days.at(-1).fresh.toReauthorize, tally.fresh.working], [2, 6]);
  const { badge, actions } = await status();
  assert.deepEqual([badge, actions.includes('rollBack')], ['connected', false]);
});

/** @param {string} key of an issue, as the page of it names its number to the app */
async function issueId(key) {
  const page = await (await fetch(`${origin}/browse/${key}`)).text();
  const [, id] = /&quot;issue&quot;:\{&quot;id&quot;:&quot;(\d+)&quot;/.exec(page) ?? [];
  assert.ok(id, 'the issue panel knows no issue');
  return id;
}
