// @ts-check
/** The pages and the server's end of the bridge, without a browser. */
import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { startWorld } from './chrome-standins.mjs';

/** @type {import('./chrome-standins.mjs').World} */
let world;

before(async () => {
  world = await startWorld();
});
after(() => world.close());
beforeEach(() => {
  world.done.length = 0;
  world.invocations.length = 0;
  world.resolve = ({ payload }) => payload;
});

/**
 * @param {string} path
 * @param {{ account?: string, method?: string, headers?: Record<string, string>, form?: Record<string, string>, json?: unknown }} [options]
 */
function ask(path, { account = 'maria', method, headers = {}, form, json } = {}) {
  const posts = form !== undefined || json !== undefined;
  return fetch(`${world.origins.jira}${path}`, {
    method: method ?? (posts ? 'POST' : 'GET'),
    redirect: 'manual',
    headers: {
      cookie: `local_jira_account=${account}`,
      ...(posts && { origin: world.origins.jira }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: json !== undefined ? JSON.stringify(json) : form && new URLSearchParams(form),
  });
}

test('every page answers with a strict policy and nothing inline', async () => {
  const paths = ['/', '/jira/projects', '/jira/projects/APP', '/browse/APP-1', '/jira/settings/personal', '/jira/people/ana', '/local'];
  for (const path of [...paths, '/jira/settings/apps/fixture', '/jira/settings/apps/fixture/below', '/sites/partner/browse/PAR-1', '/sign-in']) {
    const response = await ask(path);
    assert.equal(response.status, 200, path);
    assert.match(response.headers.get('content-security-policy') ?? '', /^default-src 'none'; script-src 'self'; style-src 'self';/);
    const page = await response.text();
    assert.doesNotMatch(page, /<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/, path);
    assert.doesNotMatch(page, /<b>/, `${path} shows a summary unescaped`);
  }
});

test('a page that does not exist says so within Jira', async () => {
  const response = await ask('/browse/NOPE-1');
  assert.equal(response.status, 404);
  assert.match(await response.text(), /Issue does not exist or you do not have permission to see it\./);
});

test('a project lists its issues', async () => {
  assert.match(await (await ask('/jira/projects/APP')).text(), /href="\/browse\/APP-1"/);
  assert.match(await (await ask('/sites/partner/jira/projects/PAR')).text(), /href="\/sites\/partner\/browse\/PAR-1"/);
  assert.match(await (await ask('/jira/projects/BARE')).text(), /No issue here is open to you\./);
  assert.equal((await ask('/jira/projects/NONE')).status, 404);
});

test('who is not among the people of a site sees nothing of it', async () => {
  const response = await ask('/sites/partner/browse/PAR-1', { account: 'tom' });
  assert.equal(response.status, 403);
  assert.match(await response.text(), /Tom Okafor is not among the people of partner\./);
  assert.equal((await ask('/sites/partner/browse/PAR-1/comments', { account: 'tom', form: { comment: 'x' } })).status, 403);
  assert.equal(world.comments.length, 0);
});

test('nothing is changed by a request from another origin', async () => {
  for (const path of ['/account', '/preferences/theme', '/local/clock', '/browse/APP-1/comments', '/_forge/invoke', '/_forge/product']) {
    for (const origin of [world.origins.content, 'https://elsewhere.example', 'null', undefined]) {
      const response = await ask(path, { form: { comment: 'x', step: 'day' }, headers: origin === undefined ? { origin: '' } : { origin } });
      assert.equal(response.status, 403, `${path} from ${origin}`);
    }
  }
  assert.deepEqual([world.comments, world.invocations, world.done], [[], [], []]);
});

test('Jira’s REST API answers whoever is signed in, on the site of the address', async () => {
  const rest = '/rest/api/3/issue/PAR-1';
  const issue = await ask(`/sites/partner${rest}?fields=summary`, { account: 'ana' });
  assert.deepEqual([issue.status, (await issue.json()).fields.summary], [200, 'First thing on partner <b>']);
  assert.equal((await ask(rest, { account: 'ana' })).status, 404);
  const said = { account: 'ana', json: { body: { type: 'doc' } } };
  assert.equal((await ask(`/sites/partner${rest}/comment`, said)).status, 201);
  assert.deepEqual(world.comments.splice(0), [{ account: 'ana', site: 'partner', body: { type: 'doc' } }]);

  const refused = await ask(`/sites/partner${rest}/comment`, { ...said, account: 'tom' });
  assert.deepEqual([refused.status, await refused.json()], [401, { message: 'Sign in to Jira first.' }]);
  assert.equal((await ask(rest, { account: 'lena' })).status, 401);
  assert.equal((await ask(rest, { method: 'PATCH' })).status, 405);
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const headers = { origin: world.origins.content };
    assert.equal((await ask(`/sites/partner${rest}/comment`, { ...said, method, headers, ...(method === 'DELETE' && { json: undefined }) })).status, 403);
  }
  assert.deepEqual(world.comments, []);
});

test('another name for this machine is turned away', async () => {
  const { port } = new URL(world.origins.jira);
  const status = await new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path: '/local', headers: { host: `rebound.example:${port}` } }, (response) => resolve(response.statusCode))
      .on('error', reject)
      .end();
  });
  assert.equal(status, 421);
});

