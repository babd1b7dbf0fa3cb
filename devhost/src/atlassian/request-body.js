// @ts-check
/**
 * @import { IncomingMessage } from 'node:http'
 */

/**
 * @param {IncomingMessage} request
 * @param {number} limit in bytes
 * @returns {Promise<string | undefined>} `undefined` when the body is longer
 */
export async function readText(request, limit) {
  /** @type {Buffer[]} */
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  return length <= limit ? Buffer.concat(chunks).toString('utf8') : undefined;
}
