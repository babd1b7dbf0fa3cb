// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANA, MARIA } from './fixtures/atlassian/people.mjs';
import { atlassian, CHALLENGE, DAY, SCOPE, VERIFIER } from './fixtures/atlassian/servers.mjs';

const MINUTE = 60_000;
const DEAD = { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' };
const BAD_CODE = { error: 'invalid_grant', error_description: 'authorization_code is invalid' };
const UNAUTHORIZED = { error: 'access_denied', error_description: 'Unauthorized' };
const PKCE = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };

test('a code becomes tokens in Atlassian’s documented shape, by JSON and by form', async (t) => {
  const world = await atlassian(t);
  for (const type of ['application/json', 'application/json; charset=utf-8', 'application/x-www-form-urlencoded']) {
    const code = await world.allow(MARIA);
    const { status, headers, body } = await world.token(
      { grant_type: 'authorization_code', code, redirect_uri: 'http://127.0.0.1:9/x1/callback' },
      type.startsWith('application/json') ? 'application/json' : type,
    );
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).sort(), ['access_token', 'expires_in', 'refresh_token', 'scope']);
    assert.equal(body.expires_in, 3600);
    assert.equal(body.scope, SCOPE);
    assert.equal(headers.get('cache-control'), 'no-store');
  }
});

test('without offline_access there is no refresh token', async (t) => {
  const world = await atlassian(t);
  const { body } = await world.exchange(await world.allow(MARIA, { changes: { scope: 'read:me' } }));
  assert.deepEqual(Object.keys(body).sort(), ['access_token', 'expires_in', 'scope']);
});

test('a wrong secret and an unknown client are unauthorized', async (t) => {
  const world = await atlassian(t);
  const code = await world.allow(MARIA);
  for (const wrong of [{ client_secret: 'x' }, { client_secret: undefined }, { client_id: 'x' }]) {
    const { status, body } = await world.exchange(code, wrong);
    assert.deepEqual([status, body], [401, UNAUTHORIZED], JSON.stringify(wrong));
  }
  assert.equal((await world.exchange(code)).status, 200, 'the code was not used up by a stranger');
});

test('a code that is unknown, late or meant for another callback URL is refused', async (t) => {
  const world = await atlassian(t);
  assert.deepEqual(await refused(world.exchange('unknown')), [403, BAD_CODE]);
  const code = await world.allow(MARIA);
  assert.deepEqual(await refused(world.exchange(code, { redirect_uri: 'http://127.0.0.1:9/other' })), [403, BAD_CODE]);
  world.clock.advance(5 * MINUTE + 1000);
  assert.deepEqual(await refused(world.exchange(code)), [403, BAD_CODE]);
});

test('a code that is used twice kills the tokens that came of it, and no others', async (t) => {
  const world = await atlassian(t);
  const earlier = await world.connect(MARIA);
  const code = await world.allow(MARIA);
  const { body: tokens } = await world.exchange(code);
  assert.deepEqual(await refused(world.exchange(code)), [403, BAD_CODE]);
  assert.equal(await world.server.introspect(tokens.access_token), null);
  assert.deepEqual(await refused(world.refresh(tokens.refresh_token)), [403, DEAD]);
  assert.equal((await world.refresh(earlier.refresh_token)).status, 200);
});

test('a code that two requests use at once is exchanged once', async (t) => {
  const world = await atlassian(t);
  const code = await world.allow(MARIA);
  const statuses = (await Promise.all(Array.from({ length: 10 }, () => world.exchange(code)))).map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [200, ...Array(9).fill(403)]);
});

test('whoever sent a challenge must prove it, and whoever sent none has nothing to prove', async (t) => {
  const world = await atlassian(t);
  const proven = await world.exchange(await world.allow(MARIA, { changes: PKCE }), { code_verifier: VERIFIER });
  assert.equal(proven.status, 200);
  const other = VERIFIER.replace('d', 'e');
  for (const [changes, proof] of /** @type {const} */ ([
    [PKCE, {}],
    [PKCE, { code_verifier: other }],
    [PKCE, { code_verifier: CHALLENGE }],
    [{}, { code_verifier: VERIFIER }],
  ])) {
    assert.deepEqual(await refused(world.exchange(await world.allow(MARIA, { changes }), proof)), [403, BAD_CODE]);
  }
});

