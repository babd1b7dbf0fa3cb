// @ts-check
/**
 * Which page is at which address of a site.
 *
 * @import { Fragment } from './html.js'
 * @import { UiModule } from './modules.js'
 * @import { Person } from './people.js'
 * @import { Site } from './site.js'
 * @import { Place } from './pages/home.js'
 * @import { PlacedSite } from './sites.js'
 */
import { Refusal } from './exchange.js';
import { html } from './html.js';
import { isHidden, isOnIssues, moduleOfPage, pagePath, runsOn } from './modules.js';
import { appPage } from './pages/app.js';
import { homePage, otherSiteHomePage } from './pages/home.js';
import { issuePage } from './pages/issue.js';
import { personalSettingsPage, profilePage } from './pages/people.js';
import { projectPage, projectsPage } from './pages/projects.js';
import { slot, moduleContext } from './slots.js';
import { time } from './time.js';

/** @typedef {{ title: string, content: Fragment, scripts?: string[], experience?: import('./modules.js').Experience }} Page */

const BRIDGE = ['bridge-host.js'];

/**
 * @param {object} parts
 * @param {UiModule[]} parts.modules
 * @param {{ appId: string, environmentId: string }} parts.app
 * @param {string} parts.contentOrigin
 * @param {Place[]} parts.places what the front page says of the addresses of this Jira
 * @param {() => PlacedSite[]} parts.sites
 * @param {() => Person[]} parts.people
 */
export function createSitePages({ modules, app, contentOrigin, places, sites, people }) {
  /**
   * @param {string} path below the base of the site
   * @param {Site} site as the person sees it
   * @param {Person} person
   * @returns {Promise<Page | null>}
   */
  return async (path, site, person) => {
    const page = await pageAt(path, site, person);
    if (page === null || !site.placed.hasApp) return page;
    const scripts = modules.filter((module) => runsOn(module, page.experience));
    if (scripts.length === 0) return page;
    const frames = scripts.map((module) => {
      const context = moduleContext({ module, site, person, app, issue: null });
      return slot({ module, context, place: {}, contentOrigin });
    });
    return { ...page, content: html`${page.content}${frames}`, scripts: BRIDGE };
  };

  /**
   * @param {string} path
   * @param {Site} site
   * @param {Person} person
   * @returns {Promise<Page | null>}
   */
  async function pageAt(path, site, person) {
    const { hasApp } = site.placed;
    const module = hasApp ? moduleOfPage(modules, path) : undefined;
    if (module !== undefined) return modulePage(module, site, person);

    const [first, second, third, ...more] = path.split('/').slice(1).map(decodedSegment);
    if (more.length > 0) return null;
    if (path === '/') return hasApp ? home(site, person) : otherHome(site);
    if (path === '/jira/projects') return { title: 'Projects', content: await projectsPage(site) };
    if (path === '/jira/settings/personal') return personalSettings(hasApp, person);
    if (first === 'jira' && second === 'projects') {
      return { title: third, content: await projectPage(site, third), experience: 'board' };
    }
    if (first === 'jira' && second === 'people') return profile(third);
    if (first === 'browse' && third === undefined) return issueView(second, site, person);
    return null;
  }

  /**
   * @param {Site} site
   * @param {Person} person
   * @returns {Promise<Page>}
   */
  async function home(site, person) {
    const [project] = await site.projects();
    const issues = project === undefined ? [] : await site.issues(project.key);
    const adminPages = modules.filter(({ type }) => type === 'jira:adminPage').map(titleAndPath);
    const otherSites = sites().filter(({ hasApp }) => !hasApp);
    const content = homePage({ person: person.displayName, adminPages, firstIssue: issues[0]?.key ?? null, otherSites, places });
    return { title: 'Home', content, experience: 'dashboard' };
  }

  /**
   * @param {Site} site
   * @returns {Page}
   */
  function otherHome({ placed }) {
    return { title: placed.name, content: otherSiteHomePage(placed, sites()[0].name) };
  }

  /**
   * @param {boolean} hasApp
   * @param {Person} person
   * @returns {Page}
   */
  function personalSettings(hasApp, person) {
    const pages = hasApp ? modules.filter(({ type }) => type === 'jira:personalSettingsPage') : [];
    return { title: 'Personal settings', content: personalSettingsPage(person, pages.map(titleAndPath)) };
  }

  /**
   * @param {string} accountId
   * @returns {Page | null}
   */
  function profile(accountId) {
    const person = people().find((candidate) => candidate.accountId === accountId);
    return person === undefined ? null : { title: person.displayName, content: profilePage(person) };
  }

  /**
   * @param {UiModule} module
   * @param {Site} site
   * @param {Person} person
   * @returns {Promise<Page>}
   */
  async function modulePage(module, site, person) {
    const context = moduleContext({ module, site, person, app, issue: null });
    const administrator = await site.isAdministrator();
    const content = appPage({ module, slot: slot({ module, context, place: {}, contentOrigin }), administrator });
    return { title: module.title, content, scripts: BRIDGE };
  }

  /**
   * @param {string} key
   * @param {Site} site
   * @param {Person} person
   * @returns {Promise<Page>}
   */
  async function issueView(key, site, person) {
    const issue = await site.issue(key);
    const shown = site.placed.hasApp ? modules.filter(isOnIssues) : [];
    const panels = shown.map((module) => {
      const context = moduleContext({ module, site, person, app, issue });
      const content = slot({ module, context, place: { issueKey: issue.key }, contentOrigin });
      return isHidden(module)
        ? content
        : html`<section class="app-panel" aria-label="${module.title}"><h2>${module.title}</h2>${content}</section>`;
    });
    return {
      title: `[${issue.key}] ${issue.fields.summary}`,
      content: issuePage({ site, issue, comments: await site.comments(key), panels, time }),
      scripts: shown.length > 0 ? BRIDGE : [],
      experience: 'issue-view',
    };
  }
}

/** @param {UiModule} module */
const titleAndPath = (module) => ({ title: module.title, path: pagePath(module) ?? '/' });

/** @param {string} segment */
function decodedSegment(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, 'The address is not spelt right.');
  }
}
