// @ts-check
/**
 * What is wrong with an authorization request, before anybody is asked to log in.
 * https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/ lists seven parameters, all of them required.
 */

import { SCOPES } from './scopes.js';

/** @typedef {{ id: string, redirectUris: () => string[] }} RegisteredClient */

/** Parameters with the one value that Atlassian documents, or `null` where the app chooses. */
const REQUIRED = Object.entries({
  audience: 'api.atlassian.com',
  scope: null,
  state: null,
  response_type: 'code',
  prompt: 'consent',
});

/**
 * @param {URLSearchParams} parameters
 * @param {RegisteredClient} client
 * @returns {string | undefined} a sentence for the error page. Nobody is redirected: an address that does not belong to
 *   the app must not receive anything, and a request that is incomplete is a fault of the app, not of the person
 */
export function problemOf(parameters, client) {
  const repeated = [...new Set(parameters.keys())].find((name) => parameters.getAll(name).length > 1);
  if (repeated !== undefined) return `The request names the parameter ${repeated} more than once.`;
  if (parameters.get('client_id') !== client.id) return 'The request names no app that is registered here.';
  if (!client.redirectUris().includes(parameters.get('redirect_uri') ?? '')) {
    return 'The callback URL of the request is not the one that is registered for the app.';
  }
  for (const [name, value] of REQUIRED) {
    const given = parameters.get(name) ?? '';
    if (given === '') return `The request lacks the parameter ${name}.`;
    if (value !== null && given !== value) return `The parameter ${name} of the request must be ${value}.`;
  }
  const unknown = (parameters.get('scope') ?? '').split(' ').find((scope) => !Object.hasOwn(SCOPES, scope));
  return unknown === undefined ? undefined : `The request asks for a scope that does not exist: ${unknown || '(empty)'}.`;
}
