// @ts-check
/**
 * The pretend Jira and its people: the sandbox crate, compiled to WebAssembly, with what a machine adds to it: time, a
 * memory that outlives a restart, bad days, and webhooks that are really sent.
 *
 * @import { Store } from '../store.js'
 * @import { Clock } from './clock.js'
 * @import { Outcome, Pending } from './deliveries.js'
 * @import { Faults } from './faults.js'
 * @import { OpenLocalAtlassian } from './local-atlassian.js'
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createDeliveries } from './deliveries.js';
import { loadLocalAtlassian } from './local-atlassian.js';

/**
 * @typedef {object} Account
 * @property {string} accountId
 * @property {string} name
 * @property {string} email
 * @property {string} picture
 * @property {'atlassian' | 'app' | 'customer'} accountType
 * @property {boolean} active
 * @property {'active' | 'inactive' | 'closed'} status
 * @property {string[]} sites `cloudId` of each site that the account may use
 */

/** @typedef {{ cloudId: string, name: string, url: string }} Site */

/**
 * @typedef {{ type: 'oauth', accountId: string, scopes: string[] } | { type: 'forgeUser', accountId: string }
 *   | { type: 'forgeApp' } | { type: 'anonymous' }} Principal
 */

/** @typedef {{ method: string, path: string, body?: unknown }} JiraRequest `path` with its query; `body` is JSON */
/** @typedef {{ status: number, headers: [string, string][], body?: unknown }} JiraResponse */

/**
 * @typedef {object} Sandbox
 * @property {(cloudId: string, principal: Principal, request: JiraRequest) => Promise<JiraResponse>} jira as an app sees
 *   it, bad days included
 * @property {(cloudId: string, principal: Principal, request: JiraRequest) => JiraResponse} jiraUndisturbed as the pages of
 *   the local Jira see it, which a person needs in order to end the bad day
 * @property {() => Account[]} accounts
 * @property {(accountId: string) => Account | undefined} account
 * @property {() => Site[]} sites
 * @property {(accountId: string) => Site[]} sitesOf those that the account may use
 * @property {(name: string, ...parameters: unknown[]) => unknown} control changes the people and the sites, by the name of
 *   a mutator of the sandbox
 * @property {() => Pending[]} pendingDeliveries
 * @property {() => void} close
 */

const HOUR = 3_600_000;

/** Saving a large site takes time: a `POST` that only asks is not worth it. */
const ASKING = /^\/rest\/api\/3\/permissions\/check$/;

/**
 * @param {object} options
 * @param {Store} options.store
 * @param {Clock} options.clock
 * @param {Faults} options.faults
 * @param {string} options.seed `demo` or `empty`; looked at only when the store holds no sandbox yet
 * @param {string} options.webTriggerOrigin
 * @param {{ id: string, secret: string }} options.client the app, with whose secret webhooks are signed
 * @param {(outcome: Outcome) => void} [options.onDelivery] told of each attempt
 * @param {OpenLocalAtlassian} [options.open]
 * @returns {Promise<Sandbox>}
 */
export async function createSandbox({ store, clock, faults, seed, webTriggerOrigin, client, onDelivery, open }) {
  const table = store.table('sandbox');
  const local = (open ?? (await loadLocalAtlassian()))(seed, table.get('saved'));
  const deliveries = createDeliveries({ store, clock, webTriggerOrigin, client, onDelivery: onDelivery ?? (() => {}) });

  /** State and webhooks are kept together: a crash in between would lose a webhook, or send one for nothing. */
  const keep = () =>
    store.transaction(() => {
      table.put('saved', local.save());
      deliveries.add(JSON.parse(local.takeDeliveries()));
    });
  keep();

  /**
   * By id. Only controls change accounts; Jira's API does not.
   *
   * @type {Map<string, Account> | undefined}
   */
  let people;
  const accounts = () =>
    (people ??= new Map(
      /** @type {Account[]} */ (JSON.parse(local.accounts())).map((account) => [account.accountId, account]),
    ));
  /** @returns {Site[]} */
  const sites = () => JSON.parse(local.sites());

  /** @type {Sandbox['jiraUndisturbed']} */
  function jiraUndisturbed(cloudId, principal, request) {
    const answer = local.jira(cloudId, JSON.stringify(principal), JSON.stringify(request), clock.now());
    // Reading changes nothing but the count of requests, which may start anew with the process.
    if (request.method !== 'GET' && !ASKING.test(request.path)) keep();
    return JSON.parse(answer);
  }

  return {
    async jira(cloudId, principal, request) {
      const slow = faults.active('jiraSlow');
      if (slow !== null) await sleep(Number(slow));
      return badDay(faults, clock.now()) ?? jiraUndisturbed(cloudId, principal, request);
    },
    jiraUndisturbed,
    accounts: () => [...accounts().values()],
    account: (accountId) => accounts().get(accountId),
    sites,
    sitesOf(accountId) {
      const admitting = accounts().get(accountId)?.sites ?? [];
      return sites().filter(({ cloudId }) => admitting.includes(cloudId));
    },
    control(name, ...parameters) {
      const mutator = /** @type {any} */ (local)[name];
      if (typeof mutator !== 'function') throw new RangeError(`The sandbox has no control named ${name}.`);
      people = undefined;
      const result = mutator.apply(local, parameters);
      keep();
      return result;
    },
    pendingDeliveries: () => deliveries.pending(),
    close: () => deliveries.close(),
  };
}

/**
 * The answer of a Jira, or of the gateway before it, that has a bad day.
 *
 * @param {Faults} faults
 * @param {number} now
 * @returns {JiraResponse | null}
 */
function badDay(faults, now) {
  const limited = faults.active('jira429');
  if (limited !== null) {
    return {
      status: 429,
      headers: limited === 'headers' ? quotaHeaders(now) : [],
      body: { code: 429, message: 'Rate limit exceeded' },
    };
  }
  if (faults.active('jira503') !== null) {
    return { status: 503, headers: [], body: { code: 503, message: 'Service Unavailable' } };
  }
  return null;
}

/**
 * The points of the hour are used up.
 * https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 *
 * @param {number} now
 * @returns {[string, string][]}
 */
function quotaHeaders(now) {
  const reset = (Math.floor(now / HOUR) + 1) * HOUR;
  return [
    ['Retry-After', String(Math.ceil((reset - now) / 1000))],
    ['X-RateLimit-Limit', '65000'],
    ['X-RateLimit-Remaining', '0'],
    ['X-RateLimit-Reset', new Date(reset).toISOString()],
    ['X-RateLimit-NearLimit', 'true'],
    ['RateLimit-Reason', 'jira-quota-global-based'],
  ];
}
