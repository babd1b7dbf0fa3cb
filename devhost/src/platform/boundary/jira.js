// @ts-check
/** `requestJira`: as the person behind the invocation, as the app, or as nobody, within the scopes of the manifest. */
import { json, proxyError } from './answers.js';
import { requiredScopes } from '../jira-scopes.js';

/** @import { Answer, BoundaryRequest } from '../isolate/messages.js' */
/** @import { Caller, Handler } from '../boundary.js' */

/**
 * @typedef {{ type: 'forgeUser', accountId: string } | { type: 'forgeApp' } | { type: 'anonymous' }} Principal
 * @typedef {{ method: string, path: string, headers: Record<string, string>, body?: string }} JiraRequest
 * @typedef {(cloudId: string, principal: Principal, request: JiraRequest) => Promise<Answer>} Jira
 */

/**
 * @param {{ jira: Jira, manifest: import('../manifest.js').Manifest, cloudId: string, log: (text: string) => void }} parts
 * @returns {Handler}
 */
export function openJira({ jira, manifest, cloudId, log }) {
  return async (request, caller) => {
    const principal = principalOf(request, caller, manifest.allowsImpersonation);
    if ('refusal' in principal) return principal.refusal;

    const { method, path, headers, body } = request;
    const required = requiredScopes(method, path);
    if (required === undefined) {
      log(
        `Jira was asked for ${method} ${path.split('?')[0]}, whose scopes the local platform does not know: refused.`,
      );
      return scopeMismatch();
    }
    const missing = required.filter((scope) => !manifest.hasScope(scope));
    if (missing.length > 0) {
      log(
        `${method} ${path.split('?')[0]} needs ${missing.join(' and ')}, which the manifest does not ask for: refused.`,
      );
      return scopeMismatch();
    }
    return jira(cloudId, principal, { method, path, headers, body: body && new TextDecoder().decode(body) });
  };
}

/**
 * @param {BoundaryRequest} request
 * @param {Caller} caller
 * @param {boolean} allowsImpersonation
 * @returns {Principal | { refusal: Answer }}
 */
function principalOf({ options }, { accountId }, allowsImpersonation) {
  if (options.provider === 'app') return { type: 'forgeApp' };
  if (options.provider !== 'user') return { type: 'anonymous' };
  if (options.accountId !== undefined && options.accountId !== accountId) {
    if (!allowsImpersonation) return { refusal: proxyError(403, 'IMPERSONATION_NOT_ALLOWED') };
    return { type: 'forgeUser', accountId: options.accountId };
  }
  if (accountId === undefined) return { refusal: proxyError(401, 'NEEDS_AUTHENTICATION_ERR') };
  return { type: 'forgeUser', accountId };
}

/** The gateway's own words; Jira never sees such a request. */
const scopeMismatch = () => json(401, { code: 401, message: 'Unauthorized; scope does not match' });
