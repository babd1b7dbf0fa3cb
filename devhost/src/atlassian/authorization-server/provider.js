// @ts-check
/**
 * oidc-provider, set up to behave like auth.atlassian.com as far as that is known.
 *
 * @import { AdapterFactory, Configuration, ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
 * @import { Store } from '../../store.js'
 * @import { Account } from '../sandbox.js'
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider, { interactionPolicy } from 'oidc-provider';
import { SCOPES } from './scopes.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Each rotation starts the ninety days of inactivity anew. */
const REFRESH_TOKEN = 90 * DAY;

/**
 * @param {object} options
 * @param {string} options.origin
 * @param {Store} options.store
 * @param {AdapterFactory} options.adapter
 * @param {(accountId: string) => Account | undefined} options.account
 * @param {(context: KoaContextWithOIDC, out: ErrorOut) => void} options.renderError
 */
export function createProvider({ origin, store, adapter, account, renderError }) {
  /** @type {Configuration} */
  const configuration = {
    adapter,
    routes: { authorization: '/authorize', token: '/oauth/token' },
    scopes: Object.keys(SCOPES),
    extraParams: ['audience'],
    claims: {},
    clientAuthMethods: ['client_secret_post'],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    responseTypes: ['code'],
    enableHttpPostMethods: false,
    // Atlassian documents no PKCE and requires the client secret; a challenge that is sent is held to.
    pkce: { required: () => false },
    rotateRefreshToken: true,
    issueRefreshToken: async (_context, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    // A token outlives the browser's login session: logging in as somebody else must not disconnect the app.
    expiresWithSession: async () => false,
    // A grant is the family of one consent. No earlier one is taken up, so that each authorization asks.
    loadExistingGrant: async (context) => {
      const grantId = context.oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : context.oidc.provider.Grant.find(grantId);
    },
    findAccount: async (_context, accountId) =>
      account(accountId)?.active ? { accountId, claims: async () => ({ sub: accountId }) } : undefined,
    interactions: {
      url: (_context, interaction) => `/${interaction.prompt.name}/${interaction.uid}`,
      policy: promptPolicy(),
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
    },
    clockTolerance: 0,
    ttl: {
      AccessToken: HOUR,
      // How long Atlassian honours a code is not documented.
      AuthorizationCode: 5 * MINUTE,
      RefreshToken: REFRESH_TOKEN,
      Interaction: HOUR,
      Session: 30 * DAY,
      // A family lives as long as one of its tokens does, which the tokens decide.
      Grant: 10 * 365 * DAY,
    },
    cookies: {
      // Cookies ignore ports, and the servers of the local Jira share a host: the names say whose they are.
      names: { session: 'identity.session', interaction: 'identity.interaction', resume: 'identity.resume' },
      keys: [kept(store, 'cookie key', () => randomBytes(32).toString('base64url'))],
      long: { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true },
      short: { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true },
    },
    // Without `openid` nothing is ever signed, but a provider does not start without a key.
    jwks: { keys: [kept(store, 'signing key', signingKey)] },
    renderError,
  };
  const provider = new Provider(origin, configuration);
  provider.on('server_error', (_context, error) => console.error('The authorization server failed:', error));
  return provider;
}

/**
 * A browser whose session belongs to an account that was deactivated meanwhile is asked to log in, like one without.
 */
function promptPolicy() {
  const policy = interactionPolicy.base();
  const { Check } = interactionPolicy;
  policy.get('login')?.checks.add(
    new Check('account_gone', 'the account may no longer log in', ({ oidc }) =>
      oidc.session?.accountId && !oidc.account ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
    ),
  );
  return policy;
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' };
}

/**
 * What is drawn once and kept, so that a restart does not log everybody out.
 *
 * @template T
 * @param {Store} store
 * @param {string} name
 * @param {() => T} draw
 * @returns {T}
 */
export function kept(store, name, draw) {
  const table = store.table('authorization server');
  const found = table.get(name);
  if (found !== undefined) return found;
  const drawn = draw();
  table.put(name, drawn);
  return drawn;
}
