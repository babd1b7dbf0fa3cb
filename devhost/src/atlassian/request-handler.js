// @ts-check
/**
 * @import { IncomingMessage, ServerResponse } from 'node:http'
 */

/** @typedef {(request: IncomingMessage, response: ServerResponse) => Promise<void>} RequestHandler never rejects */

/**
 * A handler whose failures end one request and not the process: a caller that hangs up while its body is being read
 * makes the reading fail, which is nobody's mistake.
 *
 * @param {(request: IncomingMessage, response: ServerResponse) => Promise<void>} handle
 * @returns {RequestHandler}
 */
export const requestHandler = (handle) => async (request, response) => {
  try {
    await handle(request, response);
  } catch (error) {
    if (!request.destroyed) console.error(error);
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { 'content-length': '0' }).end();
  }
};
