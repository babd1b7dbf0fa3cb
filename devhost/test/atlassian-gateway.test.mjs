// @ts-check
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { loadLocalAtlassian } from '../src/atlassian/local-atlassian.js';
import { ANA, MARIA, SITE_1, SITE_2 } from './fixtures/atlassian/people.mjs';
import { atlassian } from './fixtures/atlassian/servers.mjs';

const HOUR = 3_600_000;
const UNAUTHORIZED = { code: 401, message: 'Unauthorized' };
const NOT_FOUND = { code: 404, message: 'Not Found' };

test('/me tells who allowed, in the documented shape', async (t) => {
  const world = await atlassian(t);
  const { status, body } = await world.api('/me', (await world.connect(MARIA)).access_token);
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), [
    'account_type',
    'account_id',
    'email',
    'name',
    'picture',
    'account_status',
    'nickname',
    'zoneinfo',
    'locale',
    'extended_profile',
  ]);
  assert.deepEqual(
    [body.account_type, body.account_id, body.email, body.account_status],
    ['atlassian', MARIA, 'maria.keller@example.com', 'active'],
  );
});

test('/me needs its scope', async (t) => {
  const world = await atlassian(t);
  const { body } = await world.exchange(await world.allow(MARIA, { changes: { scope: 'read:jira-user' } }));
  const refused = await world.api('/me', body.access_token);
  assert.deepEqual([refused.status, refused.body], [401, { code: 401, message: 'Unauthorized; scope does not match' }]);
});

test('accessible-resources lists the granted sites, each also as a Confluence of the same id', async (t) => {
  const world = await atlassian(t);
  const { status, body } = await world.api('/oauth/token/accessible-resources', (await world.connect(MARIA)).access_token);
  assert.equal(status, 200);
  assert.deepEqual(body.map((/** @type {any} */ { id }) => id), [SITE_1, SITE_1]);
  assert.deepEqual(Object.keys(body[0]), ['id', 'name', 'url', 'scopes', 'avatarUrl']);
  assert.deepEqual(body[0].scopes, ['read:confluence-content.summary']);
  assert.deepEqual(body[1].scopes, ['read:jira-user', 'read:jira-work', 'write:jira-work', 'manage:jira-webhook']);
  assert.equal(body[1].url, 'https://example.atlassian.net');
});

test('nobody gets anything without a token that works', async (t) => {
  const world = await atlassian(t);
  const { access_token } = await world.connect(MARIA);
  const paths = ['/me', '/oauth/token/accessible-resources', `/ex/jira/${SITE_1}/rest/api/3/myself`];
  for (const path of paths) {
    for (const authorization of [undefined, 'Bearer', 'Bearer x', `Basic ${access_token}`, `Bearer ${access_token} x`]) {
      const { status, body } = await world.api(path, undefined, authorization ? { headers: { authorization } } : {});
      assert.deepEqual([status, body], [401, UNAUTHORIZED], `${path} ${authorization}`);
    }
  }
  world.clock.advance(HOUR + 1000);
  for (const path of paths) {
    const { status, body } = await world.api(path, access_token);
    assert.deepEqual([status, body], [401, UNAUTHORIZED], path);
  }
});

test('Jira answers as the account of the token may see it, within its scopes', async (t) => {
  const world = await atlassian(t);
  const { body: tokens } = await world.exchange(await world.allow(ANA, { changes: { scope: 'read:me read:jira-user' } }));
  const ask = (/** @type {string} */ path) => world.api(`/ex/jira/${SITE_1}/rest/api/3/${path}`, tokens.access_token);
  const myself = await ask('myself?expand=groups');
  assert.deepEqual([myself.status, myself.body.accountId, myself.body.groups.size], [200, ANA, 1]);
  assert.match(myself.headers.get('x-ratelimit-remaining') ?? '', /^\d+$/);
  const unscoped = await ask('mypermissions?permissions=ADMINISTER');
  assert.deepEqual([unscoped.status, unscoped.body], [401, { code: 401, message: 'Unauthorized; scope does not match' }]);
});

test('a request reaches Jira as it was sent', async (t) => {
  const world = await atlassian(t, { open: await echo() });
  const { access_token } = await world.connect(ANA);
  const { status, headers, body } = await world.api(`/ex/jira/${SITE_1}/rest/api/3/issue/A%2FB?fields=a&fields=b`, access_token, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"fields":{}}',
  });
  assert.deepEqual([status, headers.get('x-seen')], [200, 'yes']);
  assert.equal(body.cloudId, SITE_1);
  assert.deepEqual(body.request, { method: 'PUT', path: '/rest/api/3/issue/A%2FB?fields=a&fields=b', body: { fields: {} } });
  assert.deepEqual(body.principal, {
    type: 'oauth',
    accountId: ANA,
    scopes: ['read:me', 'read:jira-user', 'read:jira-work', 'write:jira-work', 'manage:jira-webhook', 'offline_access'],
  });
});

test('Jira sees the shifted time', async (t) => {
  const world = await atlassian(t, { open: await echo() });
  world.clock.advance(30 * HOUR);
  const { access_token } = await world.connect(MARIA);
  const { body } = await world.api(`/ex/jira/${SITE_1}/rest/api/3/myself`, access_token);
  assert.ok(Math.abs(body.nowMs - world.clock.now()) < 5000);
});

