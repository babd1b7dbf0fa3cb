// @ts-check
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createClock } from '../src/atlassian/clock.js';
import { createDeliveries } from '../src/atlassian/deliveries.js';
import { openStore } from '../src/store.js';
import { CLIENT, listen } from './fixtures/atlassian/servers.mjs';

const MINUTE = 60_000;

/** @typedef {import('../src/atlassian/deliveries.js').Outcome} Outcome */

/**
 * A web trigger that answers with the statuses given, one after the other, and with 200 after that.
 *
 * @param {{ after: (work: () => Promise<void>) => void }} t
 */
async function jiraAndApp(t) {
  const folder = mkdtempSync(join(tmpdir(), 'deliveries-'));
  /** @type {{ headers: import('node:http').IncomingHttpHeaders, body: any, url: string | undefined }[]} */
  const received = [];
  /** @type {(number | 'cut')[]} */
  const statuses = [];
  const app = await listen(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    received.push({ headers: request.headers, body: JSON.parse(text), url: request.url });
    const status = statuses.shift() ?? 200;
    if (status === 'cut') response.destroy();
    else response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end();
  });
  let life = open();

  function open() {
    const store = openStore(folder);
    const clock = createClock(store);
    /** @type {Outcome[]} */
    const outcomes = [];
    /** @type {(() => void) | undefined} */
    let wake;
    const deliveries = createDeliveries({
      store,
      clock,
      webTriggerOrigin: app.origin,
      client: CLIENT,
      onDelivery(outcome) {
        outcomes.push(outcome);
        wake?.();
      },
    });
    return {
      store,
      clock,
      deliveries,
      outcomes,
      /** @param {number} count */
      async until(count) {
        while (outcomes.length < count) await new Promise((resolve) => (wake = () => resolve(undefined)));
        return outcomes.slice(0, count).map(({ outcome, status }) => `${outcome} ${status}`);
      },
      async stop() {
        deliveries.close();
        clock.close();
        await store.close();
      },
    };
  }
  t.after(async () => {
    await life.stop();
    app.server.closeAllConnections();
    app.server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    received,
    statuses,
    url: `${app.origin}/x1/secret-path`,
    get life() {
      return life;
    },
    async restart() {
      await life.stop();
      life = open();
    },
    /** @param {string} [url] @param {object} [body] */
    delivery: (url = `${app.origin}/x1/secret-path`, body = { webhookEvent: 'jira:issue_updated', matchedWebhookIds: [1] }) => ({
      url,
      body,
      accountId: 'somebody',
      cloudId: 'somewhere',
    }),
  };
}

test('a webhook arrives by POST, with Jira’s headers and a token that the client secret signed', async (t) => {
  const world = await jiraAndApp(t);
  world.life.deliveries.add([world.delivery()]);
  assert.deepEqual(await world.life.until(1), ['delivered 200']);
  const [{ headers, body, url }] = /** @type {[typeof world.received[0]]} */ (world.received);
  assert.equal(url, '/x1/secret-path');
  assert.deepEqual(body, { webhookEvent: 'jira:issue_updated', matchedWebhookIds: [1] });
  assert.match(headers['content-type'] ?? '', /^application\/json/);
  assert.match(String(headers['x-atlassian-webhook-identifier']), /^[\da-f-]{36}$/);
  assert.equal(headers['x-atlassian-webhook-retry'], undefined);
  const [head, claims, signature] = (headers.authorization ?? '').replace('Bearer ', '').split('.');
  assert.equal(signature, createHmac('sha256', CLIENT.secret).update(`${head}.${claims}`).digest('base64url'));
  assert.deepEqual(world.life.deliveries.pending(), []);
});

test('what is told of a delivery does not give away where it went', async (t) => {
  const world = await jiraAndApp(t);
  world.life.deliveries.add([world.delivery()]);
  await world.life.until(1);
  assert.ok(!JSON.stringify(world.life.outcomes).includes('secret-path'));
  assert.equal(world.life.outcomes[0]?.event, 'jira:issue_updated');
});

