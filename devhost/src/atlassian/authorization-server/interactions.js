// @ts-check
/**
 * The pages between an authorization request and its answer: who are you, and do you allow it.
 *
 * @import { IncomingMessage, ServerResponse } from 'node:http'
 * @import { Provider } from 'oidc-provider'
 * @import { Store } from '../../store.js'
 * @import { Clock } from '../clock.js'
 * @import { Account, Sandbox } from '../sandbox.js'
 * @import { Consent, createConsents } from './consents.js'
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { errors } from 'oidc-provider';
import { readText } from '../request-body.js';
import { renderConsent } from './pages/consent.js';
import { renderLogin } from './pages/login.js';
import { renderNotice } from './pages/notice.js';
import { NOTICES } from './pages/notices.js';
import { sendPage } from './pages/send.js';
import { kept } from './provider.js';

/** @typedef {Awaited<ReturnType<Provider['interactionDetails']>>} Interaction */

const FORM_LIMIT = 16 * 1024;

/** More than these are not listed: a site may have a hundred thousand people. */
const LISTED = 30;

/**
 * @param {object} options
 * @param {Provider} options.provider
 * @param {Store} options.store
 * @param {Clock} options.clock
 * @param {Sandbox} options.sandbox
 * @param {ReturnType<typeof createConsents>} options.consents
 * @param {Consent['level']} options.grantLevel
 * @param {string} options.appName
 * @returns {(method: string, path: string, query: URLSearchParams) =>
 *   ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined} `undefined` for what is no page
 */
