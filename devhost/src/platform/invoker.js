// @ts-check
/** Calls a function of the app as Forge calls it: with its two arguments, its runtime object, and within its limits. */
import { randomBytes, randomUUID } from 'node:crypto';
import { failure } from './isolate.js';
import { openInvocationLog } from './invocation-log.js';
import { INVOCATION } from './limits.js';

/** @import { ModuleName } from './manifest.js' */
/** @import { Result } from './isolate.js' */

/**
 * @typedef {object} Call
 * @property {string} functionKey
 * @property {ModuleName} module through which the function is called
 * @property {unknown} payload
 * @property {number} timeoutMs
 * @property {string} [accountId] of the person behind the call
 * @property {number} [cycle] how many queue events led here
 */

/** @typedef {(call: Call) => Promise<Result>} Invoke */

/**
 * @typedef {object} License
 * @property {boolean} active
 * @property {boolean} isActive the older name of `active`; Forge gives both
 * @property {string} [type]
 * @property {string} [billingPeriod]
 * @property {boolean} [isEvaluation]
 */

/**
 * @param {{
 *   manifest: import('./manifest.js').Manifest,
 *   installation: import('./installation.js').Installation,
 *   isolate: ReturnType<typeof import('./isolate.js').openIsolate>,
 *   boundary: ReturnType<typeof import('./boundary.js').openBoundary>,
 *   clock: import('./index.js').Clock,
 *   faults: import('./index.js').Faults,
 *   rates: ReturnType<typeof import('./rates.js').openRates>,
 *   license?: License,
 *   log: (text: string) => void,
 * }} parts
 * @returns {Invoke}
 */
export function openInvoker({ manifest, installation, isolate, boundary, clock, faults, rates, license, log }) {
  const facts = {
    installation: {
      ari: { installationId: installation.installationId },
      contexts: [{ cloudId: installation.cloudId }],
    },
    license,
  };

  return async ({ functionKey, module, payload, timeoutMs, accountId, cycle = 0 }) => {
    const appFunction = manifest.functions.get(functionKey);
    if (!appFunction) throw new RangeError(`The manifest has no function ${functionKey}.`);
    if (!installation.isInstalled()) return failure('NOT_INSTALLED', 'The app is not installed on this site.');
    if (!hasRoom(accountId)) return failure('RATE_LIMIT', 'The app was called too often in the last minute.');
    const context = {
      installContext: installation.contextAri,
      ...(accountId === undefined ? {} : { principal: { accountId } }),
      ...facts,
    };
    const event = JSON.stringify([payload, context]);
    if (Buffer.byteLength(event) > INVOCATION.payloadBytes) {
      return failure('PAYLOAD_TOO_LARGE', `The function was called with more than ${INVOCATION.payloadBytes} bytes.`);
    }

    const id = randomUUID();
    return isolate.invoke({
      id,
      file: appFunction.file,
      exportName: appFunction.exportName,
      event,
      runtime: {
        contextAri: installation.contextAri,
        aaid: accountId,
        tracing: { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') },
        appContext: {
          appId: installation.appId,
          appVersion: installation.appVersion(),
          environmentId: installation.environmentId,
          environmentType: 'DEVELOPMENT',
          installationId: installation.installationId,
          invocationId: id,
          functionKey,
          moduleType: module.type,
          moduleKey: module.key,
          ...facts,
          permissions: { scopes: manifest.scopes, external: manifest.permissions.external },
        },
      },
      timeoutMs,
      maximumBytes: INVOCATION.payloadBytes,
      boundary: (request) => boundary(request, { accountId, cycle }),
      log: openInvocationLog({ functionKey, clock, log }),
      crashes: Boolean(faults.active('functionCrash')),
    });
  };

  /** @param {string | undefined} accountId */
  function hasRoom(accountId) {
    const minute = 60_000;
    return (
      rates('invocations', INVOCATION.perInstallationPerMinute, minute) &&
      (accountId === undefined || rates(`invocations by ${accountId}`, INVOCATION.perUserPerMinute, minute))
    );
  }
}
