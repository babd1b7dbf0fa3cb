// @ts-check
/**
 * `requestJira` of `@forge/bridge`: a Jira REST request as the person in front of the page.
 */
import { requiredScopes } from '../../platform/jira-scopes.js';
import { Refusal } from '../exchange.js';

/** @typedef {import('../site.js').AskJira} AskJira */

/** What a page may ask for by itself: Jira's REST APIs, and nothing that leaves the site. */
const REST_PATH = /^\/rest\/[^\\#]*$/;
const PARENT = /(?:^|\/)(?:\.|%2e){2}(?:\/|$|\?)/i;

/** As Atlassian's API gateway answers when the app's scopes do not cover a request. */
const OUTSIDE_SCOPES = {
  status: 401,
  statusText: '',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ code: 401, message: 'Unauthorized; scope does not match' }),
};

/**
 * @param {AskJira} ask as the person
 * @param {(scope: string) => boolean} hasScope whether the app has it: what a page asks for, it asks as the app too
 * @param {Record<string, any>} request as the bridge makes it: `restPath`, `fetchRequestInit`, `isMultipartFormData`
 * @returns {Promise<{ body: string, headers: Record<string, string>, status: number, statusText: string }>}
 * @throws {Refusal} 400
 */
export async function fetchProduct(ask, hasScope, { restPath, fetchRequestInit = {}, isMultipartFormData = false }) {
  if (typeof restPath !== 'string' || !REST_PATH.test(restPath) || PARENT.test(restPath)) {
    throw new Refusal(400, `${JSON.stringify(restPath)} is no path of a Jira REST API.`);
  }
  if (isMultipartFormData) throw new Refusal(400, 'The local Jira takes no attachments.');
  const { method = 'GET', body = null } = fetchRequestInit;
  const scopes = requiredScopes(method, restPath);
  if (scopes === undefined || !scopes.every(hasScope)) return OUTSIDE_SCOPES;
  const { status, headers, body: answer } = await ask({ method, path: restPath, body: body ? json(body) : undefined });
  return {
    status,
    statusText: '',
    headers: Object.fromEntries(headers),
    body: answer === undefined || answer === null ? '' : JSON.stringify(answer),
  };
}

/** @param {string} text */
function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'The body of the request is not JSON.');
  }
}
