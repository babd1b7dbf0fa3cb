// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPassage } from '../src/platform/passage.js';
import { MARIA, SITE, eventually, host, temporaryFolder } from './platform-host.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** @param {Awaited<ReturnType<typeof host>>} opened @param {string} key */
const stored = ({ call }, key) => call('kvs', { method: 'get', arguments: [key] }).then(({ value }) => value);

test('installing tells the app once; a new version tells it each time', async (t) => {
  const folder = temporaryFolder(t);
  const opened = await host(t, { folder, uninstalled: true });
  const { platform } = opened;
  assert.deepEqual(await platform.lifecycle.install(MARIA), [{ success: true, body: undefined }]);
  const { payload, context, app } = await stored(opened, 'heard-installed');
  const { installationId, environmentId, appId } = platform.app;
  assert.deepEqual(payload, {
    id: `ari:cloud:ecosystem::installation/${installationId}`,
    installerAccountId: MARIA,
    app: { id: `ari:cloud:ecosystem::app/${appId}`, version: '1.0.0' },
    environment: { id: `ari:cloud:ecosystem::environment/${appId}/${environmentId}` },
  });
  assert.equal(context.installContext, `ari:cloud:jira::site/${SITE}`);
  assert.equal(app.moduleKey, 'installed');
  assert.deepEqual(await platform.lifecycle.install(MARIA), []);

  await platform.lifecycle.upgrade();
  assert.equal((await stored(opened, 'heard-upgraded')).payload.app.version, '1.1.0');
  await opened.close();
  const again = await host(t, { folder });
  assert.deepEqual(await again.platform.lifecycle.install(MARIA), []);
  assert.equal((await again.call('echo')).runtime.appContext.appVersion, '1.1.0');
});

test('scheduled triggers run by their interval on the platform’s clock, once after a long jump', async (t) => {
  const opened = await host(t);
  const { platform, clock } = opened;
  const start = clock.now();
  assert.deepEqual(
    platform.schedule.list().map(({ key, interval }) => [key, interval]),
    [
      ['hourly', 'hour'],
      ['weekly', 'week'],
      ['dozing', 'day'],
    ],
  );
  clock.advance(10 * MINUTE);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await stored(opened, 'heard-hourly'), undefined, 'it runs before it was started');

  platform.schedule.start();
  const first = await eventually(() => stored(opened, 'heard-hourly'));
  assert.deepEqual(first.payload, { context: { cloudId: SITE, moduleKey: 'hourly' }, contextToken: '' });
  assert.ok(first.now >= start + 10 * MINUTE);
  assert.ok(await eventually(() => stored(opened, 'heard-weekly')));

  const runs = () => platform.schedule.list().find(({ key }) => key === 'hourly')?.lastRun;
  const lastRun = await eventually(runs);
  clock.advance(50 * MINUTE);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(runs(), lastRun);
  clock.advance(72 * HOUR);
  assert.ok(await eventually(() => Number(runs()) > lastRun));
  const next = platform.schedule.list().find(({ key }) => key === 'hourly')?.nextRun ?? 0;
  assert.ok(Math.abs(next - clock.now() - HOUR) < 5000);
});

test('time that passes runs what is due in each of its hours, and waits for what that brings', async (t) => {
  const opened = await host(t);
  const { platform, clock } = opened;
  const pass = openPassage({ clock, schedule: platform.schedule, queue: platform.queue });
  const start = clock.now();
  platform.schedule.start();
  await push(opened, { body: { n: 'delayed' }, delayInSeconds: 900 });
  await push(opened, { body: { n: 'slow', wait: 2500 } });
  await pass(1);
  assert.deepEqual(platform.queue.totals(), { success: 2, inProgress: 0, failed: 0 });
  await pass(25);
  const consumed = (await opened.call('consumed')).map((/** @type {any} */ { body }) => body.n);
  assert.deepEqual(consumed.sort(), ['delayed', 'slow']);
  assert.ok(Math.abs(clock.now() - start - 26 * HOUR) < 60_000);
  assert.equal((await stored(opened, 'heard-hourly')).times, 26);
  assert.equal((await stored(opened, 'heard-weekly')).times, 1);
});

test('a clock that is set back takes the schedule and the queue with it', async (t) => {
  const opened = await host(t);
  const { platform, clock, call } = opened;
  platform.schedule.start();
  clock.advance(90 * 24 * HOUR);
  assert.ok(await eventually(() => platform.schedule.list().every(({ lastRun }) => lastRun !== undefined)));
  await push(opened, { body: { n: 'waits' }, delayInSeconds: 60 });
  clock.advance(-90 * 24 * HOUR);
  const hourly = platform.schedule.list()[0];
  assert.ok(Math.abs(hourly.nextRun - clock.now() - HOUR) < 5000);
  assert.equal((await consumedBy(opened, 1))[0].body.n, 'waits');
  clock.advance(HOUR);
  assert.ok(
    await eventually(async () => Number(platform.schedule.list()[0].lastRun) < clock.now() + MINUTE && call('calls')),
  );
});

