// @ts-check
/**
 * @import { ServerResponse } from 'node:http'
 * @import { Markup } from '../../../chrome/html.js'
 */
import { readFileSync } from 'node:fs';

export const STYLE_PATH = '/style.css';

const STYLE = readFileSync(new URL('style.css', import.meta.url));

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {Markup} page
 * @param {string[]} [formTargets] origins, besides this one, to which a form of the page may lead
 */
export function sendPage(response, status, page, formTargets = []) {
  const policy = {
    'default-src': "'none'",
    'style-src': "'self'",
    'img-src': 'data:',
    'form-action': ["'self'", ...formTargets].join(' '),
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  };
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': Object.entries(policy).map((directive) => directive.join(' ')).join('; '),
    'cache-control': 'no-store',
    // Origins, not addresses: what stands in the query of an authorization request is nobody else's business.
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  response.end(page.text);
}

/** @param {ServerResponse} response */
export function sendStyle(response) {
  response.writeHead(200, {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  response.end(STYLE);
}
