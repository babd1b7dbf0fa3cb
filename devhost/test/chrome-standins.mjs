// @ts-check
/**
 * A small world for the tests of the chrome: two sites, three people, one project, and an app that echoes.
 */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createChrome } from '../src/chrome/chrome.js';
import { createContent, resourceFolders } from '../src/chrome/custom-ui/content.js';
import { createLocalControls } from '../src/chrome/local-controls.js';
import { failure } from '../src/platform/isolate.js';
import { readManifest } from '../src/platform/manifest.js';
import { openResolver } from '../src/platform/resolver.js';
import { createFaults } from '../src/atlassian/faults.js';

/** @typedef {import('../src/atlassian/sandbox.js').Account} Account */
/** @typedef {import('../src/chrome/site.js').JiraRequest} JiraRequest */
/** @typedef {import('../src/chrome/site.js').JiraResponse} JiraResponse */

const FIXTURE = fileURLToPath(new URL('./chrome-fixture/', import.meta.url));

export const SITES = [
  { cloudId: '11111111-1111-4111-8111-111111111111', name: 'example', url: 'https://example.atlassian.net' },
  { cloudId: '22222222-2222-4222-8222-222222222222', name: 'partner', url: 'https://partner.atlassian.net' },
];

/**
 * @typedef {object} World
 * @property {{ jira: string, content: string }} origins
 * @property {Account[]} accounts
 * @property {{ account: string, site: string, body: unknown }[]} comments
 * @property {{ functionKey: string, payload: any, context: any, accountId: string }[]} invocations
 * @property {(invocation: World['invocations'][number]) => unknown} resolve what the app's resolver does
 * @property {string[]} done what local controls did
 * @property {() => { directive: string, blocked: string }[]} violations
 * @property {() => Promise<void>} close
 */

/**
 * @param {{ dist?: string, app?: string }} [options] folder of the built fixture app; file of its manifest
 * @returns {Promise<World>}
 */
