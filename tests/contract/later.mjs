// @ts-check
// Operations that Atlassian added after this copy of its document, as its reference of today describes them.
// https://developer.atlassian.com/cloud/jira/platform/rest/v3/

/** @typedef {Record<string, any>} Json */

/** @param {string} name @param {Json} schema @param {boolean} [required] */
const query = (name, schema, required = false) => ({ name, in: 'query', required, schema });

/** @param {string} name */
const path = (name) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

/** @param {string} description @param {Json} [schema] */
const answer = (description, schema) => ({ description, ...(schema && { content: { 'application/json': { schema } } }) });

const INT32 = { type: 'integer', format: 'int32' };
const INT64 = { type: 'integer', format: 'int64' };
const TEXTS = { type: 'array', items: { type: 'string' } };
const READ = { 'x-atlassian-oauth2-scopes': [{ scheme: 'OAuth2', scopes: ['read:jira-work'], state: 'Current' }] };

/** @param {string} of @param {Json} items */
const page = (of, items) => ({
  type: 'object',
  properties: { startAt: INT64, maxResults: INT32, total: INT64, [of]: { type: 'array', items }, results: { type: 'array', items } },
});

const FIELD = {
  type: 'object',
  additionalProperties: false,
  required: ['fieldId', 'key', 'name', 'operations', 'required', 'schema'],
  properties: {
    allowedValues: { type: 'array' },
    autoCompleteUrl: { type: 'string' },
    configuration: { type: 'object' },
    defaultValue: {},
    fieldId: { type: 'string' },
    hasDefaultValue: { type: 'boolean' },
    key: { type: 'string' },
    name: { type: 'string' },
    operations: TEXTS,
    required: { type: 'boolean' },
    schema: { $ref: '#/components/schemas/JsonTypeBean' },
  },
};

const REFUSED = { 400: answer('Returned if the request is invalid.'), 401: answer('Returned if the authentication credentials are incorrect.') };

/** @type {Json} */
export const LATER = {
  '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes': {
    get: {
      ...READ,
      parameters: [path('projectIdOrKey'), query('startAt', INT32), query('maxResults', INT32)],
      responses: { 200: answer('Returned if the request is successful.', page('issueTypes', { $ref: '#/components/schemas/IssueTypeIssueCreateMetadata' })), ...REFUSED },
    },
  },
  '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}': {
    get: {
      ...READ,
      parameters: [path('projectIdOrKey'), path('issueTypeId'), query('startAt', INT32), query('maxResults', INT32)],
      responses: { 200: answer('Returned if the request is successful.', page('fields', FIELD)), ...REFUSED },
    },
  },
  '/rest/api/3/issue/bulkfetch': {
    post: {
      ...READ,
      parameters: [],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              additionalProperties: false,
              required: ['issueIdsOrKeys'],
              properties: {
                expand: TEXTS,
                fields: TEXTS,
                fieldsByKeys: { type: 'boolean' },
                issueIdsOrKeys: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'string' } },
                properties: TEXTS,
              },
            },
          },
        },
      },
      responses: {
        200: answer('Returned if the request is successful.', {
          type: 'object',
          additionalProperties: false,
          properties: {
            issueErrors: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' }, errorMessage: { type: 'string' } } } },
            issues: { type: 'array', items: { $ref: '#/components/schemas/IssueBean' } },
          },
        }),
        ...REFUSED,
      },
    },
  },
  '/rest/api/3/search/jql': {
    get: {
      ...READ,
      parameters: [
        query('jql', { type: 'string' }),
        query('nextPageToken', { type: 'string' }),
        query('maxResults', INT32),
        query('fields', TEXTS),
        query('expand', { type: 'string' }),
        query('properties', TEXTS),
        query('fieldsByKeys', { type: 'boolean' }),
        query('failFast', { type: 'boolean' }),
        query('reconcileIssues', { type: 'array', items: INT64 }),
      ],
      responses: {
        200: answer('Returned if the request is successful.', {
          type: 'object',
          additionalProperties: false,
          properties: {
            isLast: { type: 'boolean' },
            issues: { type: 'array', items: { $ref: '#/components/schemas/IssueBean' } },
            names: { type: 'object' },
            nextPageToken: { type: 'string' },
            schema: { type: 'object' },
          },
        }),
        ...REFUSED,
      },
    },
  },
};
