// @ts-check
// The least of Forge that lets the bundle run in a bare Node process: the globals that the SDKs read, a key-value store
// in memory, and an Atlassian that the caller brings. It has no limits and no scopes; the local Jira has those.
'use strict';

/**
 * @typedef {{ status: number, body?: unknown, location?: string }} Answer
 * @typedef {{ provider: string, method: string, path: string, body: any }} JiraRequest
 * @typedef {{ method: string, url: string, body: any, bearer: string | null }} WebRequest
 * @typedef {{ jira(request: JiraRequest): Answer, web(request: WebRequest): Answer }} Atlassian
 * @typedef {{ kind: 'storage' | 'jira' | 'forge' | 'web', what: string }} Call
 * @typedef {{ set?: any[], delete?: any[], check?: any[] }} Transaction
 */

const CLOUD_ID = '11111111-1111-4111-8111-111111111111';
const ENVIRONMENT_ID = '33333333-3333-4333-8333-333333333333';
/** What support signs its requests with. */
const SUPPORT_KEY = 'boundary-support-key-0123456789abcdefghijklmnopq';
const installContext = `ari:cloud:jira::site/${CLOUD_ID}`;

const runtime = {
  appContext: {
    appId: '00000000-0000-4000-8000-000000000000',
    appVersion: '1.0.0',
    environmentId: ENVIRONMENT_ID,
    environmentType: 'PRODUCTION',
    invocationId: 'boundary',
    installationId: '44444444-4444-4444-8444-444444444444',
    functionKey: 'resolver',
    moduleType: 'core:function',
    moduleKey: 'resolver',
    permissions: { scopes: [], external: {} },
  },
  contextAri: installContext,
  lambdaContext: { awsRequestId: 'boundary', getRemainingTimeInMillis: () => 25_000 },
  metrics: { counter: () => ({ incr() {} }), timing: () => ({ measure: () => ({ stop() {} }) }) },
  tracing: { traceId: '0', spanId: '0' },
  proxy: { token: '', url: '' },
  container: {},
};

class Platform {
  /** Every call that left the bundle, in order. @type {Call[]} */
  calls = [];
  /** Values of custom entities, by `<entity>/<key>`. @type {Map<string, any>} */
  entities = new Map();
  /** @type {Map<string, any>} */
  secrets = new Map();
  /** What the bundle sent on its way, in order: nobody delivers it by itself. @type {{ queue: string, event: any }[]} */
  pushed = [];
  /** Bodies of the queries. @type {any[]} */
  queries = [];

  /**
   * @param {Atlassian} atlassian
   * @param {() => Promise<void>} latency how long a call is under way
   */
  constructor(atlassian, latency = async () => {}) {
    this.atlassian = atlassian;
    this.latency = latency;
  }

  /** Puts the globals in place. The bundle must be required afterwards: `@forge/api` keeps the `fetch` that it finds. */
  install() {
    Object.assign(globalThis, {
      __forge_runtime__: { ...runtime },
      __forge_fetch__: this.forgeFetch.bind(this),
      fetch: this.fetch.bind(this),
    });
    process.env.CLIENT_ID = 'boundary-client';
    process.env.CLIENT_SECRET = 'boundary-secret';
    process.env.SUPPORT_KEY = SUPPORT_KEY;
  }

  /**
   * What the SDKs call for everything that is Atlassian's.
   * @param {{ type: string, provider?: string, remote?: string }} options
   * @param {string} path
   * @param {{ method?: string, body?: string }} [init]
   */
  async forgeFetch({ type, provider = '', remote }, path, { method = 'GET', body } = {}) {
    const given = body === undefined ? undefined : JSON.parse(body);
    if (type === 'kvs') {
      const { status, body: answer } = await this.call('storage', path, () => this.storage(path, given));
      return Response.json(answer ?? null, { status });
    }
    if (remote === 'jira') {
      const { status, body: answer } = await this.call('jira', `${provider} ${method} ${path}`, () =>
        this.atlassian.jira({ provider, method, path, body: given }),
      );
      return Response.json(answer ?? null, { status });
    }
    if (path.startsWith('/webhook/queue/publish/')) {
      const { status } = await this.call('forge', `push to ${given.queueName}`, () => ({ status: 201 }));
      this.pushed.push(...given.payload.map((/** @type {any} */ event) => ({ queue: given.queueName, event })));
      return Response.json({}, { status });
    }
    const { triggerKey } = given.variables.input;
    const url = `https://${ENVIRONMENT_ID}.hello.atlassian-dev.net/x1/${triggerKey}-address`;
    await this.call('forge', triggerKey, () => ({ status: 200 }));
    return Response.json({ data: { createWebTriggerUrl: { url } } });
  }

