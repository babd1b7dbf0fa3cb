// @ts-check
/**
 * One scene for each state of Integrations.
 * @import { IntegrationsView, IntegrationView, IssueTypeRow, PairRow, PairsView, ParkedIssue, Reply, Request } from '../src/api/generated/api.ts'
 * @import { Scene } from './scenes.mjs'
 */
import { LONG, MARIA, person, TOM } from './people.mjs';
import { after, CONNECTED, DAY, HOUR, NOW, refused, still } from './scenes.mjs';

const HERE = { cloudId: '11111111-1111-4111-8111-111111111111', name: 'example', url: 'https://example.atlassian.net' };
export const PARTNER = { cloudId: '22222222-2222-4222-8222-222222222222', name: 'partner', url: 'https://partner.atlassian.net' };

/** @type {IntegrationView} */
export const MOBILE = {
  id: 'a'.repeat(32),
  terms: {
    name: 'Mobile and DEMO',
    here: { cloudId: HERE.cloudId, project: '10001' },
    there: { cloudId: PARTNER.cloudId, project: '20001' },
    direction: 'both',
    which: { type: 'word', word: '#sync' },
    assignees: [{ here: MARIA.accountId, there: TOM.accountId }],
    restrictions: [{ here: { to: 'role', name: 'Developers' }, there: { to: 'group', name: 'partner-devs' } }],
    toCustomers: false,
    following: 'byTableOrAccount',
    counterparts: null,
  },
  site: PARTNER,
  here: { id: '10001', key: 'MOB', name: 'Mobile' },
  there: { id: '20001', key: 'DEMO', name: 'Demo' },
  people: [person(MARIA), person(TOM)],
  enabledSince: NOW - 3 * DAY,
  changedBy: person(MARIA),
  changedAt: NOW - 3 * DAY,
  pairs: 2,
  waiting: 1,
  parked: 1,
  listening: { lookedAt: NOW - HOUR, webhooks: 1, expiresAt: NOW + 20 * DAY, failure: null },
};

/** @type {IntegrationView} */
const OFF = { ...MOBILE, id: 'b'.repeat(32), terms: { ...MOBILE.terms, name: LONG.displayName.slice(0, 80), which: { type: 'all' }, direction: 'out', following: null, assignees: [] }, site: null, here: null, there: null, enabledSince: null, pairs: 0, waiting: 0, parked: null, listening: null };

/** @param {IntegrationView[]} rows @param {Partial<IntegrationsView>} [more] @returns {Reply} */
const shows = (rows, more = {}) => ({ type: 'integrations', integrations: { now: NOW, here: HERE, connected: true, unnamed: null, rows, most: 20, ...more } });

/** @type {PairRow[]} */
const ROWS = [
  { here: '1', hereKey: 'MOB-1', there: '2', thereKey: 'DEMO-346', joined: 'byHand', at: NOW - DAY, waiting: 1, waitsUntil: NOW + HOUR, parked: [{ end: 'here', comment: '26888', why: { type: 'mayNotComment' }, at: NOW - HOUR }, { end: 'here', comment: null, why: { type: 'notAssignable' }, at: NOW - HOUR }] },
  { here: '5', hereKey: 'MOB-5', there: '6', thereKey: 'DEMO-350', joined: 'created', at: NOW - DAY, waiting: 0, waitsUntil: null, parked: [] },
  { here: '3', hereKey: null, there: '4', thereKey: null, joined: 'byProperty', at: NOW - DAY, waiting: 0, waitsUntil: null, parked: [] },
];

/** @type {IssueTypeRow[]} */
const TYPES = [{ id: '10002', name: 'Task', wants: [] }, { id: '10003', name: 'Bug', wants: ['Team'] }];

/** @type {ParkedIssue[]} */
const PARKED = [{ end: 'there', issue: '20017', why: { type: 'refused', message: 'Team is required.' }, at: NOW - HOUR }];

/** What became of the comments of an issue whose other issue is gone. @type {import('../src/api/generated/api.ts').Parked[]} */
const GONE = Array.from({ length: 122 }, (_, nth) => ({ end: 'here', comment: String(20_000 + nth), why: { type: 'targetOutOfReach' }, at: NOW - HOUR }));

/** @param {PairRow[]} [rows] @param {Partial<PairsView>} [more] @returns {Reply} */
const pairs = (rows = ROWS, more = {}) => ({ type: 'pairs', pairs: { now: NOW, integration: MOBILE.id, rows, total: rows.length, most: 1000, next: null, unnamed: null, property: 'integration-plus.pair', parked: PARKED, ...more } });

/** @param {import('../src/api/generated/api.ts').Account} account */
const candidate = (account) => ({ account, unsuitable: null, looksPersonal: false, isMain: false });

