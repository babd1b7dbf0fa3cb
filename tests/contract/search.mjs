// @ts-check
// The search by JQL, which this older copy of Atlassian's document lacks: as its page describes it.
// https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-get

const text = { type: 'string' };
const list = (/** @type {object} */ items) => ({ type: 'array', items });
const query = (/** @type {string} */ name, /** @type {object} */ schema) => ({ name, in: 'query', schema });

export const PATH = '/rest/api/3/search/jql';

export const OPERATIONS = {
  get: {
    parameters: [
      query('jql', text),
      query('nextPageToken', text),
      query('maxResults', { type: 'integer', format: 'int32' }),
      query('fields', list(text)),
      query('expand', text),
      query('properties', list(text)),
      query('fieldsByKeys', { type: 'boolean' }),
      query('failFast', { type: 'boolean' }),
      query('reconcileIssues', list({ type: 'integer', format: 'int64' })),
    ],
    responses: {
      200: {
        content: {
          'application/json': {
            schema: {
              type: 'object',
              additionalProperties: false,
              properties: {
                isLast: { type: 'boolean' },
                issues: list({ $ref: '#/components/schemas/IssueBean' }),
                names: { type: 'object' },
                nextPageToken: text,
                schema: { type: 'object' },
              },
            },
          },
        },
      },
      400: {},
      401: {},
    },
  },
};