test('what is under way when the platform closes is taken up at the next start', async (t) => {
  const folder = temporaryFolder(t);
  const opened = await host(t, { folder });
  await push(opened, { body: { n: 'slow', wait: 60_000 } }, 'slow');
  await consumedBy(opened, 1);
  const run = opened.platform.schedule.run('hourly');
  await opened.close();
  await run;
  const again = await host(t, { folder });
  assert.equal(again.platform.schedule.list()[0].lastRun, undefined);
  const consumed = await consumedBy(again, 2);
  assert.deepEqual(
    consumed.map((/** @type {any} */ { body, retryContext }) => [body.n, retryContext]),
    [
      ['slow', undefined],
      ['slow', undefined],
    ],
  );
});

test('a scheduled trigger runs by hand, and a failure is kept and not tried again', async (t) => {
  const { platform, faults } = await host(t);
  assert.deepEqual(await platform.schedule.run('hourly'), { success: true, body: undefined });
  faults.set.set('functionCrash', true);
  assert.equal((await platform.schedule.run('hourly')).success, false);
  const { lastError, nextRun } = platform.schedule.list()[0];
  assert.match(String(lastError), /exited before it answered/);
  assert.ok(nextRun > 0);
  const late = await platform.schedule.run('dozing');
  assert.ok(!late.success && /within 1 s/.test(late.error.errorMessage));
  await assert.rejects(platform.schedule.run('other'), /no scheduled trigger other/);
});

test('the schedule outlives a restart', async (t) => {
  const folder = temporaryFolder(t);
  const first = await host(t, { folder });
  await first.platform.schedule.run('hourly');
  const before = first.platform.schedule.list();
  await first.close();
  const second = await host(t, { folder });
  assert.deepEqual(second.platform.schedule.list(), before);
});

/** @param {Awaited<ReturnType<typeof host>>} opened @param {any} events @param {string} [queue] */
const push = ({ call }, events, queue = 'work') => call('push', { queue, events });

/** The events that consumers saw, as soon as there are so many. @param {Awaited<ReturnType<typeof host>>} opened @param {number} count */
const consumedBy = ({ call }, count) =>
  eventually(async () => {
    const consumed = await call('consumed');
    return consumed.length >= count && consumed;
  });

test('pushed events reach their consumer with all that Forge tells it, and are counted', async (t) => {
  const opened = await host(t);
  const { value } = await push(opened, [{ body: { n: 1 } }, { body: { n: 2 }, concurrency: { key: 'one', limit: 1 } }]);
  const consumed = await consumedBy(opened, 2);
  const first = consumed.find((/** @type {any} */ { body }) => body.n === 1);
  assert.equal(first.queueName, 'work');
  assert.equal(first.jobId, value.jobId);
  assert.match(first.eventId, /^[0-9a-f-]{36}$/);
  assert.equal(first.aaid, null);
  assert.equal(first.retryContext, undefined);
  assert.deepEqual(consumed.find((/** @type {any} */ { body }) => body.n === 2).concurrency, { key: 'one', limit: 1 });
  const stats = () => opened.call('stats', { queue: 'work', jobId: value.jobId }).then((answer) => answer.value);
  assert.ok(await eventually(async () => (await stats()).success === 2));
  assert.deepEqual(await stats(), { success: 2, inProgress: 0, failed: 0 });
  assert.deepEqual(opened.platform.queue.totals(), { success: 2, inProgress: 0, failed: 0 });
  assert.equal((await opened.call('stats', { queue: 'work', jobId: 'other' })).error.type, 'JobDoesNotExistError');
});

