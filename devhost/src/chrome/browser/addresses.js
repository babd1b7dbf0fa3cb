// @ts-check
/**
 * Where `router.navigate`, `router.open` and `router.getUrl` lead.
 */
import { confirmLeaving } from './leaving.js';

/** @typedef {{ url: string } | ({ target: string } & Record<string, string | undefined>)} Destination */

/**
 * @typedef {object} Surroundings
 * @property {{ address: string, base: string }[]} sites address of each site, and where it is found on this origin
 * @property {Record<string, string>} modulePages path of the page of each module that has one
 */

/**
 * An address of one of the sites becomes the address of the local copy.
 *
 * @param {Destination} destination
 * @returns {URL}
 * @throws {Error} when there is no such place
 */
export function address(destination) {
  const { sites, modulePages } = surroundings();
  if ('url' in destination && destination.url !== undefined) {
    const url = new URL(destination.url, window.location.origin);
    const site = sites.find((candidate) => new URL(candidate.address).origin === url.origin);
    return site === undefined ? url : new URL(site.base + url.pathname + url.search + url.hash, window.location.origin);
  }
  return new URL(pathOf(/** @type {Record<string, string>} */ (destination), modulePages), window.location.origin);
}

/**
 * @param {Record<string, string>} destination
 * @param {Record<string, string>} modulePages
 */
function pathOf(destination, modulePages) {
  switch (destination.target) {
    case 'issue':
      return `/browse/${encodeURIComponent(destination.issueKey)}`;
    case 'userProfile':
      return `/jira/people/${encodeURIComponent(destination.accountId)}`;
    case 'dashboard':
      return `/jira/dashboards/${encodeURIComponent(destination.dashboardId)}`;
    case 'projectSettingsDetails':
      return `/jira/core/projects/${encodeURIComponent(destination.projectKey)}/settings/details`;
    case 'module':
      if (modulePages[destination.moduleKey] === undefined) {
        throw new Error(`The module "${destination.moduleKey}" has no page of its own.`);
      }
      return modulePages[destination.moduleKey] + (destination.path ?? '');
    default:
      throw new Error(`Jira has no target "${destination.target}".`);
  }
}

/**
 * Inside the site at once; to anywhere else only after the person agrees, and in a new tab.
 *
 * @param {Destination & { type: 'same-tab' | 'new-tab' }} destination
 * @returns {Promise<void>} rejects when the person declines
 */
export async function navigate(destination) {
  const url = address(destination);
  if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) throw new Error(`"${url.protocol}" is no address of a page.`);
  if (url.origin !== window.location.origin) {
    await confirmLeaving(url);
    return;
  }
  if (destination.type === 'same-tab') window.location.assign(url);
  else openTab(url);
}

/**
 * The new tab gets no hold on this one.
 *
 * @param {URL} url
 * @throws {Error} when the browser keeps the tab from opening
 */
export function openTab(url) {
  const tab = window.open('', '_blank');
  if (tab === null) throw new Error('The browser did not open a new tab.');
  tab.opener = null;
  tab.location.replace(url);
}

/** @returns {Surroundings} */
function surroundings() {
  return JSON.parse(document.body.dataset.surroundings ?? '');
}
