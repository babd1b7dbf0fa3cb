// @ts-check
/**
 * One scene for each state of Access: what limits the app, who may administer it, and one person explained.
 * @import { Access, AccessChange, Explanation, NamedProject, Reply, Request } from '../src/api/generated/api.ts'
 * @import { Scene } from './scenes.mjs'
 */
import { LONG, MARIA, person, SERVICE, TOM } from './people.mjs';
import { mine, WORKING } from './scenes-of-people.mjs';
import { CONNECTED, DAY, HOUR, NOW, refused, reply, still } from './scenes.mjs';

/** @type {NamedProject} */
const APP = { id: '10000', key: 'APP', name: 'Mobile app' };
/** @type {NamedProject} */
const BIL = { id: '10001', key: 'BIL', name: 'Billing' };
/** @type {NamedProject} */
const LONG_PROJECT = { id: '10009', key: 'LONG', name: LONG.displayName };

/** @type {AccessChange} */
const CHANGED = { at: NOW - DAY, by: person(MARIA), what: { type: 'projects', kind: 'only', added: ['Mobile app', 'Products'], removed: ['10004'], more: 3 } };

/** @type {Access} */
const OPEN = {
  now: NOW,
  caller: person(MARIA),
  edition: 0,
  kind: 'everything',
  projects: [],
  categories: [],
  allCategories: [
    { id: '10050', name: 'Products' },
    { id: '10051', name: 'Operations' },
  ],
  administrators: null,
  withoutRights: null,
  requests: [],
  changes: [],
  bounds: { projects: 200, categories: 50, administrators: 50 },
};

/** @type {Access} */
const LIMITED = {
  ...OPEN,
  edition: 4,
  kind: 'only',
  projects: [
    { id: APP.id, project: APP },
    { id: LONG_PROJECT.id, project: LONG_PROJECT },
    { id: '10004', project: null },
  ],
  categories: [
    { id: '10050', name: 'Products' },
    { id: '10059', name: null },
  ],
  administrators: [person(MARIA), person(LONG)],
  requests: [
    { person: person(TOM), at: NOW - HOUR, decision: null },
    { person: person(SERVICE), at: NOW - 5 * DAY, decision: { approved: false, by: person(MARIA), at: NOW - 4 * DAY } },
    { person: person(LONG), at: NOW - 9 * DAY, decision: { approved: true, by: person(MARIA), at: NOW - 8 * DAY } },
  ],
  changes: [
    { at: NOW - HOUR, by: person(TOM), what: { type: 'requested' } },
    CHANGED,
    { at: NOW - 4 * DAY, by: person(MARIA), what: { type: 'declined', person: person(SERVICE) } },
    { at: NOW - 8 * DAY, by: person(MARIA), what: { type: 'approved', person: person(LONG) } },
    { at: NOW - 10 * DAY, by: person(MARIA), what: { type: 'administrators', limited: true, added: [person(MARIA)], removed: [person(TOM)], more: 0 } },
    { at: NOW - 11 * DAY, by: person(LONG), what: { type: 'tookOver' } },
  ],
};

/** @param {Access} of @returns {Reply} */
function access(of) {
  return { type: 'access', access: of };
}

/**
 * What the app leaves behind after a request.
 * @param {Access} before
 * @param {Request} request
 * @returns {Reply}
 */
function changed(before, request) {
  const next = { ...before, edition: before.edition + 1, changes: [CHANGED, ...before.changes] };
  const known = [APP, BIL, LONG_PROJECT];
  switch (request.type) {
    case 'limitProjects': {
      const { kind, projects, categories } = request.limit;
      return access({
        ...next,
        kind,
        projects: projects.map((id) => ({ id, project: known.find((one) => one.id === id) ?? null })),
        categories: categories.map((id) => ({ id, name: before.allCategories.find((one) => one.id === id)?.name ?? null })),
      });
    }
    case 'limitAdministrators':
      return access({ ...next, withoutRights: request.accounts?.includes(SERVICE.accountId) ? [person(SERVICE)] : [], administrators: request.accounts?.map((id) => person([MARIA, TOM, LONG, SERVICE].find((one) => one.accountId === id) ?? SERVICE)) ?? null });
    case 'decideAccess': {
      const decision = { approved: request.approve, by: person(MARIA), at: NOW };
      return access({ ...next, requests: before.requests.map((one) => (one.person.accountId === request.account ? { ...one, decision } : one)) });
    }
    default:
      return refused({ code: 'invalidRequest' });
  }
}

/**
 * @param {Access} of
 * @param {Partial<Record<Request['type'], Scene>>} [more]
 */
function limited(of, more = {}) {
  return still(CONNECTED, {
    access: () => access(of),
    findProjects: (request) => ({ type: 'projects', projects: request.type === 'findProjects' && request.query === 'zzz' ? [] : [APP, BIL] }),
    limitProjects: (request) => changed(of, request),
    limitAdministrators: (request) => changed(of, request),
    decideAccess: (request) => changed(of, request),
    ...more,
  });
}

/** @type {Explanation} */
const REACHES = {
  person: person(TOM),
  mine: false,
  project: APP,
  issueKey: 'APP-1',
  main: person(SERVICE),
  connected: true,
  answers: { person: 'yes', settings: 'yes', main: 'yes' },
  verdict: { type: 'reaches' },
  comments: 'yes',
  because: null,
};

/** @param {Partial<Explanation>} more */
function explained(more) {
  return limited(OPEN, { explain: () => ({ type: 'explained', explanation: { ...REACHES, ...more } }) });
}

/** @param {Partial<Explanation>} more */
function mineExplained(more) {
  return mine(WORKING, { explain: () => ({ type: 'explained', explanation: { ...REACHES, mine: true, person: person(MARIA), main: null, ...more } }) });
}

