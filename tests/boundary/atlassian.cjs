// @ts-check
// An Atlassian that says yes: one site, an administrator who asks, and a service account that allows unless the code says
// who does. For what the bundle and the benchmark need; the sandbox is the one with rules.
'use strict';

const { CLOUD_ID } = require('./platform.cjs');

/** @import { Answer, Atlassian } from './platform.cjs' */

const ADMINISTRATOR = '5b10a2844c20165700ede21g';
const SERVICE_ACCOUNT = '712020:service-jira';
const SCOPES = ['read:me', 'read:jira-user', 'read:jira-work', 'write:jira-work', 'manage:jira-webhook', 'offline_access'];

/** @type {Record<string, string>} */
const names = { [ADMINISTRATOR]: 'Maria Keller', [SERVICE_ACCOUNT]: 'Jira service account' };

/** The code of a redirect by which this account allowed. @param {string} accountId */
const codeOf = (accountId) => `code.by.${accountId}`;

/** A code that the authorization server answers by pointing at another host, where everything is granted. */
const LURE = 'code.lure';

const projects = ['MOB', 'SUP'].map((key, nth) => ({ id: String(10_000 + nth), key, name: `Project ${key}`, projectTypeKey: 'software' }));

/** How a code or a token ends that names who allowed. @param {string | null | undefined} text */
const ending = (text) => /\.by\.[\w:-]+$/.exec(text ?? '')?.[0] ?? '';

/** Who allowed, by a token. @param {string | null} bearer */
const allowedBy = (bearer) => ending(bearer).slice('.by.'.length) || SERVICE_ACCOUNT;

/** @param {unknown} body @returns {Answer} */
const ok = (body) => ({ status: 200, body });

/** @param {string} accountId */
const user = (accountId) => ({
  accountId,
  accountType: 'atlassian',
  active: true,
  displayName: names[accountId],
  avatarUrls: { '48x48': 'https://avatar.example/48' },
});

/** @returns {Atlassian} */
function agreeable() {
  /** Each account sees its own. @type {any[]} */
  const registered = [];

  /** @param {string} method @param {URL} url @param {any} body @param {string} caller @returns {Answer} */
  const jira = (method, url, body, caller) => {
    const webhooks = registered.filter(({ owner }) => owner === caller).map(({ webhook }) => webhook);
    switch (`${method} ${url.pathname}`) {
      case 'GET /rest/api/3/mypermissions':
        return ok({
          permissions: Object.fromEntries(
            String(url.searchParams.get('permissions')).split(',').map((key) => [key, { id: '0', key, name: key, havePermission: true }]),
          ),
        });
      case 'GET /rest/api/3/myself':
        return ok(user(caller));
      case 'GET /rest/api/3/serverInfo':
        return ok({ baseUrl: 'https://example.atlassian.net', deploymentType: 'Cloud' });
      case 'GET /rest/api/3/user':
        return ok(user(String(url.searchParams.get('accountId'))));
      case 'GET /rest/api/3/project/search':
        return ok({ startAt: 0, maxResults: 100, total: projects.length, isLast: true, values: projects });
      case 'POST /rest/api/3/permissions/check':
        return ok({
          globalPermissions: body.globalPermissions,
          projectPermissions: body.projectPermissions.flatMap((/** @type {any} */ { permissions, projects, issues }) =>
            permissions.map((/** @type {string} */ permission) => ({ permission, projects, issues })),
          ),
        });
      case 'GET /rest/api/3/webhook':
        return ok({ startAt: 0, maxResults: 100, total: webhooks.length, isLast: true, values: webhooks });
      case 'POST /rest/api/3/webhook': {
        const [{ events, jqlFilter }] = body.webhooks;
        const id = registered.length + 1;
        const webhook = { id, events, jqlFilter, url: body.url, expirationDate: Date.now() + 30 * 86_400_000 };
        registered.push({ owner: caller, webhook });
        return ok({ webhookRegistrationResult: [{ createdWebhookId: id }] });
      }
      case 'DELETE /rest/api/3/webhook':
        for (const entry of registered) if (entry.owner === caller && body.webhookIds.includes(entry.webhook.id)) entry.owner = undefined;
        return { status: 202 };
      default:
        return { status: 404, body: { errorMessages: ['There is no such resource.'], errors: {} } };
    }
  };

  return {
    jira: ({ method, path, body }) => jira(method, new URL(path, 'https://example.atlassian.net'), body, ADMINISTRATOR),
    web: ({ method, url, body, bearer }) => {
      const { hostname, pathname, search } = new URL(url);
      if (body?.code === LURE && hostname === 'auth.atlassian.com') {
        return { status: 307, location: 'https://elsewhere.example/oauth/token' };
      }
      if (pathname === '/oauth/token') {
        const whose = ending(body.code ?? body.refresh_token);
        return ok({ access_token: `access${whose}`, refresh_token: `refresh${whose}`, expires_in: 3600, scope: SCOPES.join(' ') });
      }
      if (pathname === '/me') {
        const { displayName, ...account } = user(allowedBy(bearer));
        return ok({ account_id: account.accountId, account_type: 'atlassian', account_status: 'active', name: displayName });
      }
      if (pathname === '/oauth/token/accessible-resources') {
        return ok([{ id: CLOUD_ID, name: 'example', url: 'https://example.atlassian.net', scopes: SCOPES }]);
      }
      const path = pathname.replace(`/ex/jira/${CLOUD_ID}`, '') + search;
      return jira(method, new URL(path, 'https://example.atlassian.net'), body, allowedBy(bearer));
    },
  };
}

module.exports = { ADMINISTRATOR, LURE, SERVICE_ACCOUNT, agreeable, codeOf };
