// @ts-check
/**
 * A Jira site as one person sees it, over Jira's own REST API: the chrome knows no more than any client.
 *
 * @import { PlacedSite } from './sites.js'
 */
import { Refusal } from './exchange.js';

/** @typedef {{ method: string, path: string, body?: unknown }} JiraRequest the path with its query */
/** @typedef {{ status: number, headers: [string, string][], body?: any }} JiraResponse */
/** @typedef {(request: JiraRequest) => JiraResponse | Promise<JiraResponse>} AskJira */

/** How many issues a project's page lists at most. */
const LISTED_ISSUES = 50;
/** After so many numbers without an issue there are no more to come. */
const DELETED_IN_A_ROW = 5;

/**
 * @typedef {object} Issue
 * @property {string} id
 * @property {string} key
 * @property {Record<string, any>} fields
 */

export class Site {
  /**
   * @param {PlacedSite} placed
   * @param {AskJira} ask as the person
   */
  constructor(placed, ask) {
    this.placed = placed;
    this.ask = ask;
  }

  /** @returns {Promise<boolean>} */
  async isAdministrator() {
    const { permissions } = await this.#get('/rest/api/3/mypermissions?permissions=ADMINISTER');
    return permissions.ADMINISTER.havePermission;
  }

  /** @returns {Promise<{ key: string, name: string, projectTypeKey?: string }[]>} those that the person may browse */
  async projects() {
    const { values } = await this.#get('/rest/api/3/project/search?maxResults=100&orderBy=key');
    return values;
  }

  /**
   * @param {string} key
   * @returns {Promise<{ name: string }>}
   */
  project(key) {
    return this.#get(`/rest/api/3/project/${encodeURIComponent(key)}`);
  }

  /**
   * The sandbox serves no search, but it numbers issues one after the other, so they are asked for by their keys.
   *
   * @param {string} projectKey
   * @returns {Promise<Issue[]>} newest first, of the oldest {@link LISTED_ISSUES}
   */
  async issues(projectKey) {
    /** @type {Issue[]} */
    const issues = [];
    for (let number = 1, misses = 0; issues.length < LISTED_ISSUES && misses < DELETED_IN_A_ROW; number += 1) {
      const path = `/rest/api/3/issue/${encodeURIComponent(`${projectKey}-${number}`)}`;
      const { status, body } = await this.ask({ method: 'GET', path });
      misses = status === 200 ? 0 : misses + 1;
      if (status === 200) issues.unshift(body);
    }
    return issues;
  }

  /**
   * @param {string} key
   * @returns {Promise<Issue>}
   */
  issue(key) {
    return this.#get(`/rest/api/3/issue/${encodeURIComponent(key)}`);
  }

  /**
   * @param {string} key of an issue
   * @returns {Promise<{ id: string, author: any, body: unknown, created: string }[]>} oldest first
   */
  async comments(key) {
    const { comments } = await this.#get(`/rest/api/3/issue/${encodeURIComponent(key)}/comment?maxResults=100`);
    return comments;
  }

  /**
   * @param {string} key of an issue
   * @param {unknown} body Atlassian document
   */
  async addComment(key, body) {
    await this.#send('POST', `/rest/api/3/issue/${encodeURIComponent(key)}/comment`, { body });
  }

  /** @param {string} path */
  #get(path) {
    return this.#send('GET', path);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<any>}
   * @throws {Refusal} with Jira's status and words
   */
  async #send(method, path, body) {
    const response = await this.ask({ method, path, body });
    if (response.status < 400) return response.body ?? {};
    throw new Refusal(response.status, `Jira answered ${response.status}: ${reason(response.body)}`);
  }
}

/** @param {any} body of an error */
function reason(body) {
  const { errorMessages = [], errors = {}, message = '' } = body ?? {};
  return [...errorMessages, ...Object.values(errors), message].filter(Boolean).join(' ') || 'no reason was given.';
}
