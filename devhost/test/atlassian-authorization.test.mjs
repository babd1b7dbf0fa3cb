// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser } from '../src/demo/browser.js';
import { ANA, APP, CHLOE, CUSTOMER, LENA, MARIA, SERVICE, SITE_1, SITE_2 } from './fixtures/atlassian/people.mjs';
import { atlassian, CALLBACK, CLIENT } from './fixtures/atlassian/servers.mjs';

const MINUTE = 60_000;

test('a person logs in, allows, and the app receives a code with its state and nothing else', async (t) => {
  const world = await atlassian(t);
  const browser = new Browser();
  const login = await browser.open(world.authorizeUrl());
  assert.match(login.url, /\/login\//);
  assert.match(login.text, /Log in as MK Maria Keller maria.keller@example.com/);
  const consent = await login.submit({ account: MARIA });
  assert.match(consent.text, /Integration\+ wants access to your Atlassian account/);
  const back = await consent.submit({ decision: 'allow' });
  assert.equal(`${back.location?.origin}${back.location?.pathname}`, CALLBACK);
  assert.deepEqual([...(back.location?.searchParams.keys() ?? [])], ['code', 'state']);
  assert.equal(back.location?.searchParams.get('state'), 'the-state');
});

test('the consent page names the account, the site and each scope in words', async (t) => {
  const world = await atlassian(t);
  const consent = await (await new Browser().open(world.authorizeUrl())).submit({ account: CHLOE });
  for (const words of [
    'Chloe Dubois',
    'chloe.dubois@example.com',
    'example.atlassian.net',
    'View your profile',
    'Stay connected',
    'View user profiles',
    'View Jira issue data',
    'Create and manage issues',
    'Manage Jira webhooks',
    'Allow',
    'Cancel',
    'Switch account',
    'local stand-in for auth.atlassian.com',
  ]) {
    assert.ok(consent.text.includes(words), words);
  }
  assert.ok(!consent.text.includes('partner.atlassian.net'), 'a site that Chloe cannot use is not offered');
});

test('each of the seven parameters is required, once, and as documented', async (t) => {
  const world = await atlassian(t);
  const wrong = {
    audience: 'evil.example',
    client_id: 'somebody-else',
    scope: '',
    redirect_uri: `${CALLBACK}/`,
    state: '',
    response_type: 'token',
    prompt: 'none',
  };
  for (const [name, value] of Object.entries(wrong)) {
    const doubled = `${world.authorizeUrl()}&${name}=${encodeURIComponent(value)}`;
    for (const url of [world.authorizeUrl({ [name]: undefined }), world.authorizeUrl({ [name]: value }), doubled]) {
      const page = await new Browser().open(url);
      assert.deepEqual([page.status, page.location], [400, null], url);
      assert.match(page.text, /This app cannot be connected/);
    }
  }
});

test('a callback URL must be the registered one to the letter', async (t) => {
  const world = await atlassian(t);
  for (const uri of [
    'http://127.0.0.1:9/x1/',
    'http://127.0.0.1:9/x1/callback?next=1',
    'http://127.0.0.1:9/x1/callback#fragment',
    'http://127.0.0.1:9/x1/../x1/callback',
    'http://127.0.0.1:9@evil.example/x1/callback',
    'http://localhost:9/x1/callback',
    'HTTP://127.0.0.1:9/x1/callback',
    'https://evil.example/',
  ]) {
    const page = await new Browser().open(world.authorizeUrl({ redirect_uri: uri }));
    assert.deepEqual([page.status, page.location], [400, null], uri);
    assert.ok(!page.html.includes('evil.example'));
  }
});

test('a callback URL that is registered later is accepted then', async (t) => {
  /** @type {string[]} */
  const registered = [];
  const world = await atlassian(t, { redirectUris: () => registered });
  assert.equal((await new Browser().open(world.authorizeUrl())).status, 400);
  registered.push(CALLBACK);
  assert.ok(await world.allow(MARIA));
});

test('a scope that nobody knows is refused before anybody logs in', async (t) => {
  const world = await atlassian(t);
  for (const scope of ['read:jira-work read:everything', 'constructor', 'read:me  read:jira-work']) {
    const page = await new Browser().open(world.authorizeUrl({ scope }));
    assert.deepEqual([page.status, page.location], [400, null], scope);
  }
});

test('somebody who is logged in is asked to allow each time, and may be the wrong person', async (t) => {
  const world = await atlassian(t);
  const browser = new Browser();
  await world.allow(MARIA, { browser });
  const again = await browser.open(world.authorizeUrl());
  assert.match(again.url, /\/consent\//);
  assert.match(again.text, /Maria Keller/);
});

test('switching the account asks who it is, and keeps the request', async (t) => {
  const world = await atlassian(t);
  const browser = new Browser();
  await world.allow(MARIA, { browser });
  const consent = await browser.open(world.authorizeUrl({ state: 'kept' }));
  const login = await consent.submit({}, '/switch');
  assert.match(login.url, /\/login\//);
  const back = await (await login.submit({ account: SERVICE })).submit({ decision: 'allow' });
  assert.equal(back.location?.searchParams.get('state'), 'kept');
  const { body } = await world.exchange(back.location?.searchParams.get('code') ?? '');
  assert.equal((await world.api('/me', body.access_token)).body.account_id, SERVICE);
  assert.match((await browser.open(world.authorizeUrl())).text, /Jira service account/, 'the browser stays switched');
});

test('logging in as two people in two tabs ends with the later one, without a page of another making', async (t) => {
  const world = await atlassian(t);
  const browser = new Browser();
  const first = await browser.open(world.authorizeUrl({ state: 'first' }));
  const second = await browser.open(world.authorizeUrl({ state: 'second' }));
  await second.submit({ account: MARIA });
  const consent = await first.submit({ account: ANA });
  assert.match(consent.url, /\/consent\//);
  assert.match(consent.text, /Ana Lima/);
});

test('a consent page that was left open while another account logged in allows nothing', async (t) => {
  const world = await atlassian(t);
  const browser = new Browser();
  const stale = await (await browser.open(world.authorizeUrl())).submit({ account: MARIA });
  const fresh = await (await browser.open(world.authorizeUrl())).submit({}, '/switch');
  await fresh.submit({ account: ANA });
  const page = await stale.submit({ decision: 'allow' });
  assert.deepEqual([page.status, page.location], [410, null]);
  assert.match(page.text, /This page is out of date/);
  assert.deepEqual(world.server.control.consents(), []);
});

test('Cancel comes back as access_denied with the state, and nothing is allowed', async (t) => {
  const world = await atlassian(t);
  const consent = await (await new Browser().open(world.authorizeUrl())).submit({ account: MARIA });
  const back = await consent.submit({ decision: 'cancel' });
  assert.equal(`${back.location?.origin}${back.location?.pathname}`, CALLBACK);
  assert.deepEqual(Object.fromEntries(back.location?.searchParams ?? []), {
    error: 'access_denied',
    error_description: 'User did not authorize the request',
    state: 'the-state',
  });
  assert.deepEqual(world.server.control.consents(), []);
});

test('a deactivated account is refused in words', async (t) => {
  const world = await atlassian(t);
  const page = await (await new Browser().open(world.authorizeUrl())).submit({ account: LENA });
  assert.equal(page.status, 403);
  assert.match(page.text, /The account of Lena Gone is deactivated and cannot log in/);
  assert.match((await page.submit({ account: MARIA })).url, /\/consent\//, 'somebody else may log in on the same page');
});

test('an account that is deactivated while its browser is logged in has to log in, and cannot', async (t) => {
  const world = await atlassian(t);
  const browser = new Browser();
  const open = await (await browser.open(world.authorizeUrl())).submit({ account: ANA });
  world.sandbox.control('setActive', ANA, false);
  assert.equal((await open.submit({ decision: 'allow' })).status, 410);
  const login = await browser.open(world.authorizeUrl());
  assert.match(login.url, /\/login\//);
  assert.equal((await login.submit({ account: ANA })).status, 403);
  assert.match((await login.submit({ account: MARIA })).text, /Maria Keller/);
});

test('a customer may log in, so that what the app says to one can be tried', async (t) => {
  const world = await atlassian(t);
  const { body } = await world.exchange(await world.allow(CUSTOMER));
  assert.equal((await world.api('/me', body.access_token)).body.account_type, 'customer');
});

test('an account that was closed is refused in words', async (t) => {
  const world = await atlassian(t);
  world.sandbox.control('closeAccount', ANA);
  const page = await (await new Browser().open(world.authorizeUrl())).submit({ account: ANA });
  assert.equal(page.status, 403);
  assert.match(page.text, /The account of Ana Lima is closed for good/);
});

test('an app’s own account is neither offered nor accepted', async (t) => {
  const world = await atlassian(t);
  const login = await new Browser().open(world.authorizeUrl());
  assert.ok(!login.html.includes(APP));
  assert.equal((await login.submit({ account: APP })).status, 400);
  assert.equal((await login.submit({ account: 'nobody' })).status, 400);
});

test('a form that this server did not make for this browser changes nothing', async (t) => {
  const world = await atlassian(t);
  const victim = new Browser();
  const attacker = new Browser();
  const theirs = await (await attacker.open(world.authorizeUrl())).submit({ account: ANA });
  const mine = await (await victim.open(world.authorizeUrl())).submit({ account: MARIA });
  const stolen = /name="csrf" value="([^"]*)"/.exec(theirs.html)?.[1] ?? '';
  for (const csrf of ['', 'x', stolen]) {
    assert.equal((await mine.submit({ csrf, decision: 'allow' })).status, 400, csrf);
    assert.equal((await mine.submit({ csrf }, '/switch')).status, 400, csrf);
  }
  // Without the victim's cookies there is nothing to allow.
  assert.equal((await attacker.open(mine.url, { method: 'POST', body: new URLSearchParams({ decision: 'allow' }) })).status, 410);
  assert.deepEqual(world.server.control.consents(), []);
  assert.ok((await mine.submit({ decision: 'allow' })).location, 'the form itself still works');
});

test('a decision counts once', async (t) => {
  const world = await atlassian(t);
  const consent = await (await new Browser().open(world.authorizeUrl())).submit({ account: MARIA });
  assert.ok((await consent.submit({ decision: 'allow' })).location);
  assert.equal((await consent.submit({ decision: 'allow' })).status, 410);
});

test('a page that waited for more than an hour is out of date', async (t) => {
  const world = await atlassian(t);
  const login = await new Browser().open(world.authorizeUrl());
  world.clock.advance(61 * MINUTE);
  assert.equal((await login.submit({ account: MARIA })).status, 410);
});

test('the person chooses the site, and the app sees that one only', async (t) => {
  const world = await atlassian(t);
  const code = await world.allow(MARIA, { site: SITE_2 });
  const { body } = await world.exchange(code);
  const { body: sites } = await world.api('/oauth/token/accessible-resources', body.access_token);
  assert.deepEqual([...new Set(sites.map((/** @type {any} */ { id }) => id))], [SITE_2]);
});

test('a site that the account cannot use cannot be chosen', async (t) => {
  const world = await atlassian(t);
  const consent = await (await new Browser().open(world.authorizeUrl())).submit({ account: CHLOE });
  assert.equal((await consent.submit({ decision: 'allow', site: SITE_2 })).status, 400);
  assert.deepEqual(world.server.control.consents(), []);
});

test('a second consent adds its site and replaces the scopes', async (t) => {
  const world = await atlassian(t);
  const first = (await world.exchange(await world.allow(MARIA, { site: SITE_1 }))).body;
  const narrow = 'read:me read:jira-user offline_access';
  const second = (await world.exchange(await world.allow(MARIA, { site: SITE_2, changes: { scope: narrow } }))).body;

  const introspection = { accountId: MARIA, scopes: ['read:me', 'read:jira-user', 'offline_access'], cloudIds: [SITE_1, SITE_2] };
  assert.deepEqual(await world.server.introspect(first.access_token), introspection);
  assert.deepEqual(await world.server.introspect(second.access_token), introspection);
  assert.equal((await world.refresh(first.refresh_token)).body.scope, narrow);
  assert.equal(world.server.control.consents().length, 1);
});

test('a grant at account level covers every site that the account may use, and asks for none', async (t) => {
  const world = await atlassian(t, { grantLevel: 'account' });
  const consent = await (await new Browser().open(world.authorizeUrl())).submit({ account: MARIA });
  assert.ok(!consent.html.includes('<select'));
  const back = await consent.submit({ decision: 'allow' });
  const { body } = await world.exchange(back.location?.searchParams.get('code') ?? '');
  assert.deepEqual((await world.server.introspect(body.access_token))?.cloudIds, [SITE_1, SITE_2]);
});

test('a restart keeps the browser logged in, the pages valid and the tokens alive', async (t) => {
  const world = await atlassian(t);
  const browser = new Browser();
  const tokens = (await world.exchange(await world.allow(MARIA, { browser }))).body;
  const open = await browser.open(world.authorizeUrl());
  const url = world.authorizeUrl();
  await world.restart();
  assert.equal(world.authorizeUrl(), url);
  assert.ok((await open.submit({ decision: 'allow' })).location);
  assert.match((await browser.open(world.authorizeUrl())).text, /Maria Keller/);
  assert.equal((await world.api('/me', tokens.access_token)).status, 200);
  assert.equal((await world.refresh(tokens.refresh_token)).status, 200);
});

test('no page can be framed, run a script, or send a form to anybody but the app', async (t) => {
  const world = await atlassian(t);
  const login = await new Browser().open(world.authorizeUrl());
  const consent = await login.submit({ account: MARIA });
  const missing = await new Browser().open(`${world.origin}/nothing`);
  for (const [page, formAction] of /** @type {const} */ ([
    [login, "form-action 'self';"],
    [consent, "form-action 'self' http://127.0.0.1:9;"],
    [missing, "form-action 'self';"],
  ])) {
    const policy = page.response.headers.get('content-security-policy') ?? '';
    assert.ok(policy.includes("default-src 'none'; style-src 'self'"), policy);
    assert.ok(policy.includes("frame-ancestors 'none'"), policy);
    assert.ok(policy.includes(formAction), policy);
    assert.equal(page.response.headers.get('cache-control'), 'no-store');
    assert.equal(page.response.headers.get('referrer-policy'), 'no-referrer');
    assert.ok(!/<script|<style| style=| on\w+=/.test(page.html));
  }
});

test('among very many people the right one is found by name or address', async (t) => {
  const world = await atlassian(t);
  world.sandbox.control('addPeople', SITE_1, 500);
  const all = await new Browser().open(world.authorizeUrl());
  assert.equal(all.html.match(/name="account"/g)?.length, 30);
  assert.match(all.text, /484 more\. Find them by name or email address/);
  for (const find of ['maria', '  MARIA.KELLER@ ']) {
    const login = await new Browser().open(world.authorizeUrl());
    const found = await login.browser.open(`${login.url}?find=${encodeURIComponent(find)}`);
    assert.equal(found.html.match(/name="account"/g)?.length, 1, find);
    assert.match((await found.submit({ account: MARIA })).url, /\/consent\//);
  }
});

test('what a request says is never shown as markup', async (t) => {
  const world = await atlassian(t);
  const marker = '<b id="injected">';
  for (const name of ['state', 'scope', 'client_id', 'audience', marker]) {
    const page = await new Browser().open(world.authorizeUrl({ [name]: marker, [`${marker}2`]: marker }));
    assert.ok(!page.html.includes('injected"'), name);
  }
  const doubled = await new Browser().open(`${world.authorizeUrl()}&${marker}=1&${marker}=2`);
  assert.ok(!doubled.html.includes(marker));
  const login = await new Browser().open(world.authorizeUrl());
  const found = await login.browser.open(`${login.url}?find=${encodeURIComponent(`"${marker}`)}`);
  assert.ok(!found.html.includes(marker));
  assert.match(found.text, /Nobody has such a name or email address/);
});

test('oidc-provider shows no page and no endpoint of its own', async (t) => {
  const world = await atlassian(t);
  for (const path of [
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
    '/jwks',
    '/me',
    '/session/end',
    '/session/end/confirm',
    '/token/introspection',
    '/token/revocation',
    '/oauth/revoke',
    '/oauth/token',
    '/interaction/x',
    '/device',
    '//',
    '/login/x/y',
    '/consent',
  ]) {
    const page = await new Browser().open(world.origin + path, { headers: { accept: 'text/html' } });
    assert.ok([400, 404, 410].includes(page.status), `${path} ${page.status}`);
    assert.match(page.text, /local stand-in for auth.atlassian.com/, path);
  }
  for (const path of ['/authorize/unknown', '/login/unknown', '/consent/unknown']) {
    const page = await new Browser().open(world.origin + path, { headers: { accept: 'text/html' } });
    assert.match(page.text, /This page is out of date/, path);
  }
  const posted = await new Browser().open(world.authorizeUrl(), { method: 'POST' });
  assert.equal(posted.status, 404);
});

test('while it is down the authorization server answers everything with 503', async (t) => {
  const world = await atlassian(t);
  const tokens = await world.connect(MARIA);
  world.faults.set('authorizationServerDown', true);
  assert.equal((await new Browser().open(world.authorizeUrl())).status, 503);
  assert.equal((await world.refresh(tokens.refresh_token)).status, 503);
  assert.equal((await world.api('/me', tokens.access_token)).status, 200, 'tokens are checked elsewhere');
  world.faults.set('authorizationServerDown', null);
  assert.equal((await world.refresh(tokens.refresh_token)).status, 200);
});

test('nothing of the app’s secret stands in a page', async (t) => {
  const world = await atlassian(t);
  const login = await new Browser().open(world.authorizeUrl());
  const consent = await login.submit({ account: MARIA });
  for (const page of [login, consent]) assert.ok(!page.html.includes(CLIENT.secret));
});
