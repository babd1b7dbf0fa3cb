// @ts-check
/**
 * The sites of this Jira: the first one has the app and the root of the origin, the others have a folder each.
 *
 * @import { LinkGroup } from './layout.js'
 * @import { UiModule } from './modules.js'
 */
import { pagePath } from './modules.js';

/** @typedef {{ cloudId: string, name: string, url: string }} SiteIdentity */
/** @typedef {SiteIdentity & { base: string, hasApp: boolean }} PlacedSite `base`: path of its pages */

/**
 * @param {SiteIdentity[]} identities
 * @returns {PlacedSite[]}
 */
export const placed = (identities) =>
  identities.map((identity, position) => ({
    ...identity,
    base: position === 0 ? '' : `/sites/${identity.name}`,
    hasApp: position === 0,
  }));

/**
 * @param {PlacedSite[]} sites
 * @param {string} path of a request
 */
export const siteOf = (sites, path) =>
  sites.find(({ base, hasApp }) => !hasApp && (path === base || path.startsWith(`${base}/`))) ?? sites[0];

/**
 * @param {PlacedSite[]} sites
 * @param {PlacedSite} site that is shown
 * @param {UiModule[]} modules
 * @returns {LinkGroup[]}
 */
export function navigation(sites, site, modules) {
  /** @param {string} type */
  const pages = (type) =>
    site.hasApp
      ? modules.filter((module) => module.type === type).map((module) => ({ path: pagePath(module) ?? '/', label: module.title }))
      : [];
  const groups = [
    {
      heading: null,
      links: [
        { path: `${site.base}/`, label: 'Home' },
        { path: `${site.base}/jira/projects`, label: 'Projects' },
      ],
    },
    { heading: 'Apps', links: pages('jira:globalPage') },
    { heading: 'Jira settings', links: pages('jira:adminPage') },
    {
      heading: 'You',
      links: [{ path: `${site.base}/jira/settings/personal`, label: 'Personal settings' }, ...pages('jira:personalSettingsPage')],
    },
    {
      heading: 'This machine',
      links: [
        { path: '/local', label: 'Local controls' },
        ...sites.filter((other) => other !== site).map(({ base, name }) => ({ path: `${base}/`, label: `Site “${name}”` })),
      ],
    },
  ];
  return groups.filter(({ links }) => links.length > 0);
}
