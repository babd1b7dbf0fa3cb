// @ts-check
/** The Forge backend on one machine. This file only puts the parts together. */
import { openAppEvents } from './boundary/app-events.js';
import { openBoundary } from './boundary.js';
import { openEvents } from './events.js';
import { openInstallation } from './installation.js';
import { openInvoker } from './invoker.js';
import { openIsolate } from './isolate.js';
import { openJira } from './boundary/jira.js';
import { openKvs } from './kvs.js';
import { openLifecycle } from './lifecycle.js';
import { openQueue } from './queue.js';
import { openQueueApi } from './boundary/queue.js';
import { openRates } from './rates.js';
import { openRecords } from './kvs/records.js';
import { openResolver } from './resolver.js';
import { openSchedule } from './schedule.js';
import { openStargate } from './boundary/stargate.js';
import { openStorage } from './boundary/storage.js';
import { openWebTriggerApi } from './boundary/web-trigger-api.js';
import { openWebTriggers } from './web-triggers.js';
import { openWebTriggerUrls } from './web-trigger-urls.js';
import { readManifest } from './manifest.js';
import { EGRESS } from './limits.js';

/**
 * @typedef {object} Clock
 * @property {() => number} now milliseconds since the epoch
 * @property {() => number} offset milliseconds ahead of the machine
 * @property {(listener: () => void) => () => void} onShift called when the time jumps; answers how to stop listening
 */

/**
 * @typedef {object} Faults
 * @property {(name: string) => unknown} active the value of a fault that is on, else something falsy; asking spends a
 *   fault that strikes once
 */

/**
 * @typedef {object} PlatformOptions
 * @property {string} manifestPath
 * @property {string} bundleDir where the bundler put `index.cjs`
 * @property {import('../store.js').Store} store
 * @property {Clock} clock
 * @property {Faults} faults
 * @property {Record<string, string>} variables Forge variables: all that functions find in `process.env`
 * @property {import('./boundary/jira.js').Jira} jira
 * @property {Record<string, string>} tokenOrigins addresses of the manifest, and what stands for each on this machine
 * @property {string} webTriggerOrigin where {@link Platform.webTrigger} is served
 * @property {(text: string) => void} log
 * @property {string} cloudId of the site where the app is installed
 * @property {number} [queryLagMs] how long queries go on seeing what was there before a write
 * @property {boolean} [enforceRates] whether requests per second and minute are limited as on Forge
 * @property {import('./invoker.js').License} [license] for a manifest with licensing
 */

/**
 * @typedef {object} Platform
 * @property {import('./resolver.js').InvokeResolver} invokeResolver
 * @property {ReturnType<typeof openWebTriggers>} webTrigger handler of the web trigger origin
 * @property {(moduleKey: string) => string} webTriggerUrl
 * @property {import('./schedule.js').Schedule} schedule
 * @property {import('./lifecycle.js').Lifecycle} lifecycle
 * @property {{ totals(): import('./queue.js').JobStats, settle(): Promise<void> }} queue
 * @property {import('./manifest.js').Manifest} manifest
 * @property {import('./installation.js').Installation} app who the app is here
 * @property {() => Promise<void>} close
 */

/** An active licence, as an evaluation on a development site has it. */
const EVALUATION = { active: true, isActive: true, type: 'DEVELOPER', billingPeriod: 'MONTHLY', isEvaluation: true };

/**
 * @param {PlatformOptions} options
 * @returns {Platform}
 */
export function createPlatform({
  manifestPath,
  bundleDir,
  store,
  clock,
  faults,
  variables,
  jira,
  tokenOrigins,
  webTriggerOrigin,
  log,
  cloudId,
  queryLagMs = 500,
  enforceRates = true,
  license = EVALUATION,
}) {
  const manifest = readManifest(manifestPath);
  const installation = openInstallation({ store, appId: manifest.appId, cloudId });
  const rates = openRates({ clock, enforced: enforceRates });
  const isolate = openIsolate({
    bundleDir,
    variables,
    memoryMB: manifest.memoryMB,
    egress: manifest.egress.map((address) => tokenOrigins[address] ?? address),
    fetchesPerMinute: EGRESS.fetchesPerMinute,
    clock,
    log,
  });

  const invoke = openInvoker({
    manifest,
    installation,
    isolate,
    boundary: (request, caller) => boundary(request, caller),
    clock,
    faults,
    rates,
    license: manifest.licensed ? license : undefined,
    log,
  });
  const deliver = openEvents({ manifest, invoke });
  const queue = openQueue({ store, clock, manifest, invoke, log });
  const schedule = openSchedule({ store, clock, manifest, installation, invoke });
  const urls = openWebTriggerUrls({ store, clock, origin: webTriggerOrigin });
  const kvs = openKvs({ records: openRecords({ store, clock, queryLagMs }), entities: manifest.entities });
  const boundary = openBoundary({
    storage: openStorage({ kvs, manifest, faults, rates }),
    jira: openJira({ jira, manifest, cloudId, log }),
    stargate: openStargate({
      graphql: openWebTriggerApi({ urls, manifest, installation, rates }),
      queue: openQueueApi({ queue, manifest, rates }),
      appEvents: openAppEvents({ manifest, deliver }),
    }),
  });
  queue.start();

  return {
    invokeResolver: openResolver({ manifest, invoke }),
    webTrigger: openWebTriggers({ urls, manifest, invoke, log }),
    webTriggerUrl(moduleKey) {
      if (!manifest.webTriggers.some(({ key }) => key === moduleKey))
        throw new RangeError(`The manifest has no web trigger ${moduleKey}.`);
      return urls.urlOf(moduleKey);
    },
    schedule,
    lifecycle: openLifecycle({ manifest, installation, deliver }),
    queue: { totals: queue.totals, settle: queue.settle },
    manifest,
    app: installation,
    async close() {
      schedule.stop();
      queue.stop();
      await isolate.close();
    },
  };
}