export function createInteractions({ provider, store, clock, sandbox, consents, grantLevel, appName }) {
  const csrfKey = kept(store, 'csrf key', () => randomBytes(32).toString('base64url'));

  /** @param {Interaction} interaction */
  const csrf = (interaction) => createHmac('sha256', csrfKey).update(interaction.uid).digest('base64url');

  /**
   * @param {ServerResponse} response
   * @param {Interaction} interaction
   * @param {{ find?: string, refused?: Account }} [particulars]
   */
  function showLogin(response, interaction, { find = '', refused } = {}) {
    const wanted = find.trim().toLowerCase();
    const people = sandbox
      .accounts()
      .filter(({ accountType }) => accountType !== 'app')
      .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted));
    const page = renderLogin({
      action: `/login/${interaction.uid}`,
      csrf: csrf(interaction),
      appName,
      people: people.slice(0, LISTED),
      hidden: Math.max(people.length - LISTED, 0),
      find,
      refused,
    });
    sendPage(response, refused ? 403 : 200, page);
  }

  /**
   * @param {ServerResponse} response
   * @param {Interaction} interaction
   * @param {Record<string, unknown>} result
   */
  async function finish(response, interaction, result) {
    interaction.result = { ...interaction.lastSubmission, ...result };
    await interaction.persist();
    redirect(response, interaction.returnTo);
  }

  /**
   * Logs the browser out.
   *
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async function endSession(request, response) {
    const session = await provider.Session.get(provider.createContext(request, response));
    if (session.accountId) await session.destroy();
  }

  /** @type {Record<string, (turn: Turn) => Promise<void>>} */
  const turns = {
    async 'GET login'({ response, interaction, query }) {
      showLogin(response, interaction, { find: query.get('find') ?? '' });
    },

    async 'POST login'({ request, response, interaction, form }) {
      const account = sandbox.account(form.get('account') ?? '');
      if (!account || account.accountType === 'app') throw new errors.InvalidRequest('no such account');
      if (!account.active) {
        showLogin(response, interaction, { refused: account });
        return;
      }
      // oidc-provider would end the session of another account on a page of its own.
      await endSession(request, response);
      interaction.session = undefined;
      await finish(response, interaction, { login: { accountId: account.accountId } });
    },

    async 'GET consent'({ response, interaction, account }) {
      const { redirect_uri, scope } = parameters(interaction);
      const page = renderConsent({
        action: `/consent/${interaction.uid}`,
        csrf: csrf(interaction),
        appName,
        account,
        scopes: scope.split(' '),
        sites: sandbox.sitesOf(account.accountId),
        grantLevel,
      });
      // The answer to the form is a redirect to the app, which browsers hold to `form-action` as well.
      sendPage(response, 200, page, [new URL(redirect_uri).origin]);
    },

    async 'POST consent'({ response, interaction, account, form }) {
      if (form.get('decision') !== 'allow') {
        const description = 'User did not authorize the request';
        await finish(response, interaction, { error: 'access_denied', error_description: description });
        return;
      }
      const chosen = form.get('site');
      const site = sandbox.sitesOf(account.accountId).find(({ cloudId }) => cloudId === chosen);
      if (!site && grantLevel === 'resource') throw new errors.InvalidRequest('no such site');
      const family = await grant(interaction, account, site?.cloudId);
      await finish(response, interaction, { consent: { grantId: family } });
    },

    async 'POST consent switch'({ request, response, interaction }) {
      await endSession(request, response);
      await interaction.destroy();
      redirect(response, `/authorize?${new URLSearchParams(parameters(interaction))}`);
    },
  };

  /**
   * A new family for this consent. The scopes of the new consent replace those of the earlier families.
   *
   * @param {Interaction} interaction
   * @param {Account} account
   * @param {string} [cloudId]
   */
  async function grant(interaction, { accountId }, cloudId) {
    const { client_id, scope } = parameters(interaction);
    /** @type {string[]} */
    const living = [];
    for (const id of consents.get(accountId)?.families ?? []) {
      const earlier = await provider.Grant.find(id);
      if (!earlier) continue;
      earlier.openid = { scope };
      await earlier.save();
      living.push(id);
    }
    consents.keepFamilies(accountId, living);

    const grant = new provider.Grant({ accountId, clientId: client_id });
    grant.addOIDCScope(scope);
    const family = await grant.save();
    consents.record({
      accountId,
      scopes: scope.split(' '),
      level: grantLevel,
      cloudIds: cloudId === undefined ? [] : [cloudId],
      grantedAt: clock.now(),
      family,
    });
    return family;
  }

  return (method, path, query) => {
    const [, page = '', , ...rest] = path.split('/');
    const turn = turns[[method, page, ...rest].join(' ')];
    return turn && ((request, response) => take(turn, page, query, request, response));
  };

  /**
   * @param {(turn: Turn) => Promise<void>} turn
   * @param {string} page
   * @param {URLSearchParams} query
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async function take(turn, page, query, request, response) {
    try {
      const interaction = await provider.interactionDetails(request, response);
      if (interaction.prompt.name !== page) throw new errors.SessionNotFound('another page is due');
      const form = new URLSearchParams((request.method === 'POST' && (await readText(request, FORM_LIMIT))) || '');
      if (request.method === 'POST' && !sameText(form.get('csrf') ?? '', csrf(interaction))) {
        throw new errors.InvalidRequest('the form was not made for this browser');
      }
      const account = sandbox.account(interaction.session?.accountId ?? '');
      if (page === 'consent' && !account?.active) throw new errors.SessionNotFound('the account is gone');
      await turn({ request, response, interaction, query, form, account: /** @type {Account} */ (account) });
    } catch (error) {
      if (!(error instanceof errors.OIDCProviderError)) throw error;
      const status = error instanceof errors.SessionNotFound ? 410 : error.status;
      sendPage(response, status, renderNotice(NOTICES.outOfDate));
    }
  }
}

/**
 * @typedef {object} Turn
 * @property {IncomingMessage} request
 * @property {ServerResponse} response
 * @property {Interaction} interaction
 * @property {URLSearchParams} query
 * @property {URLSearchParams} form
 * @property {Account} account logged in; on the consent page only
 */

/** @param {Interaction} interaction */
const parameters = (interaction) =>
  /** @type {Record<string, string> & { client_id: string, redirect_uri: string, scope: string }} */ (interaction.params);

/**
 * @param {ServerResponse} response
 * @param {string} location
 */
function redirect(response, location) {
  response.writeHead(303, { location, 'cache-control': 'no-store', 'content-length': '0' });
  response.end();
}

/**
 * @param {string} given
 * @param {string} expected
 */
function sameText(given, expected) {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
