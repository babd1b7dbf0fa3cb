// @ts-check
/**
 * The thread in which the bundle lives: what Lambda and Atlassian's wrapper are to a deployed app.
 *
 * The globals are in place before the bundle is required, because `@forge/api` keeps the `fetch` that it finds while it loads.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { shiftedDate } from '../../atlassian/clock.js';
import { installBoundary } from './boundary.js';
import { sendConsole } from './console.js';
import { filteredFetch, guardSockets } from './egress.js';
import { currentInvocation, installRuntime, runInvocation } from './runtime.js';

/** @import { DoneMessage, FromWorker, FunctionError, InvokeMessage, ToWorker, WorkerData } from './messages.js' */

const { bundleDir, egress, fetchesPerMinute, clockOffset } = /** @type {WorkerData} */ (workerData);
const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
const send = (/** @type {FromWorker} */ message) => port.postMessage(message);
const require = createRequire(join(bundleDir, 'index.cjs'));

globalThis.Date = shiftedDate(() => clockOffset[0]);
sendConsole(send);
installRuntime();
const takeAnswer = installBoundary(send);
globalThis.fetch = filteredFetch(egress, countFetch);
guardSockets(egress);

port.on('message', (/** @type {ToWorker} */ message) => {
  switch (message.type) {
    case 'invoke':
      void runInvocation(message, bundleDir, () => answer(message)).then(send);
      break;
    case 'answer':
      takeAnswer(message);
      break;
    case 'ping':
      send({ type: 'pong' });
      break;
  }
});

/**
 * @param {InvokeMessage} message
 * @returns {Promise<DoneMessage>}
 */
async function answer({ id, file, exportName, event }) {
  try {
    const handler = require(join(bundleDir, file))[exportName];
    if (typeof handler !== 'function') throw new TypeError(`${file} exports no function named ${exportName}.`);
    return { type: 'done', id, body: JSON.stringify(await handler(...JSON.parse(event))) };
  } catch (error) {
    return { type: 'done', id, error: describe(error) };
  }
}

/**
 * The words of a thrown value, as the wrapper hands them on.
 * @param {unknown} thrown
 * @returns {FunctionError}
 */
function describe(thrown) {
  if (!(thrown instanceof Error)) return { errorMessage: String(thrown), errorType: 'Error', isHostedCodeError: true };
  const { message, name, stack, serviceKey } = /** @type {Error & { serviceKey?: string }} */ (thrown);
  return { errorMessage: message, errorType: name, isHostedCodeError: name !== 'PROXY_ERR', stack, serviceKey };
}

function countFetch() {
  const invocation = currentInvocation();
  if (!invocation) return;
  invocation.fetches += 1;
  const minutes = Math.ceil((performance.now() - invocation.startedAt) / 60_000);
  if (invocation.fetches > fetchesPerMinute * Math.max(1, minutes)) {
    throw Object.assign(new Error(`More than ${fetchesPerMinute} requests a minute left one invocation.`), {
      name: 'FUNCTION_FETCH_ERR',
    });
  }
}
