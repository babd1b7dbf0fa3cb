// @ts-check
/** What happens to an app on a site, and the events that tell the app. */
import { appAri, environmentAri, installationAri } from './installation.js';

/** @import { Result } from './isolate.js' */

/**
 * @typedef {object} Lifecycle
 * @property {(accountId: string) => Promise<Result[]>} install results of the app's triggers; none when it is installed already
 * @property {() => Promise<Result[]>} upgrade a new version of the app reaches the site
 */

/**
 * @param {{ manifest: import('./manifest.js').Manifest, installation: import('./installation.js').Installation, deliver: import('./events.js').Deliver }} parts
 * @returns {Lifecycle}
 */
export function openLifecycle({ manifest, installation, deliver }) {
  const subject = () => ({
    id: installationAri(installation),
    app: { id: appAri(installation), version: installation.appVersion(), name: manifest.name },
    environment: { id: environmentAri(installation) },
  });
  return {
    async install(accountId) {
      if (installation.isInstalled()) return [];
      installation.markInstalled(accountId);
      return deliver('avi:forge:installed:app', { ...subject(), installerAccountId: accountId });
    },
    async upgrade() {
      installation.nextVersion();
      return deliver('avi:forge:upgraded:app', subject());
    },
  };
}
