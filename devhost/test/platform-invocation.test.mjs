// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MARIA, SITE, TOM, host } from './platform-host.mjs';

test('a resolver gets its payload and a context that the caller cannot forge', async (t) => {
  const { platform } = await host(t);
  const result = await platform.invokeResolver({
    functionKey: 'echo',
    payload: { question: 'ünï' },
    context: {
      moduleKey: 'panel',
      accountId: 'forged',
      installContext: 'forged',
      siteUrl: 'https://example.atlassian.net',
    },
    accountId: MARIA,
  });
  assert.equal(result.success, true);
  const { payload, context, runtime } = result.success && result.body;
  assert.deepEqual(payload, { question: 'ünï' });
  assert.equal(context.accountId, MARIA);
  assert.equal(context.installContext, `ari:cloud:jira::site/${SITE}`);
  assert.equal(context.siteUrl, 'https://example.atlassian.net');
  assert.deepEqual(context.installation.contexts, [{ cloudId: SITE }]);
  assert.equal(context.license, undefined);

  assert.equal(runtime.aaid, MARIA);
  assert.equal(runtime.contextAri, `ari:cloud:jira::site/${SITE}`);
  assert.equal(runtime.appContext.environmentType, 'DEVELOPMENT');
  assert.equal(runtime.appContext.functionKey, 'resolver');
  assert.equal(runtime.appContext.moduleKey, 'panel');
  assert.equal(runtime.appContext.moduleType, 'jira:adminPage');
  assert.equal(runtime.appContext.appId, 'aaaaaaaa-0000-4000-8000-000000000001');
  assert.match(runtime.appContext.installationId, /^[0-9a-f-]{36}$/);
  assert.match(runtime.tracing.traceId, /^[0-9a-f]{32}$/);
  assert.ok(runtime.remaining > 20_000 && runtime.remaining <= 25_000, String(runtime.remaining));
});

test('two invocations at once in one worker never see each other’s context', async (t) => {
  const { call } = await host(t);
  await call('nothing');
  const people = Array.from({ length: 20 }, (_, index) => (index % 2 ? MARIA : `person-${index}`));
  const answers = await Promise.all(people.map((person, index) => call('who', { wait: (index * 7) % 40 }, person)));
  answers.forEach((answer, index) => {
    assert.deepEqual([answer.before, answer.asked, answer.after], [people[index], people[index], people[index]]);
  });
  assert.equal(new Set(answers.map(({ invocation }) => invocation)).size, people.length);
  assert.equal(new Set(answers.map(({ thread }) => thread)).size, 1);
});

test('bindInvocationContext keeps the invocation, even when another one calls', async (t) => {
  const { call } = await host(t);
  await call('keepBound', {}, TOM);
  assert.deepEqual(await call('callBound', {}, MARIA), [TOM, MARIA]);
});

test('a worker stays warm, and what a module holds survives from one invocation to the next', async (t) => {
  const { call } = await host(t);
  assert.deepEqual([await call('calls'), await call('calls'), await call('calls')], [1, 2, 3]);
});

test('process.env holds the Forge variables and nothing of the machine', async (t) => {
  const { call } = await host(t);
  assert.deepEqual(await call('environment'), { env: { GREETING: 'hello' }, loadedWith: ['GREETING'] });
});

test('the app lives at the platform’s time, also in the middle of an invocation', async (t) => {
  const { call, clock } = await host(t);
  const days = 90 * 24 * 3600 * 1000;
  clock.advance(days);
  const time = await call('time');
  assert.ok(Math.abs(time.now - clock.now()) < 1000);
  assert.equal(time.date.slice(0, 16), new Date(clock.now()).toISOString().slice(0, 16));
  assert.equal(time.isDate, true);
  assert.equal(time.of, '1970-01-01T00:00:00.000Z');

  const later = call('timeAfter', { wait: 200 });
  setTimeout(() => clock.advance(days), 50);
  assert.ok(Math.abs((await later) - clock.now()) < 1000);
});

test('a thrown error arrives in the wrapper’s shape', async (t) => {
  const { platform } = await host(t);
  const invoke = (/** @type {string} */ functionKey) =>
    platform.invokeResolver({ functionKey, context: { moduleKey: 'panel' }, accountId: MARIA });
  const thrown = await invoke('throws');
  assert.ok(!thrown.success);
  assert.equal(thrown.error.errorMessage, 'No such thing');
  assert.equal(thrown.error.errorType, 'RangeError');
  assert.equal(thrown.error.isHostedCodeError, true);
  assert.equal(thrown.error.serviceKey, 'x');
  assert.match(thrown.error.stack ?? '', /index\.cjs/);

  const text = await invoke('throwsText');
  assert.ok(!text.success && text.error.errorMessage === 'just text');
  const circular = await invoke('circular');
  assert.ok(!circular.success && circular.error.errorType === 'TypeError');
  const unknown = await invoke('unknown');
  assert.ok(!unknown.success && /no definition for 'unknown'/.test(unknown.error.errorMessage));
  assert.deepEqual(await invoke('nothing'), { success: true, body: undefined });
});

test('a module without a resolver is a mistake of the caller', async (t) => {
  const { platform } = await host(t);
  await assert.rejects(
    platform.invokeResolver({ functionKey: 'echo', context: { moduleKey: 'hook' } }),
    /no module hook with a resolver/,
  );
});

test('nothing runs before the app is installed', async (t) => {
  const { platform } = await host(t, { uninstalled: true });
  const result = await platform.invokeResolver({
    functionKey: 'echo',
    context: { moduleKey: 'panel' },
    accountId: MARIA,
  });
  assert.ok(!result.success && result.error.errorType === 'NOT_INSTALLED');
});

test('a request above 500 KB and an answer above 5 MB are refused, the largest below are not', async (t) => {
  const { call } = await host(t);
  const most = 500 * 1024 - '{"text":""}'.length;
  assert.equal((await call('echo', { text: 'x'.repeat(most) })).payload.text.length, most);
  await assert.rejects(call('echo', { text: 'x'.repeat(most + 1) }), { type: 'PAYLOAD_TOO_LARGE' });

  const size = 5 * 1024 * 1024 - 2;
  assert.equal((await call('large', { size })).length, size);
  await assert.rejects(call('large', { size: size + 1 }), { type: 'PAYLOAD_TOO_LARGE' });
});

test('a person who calls more often than Forge allows is refused for the rest of the minute', async (t) => {
  const { call, clock } = await host(t);
  // From the start of a minute, so that the calls fall into one.
  clock.advance(60_000 - (clock.now() % 60_000));
  const calls = await Promise.allSettled(Array.from({ length: 1201 }, () => call('nothing')));
  assert.equal(calls.filter(({ status }) => status === 'rejected').length, 1);
  await call('nothing', {}, TOM);
  clock.advance(60_000);
  await call('nothing');
});

test('getAppContext and permissions answer from the manifest', async (t) => {
  const { call } = await host(t);
  assert.deepEqual(await call('permissions'), { scope: true, other: false, fetch: true });
});
