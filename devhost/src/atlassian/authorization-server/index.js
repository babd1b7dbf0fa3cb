// @ts-check
/**
 * The authorization server: what https://auth.atlassian.com is to a real app.
 *
 * @import { AdapterPayload } from 'oidc-provider'
 * @import { Store } from '../../store.js'
 * @import { Clock } from '../clock.js'
 * @import { Faults } from '../faults.js'
 * @import { RequestHandler } from '../request-handler.js'
 * @import { Sandbox } from '../sandbox.js'
 * @import { Consent } from './consents.js'
 */
import { requestHandler } from '../request-handler.js';
import { createAdapter } from './adapter.js';
import { problemOf } from './authorization-request.js';
import { createConsents } from './consents.js';
import { createInteractions } from './interactions.js';
import { renderNotice } from './pages/notice.js';
import { appAtFault, NOTICES } from './pages/notices.js';
import { sendPage, sendStyle, STYLE_PATH } from './pages/send.js';
import { createProvider } from './provider.js';
import { createTokenEndpoint, PATH as TOKEN_PATH } from './token-endpoint.js';

/**
 * @typedef {object} Client
 * @property {string} id
 * @property {string} secret
 * @property {() => string[]} redirectUris
 * @property {string} [name]
 */

/** @typedef {{ accountId: string, scopes: string[], cloudIds: string[] }} Introspection */

/**
 * @typedef {object} AuthorizationServer
 * @property {RequestHandler} handler
 * @property {(accessToken: string) => Promise<Introspection | null>} introspect `null` for a token that is unknown,
 *   expired or revoked, or whose account was deactivated. What the newest consent took away is taken away from older tokens too
 * @property {Control} control what a person may do at id.atlassian.com, and the settings of this stand-in
 * @property {() => void} close
 */

/**
 * @typedef {object} Control
 * @property {(accountId: string) => Promise<void>} revoke the person takes the access away: every token dies
 * @property {(accountId: string) => Promise<void>} changePassword every token dies, the browser sessions stay
 * @property {(on: boolean) => void} setLeeway off: using a refresh token twice kills its family at once
 * @property {() => boolean} leeway on unless it was switched off
 * @property {() => Consent[]} consents
 */

/**
 * @param {object} options
 * @param {string} options.origin of this server
 * @param {Store} options.store
 * @param {Clock} options.clock
 * @param {Faults} options.faults
 * @param {Sandbox} options.sandbox
 * @param {Client} options.client
 * @param {Consent['level']} [options.grantLevel] Atlassian has both kinds of app; `resource` lets the person choose a site
 * @returns {AuthorizationServer}
 */
export function createAuthorizationServer({ origin, store, clock, faults, sandbox, client, grantLevel = 'resource' }) {
  const { name: appName = 'Integration+' } = client;
  const settings = store.table('authorization server');
  const leeway = () => settings.get('leeway') ?? true;
  const consents = createConsents(store);

  const provider = createProvider({
    origin,
    store,
    adapter: createAdapter(store, clock, {
      leeway,
      client: (id) => (id === client.id ? registration(client) : undefined),
    }),
    account: (accountId) => sandbox.account(accountId),
    renderError(context, { error }) {
      const notice = error === 'server_error' ? NOTICES.failed : NOTICES.outOfDate;
      sendPage(context.res, context.status, renderNotice(notice));
      context.respond = false;
    },
  });
  provider.use(async (context, next) => {
    await next();
    forgetIssuer(context);
  });
  const token = createTokenEndpoint(provider, faults);
  const interactions = createInteractions({ provider, store, clock, sandbox, consents, grantLevel, appName });
  const flow = provider.callback();

  const handler = requestHandler(async (request, response) => {
    const { method = 'GET', url = '/' } = request;
    if (faults.active('authorizationServerDown')) return sendPage(response, 503, renderNotice(NOTICES.down));
    if (!URL.canParse(url, origin)) return sendPage(response, 400, renderNotice(NOTICES.noPage));
    const { pathname, searchParams } = new URL(url, origin);
    if (method === 'GET' && pathname === STYLE_PATH) return sendStyle(response);
    if (method === 'POST' && pathname === TOKEN_PATH) return token(request, response);
    if (method === 'GET' && pathname === '/authorize') {
      const problem = problemOf(searchParams, client);
      return problem === undefined ? flow(request, response) : sendPage(response, 400, renderNotice(appAtFault(problem)));
    }
    if (method === 'GET' && /^\/authorize\/[\w-]+$/.test(pathname)) return flow(request, response);
    const interaction = interactions(method, pathname, searchParams);
    return interaction ? interaction(request, response) : sendPage(response, 404, renderNotice(NOTICES.noPage));
  });

  /** @param {string} accountId */
  async function killTokens(accountId) {
    for (const family of consents.get(accountId)?.families ?? []) {
      await provider.AccessToken.revokeByGrantId(family);
      await provider.RefreshToken.revokeByGrantId(family);
      await provider.AuthorizationCode.revokeByGrantId(family);
      await (await provider.Grant.find(family))?.destroy();
    }
    consents.keepFamilies(accountId, []);
  }

  return {
    handler,
    async introspect(accessToken) {
      const found = await provider.AccessToken.find(accessToken);
      const consent = found && consents.get(found.accountId);
      if (!consent || !sandbox.account(consent.accountId)?.active) return null;
      const reachable = sandbox.sitesOf(consent.accountId).map(({ cloudId }) => cloudId);
      return {
        accountId: consent.accountId,
        scopes: [...found.scopes].filter((scope) => consent.scopes.includes(scope)),
        cloudIds: reachable.filter((cloudId) => consent.level === 'account' || consent.cloudIds.includes(cloudId)),
      };
    },
    control: {
      async revoke(accountId) {
        await killTokens(accountId);
        consents.remove(accountId);
      },
      changePassword: killTokens,
      setLeeway: (on) => settings.put('leeway', on),
      leeway,
      consents: () => consents.list(),
    },
    close: () => provider.removeAllListeners(),
  };
}

/**
 * @param {Client} client
 * @returns {AdapterPayload}
 */
function registration({ id, secret, redirectUris }) {
  const uris = redirectUris();
  // Without a callback URL there is no authorization to ask for, but tokens that exist are still refreshed.
  return {
    client_id: id,
    client_secret: secret,
    redirect_uris: uris,
    response_types: uris.length > 0 ? ['code'] : [],
    grant_types: uris.length > 0 ? ['authorization_code', 'refresh_token'] : ['refresh_token'],
    token_endpoint_auth_method: 'client_secret_post',
  };
}

/**
 * oidc-provider adds the `iss` of RFC 9207 to what it sends to the app, which Atlassian does not document: an app that
 * came to rely on it here would fail there.
 *
 * @param {import('koa').Context} context
 */
function forgetIssuer(context) {
  const location = context.response.get('location');
  if (!location) return;
  context.body = '';
  const target = URL.canParse(location) ? new URL(location) : undefined;
  if (!target?.searchParams.has('iss')) return;
  target.searchParams.delete('iss');
  context.set('location', target.href);
}