test('switching accounts sets a cookie, and goes back to this origin only', async () => {
  const response = await ask('/account', { form: { account: 'ana', back: '/browse/APP-1' } });
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), '/browse/APP-1');
  assert.match(response.headers.get('set-cookie') ?? '', /^local_jira_account=ana; Path=\/; HttpOnly; SameSite=Lax/);
  for (const back of ['https://elsewhere.example/', '//elsewhere.example/', '/\\elsewhere.example', '/\t/elsewhere.example']) {
    assert.equal((await ask('/account', { form: { account: 'ana', back } })).headers.get('location'), '/', back);
  }
});

test('only active people can sign in', async () => {
  for (const account of ['lena', 'robot', 'nobody']) {
    const response = await ask('/account', { form: { account, back: '/' } });
    assert.equal(response.headers.get('set-cookie'), null, account);
    assert.match(await response.text(), /Nobody can sign in with this account\. You are who you were\./);
  }
});

test('a deactivated person is asked to choose another account', async () => {
  const response = await ask('/browse/APP-1', { account: 'lena' });
  assert.match(await response.text(), /Your account was deactivated\. Choose another one to go on\./);
});

test('a comment is written by the person who is signed in, on the site of the page', async () => {
  const response = await ask('/sites/partner/browse/PAR-1/comments', { account: 'ana', form: { comment: 'One\n\nTwo\nlines' } });
  assert.equal(response.headers.get('location'), '/sites/partner/browse/PAR-1');
  const text = (/** @type {string} */ line) => ({ type: 'text', text: line });
  assert.deepEqual(world.comments.splice(0), [
    {
      account: 'ana',
      site: 'partner',
      body: {
        type: 'doc',
        version: 1,
        content: [
          { type: 'paragraph', content: [text('One')] },
          { type: 'paragraph', content: [text('Two'), { type: 'hardBreak' }, text('lines')] },
        ],
      },
    },
  ]);
});

test('only who is no administrator reads that Jira would not show the page', async () => {
  const sentence = /Jira shows this page to administrators only\./;
  assert.doesNotMatch(await (await ask('/jira/settings/apps/fixture')).text(), sentence);
  assert.match(await (await ask('/jira/settings/apps/fixture', { account: 'ana' })).text(), sentence);
});

test('invoke carries the context that the server knows, whatever the page claims', async () => {
  const response = await ask('/_forge/invoke', {
    account: 'ana',
    json: { moduleKey: 'fixture', functionKey: 'door', payload: { a: 1 }, context: { accountId: 'maria' }, accountId: 'maria', place: { issueKey: 'APP-1' } },
  });
  assert.deepEqual(await response.json(), { body: { a: 1 } });
  const [invocation] = world.invocations;
  assert.equal(invocation.accountId, 'ana');
  assert.equal(invocation.functionKey, 'door');
  assert.deepEqual(invocation.context, {
    accountId: 'ana',
    cloudId: '11111111-1111-4111-8111-111111111111',
    siteUrl: 'https://example.atlassian.net',
    environmentId: 'environment-id',
    environmentType: 'DEVELOPMENT',
    localId: 'ari:cloud:ecosystem::extension/app-id/environment-id/static/fixture',
    locale: 'en_US',
    timezone: 'Etc/UTC',
    moduleKey: 'fixture',
    surfaceColor: null,
    extension: { type: 'jira:adminPage' },
  });
});

