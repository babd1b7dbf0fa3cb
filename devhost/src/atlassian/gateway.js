// @ts-check
/**
 * What https://api.atlassian.com is to a real app: the account behind a token, the sites it may use, and Jira itself.
 *
 * @import { IncomingMessage } from 'node:http'
 * @import { AuthorizationServer, Introspection } from './authorization-server/index.js'
 * @import { RequestHandler } from './request-handler.js'
 * @import { Account, JiraResponse, Sandbox } from './sandbox.js'
 */
import { ofJira } from './authorization-server/scopes.js';
import { readText } from './request-body.js';
import { requestHandler } from './request-handler.js';

const LIMIT = 1024 * 1024;

/** Where a site's picture is said to be; nothing is fetched from there. */
const SITE_AVATAR = 'https://site-admin-avatar-cdn.prod.public.atl-paas.net/avatars/240/flag.png';

/** What an app that also asked for Confluence would see. */
const CONFLUENCE_SCOPES = ['read:confluence-content.summary'];

/**
 * @param {object} options
 * @param {string} options.origin of this server
 * @param {Sandbox} options.sandbox
 * @param {AuthorizationServer} options.authorizationServer
 * @returns {RequestHandler}
 */
export function createGateway({ origin, sandbox, authorizationServer }) {
  /**
   * @param {IncomingMessage} request
   * @returns {Promise<JiraResponse>}
   */
  async function answer(request) {
    const { method = 'GET', url = '/' } = request;
    if (!URL.canParse(url, origin)) return refusal(400, 'Bad Request');
    const { pathname, search } = new URL(url, origin);
    const route = ROUTES.find((candidate) => candidate.path.test(pathname));
    if (!route) return refusal(404, 'Not Found');
    const token = /^bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
    const bearer = token === undefined ? null : await authorizationServer.introspect(token);
    if (!bearer) return refusal(401, 'Unauthorized');
    return route.answer({ method, pathname, search, request, bearer, sandbox });
  }

  return requestHandler(async (request, response) => {
    const { status, headers, body } = await answer(request);
    for (const [name, value] of headers) response.setHeader(name, value);
    const text = body === undefined || body === null ? '' : JSON.stringify(body);
    if (text !== '') response.setHeader('content-type', 'application/json;charset=UTF-8');
    response.writeHead(status, { 'content-length': String(Buffer.byteLength(text)), 'cache-control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : text);
  });
}

/**
 * @typedef {object} Turn
 * @property {string} method
 * @property {string} pathname
 * @property {string} search
 * @property {IncomingMessage} request
 * @property {Introspection} bearer
 * @property {Sandbox} sandbox
 */

/** @type {readonly { path: RegExp, answer: (turn: Turn) => JiraResponse | Promise<JiraResponse> }[]} */
const ROUTES = [
  { path: /^\/me$/, answer: me },
  { path: /^\/oauth\/token\/accessible-resources$/, answer: accessibleResources },
  { path: /^\/ex\/jira\/[^/]+\/rest\//, answer: jira },
];

/** @param {Turn} turn */
function me({ method, bearer, sandbox }) {
  if (method !== 'GET') return refusal(405, 'Method Not Allowed');
  if (!bearer.scopes.includes('read:me')) return refusal(401, 'Unauthorized; scope does not match');
  const account = sandbox.account(bearer.accountId);
  return account ? success(profile(account)) : refusal(401, 'Unauthorized');
}

/** @param {Account} account */
const profile = ({ accountId, accountType, email, name, picture, status }) => ({
  account_type: accountType,
  account_id: accountId,
  email,
  name,
  picture,
  account_status: status,
  nickname: name,
  zoneinfo: 'Europe/Berlin',
  locale: 'en-US',
  extended_profile: {},
});

/** @param {Turn} turn */
function accessibleResources({ method, bearer, sandbox }) {
  if (method !== 'GET') return refusal(405, 'Method Not Allowed');
  const sites = sandbox.sites().filter(({ cloudId }) => bearer.cloudIds.includes(cloudId));
  // The documentation warns that ids are not unique: each site is listed as a Confluence, too, and first.
  return success(
    [CONFLUENCE_SCOPES, ofJira(bearer.scopes)].flatMap((scopes) =>
      sites.map(({ cloudId, name, url }) => ({ id: cloudId, name, url, scopes, avatarUrl: SITE_AVATAR })),
    ),
  );
}

/** @param {Turn} turn */
async function jira({ method, pathname, search, request, bearer, sandbox }) {
  const [, cloudId = '', path = ''] = /^\/ex\/jira\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
  if (!bearer.cloudIds.includes(cloudId)) return refusal(404, 'Not Found');
  const text = await readText(request, LIMIT);
  if (text === undefined) return refusal(413, 'Payload Too Large');
  const type = request.headers['content-type'] ?? '';
  if (isForm(type) && request.headers['x-atlassian-token'] !== 'no-check') return refusal(403, 'XSRF check failed');
  const body = isForm(type) ? await formed(text, type) : text === '' ? null : parsed(text);
  if (body === undefined) return refusal(400, 'Bad Request');
  const { accountId, scopes } = bearer;
  return sandbox.jira(cloudId, { type: 'oauth', accountId, scopes }, { method, path: path + search, body });
}

/** @param {string} type a `Content-Type` */
const isForm = (type) => type.startsWith('multipart/form-data');

/**
 * A form with its file taken out, as the sandbox reads it.
 *
 * @param {string} text
 * @param {string} type
 * @returns {Promise<{ file?: { name: string, type: string, content: string } } | undefined>} `undefined` when it is no form
 */
async function formed(text, type) {
  try {
    const form = await new Response(text, { headers: { 'content-type': type } }).formData();
    const file = form.get('file');
    return file instanceof File ? { file: { name: file.name, type: file.type, content: await file.text() } } : {};
  } catch {
    return undefined;
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} body
 * @returns {JiraResponse}
 */
const success = (body) => ({ status: 200, headers: [], body });

/**
 * The gateway words its errors unlike Jira.
 *
 * @param {number} status
 * @param {string} message
 * @returns {JiraResponse}
 */
const refusal = (status, message) => ({ status, headers: [], body: { code: status, message } });