test('a refresh token is replaced by its use', async (t) => {
  const world = await atlassian(t);
  const first = await world.connect(MARIA);
  const { status, body: second } = await world.refresh(first.refresh_token);
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(second).sort(), ['access_token', 'expires_in', 'refresh_token', 'scope']);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.notEqual(second.access_token, first.access_token);
  assert.equal(second.scope, SCOPE);
  assert.deepEqual(await refused(world.refresh('unknown')), [403, DEAD]);
});

test('with leeway a used refresh token works for ten minutes and then kills its family', async (t) => {
  const world = await atlassian(t);
  const first = await world.connect(MARIA);
  const second = (await world.refresh(first.refresh_token)).body;
  world.clock.advance(6 * MINUTE);
  const recovered = await world.refresh(first.refresh_token);
  assert.equal(recovered.status, 200);
  assert.equal((await world.refresh(second.refresh_token)).status, 200, 'nothing is dead within the leeway');
  // The ten minutes count from the first use.
  world.clock.advance(4 * MINUTE + 1000);
  assert.deepEqual(await refused(world.refresh(first.refresh_token)), [403, DEAD]);
  assert.deepEqual(await refused(world.refresh(recovered.body.refresh_token)), [403, DEAD]);
  assert.equal(await world.server.introspect(recovered.body.access_token), null);
});

test('without leeway a used refresh token kills its family at once', async (t) => {
  const world = await atlassian(t);
  world.server.control.setLeeway(false);
  const first = await world.connect(MARIA);
  const bystander = await world.connect(ANA);
  const second = (await world.refresh(first.refresh_token)).body;
  assert.deepEqual(await refused(world.refresh(first.refresh_token)), [403, DEAD]);
  assert.deepEqual(await refused(world.refresh(second.refresh_token)), [403, DEAD]);
  assert.equal((await world.refresh(bystander.refresh_token)).status, 200);
});

test('the leeway setting outlives a restart', async (t) => {
  const world = await atlassian(t);
  assert.equal(world.server.control.leeway(), true);
  world.server.control.setLeeway(false);
  await world.restart();
  assert.equal(world.server.control.leeway(), false);
});

test('twenty refreshes at once: all succeed with leeway, one without', async (t) => {
  const world = await atlassian(t);
  const tokens = await world.connect(MARIA);
  const all = () => Promise.all(Array.from({ length: 20 }, () => world.refresh(tokens.refresh_token)));
  assert.deepEqual(new Set((await all()).map(({ status }) => status)), new Set([200]));

  world.server.control.setLeeway(false);
  const strict = await world.connect(ANA);
  const answers = await Promise.all(Array.from({ length: 20 }, () => world.refresh(strict.refresh_token)));
  const winners = answers.filter(({ status }) => status === 200);
  assert.equal(winners.length, 1);
  assert.ok(answers.filter((answer) => answer !== winners[0]).every(({ status }) => status === 403));
  assert.deepEqual(await refused(world.refresh(winners[0]?.body.refresh_token)), [403, DEAD], 'the family is dead');
});

test('ninety idle days kill a grant, and each use starts them anew', async (t) => {
  const world = await atlassian(t);
  let { refresh_token } = await world.connect(MARIA);
  for (let use = 0; use < 3; use += 1) {
    world.clock.advance(89 * DAY);
    const { status, body } = await world.refresh(refresh_token);
    assert.equal(status, 200);
    refresh_token = body.refresh_token;
  }
  world.clock.advance(91 * DAY);
  assert.deepEqual(await refused(world.refresh(refresh_token)), [403, DEAD]);
});

test('what only a clock that was set forward let expire is alive again when the clock is set back', async (t) => {
  const world = await atlassian(t);
  const tokens = await world.connect(MARIA);
  world.clock.advance(91 * DAY);
  assert.deepEqual(await refused(world.refresh(tokens.refresh_token)), [403, DEAD]);
  await world.restart();
  assert.deepEqual(await refused(world.refresh(tokens.refresh_token)), [403, DEAD]);
  world.clock.reset();
  assert.equal((await world.refresh(tokens.refresh_token)).status, 200);
});