test('whatever is not for a web trigger is dropped, and nobody else is reached', async (t) => {
  const world = await jiraAndApp(t);
  const other = await listen((request, response) => {
    assert.fail(`reached by ${request.url}`);
    response.end();
  });
  t.after(() => void other.server.close());
  const elsewhere = [
    `${other.origin}/x1/a`,
    world.url.replace('http:', 'https:'),
    world.url.replace('127.0.0.1', 'localhost'),
    world.url.replace('http://', `http://127.0.0.1:${other.port}@`).replace(/@.*/, `@127.0.0.1:${other.port}/x1`),
    'file:///etc/passwd',
    'nothing',
    '',
  ];
  world.life.deliveries.add(elsewhere.map((url) => world.delivery(url)));
  assert.deepEqual(await world.life.until(elsewhere.length), elsewhere.map(() => 'dropped null'));
  assert.deepEqual([world.life.deliveries.pending(), world.received], [[], []]);
});

test('a redirect is not followed', async (t) => {
  const world = await jiraAndApp(t);
  world.statuses.push(302);
  world.life.deliveries.add([world.delivery()]);
  assert.deepEqual(await world.life.until(1), ['givenUp 302']);
});

test('a refusal that will not pass is not repeated', async (t) => {
  const world = await jiraAndApp(t);
  world.statuses.push(400, 401, 404, 410);
  world.life.deliveries.add([1, 2, 3, 4].map(() => world.delivery()));
  const outcomes = await world.life.until(4);
  assert.deepEqual(outcomes.sort(), ['givenUp 400', 'givenUp 401', 'givenUp 404', 'givenUp 410']);
});

test('a failure that may pass is repeated after five to fifteen minutes, under the same identifier', async (t) => {
  const world = await jiraAndApp(t);
  world.statuses.push(503, 429, 'cut', 408);
  world.life.deliveries.add([world.delivery()]);
  for (const [count, outcome] of /** @type {[number, string][]} */ ([
    [1, 'willRetry 503'],
    [2, 'willRetry 429'],
    [3, 'willRetry null'],
    [4, 'willRetry 408'],
  ])) {
    assert.equal((await world.life.until(count)).at(-1), outcome);
    const wait = (world.life.deliveries.pending()[0]?.dueAt ?? 0) - world.life.clock.now();
    assert.ok(wait > 4.9 * MINUTE && wait <= 15 * MINUTE, String(wait));
    world.life.clock.advance(4 * MINUTE);
    assert.equal(world.received.length, count, 'not before its time');
    world.life.clock.advance(11 * MINUTE);
  }
  assert.equal((await world.life.until(5)).at(-1), 'delivered 200');
  const retries = world.received.map(({ headers }) => headers['x-atlassian-webhook-retry']);
  assert.deepEqual(retries, [undefined, '1', '2', '3', '4']);
  assert.equal(new Set(world.received.map(({ headers }) => headers['x-atlassian-webhook-identifier'])).size, 1);
});

test('after five repetitions Jira gives up', async (t) => {
  const world = await jiraAndApp(t);
  world.statuses.push(500, 500, 500, 500, 500, 500, 500);
  world.life.deliveries.add([world.delivery()]);
  for (let count = 1; count <= 6; count += 1) {
    await world.life.until(count);
    world.life.clock.advance(15 * MINUTE);
  }
  assert.equal((await world.life.until(6)).at(-1), 'givenUp 500');
  assert.equal(world.received.length, 6);
  assert.deepEqual(world.life.deliveries.pending(), []);
});

test('what waits is sent after a restart', async (t) => {
  const world = await jiraAndApp(t);
  world.statuses.push(503);
  world.life.deliveries.add([world.delivery()]);
  await world.life.until(1);
  await world.restart();
  assert.equal(world.life.deliveries.pending().length, 1);
  world.life.clock.advance(20 * MINUTE);
  assert.deepEqual(await world.life.until(1), ['delivered 200']);
  assert.equal(world.received[1]?.headers['x-atlassian-webhook-retry'], '1');
});

test('fifty webhooks at once all arrive', async (t) => {
  const world = await jiraAndApp(t);
  world.life.deliveries.add(Array.from({ length: 50 }, (_, number) => world.delivery(undefined, { number })));
  await world.life.until(50);
  const numbers = world.received.map(({ body }) => body.number).sort((a, b) => a - b);
  assert.deepEqual(numbers, Array.from({ length: 50 }, (_, number) => number));
});
