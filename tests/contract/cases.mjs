// @ts-check
// One row for each way in which an operation may be answered: who asks what, and with which status.

import assert from 'node:assert/strict';
import { ANA, BEN, HUGO, MARIA, NARROW, grant, openSandbox } from './sandbox.mjs';

/** @import { Request, Response } from './document.mjs' */
/** @import { Principal } from './sandbox.mjs' */

/**
 * @typedef {object} Case
 * @property {string} operation as the document names it
 * @property {Principal} principal
 * @property {Request} request
 * @property {number} status
 * @property {boolean} malformed the request is meant not to fit the document
 */

const TRIGGER = 'https://trigger.example/x1/token';
const HOOK = { jqlFilter: 'project in (10000, 10003)', events: ['comment_created', 'jira:issue_updated'] };

/** @param {string} text */
const paragraph = (text) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

/**
 * Plays every case on a world of its own, in order, and hands each exchange over.
 *
 * @param {(played: Case, response: Response) => void} hand
 */
export function play(hand) {
  const sandbox = openSandbox();
  /** @type {string} */
  let operation = '';

  /**
   * @param {number} status
   * @param {string} account
   * @param {string} path
   * @param {unknown} [body]
   * @param {{ malformed?: boolean, principal?: Principal }} [options]
   */
  function expect(status, account, path, body, { malformed = status === 400, principal = grant(account) } = {}) {
    const [method = ''] = operation.split(' ');
    /** @type {Request} */
    const request = { method, path: `/rest/api/3${path}`, ...(body === undefined ? {} : { body }) };
    const response = sandbox.ask(principal, request);
    hand({ operation, principal, request, status, malformed }, response);
    return /** @type {any} */ (response.body);
  }

  /** @param {string} key of an issue, which may be a confidential one @returns {number} */
  const idOf = (key) => {
    const request = { method: 'GET', path: `/rest/api/3/issue/${key}?fields=summary` };
    return Number(/** @type {any} */ (sandbox.ask(grant(HUGO), request).body).id);
  };

  operation = 'GET /serverInfo';
  expect(200, ANA, '/serverInfo');

  operation = 'GET /myself';
  expect(200, MARIA, '/myself');
  expect(200, MARIA, '/myself?expand=groups,applicationRoles');

  operation = 'GET /mypermissions';
  expect(200, ANA, '/mypermissions?permissions=ADMINISTER,BROWSE_PROJECTS&projectKey=MOB');
  expect(200, ANA, '/mypermissions?permissions=EDIT_ISSUES&issueKey=MOB-1');
  // Whether a token is honoured at all, and whether its account may comment on an issue.
  expect(200, ANA, '/mypermissions?permissions=BROWSE_PROJECTS');
  const mayComment = (/** @type {number} */ id) => `/mypermissions?issueId=${id}&permissions=BROWSE_PROJECTS,ADD_COMMENTS`;
  const rights = expect(200, ANA, mayComment(idOf('MOB-1')));
  for (const name of ['BROWSE_PROJECTS', 'ADD_COMMENTS']) assert.equal(rights.permissions[name].havePermission, true);
  expect(404, ANA, mayComment(idOf('LEG-1')));
  expect(400, ANA, '/mypermissions');
  expect(404, ANA, '/mypermissions?permissions=BROWSE_PROJECTS&projectKey=LEG');

  operation = 'POST /permissions/check';
  expect(200, MARIA, '/permissions/check', {
    accountId: BEN,
    globalPermissions: ['ADMINISTER'],
    projectPermissions: [{ permissions: ['BROWSE_PROJECTS'], projects: [10_000, 10_005], issues: [20_001] }],
  });
  expect(200, ANA, '/permissions/check', {});
  expect(400, ANA, '/permissions/check', { globalPermissions: ['FLY'] });
  expect(403, ANA, '/permissions/check', { accountId: MARIA });

  operation = 'GET /user';
  expect(200, ANA, `/user?accountId=${MARIA}&expand=groups`);
  expect(403, NARROW, `/user?accountId=${MARIA}`);
  expect(404, ANA, '/user?accountId=712020:nobody');

  operation = 'GET /user/search';
  expect(200, ANA, '/user/search?query=maria&startAt=0&maxResults=20');
  expect(200, ANA, `/user/search?accountId=${BEN}`);
  // Somebody by their very address.
  const address = `/user/search?query=${encodeURIComponent('ben.sato@example.com')}&maxResults=50`;
  assert.deepEqual(expect(200, MARIA, address).map((/** @type {any} */ user) => user.emailAddress), ['ben.sato@example.com']);
  expect(400, ANA, '/user/search');

  operation = 'GET /user/bulk';
  expect(200, ANA, `/user/bulk?accountId=${MARIA}&accountId=${BEN}&maxResults=1`);
  expect(400, ANA, '/user/bulk');

  operation = 'GET /user/permission/search';
  expect(200, MARIA, '/user/permission/search?permissions=BROWSE_PROJECTS&query=&projectKey=LEG');
  expect(200, MARIA, `/user/permission/search?permissions=EDIT_ISSUES&accountId=${BEN}&issueKey=MOB-1`);
  expect(400, MARIA, '/user/permission/search?permissions=BROWSE_PROJECTS');
  expect(403, ANA, '/user/permission/search?permissions=BROWSE_PROJECTS&query=a&projectKey=BIL');
  expect(404, ANA, '/user/permission/search?permissions=BROWSE_PROJECTS&query=a&projectKey=LEG');

  operation = 'GET /users/search';
  expect(200, MARIA, '/users/search?startAt=0&maxResults=1');
  expect(403, NARROW, '/users/search');

  operation = 'GET /user/groups';
  expect(200, ANA, `/user/groups?accountId=${MARIA}`);
  expect(403, NARROW, `/user/groups?accountId=${MARIA}`);
  expect(404, ANA, '/user/groups?accountId=712020:nobody');

  operation = 'GET /group/member';
  expect(200, MARIA, '/group/member?groupname=jira-software-users&includeInactiveUsers=true&maxResults=3');
  expect(400, MARIA, '/group/member');
  expect(403, ANA, '/group/member?groupname=jira-admins');
  expect(404, MARIA, '/group/member?groupId=none');

  operation = 'GET /project/search';
  expect(200, MARIA, '/project/search?maxResults=2&orderBy=-name&expand=lead,insight&id=10000&id=10001&id=10002');
  expect(200, NARROW, '/project/search?query=none&typeKey=software&action=browse&status=live');
  expect(200, MARIA, '/project/search?action=create');
  expect(400, MARIA, '/project/search?orderBy=luck');

  operation = 'GET /projectCategory';
  expect(200, ANA, '/projectCategory');

  operation = 'GET /project/{projectIdOrKey}';
  expect(200, MARIA, '/project/MOB');
  expect(404, ANA, '/project/LEG');

  operation = 'GET /project/{projectIdOrKey}/role';
  expect(200, MARIA, '/project/MOB/role');
  expect(404, BEN, '/project/MOB/role');

  operation = 'GET /project/{projectIdOrKey}/role/{id}';
  expect(200, MARIA, '/project/MOB/role/10100');
  expect(400, MARIA, '/project/MOB/role/x');
  expect(404, MARIA, '/project/MOB/role/1');

  operation = 'POST /project/{projectIdOrKey}/role/{id}';
  expect(200, MARIA, '/project/LEG/role/10100', { user: [NARROW] });
  expect(400, MARIA, '/project/LEG/role/10100', {});
  expect(404, MARIA, '/project/LEG/role/10100', { groupId: ['none'] });

  operation = 'DELETE /project/{projectIdOrKey}/role/{id}';
  expect(204, MARIA, `/project/LEG/role/10100?user=${NARROW}`);
  expect(400, MARIA, '/project/LEG/role/10100');
  expect(404, MARIA, `/project/LEG/role/10100?user=${NARROW}`);

  operation = 'POST /webhook';
  const webhooks = [HOOK, { ...HOOK, jqlFilter: 'watchCount = 1' }, { ...HOOK, fieldIdsFilter: ['summary'] }];
  const registration = { url: TRIGGER, webhooks };
  const registered = expect(200, MARIA, '/webhook', registration);
  expect(400, MARIA, '/webhook', { url: TRIGGER });
  expect(403, MARIA, '/webhook', registration, { principal: { type: 'forgeApp' } });
  const webhookIds = [registered.webhookRegistrationResult[0].createdWebhookId, 999_999];

  operation = 'GET /webhook';
  expect(200, MARIA, '/webhook?startAt=0&maxResults=1');
  expect(400, MARIA, '/webhook?startAt=x');
  expect(403, MARIA, '/webhook', undefined, { principal: { type: 'forgeApp' } });

  operation = 'PUT /webhook/refresh';
  expect(200, MARIA, '/webhook/refresh', { webhookIds });
  expect(400, MARIA, '/webhook/refresh', {});
  expect(403, MARIA, '/webhook/refresh', { webhookIds }, { principal: { type: 'forgeApp' } });

  operation = 'DELETE /webhook';
  expect(202, MARIA, '/webhook', { webhookIds });
  expect(400, MARIA, '/webhook', {});
  expect(403, MARIA, '/webhook', { webhookIds }, { principal: { type: 'forgeApp' } });

  operation = 'GET /webhook/failed';
  expect(403, MARIA, '/webhook/failed');

  operation = 'POST /issue';
  const of = { project: { key: 'MOB' }, issuetype: { name: 'Bug' } };
  const fields = { ...of, summary: 'A summary', description: paragraph('Text.') };
  sandbox.setProjectPermission('WEB', 'CREATE_ISSUES', ANA, false);
  const { key } = expect(201, ANA, '/issue', { fields });
  expect(400, ANA, '/issue', { fields: { ...fields, summary: '' } });
  expect(403, ANA, '/issue', { fields: { ...fields, project: { key: 'WEB' } } });

  operation = 'GET /issue/createmeta/{projectIdOrKey}/issuetypes';
  const types = expect(200, ANA, '/issue/createmeta/10000/issuetypes?maxResults=50');
  expect(400, ANA, '/issue/createmeta/LEG/issuetypes', undefined, { malformed: false });

  operation = 'GET /issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}';
  const type = types.issueTypes[0].id;
  sandbox.requireField('MOB', 'Team');
  const wanted = expect(200, ANA, `/issue/createmeta/10000/issuetypes/${type}?maxResults=200`);
  assert.ok(wanted.fields.some((/** @type {any} */ field) => field.name === 'Team' && field.required));
  expect(400, ANA, '/issue/createmeta/10000/issuetypes/1', undefined, { malformed: false });

  operation = 'GET /search/jql';
  const own = encodeURIComponent('project = 10000 AND creator = currentUser() AND created >= -80m ORDER BY created ASC');
  expect(200, ANA, `/search/jql?jql=${own}&fields=created&properties=integration-plus.test&maxResults=50`);
  expect(400, ANA, '/search/jql?jql=project%20%3D%20LEG', undefined, { malformed: false });

  operation = 'POST /issue/bulkfetch';
  const bulk = expect(200, ANA, '/issue/bulkfetch', { issueIdsOrKeys: [String(idOf(key)), 'LEG-1'], fields: ['updated'] });
  assert.deepEqual(bulk.issues.map((/** @type {any} */ issue) => issue.key), [key]);
  expect(400, ANA, '/issue/bulkfetch', { issueIdsOrKeys: [], fields: [] });

  operation = 'GET /issue/{issueIdOrKey}';
  expect(200, ANA, `/issue/${key}`);
  expect(200, ANA, '/issue/MOB-1?fields=summary&fields=comment&properties=pair');
  const read = expect(200, ANA, `/issue/${idOf(key)}?fields=updated`);
  assert.deepEqual([read.key, Object.keys(read.fields)], [key, ['updated']]);
  expect(404, ANA, '/issue/LEG-1');
  expect(404, ANA, `/issue/${idOf('LEG-1')}?fields=updated`);

  operation = 'PUT /issue/{issueIdOrKey}/assignee';
  const assignee = (/** @type {string} */ which) => `/issue/${which}/assignee`;
  expect(204, ANA, assignee(key), { accountId: BEN });
  expect(204, ANA, assignee(key), { accountId: null });
  expect(204, ANA, assignee(key), { accountId: ANA });
  expect(400, ANA, assignee(key), {});
  expect(400, ANA, assignee(key), { accountId: '712020:nobody' }, { malformed: false });
  sandbox.setProjectPermission('MOB', 'ASSIGN_ISSUES', BEN, false);
  expect(403, BEN, assignee(key), { accountId: BEN });
  expect(404, ANA, assignee('LEG-1'), { accountId: ANA });

  operation = 'GET /issue/{issueIdOrKey}';
  // Its assignee, with when that was changed last.
  const followed = expect(200, MARIA, `/issue/${idOf(key)}?fields=assignee&expand=changelog`);
  assert.equal(followed.fields.assignee.accountId, ANA);
  assert.deepEqual(followed.changelog.histories.map((/** @type {any} */ history) => history.items[0].to).slice(0, 2), [ANA, null]);

  operation = 'GET /search/jql';
  const updated = (/** @type {string} */ project) => encodeURIComponent(`project = ${project} AND updated >= -5m ORDER BY updated ASC`);
  const page = expect(200, ANA, `/search/jql?jql=${updated('10000')}&fields=updated&maxResults=100`);
  assert.deepEqual([page.isLast, page.issues.map((/** @type {any} */ issue) => issue.key)], [true, [key]]);
  expect(400, ANA, `/search/jql?jql=${updated('LEG')}&fields=updated`);

  operation = 'PUT /issue/{issueIdOrKey}';
  const edit = { fields: { labels: ['a'] }, update: { summary: [{ set: 'Other' }] } };
  expect(204, ANA, `/issue/${key}?notifyUsers=false`, edit);
  expect(200, ANA, `/issue/${key}?returnIssue=true`, { properties: [{ key: 'pair', value: { with: 'X-1' } }] });
  expect(400, ANA, `/issue/${key}`, { fields: { nothing: 1 } });
  sandbox.setProjectPermission('MOB', 'EDIT_ISSUES', BEN, false);
  expect(403, BEN, `/issue/${key}`, { fields: { labels: [] } });
  expect(404, ANA, '/issue/LEG-1', { fields: {} });

  operation = 'GET /issue/{issueIdOrKey}/transitions';
  expect(200, ANA, `/issue/${key}/transitions`);
  expect(404, ANA, '/issue/LEG-1/transitions');

  const offered = expect(200, ANA, `/issue/${idOf('WEB-1')}/transitions?expand=transitions.fields`);
  assert.deepEqual(offered.transitions[0].fields, {});
  sandbox.requireField('WEB', 'resolution');
  const screened = expect(200, ANA, `/issue/${idOf('WEB-1')}/transitions?expand=transitions.fields`);
  assert.equal(screened.transitions[0].fields.resolution.required, true);

  operation = 'POST /issue/{issueIdOrKey}/transitions';
  expect(204, ANA, `/issue/${key}/transitions`, { transition: { id: '21' } });
  expect(400, ANA, `/issue/${key}/transitions`, { transition: { id: '99' } });
  expect(404, ANA, '/issue/LEG-1/transitions', { transition: { id: '21' } });

  operation = 'POST /issue/{issueIdOrKey}/attachments';
  const form = (/** @type {string} */ content) => ({ file: { name: 'a.txt', type: 'text/plain', content } });
  expect(200, ANA, `/issue/${key}/attachments`, form('Text.'));
  sandbox.setProjectPermission('MOB', 'CREATE_ATTACHMENTS', BEN, false);
  expect(403, BEN, `/issue/${key}/attachments`, form('Text.'));
  expect(404, ANA, '/issue/LEG-1/attachments', form('Text.'));
  expect(413, ANA, `/issue/${key}/attachments`, form('x'.repeat(200_001)));

  operation = 'POST /issue/{issueIdOrKey}/comment';
  const comment = { body: paragraph('Text.'), properties: [{ key: 'origin', value: { id: 1 } }] };
  const visibility = { type: 'group', value: 'jira-software-users' };
  const { id } = expect(201, ANA, `/issue/${key}/comment?expand=renderedBody`, { ...comment, visibility });
  expect(400, ANA, `/issue/${key}/comment`, { body: 'plain' });
  expect(404, ANA, '/issue/LEG-1/comment', comment);
  // As the app comments: by the issue's number, with the action's name, and out of a customer's sight.
  const action = { key: 'integration-plus.action', value: { id: '0123456789abcdef' } };
  const internal = { key: 'sd.public.comment', value: { internal: true } };
  const note = { body: paragraph('Text.'), properties: [action, internal] };
  expect(201, BEN, `/issue/${idOf('SUP-1')}/comment`, note);

  operation = 'GET /issue/{issueIdOrKey}/comment';
  expect(200, ANA, `/issue/${key}/comment?startAt=0&maxResults=10&orderBy=-created&expand=renderedBody`);
  const latest = `/issue/${idOf('SUP-1')}/comment?orderBy=-created&maxResults=50&expand=properties`;
  const [newest] = expect(200, BEN, latest).comments;
  assert.deepEqual(newest.properties.find((/** @type {any} */ property) => property.key === action.key), action);
  expect(400, ANA, `/issue/${key}/comment?orderBy=author`);
  expect(404, ANA, '/issue/LEG-1/comment');

  operation = 'GET /issue/{issueIdOrKey}/comment/{id}';
  expect(200, ANA, `/issue/${key}/comment/${id}?expand=properties`);
  expect(404, ANA, `/issue/${key}/comment/1`);

  operation = 'PUT /issue/{issueIdOrKey}/comment/{id}';
  expect(200, ANA, `/issue/${key}/comment/${id}?notifyUsers=false`, { body: paragraph('Other text.') });
  // As the app brings a mirrored comment up to date: with where it comes from, and for whom it is.
  const origin = { key: 'integration-plus.origin', value: { id: '0123456789abcdef', comment: '26888' } };
  const mirrored = { body: paragraph('Text.'), properties: [action, origin], visibility: { type: 'role', value: 'Developers' } };
  expect(200, ANA, `/issue/${key}/comment/${id}?notifyUsers=false`, mirrored);
  expect(400, BEN, `/issue/${key}/comment/${id}`, comment);
  expect(404, ANA, `/issue/${key}/comment/1`, comment);

  const issueProperties = `/issue/${idOf('MOB-1')}/properties`;
  // As people name another issue, and as the app reads that.
  const named = { site: '22222222-2222-4222-8222-222222222222', issue: 'INT-1' };
  operation = 'PUT /issue/{issueIdOrKey}/properties/{propertyKey}';
  expect(201, ANA, `${issueProperties}/integration-plus.pair`, named);
  expect(200, ANA, `${issueProperties}/integration-plus.pair`, named);
  expect(400, ANA, `${issueProperties}/${'k'.repeat(256)}`, 1);
  expect(403, BEN, `${issueProperties}/integration-plus.pair`, named);
  expect(404, ANA, '/issue/LEG-1/properties/integration-plus.pair', named);

  operation = 'GET /issue/{issueIdOrKey}';
  const whole = expect(200, ANA, `/issue/${idOf('MOB-1')}?fields=summary,description,created,creator,project,security,updated&properties=integration-plus.pair,integration-plus.counterpart`);
  assert.deepEqual(whole.properties, { 'integration-plus.pair': named });

  operation = 'GET /search/jql';
  const mine = encodeURIComponent('project = 10000 AND creator = currentUser() AND created >= -80m ORDER BY created ASC');
  expect(200, ANA, `/search/jql?jql=${mine}&fields=created,creator&properties=integration-plus.counterpart&maxResults=50`);

  operation = 'GET /issue/{issueIdOrKey}/properties';
  expect(200, ANA, issueProperties);
  expect(404, ANA, '/issue/LEG-1/properties');

  operation = 'GET /issue/{issueIdOrKey}/properties/{propertyKey}';
  expect(200, ANA, `${issueProperties}/integration-plus.pair`);
  expect(404, ANA, `${issueProperties}/none`);

  operation = 'DELETE /issue/{issueIdOrKey}/properties/{propertyKey}';
  expect(403, BEN, `${issueProperties}/integration-plus.pair`);
  expect(204, ANA, `${issueProperties}/integration-plus.pair`);
  expect(404, ANA, `${issueProperties}/integration-plus.pair`);

  const properties = `/comment/${id}/properties`;
  operation = 'PUT /comment/{commentId}/properties/{propertyKey}';
  expect(201, ANA, `${properties}/pair`, { with: 'X-1' });
  expect(200, ANA, `${properties}/pair`, { with: 'X-2' });
  expect(400, ANA, `${properties}/${'k'.repeat(256)}`, 1);
  expect(403, BEN, `${properties}/pair`, 1);
  expect(404, ANA, '/comment/1/properties/pair', 1);

  operation = 'GET /comment/{commentId}/properties';
  expect(200, ANA, properties);
  expect(400, ANA, '/comment/x/properties');
  expect(404, ANA, '/comment/1/properties');

  operation = 'GET /comment/{commentId}/properties/{propertyKey}';
  expect(200, ANA, `${properties}/pair`);
  expect(400, ANA, '/comment/x/properties/pair');
  expect(404, ANA, `${properties}/none`);

  operation = 'DELETE /comment/{commentId}/properties/{propertyKey}';
  expect(400, ANA, '/comment/x/properties/pair');
  expect(403, BEN, `${properties}/pair`);
  expect(204, ANA, `${properties}/pair`);
  expect(404, ANA, `${properties}/pair`);

  operation = 'DELETE /issue/{issueIdOrKey}/comment/{id}';
  expect(400, BEN, `/issue/${key}/comment/${id}`);
  expect(204, ANA, `/issue/${key}/comment/${id}`);
  expect(404, ANA, `/issue/${key}/comment/${id}`);

  operation = 'DELETE /issue/{issueIdOrKey}';
  expect(403, ANA, `/issue/${key}`);
  expect(204, MARIA, `/issue/${key}`);
  expect(404, MARIA, `/issue/${key}`);
}