test('taking the access away and changing the password kill every token of that account alone', async (t) => {
  const world = await atlassian(t);
  const bystander = await world.connect(ANA);
  for (const kill of /** @type {const} */ (['revoke', 'changePassword'])) {
    const [one, other] = [await world.connect(MARIA), await world.connect(MARIA)];
    await world.server.control[kill](MARIA);
    for (const tokens of [one, other]) {
      assert.deepEqual(await refused(world.refresh(tokens.refresh_token)), [403, DEAD], kill);
      assert.equal((await world.api('/me', tokens.access_token)).status, 401, kill);
    }
  }
  assert.equal((await world.refresh(bystander.refresh_token)).status, 200);
  assert.equal((await world.api('/me', (await world.connect(MARIA)).access_token)).status, 200, 'a new consent is a new start');
});

test('what is taken away shows in the list of consents; a password does not', async (t) => {
  const world = await atlassian(t);
  await world.connect(MARIA);
  const accounts = () => world.server.control.consents().map(({ accountId }) => accountId);
  await world.server.control.changePassword(MARIA);
  assert.deepEqual(accounts(), [MARIA]);
  await world.server.control.revoke(MARIA);
  assert.deepEqual(accounts(), []);
  await world.server.control.revoke('nobody');
});

test('a deactivated account gets no new tokens', async (t) => {
  const world = await atlassian(t);
  const tokens = await world.connect(ANA);
  const code = await world.allow(ANA);
  world.sandbox.control('setActive', ANA, false);
  assert.equal((await world.api('/me', tokens.access_token)).status, 401);
  assert.deepEqual(await refused(world.refresh(tokens.refresh_token)), [403, DEAD]);
  assert.deepEqual(await refused(world.exchange(code)), [403, BAD_CODE]);
});

test('a reply that is lost leaves the work done, and the old token recovers it within the leeway', async (t) => {
  const world = await atlassian(t);
  const tokens = await world.connect(MARIA);
  world.faults.set('lostTokenReply', true);
  await assert.rejects(world.refresh(tokens.refresh_token));
  assert.equal((await world.refresh(tokens.refresh_token)).status, 200);

  world.server.control.setLeeway(false);
  const strict = await world.connect(ANA);
  world.faults.set('lostTokenReply', true);
  await assert.rejects(world.refresh(strict.refresh_token));
  assert.deepEqual(await refused(world.refresh(strict.refresh_token)), [403, DEAD], 'it had been used');
});

test('an app that lost its callback URL still refreshes', async (t) => {
  let registered = ['http://127.0.0.1:9/x1/callback'];
  const world = await atlassian(t, { redirectUris: () => registered });
  const tokens = await world.connect(MARIA);
  const code = await world.allow(MARIA);
  registered = [];
  assert.equal((await world.refresh(tokens.refresh_token)).status, 200);
  assert.equal((await world.exchange(code)).status, 400);
});

test('a body that makes no sense is an invalid request', async (t) => {
  const world = await atlassian(t);
  const post = (/** @type {string} */ body, type = 'application/json') =>
    fetch(`${world.origin}/oauth/token`, { method: 'POST', headers: { 'content-type': type }, body });
  for (const [body, type] of [
    ['{', undefined],
    ['[]', undefined],
    ['null', undefined],
    ['"text"', undefined],
    ['{"grant_type":["refresh_token"]}', undefined],
    ['{"grant_type":1}', undefined],
    [`{"padding":"${'x'.repeat(70_000)}"}`, undefined],
    ['grant_type=refresh_token', 'text/plain'],
    ['', undefined],
  ]) {
    const response = await post(/** @type {string} */ (body), type);
    assert.equal(response.status, 400, body?.slice(0, 40));
    assert.equal(/** @type {any} */ (await response.json()).error, 'invalid_request', body?.slice(0, 40));
  }
  const { status, body } = await world.token({ grant_type: 'password' });
  assert.deepEqual([status, body.error], [400, 'unsupported_grant_type']);
});

test('an error is JSON even for whoever prefers HTML', async (t) => {
  const world = await atlassian(t);
  const response = await fetch(`${world.origin}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/html' },
    body: JSON.stringify({ grant_type: 'refresh_token', refresh_token: 'x', client_id: 'the-client', client_secret: 'x' }),
  });
  assert.deepEqual([response.status, await response.json()], [401, UNAUTHORIZED]);
  assert.equal(response.headers.get('www-authenticate'), null);
});

/**
 * @param {Promise<{ status: number, body: unknown }>} answer
 */
async function refused(answer) {
  const { status, body } = await answer;
  return [status, body];
}