  /** @param {string | URL | Request} input @param {RequestInit} [init] @returns {Promise<Response>} */
  async fetch(input, init) {
    const request = new Request(input, init);
    const text = await request.text();
    const { origin, pathname } = new URL(request.url);
    const { status, body, location } = await this.call('web', `${request.method} ${origin}${pathname}`, () =>
      this.atlassian.web({
        method: request.method,
        url: request.url,
        body: text === '' ? undefined : JSON.parse(text),
        bearer: request.headers.get('authorization'),
      }),
    );
    if (location === undefined) return Response.json(body ?? null, { status });
    // As `fetch` does: it follows unless it is told otherwise, and carries the body and the headers along.
    if (request.redirect === 'error') throw new TypeError('unexpected redirect');
    return this.fetch(location, { method: request.method, headers: request.headers, ...(text !== '' && { body: text }) });
  }

  /** @param {Call['kind']} kind @param {string} what @param {() => Answer} answer */
  async call(kind, what, answer) {
    this.calls.push({ kind, what });
    await this.latency();
    return answer();
  }

  /** @param {string} path @param {any} given @returns {Answer} */
  storage(path, given) {
    const missing = { status: 404, body: { code: 'KEY_NOT_FOUND', message: 'There is no such key.' } };
    const entry = `${given.entityName}/${given.key}`;
    switch (path) {
      case '/api/v1/entity/get':
        return this.entities.has(entry) ? { status: 200, body: { value: this.entities.get(entry) } } : missing;
      case '/api/v1/entity/set':
        if (given.options?.keyPolicy === 'FAIL_IF_EXISTS' && this.entities.has(entry)) return conflict;
        this.entities.set(entry, given.value);
        return { status: 200 };
      case '/api/v1/entity/query':
        this.queries.push(given);
        return { status: 200, body: this.query(given) };
      case '/api/v1/secret/get':
        return this.secrets.has(given.key) ? { status: 200, body: { value: this.secrets.get(given.key) } } : missing;
      case '/api/v1/secret/set':
        this.secrets.set(given.key, given.value);
        return { status: 200 };
      case '/api/v1/secret/delete':
        return this.secrets.delete(given.key) ? { status: 200 } : missing;
      case '/api/v1/transaction':
        return this.transaction(given);
      default:
        throw new Error(`This platform has no ${path}.`);
    }
  }

  /**
   * By an index whose name ends with what it is sorted by, in whichever partition has the value that was asked for.
   * @param {any} given
   */
  query({ entityName, indexName, partition, range, sort, cursor = '0', limit }) {
    const by = indexName.split('-').at(-1);
    const rows = [...this.entities]
      .filter(([name, value]) => name.startsWith(`${entityName}/`) && value[by] !== undefined)
      .filter(([, value]) => [value.everyone, value.label].includes(partition[0]))
      .filter(([, value]) => range === undefined || value[by].startsWith(range.values[0]))
      .sort(([, one], [, other]) => (one[by] < other[by] ? -1 : 1));
    if (sort === 'DESC') rows.reverse();
    const end = Number(cursor) + limit;
    const data = rows.slice(Number(cursor), end).map(([name, value]) => ({ key: name.slice(entityName.length + 1), value }));
    return { data, cursor: end < rows.length ? String(end) : undefined };
  }

  /** @param {Transaction} given @returns {Answer} */
  transaction({ set = [], delete: removed = [], check = [] }) {
    const name = (/** @type {any} */ { entityName, key }) => `${entityName}/${key}`;
    const holds = (/** @type {any} */ step) =>
      (step.conditions?.and ?? []).every((/** @type {any} */ { property, condition, values }) => {
        const value = this.entities.get(name(step))?.[property];
        return condition === 'NOT_EXISTS' ? value === undefined : value === values[0];
      });
    if (![...set, ...removed, ...check].every(holds)) return conflict;
    for (const step of set) this.entities.set(name(step), step.value);
    for (const step of removed) this.entities.delete(name(step));
    return { status: 200 };
  }
}

const conflict = { status: 409, body: { code: 'CONDITIONAL_CHECK_FAILED', message: 'A condition does not hold.' } };

/**
 * The two arguments with which Forge calls the resolver for a request of the panel.
 * @param {object} request
 * @param {string} accountId who calls
 */
const fromPanel = (request, accountId) => [
  { call: { functionKey: 'door', payload: request }, context: {} },
  { installContext, principal: { accountId } },
];

/**
 * The two arguments with which Forge calls a web trigger.
 * @param {string} method
 * @param {Record<string, string>} query
 * @param {{ headers?: Record<string, string[]>, body?: string }} [more]
 */
const fromWeb = (method, query, { headers = {}, body = '' } = {}) => [
  {
    method,
    path: '/',
    userPath: '/',
    headers,
    queryParameters: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
    body,
  },
  { installContext },
];

/**
 * The two arguments with which Forge calls a consumer.
 * @param {string} queueName
 * @param {object} body of the event
 */
const fromQueue = (queueName, body) => [
  { body, queueName, jobId: 'a-job', eventId: 'an-event' },
  { installContext },
];

module.exports = { CLOUD_ID, Platform, SUPPORT_KEY, fromPanel, fromQueue, fromWeb };