test('a site that was not granted does not exist', async (t) => {
  const world = await atlassian(t);
  const { access_token } = await world.connect(MARIA);
  for (const cloudId of [SITE_2, 'unknown', '%2e%2e', `${SITE_1}%2f..`, SITE_1.toUpperCase().replace('1', 'I')]) {
    const { status, body } = await world.api(`/ex/jira/${cloudId}/rest/api/3/myself`, access_token);
    assert.deepEqual([status, body], [404, NOT_FOUND], cloudId);
  }
  assert.equal((await world.api(`/ex/jira/${SITE_1}/../${SITE_2}/rest/api/3/myself`, access_token)).status, 404);
});

test('what is no endpoint is not found, and what is no JSON is a bad request', async (t) => {
  const world = await atlassian(t);
  const { access_token } = await world.connect(MARIA);
  for (const path of ['/', '/me/', '/oauth/token', `/ex/jira/${SITE_1}`, `/ex/confluence/${SITE_1}/rest/api/x`]) {
    assert.equal((await world.api(path, access_token)).status, 404, path);
  }
  const post = (/** @type {string} */ body) =>
    world.api(`/ex/jira/${SITE_1}/rest/api/3/issue`, access_token, { method: 'POST', body });
  assert.equal((await post('{')).status, 400);
  assert.equal((await post(`"${'x'.repeat(1_100_000)}"`)).status, 413);
  assert.equal((await world.api('/me', access_token, { method: 'POST' })).status, 405);
});

test('a form reaches Jira as a file, and only with the header that no browser sends by itself', async (t) => {
  const world = await atlassian(t);
  const { access_token } = await world.connect(ANA);
  // As the app writes it: `File::body` in src/ports.rs.
  const body =
    '--integrationplus0\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n' +
    'Content-Type: text/plain; charset=utf-8\r\n\r\nhéllo\r\n--integrationplus0--\r\n';
  const send = (/** @type {Record<string, string>} */ headers, text = body) =>
    world.api(`/ex/jira/${SITE_1}/rest/api/3/issue/MOB-1/attachments`, access_token, { method: 'POST', headers, body: text });
  const type = { 'content-type': 'multipart/form-data; boundary=integrationplus0' };
  assert.equal((await send(type)).status, 403);
  const sent = await send({ ...type, 'x-atlassian-token': 'no-check' });
  assert.deepEqual([sent.status, sent.body[0].filename, sent.body[0].mimeType, sent.body[0].size], [200, 'a.txt', 'text/plain; charset=utf-8', 6]);
  assert.equal((await send({ ...type, 'x-atlassian-token': 'no-check' }, 'no form')).status, 400);
});

test('a caller that hangs up in the middle of its body harms nobody else', async (t) => {
  const world = await atlassian(t);
  const { access_token } = await world.connect(MARIA);
  for (const [origin, path] of [
    [world.apiOrigin, `/ex/jira/${SITE_1}/rest/api/3/issue`],
    [world.origin, '/oauth/token'],
  ]) {
    const { hostname, port } = new URL(origin ?? '');
    const socket = connect(Number(port), hostname);
    const head = [`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Length: 100', `Authorization: Bearer ${access_token}`];
    socket.write(`${head.join('\r\n')}\r\nContent-Type: application/json\r\n\r\n{"a`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.destroy();
  }
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal((await world.api('/me', access_token)).status, 200);
});

test('Jira has its bad days through the gateway, too', async (t) => {
  const world = await atlassian(t);
  const { access_token } = await world.connect(MARIA);
  const ask = () => world.api(`/ex/jira/${SITE_1}/rest/api/3/myself`, access_token);

  world.faults.set('jira429', 'headers');
  const limited = await ask();
  assert.equal(limited.status, 429);
  assert.ok(Number(limited.headers.get('retry-after')) > 0 && Number(limited.headers.get('retry-after')) <= 3600);
  assert.equal(limited.headers.get('ratelimit-reason'), 'jira-quota-global-based');
  assert.match(limited.headers.get('x-ratelimit-reset') ?? '', /^\d{4}-\d\d-\d\dT\d\d:00:00.000Z$/);

  world.faults.set('jira429', 'bare');
  const bare = await ask();
  assert.deepEqual([bare.status, bare.headers.get('retry-after')], [429, null]);

  world.faults.clear();
  world.faults.set('jira503', true);
  assert.equal((await ask()).status, 503);

  world.faults.clear();
  world.faults.set('jiraSlow', 120);
  const began = performance.now();
  assert.equal((await ask()).status, 200);
  assert.ok(performance.now() - began >= 115);
});

/**
 * The people of the sandbox, and a Jira that says what it was asked.
 *
 * @returns {Promise<import('../src/atlassian/local-atlassian.js').OpenLocalAtlassian>}
 */
async function echo() {
  const open = await loadLocalAtlassian();
  return (seed, saved) =>
    Object.assign(Object.create(open(seed, saved)), {
      /** @type {import('../src/atlassian/local-atlassian.js').LocalAtlassian['jira']} */
      jira: (cloudId, principal, request, nowMs) =>
        JSON.stringify({
          status: 200,
          headers: [['X-Seen', 'yes']],
          body: { cloudId, principal: JSON.parse(principal), request: JSON.parse(request), nowMs },
        }),
    });
}