test('a module on an issue knows the issue, and only one that the person sees', async () => {
  const json = { moduleKey: 'fixture-issue', functionKey: 'door', payload: null, place: { issueKey: 'APP-1' } };
  assert.equal((await ask('/_forge/invoke', { json })).status, 200);
  assert.deepEqual(world.invocations[0].context.extension, {
    type: 'jira:issuePanel',
    issue: { id: '10001', key: 'APP-1', type: 'Task', typeId: '1' },
    project: { id: '1', key: 'APP', type: 'software' },
  });
  assert.equal((await ask('/_forge/invoke', { json: { ...json, place: { issueKey: 'SECRET-1' } } })).status, 404);
  assert.equal(world.invocations.length, 1);
});

test('what a resolver throws reaches the app in the words of Forge', async () => {
  world.resolve = () => {
    throw new Error('it broke');
  };
  const response = await ask('/_forge/invoke', { json: { moduleKey: 'fixture', functionKey: 'door', payload: {} } });
  assert.equal(response.status, 424);
  assert.deepEqual(await response.json(), { message: 'There was an error invoking the function - it broke' });
});

test('a request to a resolver may have 500 KB and no more', async () => {
  const payloadOf = (/** @type {number} */ bytes) => 'x'.repeat(bytes - 2);
  const send = (/** @type {number} */ bytes) =>
    ask('/_forge/invoke', { json: { moduleKey: 'fixture', functionKey: 'door', payload: payloadOf(bytes) } });
  assert.equal((await send(500 * 1024)).status, 200);
  assert.equal((await send(500 * 1024 + 1)).status, 424);
  assert.equal(world.invocations.length, 1);
});

test('requestJira is bound to REST paths, the scopes of the app and the person', async () => {
  const product = (/** @type {string} */ restPath, method = 'GET') =>
    ask('/_forge/product', { account: 'ana', json: { moduleKey: 'fixture', product: 'jira', restPath, fetchRequestInit: { method, headers: [] } } });
  const myself = await (await product('/rest/api/3/myself')).json();
  assert.equal(myself.status, 200);
  assert.deepEqual(JSON.parse(myself.body), { accountId: 'ana', displayName: 'Ana Lima' });

  for (const path of ['https://elsewhere.example/rest/', '/rest/../login', '/rest/%2e%2e/login', '/rest/api/..', '/secure/admin', 7, '/rest/a\\b']) {
    assert.equal((await product(/** @type {string} */ (path))).status, 400, String(path));
  }
  const forbidden = await (await product('/rest/api/3/issue/APP-1/comment', 'POST')).json();
  assert.equal(forbidden.status, 401);
  assert.deepEqual(JSON.parse(forbidden.body), { code: 401, message: 'Unauthorized; scope does not match' });
  assert.equal(world.comments.length, 0);
});

test('pictures of people come from this machine', async () => {
  const atlassian = 'https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/initials/MK-3.png?size=48';
  world.resolve = () => ({ avatarUrl: atlassian, other: 'https://elsewhere.example/MK-3.png' });
  const { body } = await (await ask('/_forge/invoke', { json: { moduleKey: 'fixture', functionKey: 'door', payload: {} } })).json();
  assert.deepEqual(body, { avatarUrl: `${world.origins.jira}/pictures/MK-3.png?size=48`, other: 'https://elsewhere.example/MK-3.png' });
  const picture = await fetch(body.avatarUrl);
  assert.equal(picture.headers.get('content-type'), 'image/svg+xml');
  assert.match(await picture.text(), />MK<\/text>/);
  assert.equal((await ask('/pictures/%3Cscript%3E-1.png')).status, 404);
});

