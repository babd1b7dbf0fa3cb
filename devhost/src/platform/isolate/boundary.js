// @ts-check
/** `__forge_fetch__`: the one way from the SDKs to the platform. */
import { STATUS_CODES } from 'node:http';
import { currentInvocation } from './runtime.js';

/** @import { Answer, AnswerMessage, BoundaryRequest, FetchMessage, FetchOptions } from './messages.js' */

/** Statuses whose answers have no body, not even an empty one. */
const WITHOUT_BODY = new Set([101, 204, 205, 304]);

/**
 * @param {(message: FetchMessage) => void} send
 * @returns {(message: AnswerMessage) => void} takes the platform's answers
 */
export function installBoundary(send) {
  /** @type {Map<number, { resolve: (response: Response) => void, reject: (error: Error) => void }>} */
  const open = new Map();
  let calls = 0;

  Object.assign(globalThis, {
    /** @param {FetchOptions} options @param {string} path @param {RequestInit} [init] */
    async __forge_fetch__(options, path, init) {
      const invocation = currentInvocation();
      if (!invocation) throw new Error('Forge runtime not found.');
      const request = await readRequest(options, path, init);
      return new Promise((resolve, reject) => {
        calls += 1;
        open.set(calls, { resolve, reject });
        send({ type: 'fetch', id: invocation.id, call: calls, request });
      });
    },
  });

  return ({ call, answer, lost }) => {
    const waiting = open.get(call);
    open.delete(call);
    if (answer) waiting?.resolve(toResponse(answer));
    else
      waiting?.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(lost), { code: 'ECONNRESET' }) }));
  };
}

/**
 * A `Request` reads every kind of body there is, and knows the content type of each.
 * @param {FetchOptions} options
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<BoundaryRequest>}
 */
async function readRequest(options, path, init) {
  // Node asks for `duplex` where the body is a stream.
  const request = new Request(
    new URL(path, 'http://forge.invalid'),
    /** @type {RequestInit} */ ({ ...init, duplex: 'half' }),
  );
  const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
  return { options: { ...options }, path, method: request.method, headers: Object.fromEntries(request.headers), body };
}

/** @param {Answer} answer */
function toResponse({ status, statusText = STATUS_CODES[status], headers, body }) {
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, statusText, headers });
}
