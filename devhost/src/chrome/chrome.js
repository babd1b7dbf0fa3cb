// @ts-check
/**
 * The Jira around the app: who asks, for which site, and which part answers.
 *
 * @import { IncomingMessage, ServerResponse } from 'node:http'
 * @import { Account } from '../atlassian/sandbox.js'
 * @import { Manifest } from '../platform/manifest.js'
 * @import { InvokeResolver } from '../platform/resolver.js'
 * @import { LocalControls } from './local-controls.js'
 * @import { Person } from './people.js'
 * @import { AskJira } from './site.js'
 * @import { Page } from './site-pages.js'
 * @import { SiteIdentity } from './sites.js'
 */
import { fileURLToPath } from 'node:url';
import { createBridgeEndpoint } from './bridge-endpoint.js';
import { Exchange, Refusal } from './exchange.js';
import { fileIn } from './files.js';
import { layout } from './layout.js';
import { pagePath, uiModules } from './modules.js';
import { errorPage } from './pages/app.js';
import { canSignIn, isHuman, peopleOf } from './people.js';
import { picture, PICTURE_FOLDER } from './pictures.js';
import { answerRest, isRest } from './rest.js';
import { createSession } from './session.js';
import { createSitePages } from './site-pages.js';
import { Site } from './site.js';
import { navigation, placed, siteOf } from './sites.js';
import { TOKENS_CSS } from './tokens.js';
import { documentOf } from './typed.js';

const BROWSER_FOLDER = fileURLToPath(new URL('./browser/', import.meta.url));
const ASSETS = '/assets/';
const LOCAL = '/local';

/**
 * @typedef {object} ChromeParts
 * @property {{ jira: string, content: string, authorization: string, api: string, webTriggers: string }} origins
 * @property {{ manifest: Manifest, app: { appId: string, environmentId: string }, invokeResolver: InvokeResolver }} platform
 * @property {{ sites(): SiteIdentity[], accounts(): Account[], asPerson(cloudId: string, accountId: string): AskJira, asApp(cloudId: string, accountId: string): AskJira }} jira
 *   the app is on the first site; `asPerson` is what Jira's own pages use, which no bad day reaches; `asApp` is a person
 *   through the app
 * @property {LocalControls} controls
 * @property {(message: string) => void} log
 */