test('a local control does what it says, and the page says that it did', async () => {
  const act = async (/** @type {string} */ action, /** @type {Record<string, string>} */ form) => {
    const response = await ask(`/local/${action}`, { form });
    assert.equal(response.status, 303, action);
    return (await ask((response.headers.get('location') ?? '').split('#')[0])).text();
  };
  assert.match(await act('clock', { step: 'days91' }), /, 91 days ahead of this machine\./);
  assert.match(await act('clock', { step: 'reset' }), /as on this machine\./);
  assert.match(await act('clock', { step: 'passWeek' }), /The time has passed, hour by hour\.[^]*, 7 days ahead of this machine\./);
  assert.match(await act('clock', { step: 'passDay' }), /, 8 days ahead of this machine\./);
  assert.equal(world.done.splice(0).join(', '), 'pass 168 hours, pass 24 hours');
  await act('clock', { step: 'reset' });
  assert.match(await act('faults', { name: 'jiraSlow', on: 'yes', value: '250' }), /On: 250/);
  assert.match(await act('faults', { name: 'jira503', on: 'yes' }), /On<\/span>/);
  assert.match(await (await ask('/')).text(), /href="\/local"><span class="lozenge lozenge-on">2 faults</);
  assert.doesNotMatch(await act('faults/clear', {}), /lozenge-on/);
  assert.match(await act('leeway', { leeway: 'off' }), /is refused at once/);
  assert.match(await act('accounts', { account: 'ana', action: 'promote' }), /atlassian, Jira administrator<\/small><\/div>[^]*Remove administrator: Ana Lima/);
  assert.match(await act('accounts', { account: 'ana', action: 'demote' }), /Make administrator: Ana Lima/);
  assert.match(await act('accounts', { account: 'ana', action: 'deactivate' }), /Activate: Ana Lima/);
  assert.match(await act('accounts', { account: 'ana', action: 'activate' }), /Deactivate: Ana Lima/);
  await act('accounts', { account: 'ana', action: 'revoke' });
  await act('accounts', { account: 'ana', action: 'password' });
  await act('triggers/run', { key: 'upkeep' });
  await act('upgrade', {});
  const desk = { who: 'Nora', ticket: 'SUP-1', reason: 'why', hours: '72' };
  assert.match(await act('support', { ...desk, instanceId: ' abc ' }), /<p class="notice" role="status">Support has asked for access\./);
  assert.match(await act('support', { ...desk, instanceId: '' }), /<p class="notice" role="status">The app did not take the request\./);
  await act('reset', {});
  assert.deepEqual(world.done, ['revoke ana', 'password ana', 'run upkeep', 'upgrade', 'support asks abc for 72 hours', 'support asks  for 72 hours', 'reset']);
});

test('the local controls tell what became of webhooks', async () => {
  assert.match(await (await ask('/local')).text(), /<code>comment_created<\/code> was not taken and will be tried again \(503\)/);
});

test('a local control refuses what it does not know', async () => {
  for (const [action, form, status] of /** @type {const} */ ([
    ['clock', { step: 'century' }, 400],
    ['faults', { name: 'earthquake', on: 'yes' }, 404],
    ['faults', { name: 'jiraSlow', on: 'yes', value: 'never' }, 400],
    ['accounts', { account: 'nobody', action: 'activate' }, 404],
    ['accounts', { account: 'ana', action: 'explode' }, 400],
    ['support', { instanceId: 'abc', hours: '1' }, 400],
    ['nothing', {}, 404],
  ])) {
    assert.equal((await ask(`/local/${action}`, { form })).status, status, action);
  }
  assert.doesNotMatch(await (await ask('/local?done=%3Cb%3E')).text(), /<p class="notice" role="status">/);
});

test('a frame of the app gets the bridge first, under the policy that Forge makes', async () => {
  const response = await fetch(`${world.origins.content}/broken/framed.html`);
  assert.match(await response.text(), /<head><script src="\/_bridge\/bridge-frame\.js" data-host="http:\/\/127\.0\.0\.1:\d+"><\/script>/);
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(policy, /script-src 'self' https:\/\/forge\.cdn\.prod\.atlassian-dev\.net/);
  assert.match(policy, /style-src [^;]*'unsafe-inline'/);
  assert.match(policy, new RegExp(`frame-ancestors [^;]*${world.origins.jira}`));
  assert.doesNotMatch(policy, /unsafe-eval/);
  assert.match(policy, /; report-uri \/_bridge\/csp-report$/);
});

test('the content origin serves the resources of the app and nothing beside them', async () => {
  const status = async (/** @type {string} */ path) => (await fetch(`${world.origins.content}${path}`)).status;
  assert.equal(await status('/panel/__LOCALES__/en-US.json'), 200);
  for (const path of ['/', '/broken', '/broken/', '/broken/nope.js', '/nope/index.html', '/broken/..%2fmanifest.yml', '/broken/%2e%2e/manifest.yml', '/_bridge/page.js', '/__proto__/x']) {
    assert.equal(await status(path), 404, path);
  }
});
