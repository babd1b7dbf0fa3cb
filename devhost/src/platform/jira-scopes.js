// @ts-check
/**
 * The classic scopes that Jira's REST resources need, for the resources that the app or its people may come to.
 *
 * A resource that is not listed is refused rather than let through: an app must not pass here with a scope that it
 * lacks on a real site. A test holds the list against Atlassian's own description of the API.
 */

/**
 * The first that fits counts, so a name spelt out stands before a place for any name.
 * @type {Record<string, string[]>}
 */
const SCOPES = {
  'GET /rest/api/3/auditing/record': ['manage:jira-configuration'],
  'GET /rest/api/3/comment/{id}/properties': ['read:jira-work'],
  'GET /rest/api/3/comment/{id}/properties/{key}': ['read:jira-work'],
  'PUT /rest/api/3/comment/{id}/properties/{key}': ['write:jira-work'],
  'DELETE /rest/api/3/comment/{id}/properties/{key}': ['write:jira-work'],
  'GET /rest/api/3/field': ['read:jira-work'],
  'GET /rest/api/3/group/member': ['manage:jira-configuration'],
  'POST /rest/api/3/issue': ['write:jira-work'],
  'POST /rest/api/3/issue/bulkfetch': ['read:jira-work'],
  'GET /rest/api/3/issue/{key}': ['read:jira-work'],
  'PUT /rest/api/3/issue/{key}': ['write:jira-work'],
  'PUT /rest/api/3/issue/{key}/assignee': ['write:jira-work'],
  'GET /rest/api/3/issue/{key}/comment': ['read:jira-work'],
  'POST /rest/api/3/issue/{key}/comment': ['write:jira-work'],
  'GET /rest/api/3/issue/{key}/comment/{id}': ['read:jira-work'],
  'PUT /rest/api/3/issue/{key}/comment/{id}': ['write:jira-work'],
  'DELETE /rest/api/3/issue/{key}/comment/{id}': ['write:jira-work'],
  'GET /rest/api/3/issue/{key}/properties': ['read:jira-work'],
  'GET /rest/api/3/issue/{key}/properties/{name}': ['read:jira-work'],
  'PUT /rest/api/3/issue/{key}/properties/{name}': ['write:jira-work'],
  'DELETE /rest/api/3/issue/{key}/properties/{name}': ['write:jira-work'],
  'GET /rest/api/3/issue/{key}/transitions': ['read:jira-work'],
  'POST /rest/api/3/issue/{key}/transitions': ['write:jira-work'],
  'GET /rest/api/3/mypermissions': ['read:jira-work'],
  'GET /rest/api/3/myself': ['read:jira-user'],
  'POST /rest/api/3/permissions/check': ['read:jira-work'],
  'GET /rest/api/3/project/search': ['read:jira-work'],
  'GET /rest/api/3/project/{key}': ['read:jira-work'],
  'GET /rest/api/3/project/{key}/role': ['read:jira-work'],
  'GET /rest/api/3/project/{key}/role/{id}': ['read:jira-work'],
  'POST /rest/api/3/project/{key}/role/{id}': ['manage:jira-configuration'],
  'DELETE /rest/api/3/project/{key}/role/{id}': ['manage:jira-project'],
  'GET /rest/api/3/projectCategory': ['read:jira-work'],
  'GET /rest/api/3/search/jql': ['read:jira-work'],
  'POST /rest/api/3/search/jql': ['read:jira-work'],
  'GET /rest/api/3/serverInfo': [],
  'GET /rest/api/3/user': ['read:jira-user'],
  'GET /rest/api/3/user/bulk': ['read:jira-user'],
  'GET /rest/api/3/user/groups': ['read:jira-user'],
  'GET /rest/api/3/user/permission/search': ['read:jira-user'],
  'GET /rest/api/3/user/picker': ['read:jira-user'],
  'GET /rest/api/3/user/search': ['read:jira-user'],
  'GET /rest/api/3/users/search': ['read:jira-user'],
  'GET /rest/api/3/webhook': ['read:jira-work', 'manage:jira-webhook'],
  'POST /rest/api/3/webhook': ['read:jira-work', 'manage:jira-webhook'],
  'DELETE /rest/api/3/webhook': ['read:jira-work', 'manage:jira-webhook'],
  'PUT /rest/api/3/webhook/refresh': ['read:jira-work', 'manage:jira-webhook'],
  'GET /rest/api/3/webhook/failed': ['read:jira-work', 'manage:jira-webhook'],
};

const PATTERNS = Object.entries(SCOPES).map(([operation, scopes]) => ({
  operation: new RegExp(`^${operation.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  scopes,
}));

/**
 * @param {string} method
 * @param {string} path with or without a query
 * @returns {string[] | undefined} `undefined` for a resource that is not listed
 */
export function requiredScopes(method, path) {
  const operation = `${method} ${path.split('?')[0]}`;
  return PATTERNS.find((pattern) => pattern.operation.test(operation))?.scopes;
}

/** Every listed resource, for the test that holds them against Atlassian's description. */
export const listedOperations = () => Object.entries(SCOPES);
