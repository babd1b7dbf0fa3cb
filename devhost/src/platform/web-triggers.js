// @ts-check
/** The HTTP side of web triggers: an anonymous request in, the function's answer out. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { INVOCATION } from './limits.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { WebTrigger } from './manifest.js' */

/** What may stand in the first line of an answer. */
const REASON_PHRASE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers that belong to the connection; node writes its own. */
const CONNECTION_HEADERS = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade']);

/**
 * @typedef {{ statusCode: number, statusText?: string, headers: Record<string, string[]>, body?: string }} WebTriggerAnswer
 */

/**
 * @param {{
 *   urls: import('./web-trigger-urls.js').WebTriggerUrls,
 *   manifest: import('./manifest.js').Manifest,
 *   invoke: import('./invoker.js').Invoke,
 *   log: (text: string) => void,
 * }} parts
 * @returns {(request: IncomingMessage, response: ServerResponse) => Promise<void>}
 */
export function openWebTriggers({ urls, manifest, invoke, log }) {
  return async (request, response) => {
    const [path, query = ''] = splitOnce(request.url ?? '', '?');
    const [, token = '', userPath = ''] = /^\/x1\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    const moduleKey = urls.moduleOf(token);
    const trigger = manifest.webTriggers.find(({ key }) => key === moduleKey);
    if (!trigger) return end(response, 404);

    const body = await readBody(request);
    if (body === 'gone') return;
    if (body === 'too large') return end(response, 413);

    const result = await invoke({
      functionKey: trigger.functionKey,
      module: { type: 'webtrigger', key: trigger.key },
      payload: {
        method: request.method,
        path,
        userPath,
        headers: collect(pairs(request.rawHeaders)),
        queryParameters: collect(new URLSearchParams(query)),
        body: body.toString('utf8'),
      },
      timeoutMs: INVOCATION.webTriggerTimeout,
    });
    if (!result.success) {
      log(`${trigger.functionKey}: the web trigger failed: ${result.error.errorMessage}`);
      return end(
        response,
        result.error.errorType === 'NOT_INSTALLED' ? 404 : result.error.errorType === 'RATE_LIMIT' ? 429 : 500,
      );
    }
    const answer = trigger.static ? staticAnswer(trigger, result.body) : result.body;
    const fault = shapeFault(answer);
    if (fault) {
      log(`${trigger.functionKey}: the web trigger's answer is of the wrong shape: ${fault}.`);
      return end(response, 500);
    }
    send(response, answer);
  };
}

/** @param {string} text @param {string} separator @returns {[string, string?]} */
function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

/**
 * @param {IncomingMessage} request
 * @returns {Promise<Buffer | 'too large' | 'gone'>} `gone`: the caller hung up
 */
async function readBody(request) {
  const chunks = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size <= INVOCATION.payloadBytes) chunks.push(chunk);
    }
  } catch {
    return 'gone';
  }
  return size > INVOCATION.payloadBytes ? 'too large' : Buffer.concat(chunks);
}

/** @param {string[]} list names and values by turns */
function* pairs(list) {
  for (let index = 0; index < list.length; index += 2)
    yield /** @type {[string, string]} */ ([list[index], list[index + 1]]);
}

/**
 * @param {Iterable<[string, string]>} entries
 * @returns {Record<string, string[]>} the values of a name that occurs often, in their order
 */
function collect(entries) {
  /** @type {Record<string, string[]>} */
  const lists = Object.create(null);
  for (const [name, value] of entries) (lists[name] ??= []).push(value);
  return lists;
}

/**
 * @param {WebTrigger} trigger
 * @param {any} body
 * @returns {WebTriggerAnswer | undefined} the output of the manifest that the function named
 */
function staticAnswer({ outputs }, body) {
  const output = outputs.find(({ key }) => key === body?.outputKey);
  return (
    output && { statusCode: output.statusCode, headers: { 'content-type': [output.contentType] }, body: output.body }
  );
}

/**
 * @param {any} answer
 * @returns {string | undefined} what is wrong with it
 */
function shapeFault(answer) {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return 'not an object';
  const { statusCode, headers = {}, body = '', statusText = '' } = answer;
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) return 'statusCode is no HTTP status';
  if (typeof body !== 'string') return 'body is no string';
  if (typeof statusText !== 'string' || !REASON_PHRASE.test(statusText)) return 'statusText is no text of one line';
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return 'headers is no object';
  for (const [name, values] of Object.entries(headers)) {
    if (!Array.isArray(values) || values.some((value) => typeof value !== 'string'))
      return `the header ${name} is no list of strings`;
    if (!values.every((value) => isHeader(name, value))) return `the header ${name} cannot be sent`;
  }
  return undefined;
}

/** @param {string} name @param {string} value */
function isHeader(name, value) {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

/** @param {ServerResponse} response @param {WebTriggerAnswer} answer */
function send(response, { statusCode, statusText, headers = {}, body = '' }) {
  for (const [name, values] of Object.entries(headers)) {
    if (!CONNECTION_HEADERS.has(name.toLowerCase())) response.setHeader(name, values);
  }
  response.writeHead(statusCode, statusText);
  response.end(body);
}

/** @param {ServerResponse} response @param {number} status */
function end(response, status) {
  response.writeHead(status).end();
}