export async function startWorld({ dist = FIXTURE, app = 'manifest.yml' } = {}) {
  const servers = { jira: createServer(), content: createServer() };
  const [jira, content] = await Promise.all([listening(servers.jira), listening(servers.content)]);
  const origins = { jira, content, authorization: 'http://127.0.0.1:1', api: 'http://127.0.0.1:2', webTriggers: 'http://127.0.0.1:3' };
  const manifest = readManifest(`${FIXTURE}${app}`);

  /** @type {World} */
  const world = {
    origins,
    accounts: [
      account('maria', 'Maria Keller'),
      account('ana', 'Ana Lima'),
      { ...account('tom', 'Tom Okafor'), sites: [SITES[0].cloudId] },
      { ...account('lena', 'Lena Gone'), active: false, status: 'inactive' },
      { ...account('robot', 'Integration+'), accountType: 'app' },
    ],
    comments: [],
    invocations: [],
    resolve: ({ payload }) => payload,
    done: [],
    violations: () => contentServer.violations(),
    async close() {
      for (const server of Object.values(servers)) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
  const administrators = new Set(['maria']);
  let offset = 0;
  const clock = {
    now: () => Date.UTC(2026, 10, 21, 9, 30) + offset,
    offset: () => offset,
    advance: (/** @type {number} */ step) => void (offset += step),
    reset: () => void (offset = 0),
    onShift: () => () => {},
    close: () => {},
  };
  let leeway = true;
  const log = (/** @type {string} */ line) => world.done.push(`log: ${line}`);

  const contentServer = createContent({
    origin: content,
    hostOrigin: jira,
    resources: { ...resourceFolders(manifest.document.resources, FIXTURE), panel: dist },
    bundleDir: FIXTURE,
    permissions: manifest.permissions,
    now: clock.now,
    log,
  });
  const chrome = createChrome({
    origins,
    platform: {
      manifest,
      app: { appId: 'app-id', environmentId: 'environment-id' },
      invokeResolver: openResolver({ manifest, invoke: (call) => invoke(world, call) }),
    },
    jira: {
      sites: () => SITES,
      accounts: () => world.accounts,
      asPerson: (cloudId, accountId) => (request) => answer(world, administrators, cloudId, accountId, request),
      asApp: (cloudId, accountId) => (request) => answer(world, administrators, cloudId, accountId, request),
    },
    controls: createLocalControls({
      clock,
      async pass(hours) {
        clock.advance(hours * 3_600_000);
        world.done.push(`pass ${hours} hours`);
      },
      faults: createFaults(/** @type {any} */ ({ table: () => memoryTable() })),
      people: {
        accounts: () => world.accounts,
        setActive(accountId, active) {
          const found = world.accounts.find((candidate) => candidate.accountId === accountId);
          if (found) found.active = active;
        },
        setAdministrator: (accountId, on) => void (on ? administrators.add(accountId) : administrators.delete(accountId)),
        isAdministrator: (accountId) => administrators.has(accountId),
      },
      grants: {
        revoke: async (accountId) => void world.done.push(`revoke ${accountId}`),
        changePassword: async (accountId) => void world.done.push(`password ${accountId}`),
        setLeeway: (on) => void (leeway = on),
        leeway: () => leeway,
      },
      schedule: {
        list: () => [{ key: 'upkeep', interval: 'hour', nextRun: clock.now() }],
        async run(key) {
          world.done.push(`run ${key}`);
          return { success: true };
        },
      },
      app: { version: () => '1.0.0', upgrade: async () => Boolean(world.done.push('upgrade')) },
      deliveries: () => [{ at: clock.now(), event: 'comment_created', outcome: 'willRetry', status: 503 }],
      violations: () => contentServer.violations(),
      support: {
        door: () => 'http://127.0.0.1:1/x1/door',
        ask: async ({ instanceId, hours }) => world.done.push(`support asks ${instanceId} for ${hours} hours`) > 0 && instanceId !== '',
      },
      reset: async () => void world.done.push('reset'),
    }),
    log,
  });
  servers.jira.on('request', chrome.handler);
  servers.content.on('request', contentServer.handler);
  return world;
}

/**
 * @param {World} world
 * @param {import('../src/platform/invoker.js').Call} call
 * @returns {Promise<import('../src/platform/isolate.js').Result>}
 */
async function invoke(world, { payload, accountId }) {
  const { call, context } = /** @type {any} */ (payload);
  const invocation = { ...call, context, accountId };
  world.invocations.push(invocation);
  try {
    return { success: true, body: await world.resolve(invocation) };
  } catch (error) {
    return failure('Error', /** @type {Error} */ (error).message);
  }
}

/**
 * @param {World} world
 * @param {Set<string>} administrators
 * @param {string} cloudId
 * @param {string} accountId
 * @param {JiraRequest} request
 * @returns {JiraResponse}
 */
function answer(world, administrators, cloudId, accountId, { method, path, body }) {
  const site = SITES.find((candidate) => candidate.cloudId === cloudId)?.name ?? '';
  const author = world.accounts.find((candidate) => candidate.accountId === accountId);
  const { pathname } = new URL(path, 'http://jira');
  const key = site === 'example' ? 'APP-1' : 'PAR-1';
  const issue = {
    id: '10001',
    key,
    fields: {
      summary: `First thing on ${site} <b>`,
      description: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Described.' }] }] },
      status: { name: 'To do' },
      issuetype: { id: '1', name: 'Task' },
      project: { id: '1', key: key.slice(0, 3), projectTypeKey: 'software' },
      reporter: { displayName: 'Maria Keller' },
    },
  };
  if (pathname === '/rest/api/3/myself') return { status: 200, headers: [], body: { accountId, displayName: author?.name } };
  if (pathname === '/rest/api/3/mypermissions') {
    return { status: 200, headers: [], body: { permissions: { ADMINISTER: { havePermission: administrators.has(accountId) } } } };
  }
  if (pathname === '/rest/api/3/project/search') {
    return { status: 200, headers: [], body: { values: [{ key: key.slice(0, 3), name: `Project on ${site}` }] } };
  }
  if (pathname === `/rest/api/3/project/${key.slice(0, 3)}`) return { status: 200, headers: [], body: { name: `Project on ${site}` } };
  if (pathname === '/rest/api/3/project/BARE') return { status: 200, headers: [], body: { name: 'Without issues' } };
  if (pathname === `/rest/api/3/issue/${key}`) return { status: 200, headers: [], body: issue };
  if (pathname === `/rest/api/3/issue/${key}/comment` && method === 'POST') {
    world.comments.push({ account: accountId, site, body: /** @type {any} */ (body).body });
    return { status: 201, headers: [], body: {} };
  }
  if (pathname === `/rest/api/3/issue/${key}/comment`) {
    const comments = world.comments.map((comment, index) => ({
      id: String(index),
      author: { accountId: comment.account, displayName: author?.name },
      body: comment.body,
      created: '2026-11-21T09:00:00.000+0000',
    }));
    return { status: 200, headers: [], body: { comments } };
  }
  return { status: 404, headers: [], body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} } };
}

/**
 * @param {string} accountId
 * @param {string} name
 * @returns {Account}
 */
const account = (accountId, name) => ({
  accountId,
  name,
  email: `${accountId}@example.com`,
  picture: '',
  accountType: 'atlassian',
  active: true,
  status: 'active',
  sites: SITES.map(({ cloudId }) => cloudId),
});

function memoryTable() {
  const values = new Map();
  return {
    get: (/** @type {string} */ key) => values.get(key),
    put: (/** @type {string} */ key, /** @type {unknown} */ value) => void values.set(key, value),
    remove: (/** @type {string} */ key) => values.delete(key),
  };
}

/** @param {import('node:http').Server} server */
async function listening(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}
