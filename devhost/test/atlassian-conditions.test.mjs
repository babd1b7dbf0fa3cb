// @ts-check
/** The clock, the faults, and how the sandbox lives with them. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createClock, shiftedDate } from '../src/atlassian/clock.js';
import { createFaults } from '../src/atlassian/faults.js';
import { createSandbox } from '../src/atlassian/sandbox.js';
import { openStore } from '../src/store.js';
import { ANA, CHLOE, MARIA, SERVICE, SITE_1, SITE_2 } from './fixtures/atlassian/people.mjs';
import { CLIENT } from './fixtures/atlassian/servers.mjs';

const HOUR = 3_600_000;

/** @param {{ after: (work: () => Promise<void>) => void }} t */
function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'conditions-'));
  let store = openStore(path);
  t.after(async () => {
    await store.close();
    rmSync(path, { recursive: true, force: true });
  });
  return {
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = openStore(path);
    },
  };
}

test('the clock moves the Date of this process, and gives it back', (t) => {
  const { store } = folder(t);
  const real = Date;
  const clock = createClock(store);
  const before = Date.now();
  clock.advance(100 * HOUR);
  for (const now of [Date.now(), new Date().getTime(), +new Date(), clock.now(), Date.parse(Date()) + 999]) {
    assert.ok(now - before >= 100 * HOUR && now - before < 100 * HOUR + 5000, String(now - before));
  }
  assert.equal(clock.offset(), 100 * HOUR);
  clock.advance(-101 * HOUR);
  assert.ok(Date.now() < before);
  clock.reset();
  assert.ok(Math.abs(Date.now() - real.now()) < 5);
  clock.advance(HOUR);
  clock.close();
  assert.equal(Date, real);
});

test('a shifted date is an ordinary date otherwise', () => {
  const Shifted = shiftedDate(() => HOUR);
  const at = new Shifted(2026, 0, 2, 3, 4, 5, 6);
  assert.equal(at.toISOString(), new Date(2026, 0, 2, 3, 4, 5, 6).toISOString());
  assert.ok(new Shifted() instanceof Date && new Date() instanceof Shifted);
  assert.equal(new Shifted(0).getTime(), 0);
  assert.equal(Number.isNaN(new Shifted('x').getTime()), true);
  assert.equal(structuredClone(at).getTime(), at.getTime());
  assert.deepEqual([Shifted.UTC(2026, 0), Shifted.parse('1970-01-01T00:00:01Z'), Shifted.length], [Date.UTC(2026, 0), 1000, 7]);
  class Later extends Shifted {}
  assert.ok(new Later() instanceof Later);
});

test('the clock stays set over a restart, and tells when it jumps', async (t) => {
  const place = folder(t);
  const first = createClock(place.store);
  let jumps = 0;
  const stop = first.onShift(() => (jumps += 1));
  first.advance(HOUR);
  first.advance(HOUR);
  stop();
  first.advance(HOUR);
  assert.equal(jumps, 2);
  first.close();
  await place.reopen();
  const second = createClock(place.store);
  assert.equal(second.offset(), 3 * HOUR);
  assert.throws(() => second.advance(0.5), RangeError);
  assert.throws(() => second.advance(NaN), RangeError);
  assert.equal(second.offset(), 3 * HOUR);
  second.close();
});

test('a fault that fires once is spent by it, the others stay', (t) => {
  const faults = createFaults(folder(t).store);
  /** @type {Record<import('../src/atlassian/faults.js').FaultKind['value'], true | number | string>} */
  const values = { switch: true, milliseconds: 5, choice: 'bare' };
  for (const { name, value, lasts } of faults.list()) {
    assert.equal(faults.active(name), null);
    faults.set(name, values[value]);
    assert.equal(faults.list().find((fault) => fault.name === name)?.armed, values[value], 'looking spends nothing');
    assert.equal(faults.active(name), values[value]);
    assert.equal(faults.active(name), lasts === 'once' ? null : values[value], name);
  }
  faults.clear();
  assert.ok(faults.list().every(({ armed }) => armed === null));
});

