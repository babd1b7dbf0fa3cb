// @ts-check
// Where the sandbox follows Jira as it is and this older copy of Atlassian's document does not.

/**
 * A fault that is let pass. `operation: '*'` means every operation; `part` and `at` may be left out.
 *
 * @typedef {{ operation: string, part?: string, at?: string, what: string, reason: string }} Waiver
 */

const GATEWAY = "Atlassian's gateway answers before Jira does, in its own shape; the document describes Jira alone.";

/** @type {readonly Waiver[]} */
export const WAIVERS = [
  { operation: '*', part: 'status', what: '401', reason: GATEWAY },
  { operation: '*', part: 'status', what: '503', reason: GATEWAY },
  { operation: '*', part: 'status', what: '504', reason: GATEWAY },
  { operation: '*', part: 'response 401', at: '', what: 'additionalProperties code', reason: GATEWAY },
  { operation: '*', part: 'response 401', at: '', what: 'additionalProperties message', reason: GATEWAY },
  {
    operation: '*',
    part: 'status',
    what: '429',
    reason: 'Rate limits are described on a page of their own and apply to every operation.',
  },
  {
    operation: '*',
    what: 'format date-time',
    reason: "Jira writes the offset as +0000, which the document's own examples do too; RFC 3339 wants a colon.",
  },
  {
    operation: 'GET /project/search',
    part: 'query',
    at: '/action',
    what: 'enum',
    reason: 'The action create was added after this copy.',
  },
  {
    operation: 'GET /issue/{issueIdOrKey}',
    part: 'response 200',
    at: '/changelog/histories/*/items/*',
    what: 'additionalProperties toString',
    reason: 'Jira names the new value as it names the old one; the generator of this copy lost the name toString.',
  },
  ...['from', 'fromString', 'to'].map((name) => ({
    operation: 'GET /issue/{issueIdOrKey}',
    part: 'response 200',
    at: `/changelog/histories/*/items/*/${name}`,
    what: 'type string',
    reason: 'Nobody was or is assigned: Jira writes null.',
  })),
  {
    operation: 'PUT /issue/{issueIdOrKey}/assignee',
    part: 'request',
    at: '/accountId',
    what: 'type string',
    reason: 'The text of the operation names null for nobody; its schema does not.',
  },
  {
    operation: 'DELETE /issue/{issueIdOrKey}/properties/{propertyKey}',
    part: 'status',
    what: '403',
    reason: 'Whoever may not edit the issue is refused as on setting the property, which the document lists there.',
  },
  {
    operation: 'GET /webhook',
    part: 'response 200',
    at: '/values/*',
    what: 'additionalProperties url',
    reason: 'Webhooks have been listed with their address since this copy.',
  },
  {
    operation: 'PUT /issue/{issueIdOrKey}',
    part: 'query',
    what: 'unknown returnIssue',
    reason: 'The parameter returnIssue was added after this copy.',
  },
  {
    operation: 'PUT /issue/{issueIdOrKey}',
    part: 'status',
    what: '200',
    reason: 'The answer to returnIssue was added after this copy.',
  },
];

/**
 * Statuses that the document lists and the sandbox never answers with.
 *
 * @type {readonly { operation: string, status: number, reason: string }[]}
 */
export const UNSERVED = [
  {
    operation: 'DELETE /issue/{issueIdOrKey}',
    status: 400,
    reason: 'For an issue with subtasks; issues here have none.',
  },
  {
    operation: 'DELETE /issue/{issueIdOrKey}/comment/{id}',
    status: 405,
    reason: 'For an anonymous call, which the gateway has turned away with 401 before.',
  },
  {
    operation: 'GET /comment/{commentId}/properties',
    status: 403,
    reason: 'A comment that one may not read is answered 404, as if there were none.',
  },
  {
    operation: 'GET /comment/{commentId}/properties/{propertyKey}',
    status: 403,
    reason: 'A comment that one may not read is answered 404, as if there were none.',
  },
  {
    operation: 'GET /project/search',
    status: 404,
    reason: 'A search that finds nothing is answered with an empty page, which every client is prepared for.',
  },
  {
    operation: 'GET /users/search',
    status: 400,
    reason: 'The document does not say what is invalid, and odd bounds are clamped here as elsewhere.',
  },
  {
    operation: 'GET /users/search',
    status: 409,
    reason: 'For a request that takes longer than ten seconds or is interrupted, which none does here.',
  },
  {
    operation: 'GET /webhook/failed',
    status: 200,
    reason: 'For Connect apps only.',
  },
  {
    operation: 'GET /webhook/failed',
    status: 400,
    reason: 'For Connect apps only.',
  },
];
