// @ts-check
/** Async events: kept until a consumer has taken them, delivered at least once, retried for a day. */
import { randomUUID } from 'node:crypto';
import { openAlarm } from './alarm.js';
import { QUEUE } from './limits.js';

/** @import { Consumer } from './manifest.js' */
/** @import { Result } from './isolate.js' */

const CONSUMED_AT_ONCE = 8;
const FIRST_BACKOFF_MS = 10_000;
const LONGEST_WAIT_MS = Math.max(QUEUE.delaySeconds, QUEUE.retryAfterSeconds) * 1000;

/**
 * @typedef {{ body: Record<string, unknown>, delayInSeconds?: number, concurrency?: { key: string, limit: number } }} PushedEvent
 * @typedef {{ retryCount: number, retryReason: string, retryData?: unknown }} Retry
 * @typedef {PushedEvent & { queueName: string, jobId: string, eventId: string, pushedAt: number, cycle: number, retry?: Retry }} QueuedEvent
 * @typedef {{ success: number, inProgress: number, failed: number }} JobStats
 */

/**
 * @typedef {object} Queue
 * @property {(job: { queueName: string, jobId: string, events: PushedEvent[], cycle: number }) => void} publish
 * @property {(queueName: string, jobId: string) => JobStats | undefined} stats
 * @property {(queueName: string, jobId: string) => boolean} cancel drops what waits; `false` for an unknown job
 * @property {(queueName: string) => Consumer | undefined} consumerOf
 * @property {() => JobStats} totals over all jobs
 * @property {() => Promise<void>} settle resolves once nothing is due or being consumed
 * @property {() => void} start
 * @property {() => void} stop
 */

/**
 * @param {{
 *   store: import('../store.js').Store,
 *   clock: import('./index.js').Clock,
 *   manifest: import('./manifest.js').Manifest,
 *   invoke: import('./invoker.js').Invoke,
 *   log: (text: string) => void,
 * }} parts
 * @returns {Queue}
 */