/** @param {Partial<Record<Request['type'], Scene>>} more */
const scene = (more) =>
  still(CONNECTED, {
    integrations: () => shows([MOBILE, OFF]),
    otherSites: () => ({ type: 'otherSites', sites: [PARTNER] }),
    findProjects: () => ({ type: 'projects', projects: [{ id: '10001', key: 'MOB', name: 'Mobile' }] }),
    findProjectsThere: () => ({ type: 'projects', projects: [{ id: '20001', key: 'DEMO', name: 'Demo' }] }),
    findAccounts: () => ({ type: 'accounts', accounts: [candidate(MARIA), candidate(LONG)] }),
    findPeopleThere: () => ({ type: 'accounts', accounts: [candidate(TOM), candidate(LONG)] }),
    pairs: () => pairs(),
    issueTypes: () => ({ type: 'issueTypes', types: TYPES }),
    createIntegration: () => shows([MOBILE, OFF]),
    changeIntegration: () => shows([MOBILE, OFF]),
    switchIntegration: (request) => (request.type === 'switchIntegration' ? after(300, shows([{ ...MOBILE, enabledSince: request.on ? NOW : null }, OFF])) : refused({ code: 'invalidRequest' })),
    removeIntegration: () => shows([OFF]),
    joinIssues: () => pairs(),
    partIssues: () => pairs(ROWS.slice(1)),
    tryPairAgain: () => ({ type: 'triedAgain', comments: 1 }),
    tryIssuesAgain: () => ({ type: 'triedAgain', comments: 1 }),
    ...more,
  });

/** @type {Record<string, Scene>} */
export const SCENES_OF_INTEGRATIONS = {
  integrations: scene({}),
  integrationsIssueGone: scene({ pairs: () => pairs(ROWS.map((row, nth) => (nth === 0 ? { ...row, parked: GONE } : row))) }),
  integrationsNone: scene({ integrations: () => shows([]) }),
  integrationsApart: scene({ integrations: () => shows([{ ...MOBILE, site: null, there: null }], { connected: false, here: null }) }),
  integrationsUnnamed: scene({ integrations: () => shows([OFF], { unnamed: 'noAnswer' }) }),
  integrationsDead: scene({ integrations: () => shows([{ ...MOBILE, site: null, here: null, there: null, people: [] }, OFF], { unnamed: 'mainGrantDead' }) }),
  integrationsLoading: scene({ integrations: () => 'silence' }),
  integrationsFail: scene({ integrations: (_, nth) => (nth === 0 ? refused({ code: 'storageUnavailable' }) : shows([MOBILE])) }),
  integrationsPeopleFail: scene({
    findAccounts: () => ({ type: 'accounts', accounts: [] }),
    findPeopleThere: () => refused({ code: 'mainGrantDead' }),
  }),
  integrationsPeopleLoading: scene({ findAccounts: () => 'silence', findPeopleThere: () => 'silence' }),
  integrationsMoving: scene({ integrations: (_, nth) => shows([{ ...MOBILE, pairs: 2 + nth, waiting: nth === 0 ? 1 : 0 }]) }),
  integrationsTypesFail: scene({ issueTypes: (_, nth) => (nth === 0 ? refused({ code: 'mainGrantDead' }) : { type: 'issueTypes', types: [] }) }),
  integrationsTypesLoading: scene({ issueTypes: () => 'silence' }),
  integrationsOvertaken: scene({
    integrations: (_, nth) => shows([nth === 0 ? MOBILE : { ...MOBILE, terms: { ...MOBILE.terms, name: 'Theirs' }, changedAt: NOW }]),
    changeIntegration: () => refused({ code: 'integrationChanged', by: person(TOM), at: NOW }),
    switchIntegration: () => refused({ code: 'integrationChanged', by: person(TOM), at: NOW }),
  }),
  /** Tom removes it meanwhile. */
  integrationsGone: scene({
    integrations: (_, nth) => shows(nth === 0 ? [{ ...MOBILE, waiting: 0 }, OFF] : [OFF]),
    changeIntegration: () => refused({ code: 'noSuchIntegration' }),
    switchIntegration: () => refused({ code: 'noSuchIntegration' }),
    removeIntegration: () => refused({ code: 'noSuchIntegration' }),
  }),
  integrationsOneMore: scene({ integrations: () => shows([OFF], { most: 2 }), createIntegration: () => shows([MOBILE, OFF], { most: 2 }) }),
  integrationsRefuse: scene({
    createIntegration: () => refused({ code: 'integrationRefused', problem: { type: 'joined', name: 'Older one' } }),
    changeIntegration: () => refused({ code: 'integrationChanged', by: person(TOM), at: NOW }),
    joinIssues: () => refused({ code: 'noSuchIssue', end: 'there' }),
    otherSites: (_, nth) => (nth === 0 ? { type: 'otherSites', sites: [PARTNER] } : refused({ code: 'mainGrantDead' })),
  }),
};
