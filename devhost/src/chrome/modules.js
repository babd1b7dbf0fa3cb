// @ts-check
/**
 * The modules of the app that have something to show, and where this Jira shows them.
 *
 * @import { Manifest } from '../platform/manifest.js'
 */

/**
 * @typedef {object} UiModule
 * @property {string} type such as `jira:adminPage`
 * @property {string} key
 * @property {string} title
 * @property {string} resource key of the static resource
 * @property {Experience[]} experiences on which pages a background script of the whole site runs
 */

/** @typedef {'all' | 'board' | 'dashboard' | 'issue-view'} Experience as the manifest names it */

/** Module types that are a page of their own, and the path that their pages are under. */
const PAGE_FOLDERS = {
  'jira:adminPage': '/jira/settings/apps',
  'jira:personalSettingsPage': '/jira/settings/personal/apps',
  'jira:globalPage': '/jira/apps',
};

/** Module types that the issue view has room for. */
const ON_ISSUES = ['jira:issuePanel', 'jira:issueContext', 'jira:issueActivity', 'jira:issueViewBackgroundScript'];

/**
 * @param {Manifest} manifest
 * @returns {UiModule[]} in the order of the manifest
 */
export function uiModules(manifest) {
  const byType = /** @type {Record<string, any[]>} */ (manifest.document.modules ?? {});
  return Object.entries(byType).flatMap(([type, entries]) =>
    entries
      .filter((entry) => typeof entry.resource === 'string')
      .map((entry) => ({
        type,
        key: entry.key,
        title: typeof entry.title === 'string' ? entry.title : entry.key,
        resource: entry.resource,
        experiences: type === 'jira:globalBackgroundScript' ? entry.experience : [],
      })),
  );
}

/**
 * @param {UiModule} module
 * @returns {string | null} the path of its page
 */
export function pagePath({ type, key }) {
  const folder = PAGE_FOLDERS[/** @type {keyof typeof PAGE_FOLDERS} */ (type)];
  return folder === undefined ? null : `${folder}/${key}`;
}

/**
 * @param {UiModule[]} modules
 * @param {string} path of a request
 * @returns {UiModule | undefined} the module whose page this is; an app may put paths of its own below it
 */
export function moduleOfPage(modules, path) {
  return modules.find((module) => {
    const page = pagePath(module);
    return page !== null && (path === page || path.startsWith(`${page}/`));
  });
}

/** @param {UiModule} module */
export const isOnIssues = ({ type }) => ON_ISSUES.includes(type);

/**
 * @param {UiModule} module
 * @param {Experience | undefined} experience that a page is; most are none of those that have a name
 */
export const runsOn = ({ experiences }, experience) =>
  experiences.includes('all') || (experience !== undefined && experiences.includes(experience));

/**
 * A background script runs in a frame that nobody sees.
 *
 * @param {UiModule} module
 */
export const isHidden = ({ type }) => type.endsWith('BackgroundScript');
