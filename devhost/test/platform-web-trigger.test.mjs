// @ts-check
import assert from 'node:assert/strict';
import { createServer, request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { SITE, host, temporaryFolder } from './platform-host.mjs';

/**
 * Serves the platform's web triggers and asks them.
 * @param {import('node:test').TestContext} t
 * @param {import('./platform-host.mjs').Overrides} [overrides]
 */
async function served(t, overrides) {
  const opened = await host(t, overrides);
  const server = createServer(opened.platform.webTrigger).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => void server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const path = new URL(opened.platform.webTriggerUrl('hook')).pathname;

  /** @param {string} target @param {import('node:http').RequestOptions} [options] @param {string | Buffer} [body] */
  async function ask(target, options = {}, body = '') {
    const request = httpRequest({ host: '127.0.0.1', port, path: target, ...options, agent: false }).end(body);
    const [response] = await once(request, 'response');
    const chunks = [];
    for await (const chunk of response) chunks.push(chunk);
    return {
      status: response.statusCode,
      statusText: response.statusMessage,
      headers: response.headers,
      text: Buffer.concat(chunks).toString(),
    };
  }
  const answering = (/** @type {unknown} */ answer) =>
    ask(`${path}?answer=${encodeURIComponent(JSON.stringify(answer))}`);
  return { ...opened, path, port, ask, answering };
}

test('the function sees the request as it was sent', async (t) => {
  const { ask, path } = await served(t);
  const { status, headers, text } = await ask(
    `${path}/deep/er%20path?code=a%2Bb&code=second&state=&ü=%C3%BC`.replace('ü', '%C3%BC'),
    { method: 'POST', headers: { 'X-Mixed-Case': ['one', 'two'], 'Content-Type': 'text/plain' } },
    'body of ünicode',
  );
  assert.equal(status, 200);
  assert.equal(headers['x-seen'], 'one, two');
  const { payload, context, aaid } = JSON.parse(text);
  assert.equal(payload.method, 'POST');
  assert.equal(payload.path, `${path}/deep/er%20path`);
  assert.equal(payload.userPath, '/deep/er%20path');
  assert.deepEqual(payload.queryParameters, { code: ['a+b', 'second'], state: [''], ü: ['ü'] });
  assert.deepEqual(payload.headers['X-Mixed-Case'], ['one', 'two']);
  assert.deepEqual(payload.headers['Content-Type'], ['text/plain']);
  assert.equal(payload.body, 'body of ünicode');
  assert.equal(context.installContext, `ari:cloud:jira::site/${SITE}`);
  assert.equal(context.principal, undefined);
  assert.equal(aaid, null);
});

test('HEAD and odd methods reach the function', async (t) => {
  const { ask, path } = await served(t);
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
    assert.equal(JSON.parse((await ask(path, { method })).text).payload.method, method);
  }
  const head = await ask(path, { method: 'HEAD' });
  assert.deepEqual([head.status, head.text], [200, '']);
});

test('a status, its text, headers as lists and a body are sent as the function says', async (t) => {
  const { answering } = await served(t);
  const { status, statusText, headers, text } = await answering({
    statusCode: 303,
    statusText: 'Look there',
    headers: {
      Location: ['/there'],
      'Set-Cookie': ['a=1', 'b=2'],
      'Cache-Control': ['no-store'],
      'Content-Length': ['999'],
      Connection: ['x'],
    },
    body: 'grün',
  });
  assert.deepEqual([status, statusText, text], [303, 'Look there', 'grün']);
  assert.equal(headers.location, '/there');
  assert.deepEqual(headers['set-cookie'], ['a=1', 'b=2']);
  assert.equal(headers['cache-control'], 'no-store');
  assert.deepEqual((await answering({ statusCode: 204 })).status, 204);
});

test('an answer of the wrong shape, or none, is a 500', async (t) => {
  const { answering, ask, path, lines } = await served(t);
  const wrong = [
    null,
    'text',
    [],
    {},
    { statusCode: '200' },
    { statusCode: 99 },
    { statusCode: 200, body: { not: 'text' } },
    { statusCode: 200, headers: { 'Content-Type': 'text/html' } },
    { statusCode: 200, headers: { 'Content-Type': [1] } },
    { statusCode: 200, headers: ['a'] },
    { statusCode: 200, headers: { 'bad name': ['x'] } },
    { statusCode: 200, headers: { 'X-Bad': ['new\nline'] } },
    { statusCode: 200, statusText: 'new\nline' },
  ];
  for (const answer of wrong) {
    const { status, text } = await answering(answer);
    assert.deepEqual([status, text], [500, ''], JSON.stringify(answer));
  }
  assert.ok(
    lines.some((line) =>
      /hook: the web trigger's answer is of the wrong shape: the header Content-Type is no list/.test(line),
    ),
  );
  const thrown = await ask(`${path}?answer=throw`);
  assert.deepEqual([thrown.status, thrown.text], [500, '']);
});

test('an address that is not ours is a 404, and a body above 5 MB a 413', async (t) => {
  const { ask, path, platform } = await served(t);
  for (const target of [
    '/',
    '/x1/',
    '/x1/guess',
    `${path.slice(0, -1)}`,
    `/x2/${path.slice(4)}`,
    '/x1/__proto__',
    `/x1/${'x'.repeat(3000)}`,
  ]) {
    assert.equal((await ask(target)).status, 404, target.slice(0, 40));
  }
  assert.equal((await ask(path, { method: 'POST' }, Buffer.alloc(6 * 1024 * 1024, 'x'))).status, 413);
  assert.throws(() => platform.webTriggerUrl('nothing'), /no web trigger nothing/);
});

test('a target that is no path, and a caller who hangs up, harm nobody', async (t) => {
  const { ask, path, port } = await served(t);
  for (const target of ['//', '//evil.example/x1/a', `http://127.0.0.1${path}`, '*', `${path}/../..//x`]) {
    const { status } = await ask(target, { method: 'OPTIONS' });
    assert.equal(status, target.startsWith(path) ? 200 : 404, target);
  }
  const socket = connect(port, '127.0.0.1');
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal((await ask(path)).status, 200);
});

test('a static web trigger answers with an output of the manifest', async (t) => {
  const { ask, platform } = await served(t);
  const path = new URL(platform.webTriggerUrl('constant')).pathname;
  const accepted = await ask(path, { method: 'POST' }, 'accepted');
  assert.deepEqual(
    [accepted.status, accepted.text, accepted.headers['content-type']],
    [202, 'thank you', 'text/plain'],
  );
  assert.equal((await ask(path, { method: 'POST' }, 'other')).status, 500);
});

test('addresses outlive a restart', async (t) => {
  const folder = temporaryFolder(t);
  const first = await host(t, { folder });
  const url = first.platform.webTriggerUrl('hook');
  const { installationId } = first.platform.app;
  await first.close();
  const second = await host(t, { folder });
  assert.equal(second.platform.webTriggerUrl('hook'), url);
  assert.equal(second.platform.app.installationId, installationId);
});

test('before the app is installed nothing answers', async (t) => {
  const { ask, path } = await served(t, { uninstalled: true });
  assert.equal((await ask(path)).status, 404);
});
