// @ts-check
/** `Queue.push`, `getStats` and `cancel`, with the statuses that the SDK turns into its errors. */
import { empty, json, readJson } from './answers.js';
import { QUEUE } from '../limits.js';

/** @import { Handler } from '../boundary.js' */

const NAME = /^[a-zA-Z0-9-_]+$/;

/**
 * @param {{
 *   queue: import('../queue.js').Queue,
 *   manifest: import('../manifest.js').Manifest,
 *   rates: ReturnType<typeof import('../rates.js').openRates>,
 * }} parts
 * @returns {Record<'publish' | 'stats' | 'cancel', Handler>}
 */
export function openQueueApi({ queue, manifest, rates }) {
  return {
    publish(request, { cycle }) {
      const push = readJson(request);
      const events = push?.payload;
      if (!NAME.test(push?.queueName ?? '') || !push.jobId || !Array.isArray(events) || events.length === 0) {
        return json(400, { code: 400, message: 'The push names no queue, no job or no events.' });
      }
      const consumer = queue.consumerOf(push.queueName);
      if (!consumer)
        return json(400, { code: 400, message: `The manifest has no consumer of the queue ${push.queueName}.` });
      if (cycle >= QUEUE.cyclicInvocations)
        return json(405, { errorMessage: 'The limit on cyclic invocation has been reached.' });
      const tooBig = sizeRefusal(events, manifest.backgroundTimeout(consumer.functionKey));
      if (tooBig) return json(413, { errorMessage: tooBig });
      if (events.some((event) => (event.delayInSeconds ?? 0) < 0 || (event.delayInSeconds ?? 0) > QUEUE.delaySeconds)) {
        return json(400, { code: 400, message: `delayInSeconds must be between 0 and ${QUEUE.delaySeconds}.` });
      }
      if (!rates('queue events', QUEUE.eventsPerMinute, 60_000, events.length))
        return json(429, { errorMessage: 'Too many requests.' });
      queue.publish({ queueName: push.queueName, jobId: push.jobId, events, cycle: cycle + 1 });
      return json(201, {});
    },
    stats(request) {
      const { queueName, jobId } = readJson(request) ?? {};
      const stats = queue.stats(String(queueName), String(jobId));
      return stats ? json(200, stats) : unknownJob();
    },
    cancel(request) {
      const { queueName, jobId } = readJson(request) ?? {};
      return queue.cancel(String(queueName), String(jobId)) ? empty(204) : unknownJob();
    },
  };
}

const unknownJob = () => json(404, { code: 404, message: 'The job does not exist.' });

/**
 * @param {unknown[]} events
 * @param {number} consumerTimeout milliseconds
 */
function sizeRefusal(events, consumerTimeout) {
  const sizes = events.map((event) => Buffer.byteLength(JSON.stringify(event)));
  if (events.length > QUEUE.eventsPerPush) return `A push may hold ${QUEUE.eventsPerPush} events.`;
  if (sizes.reduce((sum, size) => sum + size, 0) > QUEUE.pushBytes) return `A push may hold ${QUEUE.pushBytes} bytes.`;
  if (consumerTimeout > QUEUE.longRunning && Math.max(...sizes) > QUEUE.longRunningEventBytes) {
    return `An event for a consumer that runs longer than 55 seconds may hold ${QUEUE.longRunningEventBytes} bytes.`;
  }
  return undefined;
}
