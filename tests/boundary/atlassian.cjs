// @ts-check
// An Atlassian that says yes: one site, an administrator who asks and a service account that allows. For what the bundle
// and the benchmark need; the sandbox is the one with rules.
'use strict';

const { CLOUD_ID } = require('./platform.cjs');

/** @import { Answer, Atlassian } from './platform.cjs' */

const ADMINISTRATOR = '5b10a2844c20165700ede21g';
const SERVICE_ACCOUNT = '712020:service-jira';
const SCOPES = ['read:me', 'read:jira-user', 'read:jira-work', 'write:jira-work', 'manage:jira-webhook', 'offline_access'];

/** @type {Record<string, string>} */
const names = { [ADMINISTRATOR]: 'Maria Keller', [SERVICE_ACCOUNT]: 'Jira service account' };

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
  /** @type {any[]} */
  const webhooks = [];

  /** @param {string} method @param {URL} url @param {any} body @param {string} caller @returns {Answer} */
  const jira = (method, url, body, caller) => {
    switch (`${method} ${url.pathname}`) {
      case 'GET /rest/api/3/mypermissions':
        return ok({ permissions: { ADMINISTER: { id: '0', key: 'ADMINISTER', name: 'Administer Jira', havePermission: true } } });
      case 'GET /rest/api/3/myself':
        return ok(user(caller));
      case 'GET /rest/api/3/user':
        return ok(user(String(url.searchParams.get('accountId'))));
      case 'GET /rest/api/3/project/search':
        return ok({ startAt: 0, maxResults: 100, total: 2, isLast: true, values: [{ id: '10000' }, { id: '10001' }] });
      case 'GET /rest/api/3/webhook':
        return ok({ startAt: 0, maxResults: 100, total: webhooks.length, isLast: true, values: webhooks });
      case 'POST /rest/api/3/webhook': {
        const [{ events, jqlFilter }] = body.webhooks;
        const id = webhooks.length + 1;
        webhooks.push({ id, events, jqlFilter, url: body.url, expirationDate: Date.now() + 30 * 86_400_000 });
        return ok({ webhookRegistrationResult: [{ createdWebhookId: id }] });
      }
      case 'DELETE /rest/api/3/webhook':
        for (const id of body.webhookIds) webhooks.splice(webhooks.findIndex((webhook) => webhook.id === id), 1);
        return { status: 202 };
      default:
        return { status: 404, body: { errorMessages: ['There is no such resource.'], errors: {} } };
    }
  };

  return {
    jira: ({ method, path, body }) => jira(method, new URL(path, 'https://example.atlassian.net'), body, ADMINISTRATOR),
    web: ({ method, url, body }) => {
      const { pathname, search } = new URL(url);
      if (pathname === '/oauth/token') {
        return ok({ access_token: 'an-access-token', refresh_token: 'a-refresh-token', expires_in: 3600, scope: SCOPES.join(' ') });
      }
      if (pathname === '/me') {
        const { displayName, ...account } = user(SERVICE_ACCOUNT);
        return ok({ account_id: account.accountId, account_type: 'atlassian', account_status: 'active', name: displayName });
      }
      if (pathname === '/oauth/token/accessible-resources') {
        return ok([{ id: CLOUD_ID, name: 'example', url: 'https://example.atlassian.net', scopes: SCOPES }]);
      }
      const path = pathname.replace(`/ex/jira/${CLOUD_ID}`, '') + search;
      return jira(method, new URL(path, 'https://example.atlassian.net'), body, SERVICE_ACCOUNT);
    },
  };
}

module.exports = { ADMINISTRATOR, SERVICE_ACCOUNT, agreeable };
