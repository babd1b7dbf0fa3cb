// @ts-check
/**
 * `POST /oauth/token` as Atlassian speaks it: JSON in, and answers that are worded differently from oidc-provider's.
 *
 * @import { ServerResponse } from 'node:http'
 * @import { KoaContextWithOIDC, Provider } from 'oidc-provider'
 * @import { Faults } from '../faults.js'
 */
import { IncomingMessage } from 'node:http';
import { readText } from '../request-body.js';

export const PATH = '/oauth/token';

const LIMIT = 64 * 1024;

/**
 * A token is looked up and then marked as used. No other request comes in between, because the store is synchronous:
 * nothing on that way waits for more than a promise that is settled already.
 *
 * @param {Provider} provider
 * @param {Faults} faults
 * @returns {(request: IncomingMessage, response: ServerResponse) => Promise<void>}
 */
export function createTokenEndpoint(provider, faults) {
  provider.use(async (context, next) => {
    await next();
    if (context.path !== PATH) return;
    reword(/** @type {KoaContextWithOIDC} */ (context));
    if (faults.active('lostTokenReply')) {
      context.respond = false;
      context.res.destroy();
    }
  });
  const answer = provider.callback();

  return async (request, response) => {
    const form = await formOf(request);
    if (form === undefined) {
      sendError(response, 400, { error: 'invalid_request', error_description: 'The body is no JSON object of strings.' });
      return;
    }
    await answer(asForm(request, form), response);
  };
}

/**
 * oidc-provider reads forms only.
 *
 * @param {IncomingMessage} request
 * @returns {Promise<string | undefined>}
 */
async function formOf(request) {
  const text = await readText(request, LIMIT);
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (text === undefined || type === 'application/x-www-form-urlencoded') return text;
  if (type !== 'application/json') return undefined;
  try {
    const members = Object.entries(JSON.parse(text));
    return members.every(([, value]) => typeof value === 'string') ? new URLSearchParams(members).toString() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The same request with another body. The body has been read, and a stream cannot be rewound.
 *
 * @param {IncomingMessage} request
 * @param {string} form
 */
function asForm(request, form) {
  const rewritten = new IncomingMessage(request.socket);
  rewritten.method = request.method;
  rewritten.url = request.url;
  rewritten.headers = {
    host: request.headers.host,
    // Else an error would be answered with a page to whoever prefers HTML.
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(form)),
  };
  rewritten.push(form);
  rewritten.push(null);
  // Node takes a message that ends incomplete for one that was cut off, and closes the connection.
  rewritten.complete = true;
  return rewritten;
}

/** @param {KoaContextWithOIDC} context */
function reword(context) {
  const answer = /** @type {Record<string, unknown>} */ (context.body);
  if (context.status === 200) {
    // The documented answer has no `token_type`.
    const { access_token, expires_in, scope, refresh_token } = answer;
    context.body = { access_token, ...(refresh_token !== undefined && { refresh_token }), expires_in, scope };
    return;
  }
  context.remove('www-authenticate');
  switch (answer.error) {
    case 'invalid_client':
      context.status = 401;
      context.body = { error: 'access_denied', error_description: 'Unauthorized' };
      break;
    case 'invalid_grant':
      context.status = 403;
      context.body = {
        error: 'invalid_grant',
        error_description:
          context.oidc.params?.grant_type === 'refresh_token'
            ? 'Unknown or invalid refresh token.'
            : 'authorization_code is invalid',
      };
      break;
  }
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {Record<string, string>} body
 */
function sendError(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