test('a delay, a retry that the consumer asks for, and one after a failure wait on the platform’s clock', async (t) => {
  const opened = await host(t);
  const { clock } = opened;
  const last = async () => (await opened.call('consumed')).at(-1);
  await push(opened, { body: { n: 'delayed' }, delayInSeconds: 900 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await last(), undefined);
  clock.advance(900_000);
  assert.equal((await eventually(last)).body.n, 'delayed');

  await push(opened, { body: { n: 'asks', retries: 1 } });
  assert.equal((await eventually(async () => (await last()).body.n === 'asks' && last())).retryContext, undefined);
  clock.advance(29_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal((await last()).retryContext, undefined);
  clock.advance(1_500);
  const { retryContext } = await eventually(async () => (await last()).retryContext && last());
  const { retentionWindow, ...asked } = retryContext;
  assert.deepEqual(asked, { retryCount: 1, retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED', retryData: { tries: 0 } });
  assert.ok(retentionWindow.remainingTimeMs > 23 * HOUR && retentionWindow.remainingTimeMs < 24 * HOUR);

  await push(opened, { body: { n: 'fails', failures: 1 } });
  assert.ok(await eventually(async () => (await last()).body.n === 'fails'));
  clock.advance(15_000);
  const failed = await eventually(async () => (await last()).retryContext && last());
  assert.equal(failed.retryContext.retryReason, 'FUNCTION_PLATFORM_UNKNOWN_ERROR');
});

test('an event that fails for a day is given up', async (t) => {
  const opened = await host(t);
  const { value } = await push(opened, { body: { failures: 1000 } });
  const failed = async () => {
    opened.clock.advance(15 * MINUTE);
    return (await opened.call('stats', { queue: 'work', jobId: value.jobId })).value.failed === 1;
  };
  assert.ok(await eventually(failed, 20_000));
  assert.deepEqual(opened.platform.queue.totals(), { success: 0, inProgress: 0, failed: 1 });
});

test('events of one concurrency key run as few at once as they say', async (t) => {
  const opened = await host(t);
  await push(
    opened,
    [1, 2, 3].map((n) => ({ body: { n, wait: 100 }, concurrency: { key: 'shared', limit: 1 } })),
  );
  const consumed = await consumedBy(opened, 3);
  const [first, second, third] = consumed.map((/** @type {any} */ { now }) => now);
  assert.ok(second - first >= 95 && third - second >= 95, JSON.stringify([first, second, third]));
});

test('a cancelled job is not consumed; waiting events outlive a restart', async (t) => {
  const folder = temporaryFolder(t);
  const opened = await host(t, { folder });
  const cancelled = (await push(opened, { body: { n: 'cancelled' }, delayInSeconds: 60 })).value;
  await push(opened, { body: { n: 'kept' }, delayInSeconds: 60 });
  assert.deepEqual(await opened.call('cancel', { queue: 'work', jobId: cancelled.jobId }), {});
  assert.equal((await opened.call('cancel', { queue: 'work', jobId: 'other' })).error.type, 'JobDoesNotExistError');
  await opened.close();

  const again = await host(t, { folder });
  again.clock.advance(2 * MINUTE);
  const consumed = await consumedBy(again, 1);
  assert.deepEqual(
    consumed.map((/** @type {any} */ { body }) => body.n),
    ['kept'],
  );
});

test('a job that is cancelled while an event is consumed counts nothing any more', async (t) => {
  const opened = await host(t);
  const { value } = await push(opened, { body: { wait: 200 } });
  await consumedBy(opened, 1);
  await opened.call('cancel', { queue: 'work', jobId: value.jobId });
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.deepEqual(opened.platform.queue.totals(), { success: 0, inProgress: 0, failed: 0 });
});

test('an event whose consumer dies is delivered again', async (t) => {
  const opened = await host(t);
  await push(opened, { body: { n: 'dies' }, delayInSeconds: 1 });
  opened.faults.set.set('functionCrash', true);
  opened.clock.advance(1000);
  assert.ok(await eventually(() => opened.lines.some((line) => /work: an event failed/.test(line))));
  opened.clock.advance(15_000);
  const consumed = await consumedBy(opened, 2);
  assert.equal(consumed.at(-1).retryContext.retryCount, 1);
});

test('what a push may not be', async (t) => {
  const opened = await host(t);
  const { call, clock } = opened;
  clock.advance(MINUTE - (clock.now() % MINUTE));
  const refusal = async (/** @type {any} */ events, /** @type {string} */ queue = 'work') =>
    (await push(opened, events, queue)).error?.type;
  assert.equal(await refusal({ body: {} }, 'unknown'), 'InternalServerError');
  assert.equal(await refusal({ body: { text: 'x'.repeat(101 * 1024) } }), undefined);
  assert.equal(await refusal({ body: { text: 'x'.repeat(101 * 1024) } }, 'slow'), 'PayloadTooBigError');
  for (let count = 0; count < 9; count += 1)
    assert.equal(await refusal(Array.from({ length: 50 }, () => ({ body: {}, delayInSeconds: 900 }))), undefined);
  assert.equal(await refusal(Array.from({ length: 50 }, () => ({ body: {} }))), 'RateLimitError');
  assert.equal((await call('calls')) > 0, true);
});

test('a consumer that feeds itself is stopped after a thousand events', async (t) => {
  const opened = await host(t);
  await push(opened, { body: { again: 2 } });
  const consumed = await consumedBy(opened, 3);
  assert.deepEqual(
    consumed.map((/** @type {any} */ { body }) => body.again),
    [2, 1, 0],
  );

  // The thousandth generation, without a thousand invocations.
  const [{ eventId, jobId }] = consumed;
  const due = opened.clock.now() + 1000;
  const event = { queueName: 'work', jobId, eventId, pushedAt: due, body: { again: 2 } };
  opened.store.table('queue-events').put([due, eventId], { ...event, cycle: 999 });
  opened.clock.advance(1500);
  await push(opened, { body: { n: 'wakes the queue' } });
  assert.ok(await eventually(() => opened.lines.some((line) => /limit on cyclic invocation/.test(line))));
});
