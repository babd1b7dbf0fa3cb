// @ts-check
// A Jira with thousands of projects, each as wide as Jira describes one, in front of the agreeable Atlassian.
'use strict';

/** @import { Answer, Atlassian } from '../../../tests/boundary/platform.cjs' */

/** The most that Jira lists on a page of projects. */
const PAGE = 100;

/** Of so many projects the candidate sees one less. */
const LOST_ONE_IN = 50;

/** How many people Jira finds for a lost project. */
const PEOPLE = 100;

const FIRST_ID = 10_000;

/** @param {unknown} body @returns {Answer} */
const ok = (body) => ({ status: 200, body });

/** @param {number} nth */
function project(nth) {
  const id = String(FIRST_ID + nth);
  const self = `https://example.atlassian.net/rest/api/3/project/${id}`;
  const avatar = `https://example.atlassian.net/rest/api/3/universal_avatar/view/type/project/avatar/${id}`;
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    self,
    id,
    key: `PRJ${nth}`,
    name: `Project number ${nth} of a site with a great many of them`,
    avatarUrls: Object.fromEntries(['48x48', '24x24', '16x16', '32x32'].map((size) => [size, `${avatar}?size=${size}`])),
    projectCategory: { self: `${self}/category`, id: '10100', name: 'Products', description: 'What customers buy, and what they buy it with.' },
    projectTypeKey: nth % 10 === 0 ? 'service_desk' : 'software',
    simplified: false,
    style: 'classic',
    isPrivate: false,
    properties: {},
    entityId: `00000000-0000-4000-8000-${id.padStart(12, '0')}`,
    uuid: `00000000-0000-4000-8000-${id.padStart(12, '0')}`,
  };
}

/** @param {number} nth */
function person(nth) {
  const accountId = `5b10a2844c20165700e${String(nth).padStart(5, '0')}`;
  const avatar = `https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/${accountId}`;
  return {
    self: `https://example.atlassian.net/rest/api/3/user?accountId=${accountId}`,
    accountId,
    accountType: 'atlassian',
    active: true,
    displayName: `Person number ${nth}`,
    timeZone: 'Europe/London',
    locale: 'en_GB',
    avatarUrls: Object.fromEntries(['48x48', '24x24', '16x16', '32x32'].map((size) => [size, `${avatar}/${size}`])),
  };
}

/**
 * @param {Atlassian} atlassian who answers everything else
 * @param {number} projects how many there are
 * @param {string} candidate who sees a few less
 */
function largeSite(atlassian, projects, candidate) {
  const spent = { calls: 0, points: 0 };

  /** What a request costs by Jira's published rule: one, and one for each object of Jira or two for each of identity. */
  const spend = (/** @type {number} */ objects, /** @type {number} */ each) => {
    spent.calls += 1;
    spent.points += 1 + objects * each;
  };

  /**
   * Of a page of the site's people those who may browse a project: all of them, and in every other lost project so few that
   * Jira names nobody however far it looks.
   * @param {number} startAt
   * @param {number} nth
   */
  const people = (startAt, nth) => {
    const found = (FIRST_ID + nth) % (2 * LOST_ONE_IN) === 0 ? 0 : PEOPLE;
    spend(found, 2);
    return Array.from({ length: found }, (_, place) => person(startAt + place));
  };

  /** @param {string} method @param {URL} url @param {any} body @returns {Answer | null} */
  const answer = (method, url, body) => {
    switch (`${method} ${url.pathname}`) {
      case 'GET /rest/api/3/project/search': {
        const startAt = Number(url.searchParams.get('startAt'));
        const values = Array.from({ length: Math.min(PAGE, projects - startAt) }, (_, nth) => project(startAt + nth));
        spend(values.length, 1);
        return ok({ startAt, maxResults: PAGE, total: projects, isLast: startAt + values.length === projects, values });
      }
      case 'POST /rest/api/3/permissions/check': {
        const [{ permissions, projects: asked }] = body.projectPermissions;
        const seen = body.accountId === candidate ? asked.filter((/** @type {number} */ id) => id % LOST_ONE_IN !== 0) : asked;
        spend(permissions.length, 2);
        return ok({
          globalPermissions: body.globalPermissions,
          projectPermissions: permissions.map((/** @type {string} */ permission) => ({ permission, projects: seen, issues: [] })),
        });
      }
      case 'GET /rest/api/3/user/permission/search':
        return ok(people(Number(url.searchParams.get('startAt')), Number(String(url.searchParams.get('projectKey')).slice(3))));
      case 'GET /rest/api/3/users/search':
        spend(1, 2);
        return ok([person(Number(url.searchParams.get('startAt')))]);
      default:
        return null;
    }
  };

  /** @type {Atlassian} */
  const large = {
    jira: (request) => answer(request.method, new URL(request.path, 'https://example.atlassian.net'), request.body) ?? atlassian.jira(request),
    web: atlassian.web,
  };
  return { large, spent };
}

module.exports = { largeSite };
