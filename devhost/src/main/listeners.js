// @ts-check
/**
 * The five addresses of the local Jira.
 *
 * @import { IncomingMessage, Server, ServerResponse } from 'node:http'
 */
import { createServer } from 'node:http';
import { PORTS } from './arguments.js';
import { Stop } from './stop.js';

const HOST = '127.0.0.1';

/** In the order of their ports. */
const NAMES = /** @type {const} */ (['jira', 'content', 'authorization', 'api', 'webTriggers']);

/** @typedef {(typeof NAMES)[number]} Name */
/** @typedef {Record<Name, string>} Origins */
/** @typedef {(request: IncomingMessage, response: ServerResponse) => Promise<void>} Handler */
/** @typedef {Record<Name, Handler>} Handlers */

/**
 * Takes the ports at once, so that a busy one is known before anything is made. Requests wait until {@link serve}.
 *
 * @param {number} first port
 * @param {(line: string) => void} log
 * @throws {Stop} when a port is busy; none is left taken then
 */
export async function openListeners(first, log) {
  /** @type {(handlers: Promise<Handlers>) => void} */
  let begin = () => {};
  /** @type {Promise<Handlers>} */
  let current = new Promise((resolve) => (begin = resolve));
  /** @type {Server[]} */
  const servers = [];

  const close = async () => {
    await Promise.all(
      servers.map(
        (server) =>
          new Promise((resolve) => {
            server.close(resolve);
            server.closeAllConnections();
          }),
      ),
    );
  };

  try {
    for (const [index, name] of NAMES.entries()) {
      servers.push(await listen(first + index, (request, response) => void answer(name, request, response)));
    }
  } catch (error) {
    await close();
    throw error;
  }

  /**
   * @param {Name} name
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async function answer(name, request, response) {
    try {
      await (await current)[name](request, response);
    } catch (error) {
      log(`${name}: ${error instanceof Error ? error.stack : error}`);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end('The local Jira failed.');
    }
  }

  return {
    origins: /** @type {Origins} */ (
      Object.fromEntries(NAMES.map((name, index) => [name, `http://${HOST}:${first + index}`]))
    ),
    /** @param {Promise<Handlers>} handlers who answers from now on; requests wait for them */
    serve(handlers) {
      begin(handlers);
      current = handlers;
    },
    close,
  };
}

/**
 * @param {number} port
 * @param {(request: IncomingMessage, response: ServerResponse) => void} handler
 * @returns {Promise<Server>}
 */
function listen(port, handler) {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      const reason = error.code === 'EADDRINUSE' ? 'in use' : `not to be had (${error.code})`;
      reject(new Stop(`Port ${port} is ${reason}: choose the first of ${PORTS} free ports with --port.`));
    });
    server.listen(port, HOST, () => resolve(server));
  });
}
