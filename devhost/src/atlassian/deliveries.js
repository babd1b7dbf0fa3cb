// @ts-check
/**
 * Jira's webhooks on their way to the app: sent in the background, kept over a restart, tried again as Jira does.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/
 *
 * @import { Store } from '../store.js'
 * @import { Clock } from './clock.js'
 */
import { createHmac, randomUUID } from 'node:crypto';

const MINUTE = 60_000;

/** Jira tries five times more, each five to fifteen minutes after the last. */
const RETRIES = 5;
const RETRY_AFTER = { least: 5 * MINUTE, most: 15 * MINUTE };

/** How long Jira waits for an answer is not documented. */
const PATIENCE = 30_000;

/** Node takes a longer wait for no wait at all. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * As the sandbox hands it over.
 *
 * @typedef {object} Delivery
 * @property {string} url
 * @property {unknown} body a JSON document
 * @property {string} accountId who registered the webhooks
 * @property {string} cloudId where it happened
 */

/**
 * @typedef {Delivery & { identifier: string, attempt: number, dueAt: number }} Pending `identifier` is the same with each
 *   attempt, `attempt` counts from 0, `dueAt` is by the clock
 */

/**
 * What became of one attempt. The address is reduced to its origin: whoever knows all of it can deliver.
 *
 * @typedef {object} Outcome
 * @property {string} identifier
 * @property {string} origin
 * @property {string} cloudId
 * @property {string} accountId
 * @property {string | null} event
 * @property {number} attempt 0 for the first
 * @property {'delivered' | 'willRetry' | 'givenUp' | 'dropped'} outcome `dropped` when it was for anything but a web trigger
 * @property {number | null} status `null` when there was no answer
 * @property {number} at
 */

/**
 * @param {object} options
 * @param {Store} options.store
 * @param {Clock} options.clock
 * @param {string} options.webTriggerOrigin nothing is sent anywhere else: this machine must not become a way to reach others
 * @param {{ id: string, secret: string }} options.client whose webhooks they are
 * @param {(outcome: Outcome) => void} options.onDelivery
 */
export function createDeliveries({ store, clock, webTriggerOrigin, client, onDelivery }) {
  const table = store.table('webhook deliveries');
  /** @type {Map<string, Promise<void>>} by key */
  const underway = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let next = /** @type {number} */ (Number(table.keys({ reverse: true, limit: 1 })[0] ?? 0)) + 1;
  let closed = false;

  /** Sends whatever is due, and comes back for the rest. */
  function run() {
    clearTimeout(timer);
    if (closed) return;
    let soonest = Infinity;
    for (const { key, value } of table.range()) {
      const pending = /** @type {Pending} */ (value);
      if (underway.has(key)) continue;
      if (pending.dueAt <= clock.now()) {
        underway.set(key, attempt(key, pending).finally(() => underway.delete(key)));
      } else {
        soonest = Math.min(soonest, pending.dueAt);
      }
    }
    if (soonest === Infinity) return;
    timer = setTimeout(run, Math.min(soonest - clock.now(), LONGEST_TIMER));
    // A webhook that waits keeps nobody from stopping the local Jira.
    timer.unref();
  }

  /**
   * @param {string} key
   * @param {Pending} pending
   */
  async function attempt(key, pending) {
    const status = await post(pending, clock.now());
    if (closed) return;
    const again = retried(status) && pending.attempt < RETRIES;
    if (again) {
      const wait = RETRY_AFTER.least + Math.random() * (RETRY_AFTER.most - RETRY_AFTER.least);
      table.put(key, { ...pending, attempt: pending.attempt + 1, dueAt: clock.now() + Math.round(wait) });
      queueMicrotask(run);
    } else {
      table.remove(key);
    }
    tell(pending, status !== null && status >= 200 && status < 300 ? 'delivered' : again ? 'willRetry' : 'givenUp', status);
  }

  /**
   * @param {Pending} pending
   * @param {number} now
   * @returns {Promise<number | null>} the status of the answer
   */
  async function post({ identifier, url, body, attempt }, now) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE),
        headers: {
          'content-type': 'application/json; charset=UTF-8',
          'user-agent': 'Atlassian Webhook HTTP Client',
          'x-atlassian-webhook-identifier': identifier,
          'x-atlassian-webhook-flow': 'Primary',
          ...(attempt > 0 && { 'x-atlassian-webhook-retry': String(attempt) }),
          authorization: `Bearer ${bearer(client, now)}`,
        },
        body: JSON.stringify(body),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return null;
    }
  }

  /**
   * @param {Pending} pending
   * @param {Outcome['outcome']} outcome
   * @param {number | null} status
   */
  function tell({ identifier, url, body, cloudId, accountId, attempt }, outcome, status) {
    const event = /** @type {{ webhookEvent?: string } | null} */ (body)?.webhookEvent ?? null;
    const at = clock.now();
    onDelivery({ identifier, origin: originOf(url), cloudId, accountId, event, attempt, outcome, status, at });
  }

  const unfollow = clock.onShift(run);
  queueMicrotask(run);

  return {
    /**
     * Keeps the deliveries; safe within a transaction of the store. They leave when the caller is done.
     *
     * @param {Delivery[]} deliveries
     */
    add(deliveries) {
      for (const delivery of deliveries) {
        const pending = { ...delivery, identifier: randomUUID(), attempt: 0, dueAt: clock.now() };
        if (originOf(delivery.url) === webTriggerOrigin) {
          table.put(String(next).padStart(12, '0'), pending);
          next += 1;
        } else {
          tell(pending, 'dropped', null);
        }
      }
      if (deliveries.length > 0) queueMicrotask(run);
    },
    /** @returns {Pending[]} */
    pending: () => table.range().map(({ value }) => value),
    /** Attempts that are under way come to nothing: they are made again after the next start. */
    close() {
      closed = true;
      clearTimeout(timer);
      unfollow();
    },
  };
}

/** @param {number | null} status */
const retried = (status) => status === null || [408, 409, 425, 429].includes(status) || status >= 500;

/** @param {string} url */
const originOf = (url) => (URL.canParse(url) ? new URL(url).origin : 'null');

/**
 * The documentation says that deliveries to an OAuth 2.0 app carry a bearer token that is signed with the app's client
 * secret; that it is HS256, and which claims it has, it does not say.
 *
 * @param {{ id: string, secret: string }} client
 * @param {number} now
 */
function bearer({ id, secret }, now) {
  const seconds = Math.floor(now / 1000);
  const content = [
    { alg: 'HS256', typ: 'JWT' },
    { iss: id, iat: seconds, exp: seconds + 180 },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}
