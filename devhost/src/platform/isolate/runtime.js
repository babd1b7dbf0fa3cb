// @ts-check
/** `__forge_runtime__`: one object an invocation, found through the asynchronous context and through nothing else. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** @import { InvokeMessage } from './messages.js' */

/** Metrics go nowhere here; the SDKs call them on every path, so each must exist. */
const NO_METRICS = {
  counter: () => ({ incr() {}, incrBy() {}, decr() {}, decrBy() {} }),
  timing: () => ({ measure: () => ({ stop() {} }) }),
  gauge: () => ({ set() {} }),
};

/** @typedef {{ id: string, startedAt: number, fetches: number, runtime: Record<string, any> }} Running */

/** @type {AsyncLocalStorage<Running>} */
const running = new AsyncLocalStorage();

/** The invocation that the running code belongs to. */
export const currentInvocation = () => running.getStore();

export function installRuntime() {
  Object.defineProperty(globalThis, '__forge_runtime__', {
    configurable: true,
    get: () => currentInvocation()?.runtime,
  });
}

/**
 * @template T
 * @param {InvokeMessage} message
 * @param {string} bundleDir
 * @param {() => T} work
 * @returns {T}
 */
export function runInvocation(message, bundleDir, work) {
  const startedAt = performance.now();
  const runtime = {
    ...message.runtime,
    appContext: withAris(message.runtime.appContext),
    lambdaContext: {
      awsRequestId: message.id,
      getRemainingTimeInMillis: () => Math.max(0, Math.round(message.timeoutMs - (performance.now() - startedAt))),
    },
    metrics: NO_METRICS,
    // The boundary is reached by messages, so that there is neither an address nor a token to give.
    proxy: { token: '', url: '' },
    container: {
      region: 'local',
      runtime: `nodejs${process.versions.node}`,
      handler: message.exportName,
      appCodeDir: bundleDir,
    },
    externalAuth: [],
    realtime: {},
    featureFlags: () => false,
  };
  return running.run({ id: message.id, startedAt, fetches: 0, runtime }, work);
}

/**
 * Functions do not cross to a worker, and the ARIs of an installation are objects with `toString`.
 * @param {Record<string, any>} appContext
 */
function withAris(appContext) {
  const { installation } = appContext;
  const ari = (/** @type {object} */ fields, /** @type {string} */ text) => ({
    ...fields,
    toString: () => text,
    toJSON: () => text,
  });
  return {
    ...appContext,
    installation: {
      ari: ari(
        { installationId: installation.ari.installationId },
        `ari:cloud:ecosystem::installation/${installation.ari.installationId}`,
      ),
      contexts: installation.contexts.map((/** @type {{ cloudId: string }} */ { cloudId }) =>
        ari({ cloudId }, `ari:cloud:jira::site/${cloudId}`),
      ),
    },
  };
}
