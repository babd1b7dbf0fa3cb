// @ts-check
/**
 * One request and its answer, with the limits and headers that every page of the local Jira shares.
 *
 * @import { IncomingMessage, ServerResponse } from 'node:http'
 * @import { Markup } from './html.js'
 */

/** What a handler throws to end an exchange with a status and one sentence. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} message a whole sentence, shown to the person
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export class Exchange {
  /** @type {string[]} */
  #setCookies = [];

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {string} origin of this server
   */
  constructor(request, response, origin) {
    this.request = request;
    this.response = response;
    this.origin = origin;
    this.method = request.method ?? 'GET';
    this.url = new URL(request.url ?? '/', origin);
    /** @type {ReadonlyMap<string, string>} */
    this.cookies = new Map(
      (request.headers.cookie ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.includes('='))
        .map((pair) => [pair.slice(0, pair.indexOf('=')), decoded(pair.slice(pair.indexOf('=') + 1))]),
    );
  }

  /**
   * Another site, or another port of this machine, may make the browser send a request here. Only pages of this origin
   * may change anything.
   *
   * @throws {Refusal} 403
   */
  requireSameOrigin() {
    if (this.request.headers.origin !== this.origin) {
      throw new Refusal(403, `Only pages of ${this.origin} may do this. Nothing has changed.`);
    }
  }

  /**
   * @param {number} limit in bytes
   * @returns {Promise<Buffer>}
   * @throws {Refusal} 413
   */
  async body(limit) {
    /** @type {Buffer[]} */
    const chunks = [];
    let length = 0;
    for await (const chunk of this.request) {
      length += chunk.length;
      if (length > limit) throw new Refusal(413, `The request is larger than ${limit} bytes.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /**
   * @returns {Promise<URLSearchParams>}
   * @throws {Refusal} 413
   */
  async form() {
    return new URLSearchParams((await this.body(256 * 1024)).toString('utf8'));
  }

  /**
   * @param {number} limit in bytes
   * @returns {Promise<Record<string, unknown>>}
   * @throws {Refusal} 400, 413
   */
  async json(limit) {
    const text = (await this.body(limit)).toString('utf8');
    try {
      const value = JSON.parse(text);
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
    } catch {
      // Answered below, as for every other body that is not a JSON object.
    }
    throw new Refusal(400, 'The request is not a JSON object.');
  }

  /**
   * Cookies ignore ports, and four other servers share this host name: names are prefixed by what they are for.
   *
   * @param {string} name
   * @param {string} value
   */
  setCookie(name, value) {
    const year = 365 * 24 * 60 * 60;
    this.#setCookies.push(`${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${year}`);
  }

  /**
   * @param {number} status
   * @param {Record<string, string>} headers
   * @param {string | Buffer} body
   */
  send(status, headers, body) {
    this.response.writeHead(status, {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      ...(this.#setCookies.length > 0 && { 'set-cookie': this.#setCookies }),
      ...headers,
      'content-length': String(Buffer.byteLength(body)),
    });
    this.response.end(this.method === 'HEAD' ? undefined : body);
  }

  /**
   * @param {number} status
   * @param {Markup} page
   * @param {string} contentSecurityPolicy
   */
  sendPage(status, page, contentSecurityPolicy) {
    this.send(
      status,
      { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy },
      page.text,
    );
  }

  /**
   * @param {number} status
   * @param {unknown} value
   */
  sendJson(status, value) {
    this.send(status, { 'content-type': 'application/json; charset=utf-8' }, JSON.stringify(value));
  }

  /**
   * After a POST: the browser asks for the page anew, and going back does not send the form twice.
   *
   * @param {string} path on this origin
   */
  seeOther(path) {
    this.send(303, { location: path }, '');
  }
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * A path on this origin, whatever a form or a query says: an address elsewhere becomes the front page.
 *
 * @param {string | null} path
 */
export function localPath(path) {
  return path !== null && /^\/(?![/\\])/.test(path) && !/[\r\n\t\\]/.test(path) ? path : '/';
}
