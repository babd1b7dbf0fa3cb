// @ts-check
/**
 * Runs the app's functions in a worker thread that stays warm.
 *
 * As on Forge, what a module holds survives from one invocation to the next, and an instance that overran or died is
 * replaced by a fresh one. Unlike Forge's, a worker may serve several invocations at once: that is the harder case for
 * an app, and the one that shows whether contexts stay apart.
 */
import { Worker } from 'node:worker_threads';

/** @import { Answer, BoundaryRequest, FromWorker, FunctionError, RuntimeFacts, ToWorker } from './isolate/messages.js' */

/** A worker that is alive answers a ping well within this time; one that spins does not. */
const PING_PATIENCE_MS = 1000;

/**
 * @typedef {{ success: true, body: any } | { success: false, error: FunctionError }} Result
 */

/**
 * @typedef {object} Invocation
 * @property {string} id
 * @property {string} file of the bundle
 * @property {string} exportName
 * @property {string} event JSON text of `[payload, context]`, the function's arguments
 * @property {RuntimeFacts} runtime
 * @property {number} timeoutMs
 * @property {number} maximumBytes of the result, as JSON
 * @property {(request: BoundaryRequest) => Promise<Answer>} boundary answers the SDKs; a rejection is a lost answer
 * @property {(level: string, text: string) => void} log
 * @property {boolean} crashes the worker dies after the first call was carried out, or else before it answers
 */

/**
 * @typedef {{ invocation: Invocation, settle: (result: Result) => void, timer: NodeJS.Timeout }} Running
 * @typedef {{ thread: Worker, running: Map<string, Running>, pingTimer?: NodeJS.Timeout, gone: boolean }} Home
 */

/**
 * @typedef {object} IsolateParts
 * @property {string} bundleDir
 * @property {Record<string, string>} variables everything that the bundle finds in `process.env`
 * @property {number} memoryMB
 * @property {string[]} egress
 * @property {number} fetchesPerMinute
 * @property {import('./index.js').Clock} clock
 * @property {(text: string) => void} log for what no invocation said
 */

/**
 * @param {IsolateParts} parts
 * @returns {{ invoke(invocation: Invocation): Promise<Result>, close(): Promise<void> }}
 */
export function openIsolate({ bundleDir, variables, memoryMB, egress, fetchesPerMinute, clock, log }) {
  /** @type {Home | undefined} */
  let warm;
  /** @type {Set<Home>} */
  const homes = new Set();
  // Shared memory, so that time travel reaches an invocation that is under way.
  const clockOffset = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  const followClock = () => {
    clockOffset[0] = clock.offset();
  };
  followClock();
  const unfollowClock = clock.onShift(followClock);

  function spawn() {
    const thread = new Worker(new URL('./isolate/entry.js', import.meta.url), {
      workerData: { bundleDir, egress, fetchesPerMinute, clockOffset },
      env: variables,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMB },
      // What the bundle writes to its standard streams must not reach those of the local Jira.
      stdout: true,
      stderr: true,
    });
    /** @type {Home} */
    const home = { thread, running: new Map(), gone: false };
    homes.add(home);
    for (const stream of [thread.stdout, thread.stderr]) stream.on('data', (chunk) => log(String(chunk).trimEnd()));
    thread.on('message', (/** @type {FromWorker} */ message) => hear(home, message));
    thread.on('error', (error) => bury(home, error));
    thread.on('exit', () => bury(home));
    return home;
  }

  /** @param {Home} home @param {FromWorker} message */
  function hear(home, message) {
    switch (message.type) {
      case 'fetch':
        void serve(home, message);
        break;
      case 'log': {
        const running = message.id === undefined ? undefined : home.running.get(message.id);
        if (running) running.invocation.log(message.level, message.text);
        else log(message.text);
        break;
      }
      case 'done':
        if (home.running.get(message.id)?.invocation.crashes) void home.thread.terminate();
        else finish(home, message.id, (invocation) => toResult(message, invocation.maximumBytes));
        break;
      case 'pong':
        clearTimeout(home.pingTimer);
        break;
    }
  }

  /** @param {Home} home @param {import('./isolate/messages.js').FetchMessage} message */
  async function serve(home, { id, call, request }) {
    const running = home.running.get(id);
    // The invocation is over and what it left behind still runs; nobody would hear the answer.
    if (!running) return;
    const reply = await running.invocation.boundary(request).then(
      (answer) => ({ answer }),
      (/** @type {Error} */ error) => ({ lost: error.message }),
    );
    if (running.invocation.crashes) await home.thread.terminate();
    else tell(home, { type: 'answer', call, ...reply });
  }

  /** @param {Home} home @param {ToWorker} message */
  function tell(home, message) {
    if (!home.gone) home.thread.postMessage(message);
  }

  /** @param {Home} home @param {string} id @param {(invocation: Invocation) => Result} result */
  function finish(home, id, result) {
    const running = home.running.get(id);
    if (!running) return;
    home.running.delete(id);
    clearTimeout(running.timer);
    running.settle(result(running.invocation));
    if (home !== warm && home.running.size === 0) void home.thread.terminate();
  }

  /**
   * The worker takes no more invocations. Those under way may finish, unless the thread no longer listens.
   * @param {Home} home
   */
  function retire(home) {
    if (home === warm) warm = undefined;
    clearTimeout(home.pingTimer);
    home.pingTimer = setTimeout(() => void home.thread.terminate(), PING_PATIENCE_MS);
    tell(home, { type: 'ping' });
  }

  /** @param {Home} home @param {Error & { code?: string }} [error] what the thread died of */
  function bury(home, error) {
    home.gone = true;
    homes.delete(home);
    if (home === warm) warm = undefined;
    clearTimeout(home.pingTimer);
    if (error) log(`A function worker died: ${error.stack ?? error}`);
    const reason =
      error?.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? `The function used more than its ${memoryMB} MB of memory.`
        : `The function's process exited before it answered${error ? `: ${error.message}` : '.'}`;
    for (const id of [...home.running.keys()]) finish(home, id, () => failure('Runtime.ExitError', reason));
  }

  return {
    invoke: (invocation) =>
      new Promise((settle) => {
        warm ??= spawn();
        const home = warm;
        const { id, file, exportName, event, runtime, timeoutMs } = invocation;
        const timer = setTimeout(() => {
          retire(home);
          finish(home, id, () =>
            failure('Sandbox.Timedout', `The function did not answer within ${timeoutMs / 1000} s.`),
          );
        }, timeoutMs);
        home.running.set(id, { invocation, settle, timer });
        tell(home, { type: 'invoke', id, file, exportName, event, runtime, timeoutMs });
      }),
    async close() {
      unfollowClock();
      await Promise.all([...homes].map(({ thread }) => thread.terminate()));
    },
  };
}

/**
 * @param {import('./isolate/messages.js').DoneMessage} message
 * @param {number} maximumBytes
 * @returns {Result}
 */
function toResult({ body, error }, maximumBytes) {
  if (error) return { success: false, error };
  if (body === undefined) return { success: true, body: undefined };
  if (Buffer.byteLength(body) > maximumBytes) {
    return failure('PAYLOAD_TOO_LARGE', `The function's answer is larger than ${maximumBytes} bytes.`);
  }
  return { success: true, body: JSON.parse(body) };
}

/**
 * @param {string} errorType
 * @param {string} errorMessage
 * @returns {{ success: false, error: FunctionError }}
 */
export function failure(errorType, errorMessage) {
  return { success: false, error: { errorType, errorMessage, isHostedCodeError: true } };
}
