// @ts-check
/** Who the app is here: its environment, its version and its one installation, kept for as long as the state is. */
import { randomUUID } from 'node:crypto';

/**
 * @typedef {object} Installation
 * @property {string} appId
 * @property {string} environmentId
 * @property {string} installationId
 * @property {string} cloudId of the site where the app is installed
 * @property {string} contextAri the ARI of that site
 * @property {() => string} appVersion
 * @property {() => boolean} isInstalled
 * @property {(accountId: string) => void} markInstalled
 * @property {() => void} nextVersion
 */

/**
 * @param {{ store: import('../store.js').Store, appId: string, cloudId: string }} parts
 * @returns {Installation}
 */
export function openInstallation({ store, appId, cloudId }) {
  const table = store.table('installation');
  const first = { environmentId: randomUUID(), installationId: randomUUID(), appVersion: '1.0.0' };
  const record = table.get('app') ?? first;
  const save = () => table.put('app', record);
  save();
  return {
    appId,
    environmentId: record.environmentId,
    installationId: record.installationId,
    cloudId,
    contextAri: `ari:cloud:jira::site/${cloudId}`,
    appVersion: () => record.appVersion,
    isInstalled: () => record.installerAccountId !== undefined,
    markInstalled(accountId) {
      record.installerAccountId = accountId;
      save();
    },
    nextVersion() {
      const [major, minor] = record.appVersion.split('.').map(Number);
      record.appVersion = `${major}.${minor + 1}.0`;
      save();
    },
  };
}

/** @param {Pick<Installation, 'appId'>} installation */
export const appAri = ({ appId }) => `ari:cloud:ecosystem::app/${appId}`;

/** @param {Pick<Installation, 'appId' | 'environmentId'>} installation */
export const environmentAri = ({ appId, environmentId }) =>
  `ari:cloud:ecosystem::environment/${appId}/${environmentId}`;

/** @param {Pick<Installation, 'installationId'>} installation */
export const installationAri = ({ installationId }) => `ari:cloud:ecosystem::installation/${installationId}`;
