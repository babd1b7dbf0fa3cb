// @ts-check
// A hand-off link through the bundle that Atlassian's bundler makes: shown, used by somebody without an account in Jira,
// and used up.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Isolate } from './isolate.mjs';

const require = createRequire(import.meta.url);
const { ADMINISTRATOR, SERVICE_ACCOUNT, codeOf } = require('./atlassian.cjs');

/** @param {Isolate} isolate @param {string} method @param {string} code */
async function open(isolate, method, code) {
  const { answer } = await isolate.do({ web: 'handOff', method, query: { code } });
  return { ...answer, header: (/** @type {string} */ name) => answer.headers[name]?.[0] };
}

/** Goes on from the page, and allows as this account. @param {Isolate} isolate @param {string} code @param {string} accountId */
async function allow(isolate, code, accountId) {
  const page = await open(isolate, 'POST', code);
  assert.equal(page.statusCode, 200, page.body);
  const url = new URL(String(/content="0;url=([^"]+)"/.exec(page.body)?.[1]).replaceAll('&amp;', '&'));
  assert.equal(url.origin, 'https://auth.atlassian.com');
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
  const query = { state: String(url.searchParams.get('state')), code: codeOf(accountId) };
  return (await isolate.do({ web: 'redirect', method: 'GET', query })).answer;
}

test('a hand-off link goes through the real SDKs, from its making to its end', async (t) => {
  const isolate = new Isolate(t);
  const made = await isolate.do({ ask: { type: 'handOffChange', intended: SERVICE_ACCOUNT, insteadOf: null, policy: null, acknowledged: null } });
  assert.equal(made.answer.type, 'handOff', JSON.stringify(made));
  const code = String(new URL(made.answer.link).searchParams.get('code'));
  assert.equal(code.length, 43);
  assert.equal(made.answer.status.change.stage.type, 'handedOff');

  const page = await open(isolate, 'GET', code);
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /<b>Maria Keller<\/b> asks you to let Integration\+ act as <b>Jira service account<\/b> in Jira at <b>example\.atlassian\.net<\/b>/);
  assert.equal(page.header('Referrer-Policy'), 'no-referrer');
  assert.match(page.header('Content-Security-Policy'), /default-src 'none'.*form-action 'self'; frame-ancestors 'none'/);
  const head = await open(isolate, 'HEAD', code);
  assert.deepEqual([head.statusCode, head.body], [200, '']);
  assert.equal((await open(isolate, 'GET', `${code.slice(1)}x`)).statusCode, 404);
  assert.equal((await open(isolate, 'PUT', code)).statusCode, 405);

  const wrong = await allow(isolate, code, ADMINISTRATOR);
  assert.match(wrong.body, /You allowed as <b>Maria Keller<\/b>, and <b>Jira service account<\/b> was meant\. Nothing has changed/);
  const right = await allow(isolate, code, SERVICE_ACCOUNT);
  assert.match(right.body, /You allowed Integration\+ as Jira service account/);
  for (const method of ['GET', 'POST']) {
    const used = await open(isolate, method, code);
    assert.equal(used.statusCode, 410);
    assert.match(used.body, /This link has been used/);
  }
  const done = await isolate.do({ ask: { type: 'continueChange', change: made.answer.change } });
  assert.equal(done.answer.status.main?.account.accountId, SERVICE_ACCOUNT, JSON.stringify(done));
});

test('a revoked link says so, and the new one works', async (t) => {
  const isolate = new Isolate(t);
  const made = await isolate.do({ ask: { type: 'handOffChange', intended: SERVICE_ACCOUNT, insteadOf: null, policy: null, acknowledged: null } });
  const { change } = made.answer;
  const revoked = await isolate.do({ ask: { type: 'revokeHandOff', change } });
  assert.equal(revoked.answer.status.change.stage.link.standing, 'revoked', JSON.stringify(revoked));
  const codeOfLink = (/** @type {string} */ link) => String(new URL(link).searchParams.get('code'));
  assert.match((await open(isolate, 'GET', codeOfLink(made.answer.link))).body, /This link was revoked/);
  const anew = await isolate.do({ ask: { type: 'renewHandOff', change } });
  assert.match((await allow(isolate, codeOfLink(anew.answer.link), SERVICE_ACCOUNT)).body, /You allowed/);
});
