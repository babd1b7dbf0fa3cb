// @ts-check
/**
 * Jira's REST API at the address of its pages, as whoever is signed in there: what a script in the browser asks, and the way
 * to all that the pages have no form for.
 *
 * @import { Exchange } from './exchange.js'
 * @import { AskJira } from './site.js'
 */
import { Refusal } from './exchange.js';

const PATH = /^\/rest\/api\/3\//;
const WITH_BODY = ['POST', 'PUT'];
const METHODS = ['GET', 'DELETE', ...WITH_BODY];
/** A request of Jira's pages in bytes. */
const LIMIT = 1024 * 1024;

/** @param {string} path below the base of a site */
export const isRest = (path) => PATH.test(path);

/**
 * @param {Exchange} exchange
 * @param {AskJira} ask as the person
 * @param {string} path below the base of the site
 * @throws {Refusal}
 */
export async function answerRest(exchange, ask, path) {
  const { method } = exchange;
  if (!METHODS.includes(method)) throw new Refusal(405, `Jira’s REST API knows only ${METHODS.join(', ')}.`);
  if (method !== 'GET') exchange.requireSameOrigin();
  const body = WITH_BODY.includes(method) ? await exchange.json(LIMIT) : undefined;
  const answer = await ask({ method, path: `${path}${exchange.url.search}`, body });
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  exchange.send(answer.status, { 'content-type': 'application/json; charset=utf-8' }, text);
}
