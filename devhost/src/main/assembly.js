// @ts-check
/**
 * Puts the parts of the local Jira together over one folder of state.
 *
 * @import { Handlers, Origins } from './listeners.js'
 * @import { Sandbox } from '../atlassian/sandbox.js'
 * @import { Store } from '../store.js'
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAuthorizationServer } from '../atlassian/authorization-server/index.js';
import { createClock } from '../atlassian/clock.js';
import { createFaults } from '../atlassian/faults.js';
import { createGateway } from '../atlassian/gateway.js';
import { createSandbox } from '../atlassian/sandbox.js';
import { createChrome } from '../chrome/chrome.js';
import { createContent, resourceFolders } from '../chrome/custom-ui/content.js';
import { createLocalControls } from '../chrome/local-controls.js';
import { connectEverybody } from '../demo/connected.js';
import { canSignIn, peopleOf } from '../chrome/people.js';
import { createPlatform } from '../platform/index.js';
import { openPassage } from '../platform/passage.js';
import { openStore } from '../store.js';
import { openSupportDesk } from '../support-desk.js';
import { BUNDLE } from './requirements.js';
import { openSeed } from './seed.js';
import { stopping } from './state.js';

/**
 * @typedef {object} Assembly
 * @property {Handlers} handlers
 * @property {() => Promise<void>} begin once the handlers serve: tells the app that it is installed, on the first start,
 *   lets time run its scheduled triggers, and does what the seed wants done with the app
 * @property {() => Promise<void>} close
 */

/** How many attempts to deliver webhooks the local controls remember. */
const SHOWN_DELIVERIES = 20;

/** The web trigger that is the app's registered redirect URI. */
const REDIRECT = 'redirect';

/** The web trigger by which support comes in. */
const SUPPORT = 'support';

/**
 * @param {object} options
 * @param {string} options.root of the repository
 * @param {string} options.state folder
 * @param {import('./seed.js').SeedName} options.seed for a sandbox that does not exist yet
 * @param {Origins} options.origins
 * @param {() => Promise<void>} options.reset deletes everything and assembles anew
 * @param {(line: string) => void} options.log
 * @returns {Promise<Assembly>}
 * @throws {import('./stop.js').Stop} when another process holds the folder
 */
export async function assemble({ root, state, seed, origins, reset, log }) {
  const store = stopping(() => openStore(state));
  const clock = createClock(store);
  const faults = createFaults(store);
  const client = registeredClient(store);
  const supportKey = drawnOnce(store, 'support key');
  const planted = openSeed(store, seed);
  /** @type {import('../atlassian/deliveries.js').Outcome[]} */
  const deliveries = [];
  const sandbox = await createSandbox({
    store,
    clock,
    faults,
    seed: planted.sandbox,
    webTriggerOrigin: origins.webTriggers,
    client,
    onDelivery(outcome) {
      deliveries.unshift(outcome);
      deliveries.length = Math.min(deliveries.length, SHOWN_DELIVERIES);
    },
  });
  const [site] = sandbox.sites();

  const platform = createPlatform({
    manifestPath: join(root, 'manifest.yml'),
    bundleDir: join(root, BUNDLE),
    store,
    clock,
    faults,
    variables: {
      CLIENT_ID: client.id,
      CLIENT_SECRET: client.secret,
      SUPPORT_KEY: supportKey,
      AUTHORIZATION_ORIGIN: origins.authorization,
      API_ORIGIN: origins.api,
    },
    jira: answerOf(sandbox),
    tokenOrigins: { 'https://auth.atlassian.com': origins.authorization, 'https://api.atlassian.com': origins.api },
    webTriggerOrigin: origins.webTriggers,
    log,
    cloudId: site.cloudId,
  });
  const authorizationServer = createAuthorizationServer({
    origin: origins.authorization,
    store,
    clock,
    faults,
    sandbox,
    client: { ...client, redirectUris: () => [platform.webTriggerUrl(REDIRECT)] },
  });
  const content = createContent({
    origin: origins.content,
    hostOrigin: origins.jira,
    resources: resourceFolders(platform.manifest.document.resources ?? [], root),
    bundleDir: join(root, BUNDLE),
    permissions: platform.manifest.permissions,
    now: clock.now,
    log,
  });
  const support = openSupportDesk({ key: supportKey, clock, door: () => platform.webTriggerUrl(SUPPORT) });
  const { control: grants } = authorizationServer;
  const chrome = createChrome({
    origins,
    platform,
    jira: {
      sites: sandbox.sites,
      accounts: sandbox.accounts,
      asPerson: (cloudId, accountId) => (request) => sandbox.jiraUndisturbed(cloudId, { type: 'forgeUser', accountId }, request),
      asApp: (cloudId, accountId) => (request) => sandbox.jira(cloudId, { type: 'forgeUser', accountId }, request),
    },
    controls: createLocalControls({
      clock,
      pass: openPassage({ clock, schedule: platform.schedule, queue: platform.queue }),
      faults,
      people: {
        accounts: sandbox.accounts,
        setActive: (accountId, active) => void sandbox.control('setActive', accountId, active),
        setAdministrator: (accountId, on) => void sandbox.control(on ? 'grantAdmin' : 'revokeAdmin', site.cloudId, accountId),
        isAdministrator: (accountId) => isAdministrator(sandbox, site.cloudId, accountId),
      },
      grants,
      schedule: platform.schedule,
      app: {
        version: platform.app.appVersion,
        upgrade: async () => succeeded(await platform.lifecycle.upgrade(), log),
      },
      deliveries: () => deliveries,
      violations: content.violations,
      support,
      reset,
    }),
    log,
  });

  return {
    handlers: {
      jira: chrome.handler,
      content: content.handler,
      authorization: authorizationServer.handler,
      api: createGateway({ origin: origins.api, sandbox, authorizationServer }),
      webTriggers: platform.webTrigger,
    },
    async close() {
      await platform.close();
      authorizationServer.close();
      sandbox.close();
      clock.close();
      await store.close();
    },
    async begin() {
      const installer = peopleOf(sandbox.accounts()).find(canSignIn);
      succeeded(await platform.lifecycle.install(installer?.accountId ?? ''), log);
      platform.schedule.start();
      if (!planted.wantsConnections()) return;
      try {
        await connectEverybody({ cloudId: site.cloudId, sandbox, invokeResolver: platform.invokeResolver, grants, support });
        planted.connected();
      } catch (error) {
        log(`The people of the demo could not be connected: ${/** @type {Error} */ (error).message}`);
      }
    },
  };
}