test('every fault has a sentence, and takes only what it understands', async (t) => {
  const place = folder(t);
  const faults = createFaults(place.store);
  assert.deepEqual(
    faults.list().map(({ name }) => name),
    [
      'jiraSlow',
      'jira429',
      'jira503',
      'authorizationServerDown',
      'lostTokenReply',
      'storageConflict',
      'storageDown',
      'lostStorageReply',
      'functionCrash',
    ],
  );
  assert.ok(faults.list().every(({ sentence }) => /^[A-Z].*\.$/.test(sentence)));
  assert.throws(() => faults.active('jiraslow'), RangeError);
  assert.throws(() => faults.set('jiraslow', true), RangeError);
  for (const [name, value] of /** @type {[string, any][]} */ ([
    ['jiraSlow', true],
    ['jiraSlow', 0],
    ['jiraSlow', 1.5],
    ['jira429', true],
    ['jira429', 'other'],
    ['jira503', 1],
    ['jira503', false],
  ])) {
    assert.throws(() => faults.set(name, value), RangeError, `${name} ${value}`);
  }
  faults.set('jira503', true);
  await place.reopen();
  assert.equal(createFaults(place.store).active('jira503'), true);
});

/** @param {import('../src/store.js').Store} store */
async function openSandbox(store) {
  const clock = createClock(store);
  const faults = createFaults(store);
  const options = { store, clock, faults, seed: 'demo', webTriggerOrigin: 'http://127.0.0.1:9', client: CLIENT };
  const sandbox = await createSandbox(options);
  return {
    sandbox,
    faults,
    close() {
      sandbox.close();
      clock.close();
    },
  };
}

test('the sandbox goes on after a restart where it was, and sends what it owed', async (t) => {
  const place = folder(t);
  const first = await openSandbox(place.store);
  first.sandbox.control('setActive', ANA, false);
  /** @type {import('../src/atlassian/sandbox.js').Principal} */
  const service = {
    type: 'oauth',
    accountId: SERVICE,
    scopes: ['read:jira-work', 'write:jira-work', 'manage:jira-webhook', 'read:jira-user'],
  };
  const project = /** @type {any} */ (
    (await first.sandbox.jira(SITE_1, service, { method: 'GET', path: '/rest/api/3/project/search' })).body
  ).values[0];
  const registered = await first.sandbox.jira(SITE_1, service, {
    method: 'POST',
    path: '/rest/api/3/webhook',
    body: {
      url: 'http://127.0.0.1:9/x1/a',
      webhooks: [{ events: ['jira:issue_created'], jqlFilter: `project = ${project.key}` }],
    },
  });
  assert.ok(/** @type {any} */ (registered.body).webhookRegistrationResult[0].createdWebhookId, JSON.stringify(registered.body));
  const created = await first.sandbox.jira(SITE_1, service, {
    method: 'POST',
    path: '/rest/api/3/issue',
    body: { fields: { project: { key: project.key }, issuetype: { name: 'Task' }, summary: 'Something happened' } },
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  assert.equal(first.sandbox.pendingDeliveries().length, 1);
  first.close();
  await place.reopen();

  const second = await openSandbox(place.store);
  const { sandbox } = second;
  assert.deepEqual([sandbox.account(ANA)?.status, sandbox.account('nobody')], ['inactive', undefined]);
  assert.deepEqual(sandbox.sitesOf(CHLOE).map(({ cloudId }) => cloudId), [SITE_1]);
  assert.deepEqual(sandbox.sites().map(({ cloudId }) => cloudId), [SITE_1, SITE_2]);
  const { key } = /** @type {any} */ (created.body);
  assert.equal((await sandbox.jira(SITE_1, service, { method: 'GET', path: `/rest/api/3/issue/${key}` })).status, 200);
  const [owed] = sandbox.pendingDeliveries();
  assert.deepEqual([owed?.accountId, owed?.cloudId], [SERVICE, SITE_1]);
  second.close();
});

test('a control that does not exist, and one that fails, say so', async (t) => {
  const { sandbox, close } = await openSandbox(folder(t).store);
  t.after(async () => close());
  assert.throws(() => sandbox.control('explode'), RangeError);
  assert.throws(() => sandbox.control('setActive', 'nobody', true), /there is no account/);
});

test('the pages of the local Jira are spared the bad days', async (t) => {
  const { sandbox, faults, close } = await openSandbox(folder(t).store);
  t.after(async () => close());
  faults.set('jira503', true);
  /** @type {import('../src/atlassian/sandbox.js').Principal} */
  const principal = { type: 'forgeUser', accountId: MARIA };
  const request = { method: 'GET', path: '/rest/api/3/myself' };
  assert.equal((await sandbox.jira(SITE_1, principal, request)).status, 503);
  assert.equal(sandbox.jiraUndisturbed(SITE_1, principal, request).status, 200);
});