/** @param {ChromeParts} parts */
export function createChrome({ origins, platform, jira, controls, log }) {
  const modules = uiModules(platform.manifest);
  const sites = () => placed(jira.sites());
  const people = () => peopleOf(jira.accounts());
  const policy = contentSecurityPolicy(origins.content);
  const session = createSession({ people, policy });
  const { asPerson, asApp } = jira;
  const answerBridge = createBridgeEndpoint({ origin: origins.jira, platform, modules, asPerson, asApp });
  const places = [
    { label: 'This site', address: origins.jira, note: jira.sites()[0].url },
    { label: 'The app’s frames', address: origins.content, note: 'Forge’s content network' },
    { label: 'Authorization server', address: origins.authorization, note: 'https://auth.atlassian.com' },
    { label: 'API gateway', address: origins.api, note: 'https://api.atlassian.com' },
    { label: 'Web triggers', address: origins.webTriggers, note: 'Forge’s web trigger addresses' },
  ];
  const pageAt = createSitePages({ modules, app: platform.app, contentOrigin: origins.content, places, sites, people });

  /** @param {Exchange} exchange */
  async function answer(exchange) {
    const { pathname } = exchange.url;
    const posted = exchange.method === 'POST';
    if (isRest(placeOf(pathname).path)) return answerJira(exchange);
    if (!posted && exchange.method !== 'GET' && exchange.method !== 'HEAD') {
      throw new Refusal(405, 'Jira’s pages know only GET and POST.');
    }
    if (pathname.startsWith(ASSETS)) return sendAsset(exchange, pathname.slice(ASSETS.length));
    if (pathname.startsWith(PICTURE_FOLDER)) return sendPicture(exchange, pathname.slice(PICTURE_FOLDER.length));
    if (posted) {
      exchange.requireSameOrigin();
      if (pathname === '/account') return session.switchAccount(exchange);
      if (pathname === '/preferences/theme') return session.setTheme(exchange);
    }
    if (pathname === '/sign-in') return session.sendSignIn(exchange, exchange.url.searchParams.get('back'), null);

    const person = session.person(exchange);
    if (person === null) {
      return session.sendSignIn(exchange, pathname, 'Your account was deactivated. Choose another one to go on.');
    }
    if (posted && pathname.startsWith('/_forge/')) return answerBridge(exchange, person, sites()[0]);
    if (posted && pathname.startsWith(`${LOCAL}/`)) {
      return exchange.seeOther(await controls.act(pathname.slice(LOCAL.length + 1), await exchange.form()));
    }
    if (!posted && pathname === LOCAL) {
      const content = controls.page(exchange.url.searchParams.get('done'));
      return sendPage(exchange, person, { title: 'Local controls', content }, 200);
    }
    return answerSite(exchange, person);
  }

  /** The site at an address, and the path on it. @param {string} pathname */
  function placeOf(pathname) {
    const placed = siteOf(sites(), pathname);
    return { placed, path: pathname.slice(placed.base.length) || '/' };
  }

  /** @param {Exchange} exchange */
  async function answerJira(exchange) {
    const { placed, path } = placeOf(exchange.url.pathname);
    const person = session.person(exchange);
    if (person === null || !person.sites.includes(placed.cloudId)) throw new Refusal(401, 'Sign in to Jira first.');
    return answerRest(exchange, asPerson(placed.cloudId, person.accountId), path);
  }

  /**
   * @param {Exchange} exchange
   * @param {Person} person
   */
  async function answerSite(exchange, person) {
    const { pathname } = exchange.url;
    const { placed, path } = placeOf(pathname);
    if (!person.sites.includes(placed.cloudId)) {
      throw new Refusal(403, `${person.displayName} is not among the people of ${placed.name}.`);
    }
    const site = new Site(placed, asPerson(placed.cloudId, person.accountId));
    if (exchange.method === 'POST') return addComment(exchange, site, path);

    const page = await pageAt(path, site, person);
    if (page === null) throw new Refusal(404, `Jira has no page at ${pathname}.`);
    return sendPage(exchange, person, page, 200);
  }

  /**
   * @param {Exchange} exchange
   * @param {Site} site
   * @param {string} path below the base of the site
   */
  async function addComment(exchange, site, path) {
    const [, key] = /^\/browse\/([\w-]+)\/comments$/.exec(path) ?? [];
    if (key === undefined) throw new Refusal(404, 'Nothing takes forms at this address.');
    const text = (await exchange.form()).get('comment')?.trim() ?? '';
    if (text !== '') await site.addComment(key, documentOf(text, people().filter(isHuman)));
    exchange.seeOther(`${site.placed.base}/browse/${key}`);
  }

  /**
   * @param {Exchange} exchange
   * @param {Person} person
   * @param {Page} page
   * @param {number} status
   */
  function sendPage(exchange, person, page, status) {
    const all = sites();
    const site = siteOf(all, exchange.url.pathname);
    const frame = {
      theme: session.theme(exchange),
      person,
      people: people().filter(canSignIn),
      site,
      conditions: controls.conditions(),
      navigation: navigation(all, site, modules),
      path: exchange.url.pathname,
      surroundings: {
        sites: all.map(({ url, base }) => ({ address: url, base })),
        modulePages: Object.fromEntries(modules.map((module) => [module.key, pagePath(module)]).filter(([, path]) => path !== null)),
      },
    };
    exchange.sendPage(status, layout(frame, page), policy);
  }

  /**
   * @param {Exchange} exchange
   * @param {unknown} error
   */
  function fail(exchange, error) {
    if (!(error instanceof Refusal)) log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const { status, message } =
      error instanceof Refusal ? error : new Refusal(500, 'The local Jira failed. The terminal where it runs says more.');
    const { pathname } = exchange.url;
    if (pathname.startsWith('/_forge/') || isRest(placeOf(pathname).path)) {
      exchange.sendJson(status, { message });
      return;
    }
    const person = session.person(exchange);
    if (person === null) exchange.send(status, { 'content-type': 'text/plain; charset=utf-8' }, message);
    else sendPage(exchange, person, { title: 'Error', content: errorPage(status, message) }, status);
  }

  return {
    /**
     * @param {IncomingMessage} request
     * @param {ServerResponse} response
     */
    async handler(request, response) {
      const exchange = new Exchange(request, response, origins.jira);
      // A name that somebody made point at this machine must not read what is here.
      if (request.headers.host !== new URL(origins.jira).host) {
        exchange.send(421, { 'content-type': 'text/plain; charset=utf-8' }, `The local Jira is at ${origins.jira}/ only.`);
        return;
      }
      try {
        await answer(exchange);
      } catch (error) {
        fail(exchange, error);
      }
    },
  };
}

/**
 * Nothing but what this origin serves, no script and no style in the page itself, and frames of the app alone.
 *
 * @param {string} contentOrigin
 */
const contentSecurityPolicy = (contentOrigin) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    `frame-src ${contentOrigin}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * @param {Exchange} exchange
 * @param {string} name
 */
async function sendAsset(exchange, name) {
  if (name === 'tokens.css') return exchange.send(200, { 'content-type': 'text/css; charset=utf-8' }, TOKENS_CSS);
  const file = await fileIn(BROWSER_FOLDER, name);
  if (file === null) throw new Refusal(404, 'Jira has no such file.');
  return exchange.send(200, { 'content-type': file.type }, file.content);
}

/**
 * @param {Exchange} exchange
 * @param {string} name
 */
function sendPicture(exchange, name) {
  const drawn = picture(name);
  if (drawn === null) throw new Refusal(404, 'There is no such picture.');
  exchange.send(200, { 'content-type': 'image/svg+xml' }, drawn);
}
