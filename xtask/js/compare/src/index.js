// The same first answer in plain JavaScript, with the packages that one would take: `openid-client` for the
// authorization, `zod` for what comes in, rests and goes out. As much of a change as a status and its beginning need.
import Resolver from '@forge/resolver';
import api, { assumeTrustedRoute, webTrigger } from '@forge/api';
import kvs, { Filter, FilterConditions } from '@forge/kvs';
import * as oauth from 'openid-client';
import { answerSchema, callSchema, connectionSchema, deliveredSchema, healthSchema, permissionsSchema, refusalsSchema, sessionSchema } from './schemas.js';

const SCOPES = 'read:me read:jira-user read:jira-work write:jira-work manage:jira-webhook offline_access';

const read = async (schema, entity, key) => {
  const found = await kvs.entity(entity).get(key);
  return found === undefined ? undefined : schema.parse(found.document.data);
};

const askJira = async (path) => {
  const response = await api.asUser().requestJira(assumeTrustedRoute(path), { headers: { Accept: 'application/json' } });
  return { status: response.status, body: await response.json() };
};

const isAdministrator = async () => {
  const { status, body } = await askJira('/rest/api/3/mypermissions?permissions=ADMINISTER');
  return status === 200 && permissionsSchema.parse(body).permissions.ADMINISTER.havePermission;
};

const see = async (watching) => {
  const [connection, health, refusals, delivered, session] = await Promise.all([
    read(connectionSchema, 'connection', 'connection'),
    read(healthSchema, 'connection', 'health'),
    read(refusalsSchema, 'connection', 'refusals'),
    read(deliveredSchema, 'connection', 'delivered'),
    watching ? read(sessionSchema, 'session', watching) : undefined,
  ]);
  return { connection, health, refusals, delivered, session };
};

const view = ({ connection, health, refusals, delivered }) => {
  const main = connection?.main ?? null;
  return {
    now: Date.now(),
    badge: main === null ? 'notConnected' : health === undefined ? 'unchecked' : health.badge,
    main: main && { account: main.account, since: main.since, changedBy: main.changedBy, siteUrl: main.site.url },
    health: main === null ? null : (health ?? null),
    lastDeliveryAt: delivered?.at ?? null,
    change: null,
    history: (connection?.history ?? []).toReversed(),
    refusals: (refusals?.rows ?? []).toReversed(),
    actions: main === null ? ['connect'] : ['change', 'checkNow'],
    pollAfterMs: null,
  };
};

const configuration = () =>
  new oauth.Configuration(
    {
      issuer: 'https://auth.atlassian.com',
      authorization_endpoint: 'https://auth.atlassian.com/authorize',
      token_endpoint: 'https://auth.atlassian.com/oauth/token',
    },
    process.env.CLIENT_ID,
    process.env.CLIENT_SECRET,
    oauth.ClientSecretPost(process.env.CLIENT_SECRET),
  );

const begin = async (intended) => {
  const [allowed, redirectUri, seen] = await Promise.all([isAdministrator(), webTrigger.getUrl('redirect'), see()]);
  if (!allowed) return { type: 'refused', error: { code: 'notAdministrator', helpers: [] } };
  const [state, verifier] = [oauth.randomState(), oauth.randomPKCECodeVerifier()];
  const url = oauth.buildAuthorizationUrl(configuration(), {
    audience: 'api.atlassian.com',
    scope: SCOPES,
    redirect_uri: redirectUri,
    state,
    prompt: 'consent',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  await kvs.setSecret(`request:${state}`, verifier);
  const absent = { conditions: new Filter().and('revision', FilterConditions.notExists()) };
  const session = { key: state, intended, expiresAt: Date.now() + 600_000 };
  await kvs
    .transact()
    .set(state, { revision: 1, document: { version: 1, data: session } }, { entityName: 'session', ...absent })
    .execute();
  return { type: 'authorization', change: state, url: url.href, status: view(seen) };
};

const answer = async (request) => {
  switch (request.type) {
    case 'status': {
      const [allowed, seen] = await Promise.all([isAdministrator(), see(request.watching)]);
      return allowed ? { type: 'status', status: view(seen) } : { type: 'refused', error: { code: 'notAdministrator', helpers: [] } };
    }
    case 'beginChange':
      return begin(request.intended);
  }
};

const door = new Resolver();
door.define('door', async ({ payload }) => {
  const call = callSchema.safeParse(payload);
  if (!call.success) return { type: 'refused', error: { code: 'invalidRequest' } };
  return answerSchema.parse(await answer(call.data));
});

export const resolver = door.getDefinitions();

export const redirect = async ({ queryParameters }) => {
  const [state] = queryParameters.state ?? [];
  const verifier = await kvs.getSecret(`request:${state}`);
  const address = new URL('https://redirect.invalid');
  for (const [name, values] of Object.entries(queryParameters)) address.searchParams.set(name, values[0]);
  await oauth.authorizationCodeGrant(configuration(), address, { expectedState: state, pkceCodeVerifier: verifier });
  return { statusCode: 200, headers: { 'content-type': ['text/plain'] }, body: 'Allowed' };
};
