// @ts-check
/** The shapes in which the platform answers. */

/** @import { Answer } from '../isolate/messages.js' */

/** @returns {Answer} */
export const json = (/** @type {number} */ status, /** @type {unknown} */ body) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** @returns {Answer} */
export const empty = (/** @type {number} */ status) => ({ status, headers: {} });

/**
 * A refusal of the platform itself, which the SDK turns into an error by this header.
 * @param {number} status
 * @param {string} reason
 * @returns {Answer}
 */
export const proxyError = (status, reason) => ({
  status,
  headers: { 'content-type': 'application/json', 'forge-proxy-error': reason },
  body: JSON.stringify({ code: reason }),
});

/**
 * The body of a request of an SDK, which is always JSON.
 * @param {{ body?: Uint8Array }} request
 * @returns {any} `undefined` when it is not
 */
export function readJson({ body }) {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
