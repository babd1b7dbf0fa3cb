// @ts-check
/**
 * The origin that serves the app's static resources, apart from Jira's own: what a frame of the app can reach by itself.
 *
 * @import { IncomingMessage, ServerResponse } from 'node:http'
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'cheerio';
import { Exchange, Refusal } from '../exchange.js';
import { fileIn } from '../files.js';
import { TOKENS_CSS } from '../tokens.js';
import { contentSecurityPolicy } from './policy.js';

const BROWSER_FOLDER = fileURLToPath(new URL('../browser/', import.meta.url));
const FRAME_SCRIPTS = ['bridge-frame.js', 'frame-bridge.js', 'rpc.js'];
const REPORT_PATH = '/_bridge/csp-report';
/** Where `@forge/bundler` puts translations beside the app's functions. */
const TRANSLATIONS = '__LOCALES__/';

/** @typedef {{ at: number, directive: string, blocked: string }} Violation */

/**
 * @param {object} parts
 * @param {string} parts.origin of this server
 * @param {string} parts.hostOrigin which frames the app
 * @param {Record<string, string>} parts.resources folder of each static resource, by key
 * @param {string} parts.bundleDir
 * @param {Record<string, any>} parts.permissions of the manifest
 * @param {() => number} parts.now
 * @param {(message: string) => void} parts.log
 */
export function createContent({ origin, hostOrigin, resources, bundleDir, permissions, now, log }) {
  /** @type {Violation[]} */
  const violations = [];

  /** @param {Exchange} exchange */
  async function answer(exchange) {
    const { pathname } = exchange.url;
    if (exchange.method === 'POST' && pathname === REPORT_PATH) {
      const { 'csp-report': report } = /** @type {any} */ (await exchange.json(64 * 1024));
      violations.unshift({
        at: now(),
        directive: String(report?.['effective-directive'] ?? report?.['violated-directive'] ?? 'unknown'),
        blocked: String(report?.['blocked-uri'] ?? 'unknown'),
      });
      violations.length = Math.min(violations.length, 50);
      exchange.send(204, {}, '');
      return;
    }
    if (exchange.method !== 'GET' && exchange.method !== 'HEAD') throw new Refusal(405, 'There are only files here.');
    const [, first, ...rest] = pathname.split('/');
    if (first === '_bridge') await sendBridge(exchange, rest.join('/'));
    else await sendResource(exchange, first, rest.join('/'));
  }

  /**
   * @param {Exchange} exchange
   * @param {string} name
   */
  async function sendBridge(exchange, name) {
    if (name === 'tokens.css') {
      exchange.send(200, { 'content-type': 'text/css; charset=utf-8' }, TOKENS_CSS);
      return;
    }
    const file = FRAME_SCRIPTS.includes(name) ? await fileIn(BROWSER_FOLDER, name) : null;
    if (file === null) throw new Refusal(404, 'The bridge has no such file.');
    exchange.send(200, { 'content-type': file.type }, file.content);
  }

  /**
   * @param {Exchange} exchange
   * @param {string} key
   * @param {string} path
   */
  async function sendResource(exchange, key, path) {
    const folder = Object.hasOwn(resources, key) ? resources[key] : null;
    const file =
      folder === null
        ? null
        : ((await fileIn(folder, path)) ?? (path.startsWith(TRANSLATIONS) ? await fileIn(bundleDir, path) : null));
    if (file === null) throw new Refusal(404, 'The app has no such file.');
    if (!file.type.startsWith('text/html')) {
      exchange.send(200, { 'content-type': file.type }, file.content);
      return;
    }
    const page = file.content.toString('utf8');
    const policy = contentSecurityPolicy({ page, permissions, hostOrigin, reportPath: REPORT_PATH, log });
    exchange.send(200, { 'content-type': file.type, 'content-security-policy': policy }, withBridge(page, hostOrigin));
  }

  return {
    /**
     * @param {IncomingMessage} request
     * @param {ServerResponse} response
     */
    async handler(request, response) {
      const exchange = new Exchange(request, response, origin);
      try {
        await answer(exchange);
      } catch (error) {
        const { status, message } = error instanceof Refusal ? error : new Refusal(500, 'The local Jira failed.');
        if (status === 500) log(String(error));
        exchange.send(status, { 'content-type': 'text/plain; charset=utf-8' }, message);
      }
    },
    /** What the browser refused to let the app do, newest first. */
    violations: () => violations,
  };
}

/**
 * Forge, too, puts its bridge first in the head, before anything that the app brings.
 *
 * @param {string} page
 * @param {string} hostOrigin
 */
function withBridge(page, hostOrigin) {
  const $ = load(page, { xml: { xmlMode: false } });
  if ($('head').length === 0) $('html').prepend('<head></head>');
  $('head').prepend(`<script src="/_bridge/bridge-frame.js" data-host="${hostOrigin}"></script>`);
  return $.html();
}

/**
 * @param {{ key: string, path: string }[]} resources of the manifest
 * @param {string} root folder of the manifest
 */
export function resourceFolders(resources, root) {
  return Object.fromEntries(resources.map(({ key, path }) => [key, join(root, path)]));
}