/** Tom was first: he added Billing. */
const TOMS = { ...LIMITED, edition: 5, projects: [...LIMITED.projects, { id: BIL.id, project: BIL }] };

/** @param {Partial<Record<Request['type'], Scene>>} [more] */
function outside(more = {}) {
  /** @type {Partial<Record<Request['type'], Scene>>} */
  const answers = {
    status: () => refused({ code: 'notListed', administrators: [person(MARIA), person(LONG)], request: null }),
    requestAccess: () => ({ type: 'accessRequested', request: { person: person(TOM), at: NOW, decision: null } }),
    ...more,
  };
  return still(CONNECTED, answers);
}

export const SCENES_OF_ACCESS = {
  /** @type {Record<string, Scene>} */
  'integration-plus': {
    access: limited(OPEN),
    accessLimited: limited(LIMITED),
    accessFull: limited({ ...LIMITED, bounds: { projects: 3, categories: 2, administrators: 2 } }),
    accessLoading: limited(OPEN, { access: () => 'silence' }),
    accessFails: limited(OPEN, { access: (_, nth) => (nth === 0 ? refused({ code: 'jiraUnavailable', retryAfterS: 5 }) : access(OPEN)) }),
    accessSaveFails: limited(LIMITED, {
      limitProjects: () => refused({ code: 'storageUnavailable' }),
      limitAdministrators: () => refused({ code: 'noAdministratorLeft' }),
      decideAccess: () => refused({ code: 'listFull', most: 50 }),
      findProjects: () => refused({ code: 'jiraUnavailable', retryAfterS: null }),
    }),
    accessTaken: limited(LIMITED, {
      access: (_, nth) => access(nth === 0 ? LIMITED : TOMS),
      limitProjects: (request, nth) => (nth === 0 ? refused({ code: 'accessChanged', by: person(TOM), at: NOW }) : changed(TOMS, request)),
    }),
    /** Tom was first, and listed the same category. */
    accessBothListed: limited(LIMITED, {
      access: (_, nth) => access(nth === 0 ? LIMITED : { ...TOMS, categories: [...TOMS.categories, { id: '10051', name: 'Operations' }] }),
      limitProjects: () => refused({ code: 'accessChanged', by: person(TOM), at: NOW }),
    }),
    /** Saving waits for a word of the test. */
    accessSlow: limited(OPEN, {
      limitProjects: (request) => new Promise((resolve) => Object.assign(globalThis, { __slow: () => resolve(changed(OPEN, request)) })),
    }),
    accessGone: limited(LIMITED, {
      limitAdministrators: () => refused({ code: 'notListed', administrators: [person(LONG)], request: null }),
    }),
    outside: outside(),
    outsideDeclined: outside({
      status: () =>
        refused({
          code: 'notListed',
          administrators: [person(MARIA)],
          request: { person: person(TOM), at: NOW - DAY, decision: { approved: false, by: person(MARIA), at: NOW - HOUR } },
        }),
      requestAccess: () => refused({ code: 'askedTooSoon', againAt: NOW + 23 * HOUR }),
    }),
    outsideDecided: outside({
      status: (_, nth) =>
        refused({
          code: 'notListed',
          administrators: [person(MARIA)],
          request: { person: person(TOM), at: NOW - DAY, decision: nth === 0 ? null : { approved: false, by: person(MARIA), at: NOW - HOUR } },
        }),
      requestAccess: () => refused({ code: 'askedTooSoon', againAt: NOW + 23 * HOUR }),
    }),
    outsideAdmitted: outside({
      status: (_, nth) => (nth === 0 ? refused({ code: 'notListed', administrators: [person(LONG)], request: null }) : reply(CONNECTED)),
      requestAccess: () => ({ type: 'accessRequested', request: null }),
    }),
    explainReaches: explained({}),
    explainNoComment: explained({ comments: 'no' }),
    explainPerson: explained({ answers: { person: 'no', settings: 'no', main: 'yes' }, verdict: { type: 'blocked', by: 'person' }, comments: 'no' }),
    explainSettings: explained({ issueKey: null, answers: { person: 'yes', settings: 'no', main: 'yes' }, verdict: { type: 'blocked', by: 'settings' } }),
    explainMain: explained({ answers: { person: 'yes', settings: 'yes', main: 'no' }, verdict: { type: 'blocked', by: 'main' } }),
    explainUnconnected: explained({ main: null, connected: false, answers: { person: 'yes', settings: 'yes', main: 'no' }, verdict: { type: 'blocked', by: 'main' } }),
    explainDead: explained({ answers: { person: 'yes', settings: 'yes', main: 'unknown' }, verdict: { type: 'open', unknown: 'main' }, because: 'mainGrantDead' }),
    explainUnanswered: explained({ answers: { person: 'unknown', settings: 'yes', main: 'yes' }, verdict: { type: 'open', unknown: 'person' }, comments: 'unknown', because: 'noAnswer' }),
    explainNowhere: limited(OPEN, { explain: () => refused({ code: 'noSuchPlace' }) }),
  },
  /** @type {Record<string, Scene>} */
  personal: {
    myReach: mineExplained({}),
    myReachSettings: mineExplained({ answers: { person: 'yes', settings: 'no', main: 'yes' }, verdict: { type: 'blocked', by: 'settings' } }),
    myReachMain: mineExplained({ answers: { person: 'yes', settings: 'yes', main: 'no' }, verdict: { type: 'blocked', by: 'main' } }),
    myReachNowhere: mine(WORKING, { explain: () => refused({ code: 'noSuchPlace' }) }),
  },
};