export function openQueue({ store, clock, manifest, invoke, log }) {
  // Events sort by the time at which they are due.
  const events = store.table('queue-events');
  const jobs = store.table('queue-jobs');
  const alarm = openAlarm({ clock, ring: pump });
  /** @type {Map<string, QueuedEvent>} */
  const inFlight = new Map();
  /** @type {Set<Promise<void>>} */
  const consuming = new Set();
  let stopped = false;

  // Nothing waits longer than this, so what seems to was left behind when the clock was set back.
  const unfollowClock = clock.onShift(() => {
    const now = clock.now();
    store.transaction(() => {
      for (const { key, value } of events.range({ start: [now + LONGEST_WAIT_MS + 1] })) {
        if (inFlight.has(value.eventId)) continue;
        events.remove(key);
        events.put([now, value.eventId], value);
      }
    });
    pump();
  });

  const consumerOf = (/** @type {string} */ queueName) => manifest.consumers.find(({ queue }) => queue === queueName);

  function pump() {
    if (stopped) return;
    const now = clock.now();
    for (const { key, value } of events.range({ end: [now + 1] })) {
      if (inFlight.size >= CONSUMED_AT_ONCE) break;
      if (inFlight.has(value.eventId) || !hasRoom(value)) continue;
      const consumed = consume(key, value).finally(() => consuming.delete(consumed));
      consuming.add(consumed);
    }
    const [next] = events.keys({ start: [now + 1], limit: 1 });
    alarm.set(next?.[0]);
  }

  /** @param {QueuedEvent} event */
  function hasRoom({ concurrency }) {
    if (!concurrency) return true;
    const sharing = [...inFlight.values()].filter((other) => other.concurrency?.key === concurrency.key);
    return sharing.length < concurrency.limit;
  }

  /** @param {[number, string]} key @param {QueuedEvent} event */
  async function consume(key, event) {
    inFlight.set(event.eventId, event);
    try {
      const consumer = consumerOf(event.queueName);
      if (consumer) settle(key, event, await call(consumer, event));
      else settle(key, event, undefined);
    } finally {
      inFlight.delete(event.eventId);
    }
    pump();
  }

  /** @param {Consumer} consumer @param {QueuedEvent} event */
  function call({ key, functionKey, method }, event) {
    const { body, queueName, jobId, eventId, delayInSeconds, concurrency, cycle } = event;
    const context = { retryContext: retryContext(event) };
    return invoke({
      functionKey,
      module: { type: 'consumer', key },
      payload: method
        ? { call: { functionKey: method, payload: body, jobId }, context }
        : { body, queueName, jobId, eventId, delayInSeconds, concurrency, ...context },
      timeoutMs: manifest.backgroundTimeout(functionKey),
      cycle,
    });
  }

  /** @param {QueuedEvent} event */
  function retryContext({ retry, pushedAt }) {
    if (!retry) return undefined;
    const remainingTimeMs = Math.max(0, pushedAt + QUEUE.retention - clock.now());
    return { ...retry, retentionWindow: { startTime: new Date(pushedAt).toISOString(), remainingTimeMs } };
  }

  /** @param {[number, string]} key @param {QueuedEvent} event @param {Result | undefined} result */
  function settle(key, event, result) {
    // The platform closes and killed the consumer: the event waits for the next start.
    if (stopped) return;
    const again = result && nextTry(event, result);
    store.transaction(() => {
      // Cancelled meanwhile: the job counts it no more.
      if (!events.remove(key)) return;
      if (again && again.due <= event.pushedAt + QUEUE.retention) {
        events.put([again.due, event.eventId], { ...event, retry: again.retry });
        return;
      }
      count(event, result?.success && !again ? 'success' : 'failed');
    });
    if (result && !result.success) log(`${event.queueName}: an event failed: ${result.error.errorMessage}`);
  }

  /**
   * @param {QueuedEvent} event
   * @param {Result} result
   * @returns {{ due: number, retry: Retry } | undefined}
   */
  function nextTry(event, result) {
    const retryCount = (event.retry?.retryCount ?? 0) + 1;
    if (!result.success) {
      const wait = Math.min(FIRST_BACKOFF_MS * 2 ** (retryCount - 1), QUEUE.retryAfterSeconds * 1000);
      return { due: clock.now() + wait, retry: { retryCount, retryReason: reasonOf(result.error.errorType) } };
    }
    if (result.body?._retry !== true) return undefined;
    const { retryAfter = 1, retryReason = 'FUNCTION_RETRY_REQUEST', retryData } = result.body.retryOptions ?? {};
    const data = JSON.stringify(retryData) ?? '';
    if (Buffer.byteLength(data) > QUEUE.retryDataBytes)
      log(`${event.queueName}: retryData is larger than Forge keeps; dropped.`);
    return {
      due: clock.now() + Math.min(Math.max(1, retryAfter), QUEUE.retryAfterSeconds) * 1000,
      retry: {
        retryCount,
        retryReason,
        retryData: Buffer.byteLength(data) > QUEUE.retryDataBytes ? undefined : retryData,
      },
    };
  }

  /** @param {QueuedEvent} event @param {'success' | 'failed'} outcome */
  function count({ queueName, jobId }, outcome) {
    const job = jobs.get([queueName, jobId]);
    jobs.put([queueName, jobId], { ...job, inProgress: job.inProgress - 1, [outcome]: job[outcome] + 1 });
  }

  return {
    consumerOf,
    publish({ queueName, jobId, events: pushed, cycle }) {
      const now = clock.now();
      store.transaction(() => {
        const job = jobs.get([queueName, jobId]) ?? { success: 0, inProgress: 0, failed: 0 };
        jobs.put([queueName, jobId], { ...job, inProgress: job.inProgress + pushed.length });
        for (const event of pushed) {
          const eventId = randomUUID();
          const due = now + (event.delayInSeconds ?? 0) * 1000;
          events.put([due, eventId], { ...event, queueName, jobId, eventId, pushedAt: now, cycle });
        }
      });
      // The one who pushes has its answer before the first event is delivered.
      setImmediate(pump);
    },
    stats: (queueName, jobId) => jobs.get([queueName, jobId]),
    cancel(queueName, jobId) {
      const job = jobs.get([queueName, jobId]);
      if (!job) return false;
      store.transaction(() => {
        for (const { key, value } of events.range()) {
          if (value.queueName === queueName && value.jobId === jobId) events.remove(key);
        }
        jobs.put([queueName, jobId], { ...job, inProgress: 0 });
      });
      return true;
    },
    totals: () =>
      jobs.range().reduce(
        (sum, { value }) => ({
          success: sum.success + value.success,
          inProgress: sum.inProgress + value.inProgress,
          failed: sum.failed + value.failed,
        }),
        { success: 0, inProgress: 0, failed: 0 },
      ),
    async settle() {
      for (pump(); consuming.size > 0; pump()) await Promise.race(consuming);
    },
    start: pump,
    stop() {
      stopped = true;
      unfollowClock();
      alarm.set(undefined);
    },
  };
}

/** The SDK's names for why a platform retries by itself. */
function reasonOf(/** @type {string} */ errorType) {
  switch (errorType) {
    case 'Sandbox.Timedout':
      return 'FUNCTION_TIME_OUT';
    case 'RATE_LIMIT':
      return 'FUNCTION_PLATFORM_RATE_LIMITED';
    default:
      return 'FUNCTION_PLATFORM_UNKNOWN_ERROR';
  }
}