/**
 * @param {import('../platform/isolate.js').Result[]} results of the app's lifecycle triggers
 * @param {(line: string) => void} log
 */
function succeeded(results, log) {
  for (const result of results) if (!result.success) log(`The app failed at a lifecycle event: ${result.error.errorMessage}`);
  return results.every(({ success }) => success);
}

/**
 * The app as the developer console would have registered it. The secret is drawn once and never shown.
 *
 * @param {Store} store
 * @returns {{ id: string, secret: string, name: string }}
 */
function registeredClient(store) {
  return { id: 'integration-plus-local', secret: drawnOnce(store, 'secret'), name: 'Integration+' };
}

/**
 * What the developer and Atlassian would share, drawn on the first start.
 *
 * @param {Store} store
 * @param {string} name
 * @returns {string}
 */
function drawnOnce(store, name) {
  const table = store.table('registered client');
  const drawn = table.get(name) ?? randomBytes(32).toString('base64url');
  table.put(name, drawn);
  return drawn;
}

/**
 * The sandbox speaks JSON documents; the platform hands through what a function sent and what it gets, as text.
 *
 * @param {Sandbox} sandbox
 * @returns {import('../platform/boundary/jira.js').Jira}
 */
function answerOf(sandbox) {
  return async (cloudId, principal, { method, path, body: text }) => {
    let body;
    try {
      body = text ? JSON.parse(text) : undefined;
    } catch {
      return { status: 400, headers: {}, body: JSON.stringify({ errorMessages: ['The body is not JSON.'], errors: {} }) };
    }
    const response = await sandbox.jira(cloudId, principal, { method, path, body });
    const hasBody = response.body !== undefined && response.body !== null;
    return {
      status: response.status,
      headers: { ...(hasBody && { 'content-type': 'application/json;charset=UTF-8' }), ...Object.fromEntries(response.headers) },
      body: hasBody ? JSON.stringify(response.body) : null,
    };
  };
}

/**
 * @param {Sandbox} sandbox
 * @param {string} cloudId
 * @param {string} accountId
 */
function isAdministrator(sandbox, cloudId, accountId) {
  const request = { method: 'GET', path: '/rest/api/3/mypermissions?permissions=ADMINISTER' };
  const { status, body } = sandbox.jiraUndisturbed(cloudId, { type: 'forgeUser', accountId }, request);
  return status === 200 && /** @type {any} */ (body).permissions.ADMINISTER.havePermission;
}
