// @ts-check
/**
 * One scene for each state of people: Connections, Settings and rolling back on the admin page, the personal settings
 * page, the issue panel, and the background script.
 * @import { CommentResult, ConnectionRow, Connections, Counts, Day, Me, Prompt, Reply, Request, Risk, Standing, Status } from '../src/api/generated/api.ts'
 * @import { Scene } from './scenes.mjs'
 */
import { GONE, LONG, MARIA, person, SERVICE, TOM } from './people.mjs';
import { after, COMPLETED, CONNECTED, DAY, FAILED_CHECKS, HOUR, MINUTE, NOW, PAGE, refused, reply, still } from './scenes.mjs';

// ── Connections ──────────────────────────────────────────────────────────────────────────────────────────────────

/** @param {Partial<Counts>} [more] @returns {Counts} */
function counts(more = {}) {
  return { working: 0, toReauthorize: 0, wrongAccount: 0, neverUsed: 0, deactivated: 0, ...more };
}

const FIRST = ['Ana', 'Bo', 'Chidi', 'Dana', 'Emil', 'Farid', 'Greta', 'Hana', 'Ivo', 'June', 'Kofi', 'Lena', 'Milo', 'Nora', 'Omar', 'Pia', 'Quinn', 'Rosa', 'Sven', 'Tara'];

/** @param {number} i @returns {Standing} */
function standingOf(i) {
  switch (i % 8) {
    case 1:
      return { type: 'toReauthorize', reason: 'revokedOrPasswordChanged' };
    case 2:
      return { type: 'unverified' };
    case 4:
      return { type: 'wrongAccount', reason: 'idle', allowed: person(TOM) };
    case 5:
      return { type: 'neverUsed', reason: 'idle' };
    case 7:
      return i === 7 ? { type: 'deactivated' } : { type: 'toReauthorize', reason: 'replacedPolicy' };
    default:
      return { type: 'working' };
  }
}

/** @param {number} i @returns {ConnectionRow} */
function connected(i) {
  const name = `${FIRST[i % FIRST.length]} Fixture ${i + 1}`;
  return {
    person: { accountId: `5b10a2844c20165700ed${String(i).padStart(4, '0')}`, displayName: name, avatarUrl: null },
    standing: standingOf(i),
    since: NOW - (i % 9) * DAY - HOUR,
    usedAt: i % 8 === 5 ? null : NOW - (i % 5) * DAY,
    remindedAt: i % 4 === 1 ? NOW - 3 * HOUR : null,
  };
}

/** What somebody may call themselves. */
const FORMULAS = ['=HYPERLINK("http://example.com","x")', '+1', '-1+2', '@SUM(A1)', '\t=1', '＝1', 'Quote "x", comma', 'Line\nbreak', 'Zoë Ünï'];

/** @returns {Day[]} */
function lastDays() {
  const toDo = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 6, 8, 9];
  return toDo.map((n, i) => ({
    day: NOW - (NOW % DAY) - (13 - i) * DAY,
    fresh: counts({ working: i < 10 ? 46 + Math.floor(i / 3) : ([5, 14, 28, 40][i - 10] ?? 0), toReauthorize: n, wrongAccount: i > 11 ? 2 : 0, neverUsed: 3, deactivated: 1 }),
    unverified: [45, 33, 17, 5][i - 10] ?? 0,
  }));
}

/** @type {Connections} */
const PEOPLE = {
  now: NOW,
  tally: { fresh: counts({ working: 40, toReauthorize: 9, wrongAccount: 2, neverUsed: 3, deactivated: 1 }), unverified: 5 },
  job: { state: 'done', tried: 55, total: 55, startedAt: NOW - DAY, doneAbout: null, waitsUntil: null },
  days: lastDays(),
  rows: Array.from({ length: 20 }, (_, i) => connected(i)),
  next: '20',
  steering: ['restart'],
  pollAfterMs: null,
};

/** @type {Connections} */
const NOBODY = { ...PEOPLE, tally: { fresh: counts(), unverified: 0 }, job: null, days: [], rows: [], next: null, steering: ['restart'] };

/** Sixty people in three pages, listed as the app lists them.
 * @param {Request} request
 * @returns {Reply}
 */
function listed(request) {
  if (request.type !== 'connections') {
    return refused({ code: 'invalidRequest' });
  }
  const { label, query, cursor, descending } = request.page;
  const under = (/** @type {ConnectionRow} */ { standing }) => label === null || standing.type === label || (label === 'working' && standing.type === 'unverified');
  const all = Array.from({ length: 60 }, (_, i) => connected(i))
    .filter(under)
    .filter(({ person: { displayName } }) => query === null || displayName.toLowerCase().startsWith(query.toLowerCase()));
  const sorted = descending ? all.reverse() : all;
  const begin = Number(cursor ?? 0);
  const next = begin + 20 < sorted.length ? String(begin + 20) : null;
  return connections({ ...PEOPLE, rows: sorted.slice(begin, begin + 20), next });
}

/** @param {Connections} of @returns {Reply} */
function connections(of) {
  return { type: 'connections', connections: of };
}

/** @param {Partial<NonNullable<Connections['job']>>} job @param {Connections['steering']} steering */
function job(job, steering) {
  /** @type {Connections} */
  const running = {
    ...PEOPLE,
    tally: { fresh: counts({ working: 60_000, toReauthorize: 1150, wrongAccount: 20, neverUsed: 25, deactivated: 5 }), unverified: 38_800 },
    job: { state: 'running', tried: 61_200, total: 100_000, startedAt: NOW - 3 * HOUR, doneAbout: NOW + 2 * HOUR, waitsUntil: null, ...job },
    steering,
  };
  return still(CONNECTED, {
    connections: () => connections(running),
    steerWave: () => connections({ ...running, job: running.job && { ...running.job, state: 'paused', doneAbout: null }, steering: ['resume', 'cancel'] }),
  });
}

/** @type {Status} */
const RESTORABLE = { ...CONNECTED, former: { person: person(MARIA), until: NOW + 6 * DAY }, actions: ['change', 'checkNow', 'rollBack'] };

/** @param {Risk} risk @param {Partial<Status>} [more] */
function atRisk(risk, more = {}) {
  return still({ ...CONNECTED, risk, ...more });
}

// ── One person ───────────────────────────────────────────────────────────────────────────────────────────────────

/** @type {Me} */
export const WORKING = {
  now: NOW,
  standing: { type: 'working' },
  connectedAt: NOW - 100 * DAY,
  idlesOutAt: NOW + 80 * DAY,
  scopes: ['read:me', 'read:jira-user', 'read:jira-work', 'write:jira-work', 'offline_access'],
  isMain: false,
  needed: null,
  siteConnected: true,
  announcement: null,
  everyoneAskedAt: NOW - 12 * DAY,
  consent: null,
  held: null,
  fallback: false,
  pollAfterMs: null,
};
/** @type {Me} */
const STRANGER = { ...WORKING, standing: null, connectedAt: null, idlesOutAt: null, scopes: [] };
/** @type {Me} */
const ASKED = { ...WORKING, standing: { type: 'toReauthorize', reason: 'replacedPolicy' } };
/** @type {NonNullable<Me['held']>} */
const HELD = { issueId: '10001', issueKey: 'APP-1', internal: false, at: NOW - 5 * MINUTE, expiresAt: NOW - 5 * MINUTE + DAY, sent: false };
/** @type {Me['consent']} */
const AWAITING = { type: 'awaiting', expiresAt: NOW + 9 * MINUTE };

/** @param {Me} of @returns {Reply} */
function me(of) {
  return { type: 'me', me: of };
}

/** @param {CommentResult} result @param {Me} of @returns {Reply} */
function became(result, of) {
  return { type: 'comment', result, me: of };
}

/**
 * A scene of one person, in which they can begin to authorize and everything is refused that is not given.
 * @param {Me} of
 * @param {Partial<Record<Request['type'], Scene>>} [more]
 * @returns {Scene}
 */
export function mine(of, more = {}) {
  /** @type {Partial<Record<Request['type'], Scene>>} */
  const answers = {
    me: () => me(of),
    authorize: () => ({ type: 'consent', url: PAGE, me: { ...of, consent: AWAITING, pollAfterMs: 60_000 } }),
    disconnect: () => me({ ...STRANGER, siteConnected: of.siteConnected }),
    discardHeld: () => became({ type: 'discarded', unsure: false }, { ...of, held: null }),
    ...more,
  };
  return (request, nth) => answers[request.type]?.(request, nth) ?? refused({ code: 'invalidRequest' });
}

/** @param {Prompt | null} prompt @param {Risk | null} risk @returns {Reply} */
function prompted(prompt, risk = null) {
  return { type: 'prompt', prompt, announcement: null, risk, administrator: risk === null ? null : true, askAgainAt: Date.now() + HOUR };
}

/** @type {Prompt} */
const REPLACED = { reason: 'replacedPolicy', changedAt: Date.now() - 3 * DAY };

/** @param {Prompt | null} prompt @param {Partial<Record<Request['type'], Scene>>} [more] @param {Risk | null} [risk] */
function background(prompt, more = {}, risk = null) {
  return mine(ASKED, { prompt: () => prompted(prompt, risk), snooze: () => prompted(null), ...more });
}

/** The scenes by the key of the module that they belong to. */
export const SCENES_OF_PEOPLE = {
  /** @type {Record<string, Scene>} */
  'integration-plus': {
    people: still(CONNECTED, {
      connections: listed,
      remind: (request) => (request.type === 'remind' ? { type: 'reminded', reached: request.accounts.length - 1, tooSoon: 1, nothingToDo: 0, failed: 0 } : refused({ code: 'invalidRequest' })),
      steerWave: listed,
    }),
    peopleOldCursor: still(CONNECTED, { connections: (request) => (request.type === 'connections' && request.page.cursor !== null ? refused({ code: 'invalidRequest' }) : listed(request)) }),
    peopleLoading: still(CONNECTED, { connections: () => 'silence' }),
    peopleFail: still(CONNECTED, { connections: (request, nth) => (nth === 0 ? refused({ code: 'storageUnavailable' }) : listed(request)) }),
    peopleStale: still(CONNECTED, {
      connections: (_, nth) => (nth === 0 ? connections({ ...PEOPLE, pollAfterMs: 300 }) : refused({ code: 'storageUnavailable' })),
    }),
    peopleBarred: still(CONNECTED, { connections: () => refused({ code: 'notAdministrator', helpers: [person(TOM)] }) }),
    nobodyConnected: still(CONNECTED, { connections: () => connections(NOBODY) }),
    remindFails: still(CONNECTED, { connections: listed, remind: () => refused({ code: 'jiraUnavailable', retryAfterS: 30 }) }),
    formulas: still(CONNECTED, {
      connections: (request, nth) =>
        nth === 0
          ? connections({ ...PEOPLE, next: '1' })
          : request.type === 'connections' && request.page.cursor === null
            ? connections({ ...PEOPLE, rows: FORMULAS.map((displayName, i) => ({ ...connected(i), person: { accountId: `p${i}`, displayName, avatarUrl: null } })), next: '9' })
            : connections({ ...PEOPLE, rows: [{ ...connected(8), person: person(LONG) }], next: null }),
    }),
    exportStops: still(CONNECTED, {
      connections: (request, nth) => (nth === 2 ? refused({ code: 'corruptRecord' }) : listed(request)),
    }),
    exportSlow: still(CONNECTED, { connections: (request, nth) => (nth > 1 ? after(60_000, listed(request)) : listed(request)) }),
    jobRunning: job({}, ['pause', 'cancel']),
    jobWaits: job({ waitsUntil: NOW + 20 * MINUTE }, ['pause', 'cancel']),
    /** One grant got no answer and was left as it is. */
    jobDoneButOne: job({ state: 'done', doneAbout: null, tried: 5, total: 6 }, ['restart']),
    jobPaused: job({ state: 'paused', doneAbout: null }, ['resume', 'cancel']),
    jobCancelled: job({ state: 'cancelled', doneAbout: null }, ['restart']),

    settings: still(CONNECTED, {
      changeSettings: (request) => (request.type === 'changeSettings' ? reply({ ...CONNECTED, settings: request.settings }) : refused({ code: 'invalidRequest' })),
    }),
    settingsFail: still(CONNECTED, { changeSettings: () => refused({ code: 'storageUnavailable' }) }),

    restorable: still(RESTORABLE, { rollBack: () => reply({ ...COMPLETED, former: { person: person(SERVICE), until: NOW + 7 * DAY }, actions: ['change', 'checkNow'] }) }),
    formerFails: still(RESTORABLE, { rollBack: () => refused({ code: 'formerFailsChecks', checks: FAILED_CHECKS }) }),
    formerGone: still(RESTORABLE, { rollBack: () => refused({ code: 'formerGrantDead', reason: 'idle' }) }),
    idlesOut: atRisk({ type: 'idlesOut', at: NOW + 20 * DAY }),
    webhooksExpire: atRisk({ type: 'webhooksExpire', at: NOW + 5 * DAY }),
    rightsLost: atRisk({ type: 'notAdministrator' }, { badge: 'actionNeeded' }),
    unlicensed: atRisk({ type: 'noProductAccess' }, { badge: 'actionNeeded' }),
    scopesLost: atRisk({ type: 'scopesMissing' }, { badge: 'actionNeeded' }),
    secretAlarm: atRisk({ type: 'clientSecretRejected' }, { badge: 'disconnected' }),
    goneAlarm: atRisk({ type: 'disconnected' }, { badge: 'disconnected' }),
  },
  /** @type {Record<string, Scene>} */
  personal: {
    myAccount: mine(WORKING),
    /** The app finds out meanwhile that the grant is dead. */
    myAccountWorsens: mine(WORKING, { me: (_, nth) => me(nth === 0 ? { ...WORKING, pollAfterMs: 1000 } : ASKED) }),
    myAccountMain: mine({ ...WORKING, isMain: true, needed: { type: 'main' } }),
    myAccountFormer: mine({ ...STRANGER, needed: { type: 'former', until: NOW + 6 * DAY } }),
    myAccountChanging: mine({ ...WORKING, needed: { type: 'change' } }),
    myAccountNew: mine(STRANGER),
    myAccountAsked: mine(ASKED),
    myAccountWrong: mine({ ...WORKING, standing: { type: 'wrongAccount', reason: 'scopesMissing', allowed: person(TOM) }, consent: { type: 'wrongAccount', allowed: person(TOM) } }),
    myAccountIdle: mine({ ...WORKING, standing: { type: 'neverUsed', reason: 'idle' } }),
    myAccountDeactivated: mine({ ...WORKING, standing: { type: 'deactivated' } }),
    myAccountAwaiting: mine({ ...ASKED, consent: AWAITING, pollAfterMs: 60_000 }),
    myAccountVerifying: mine({ ...ASKED, consent: { type: 'verifying' }, pollAfterMs: 60_000 }),
    myAccountDenied: mine({ ...ASKED, consent: { type: 'denied', denial: { type: 'declined' } } }),
    myAccountExpired: mine({ ...ASKED, consent: { type: 'expired' } }),
    myAccountHeldTooLong: mine({ ...ASKED, held: { ...HELD, at: NOW - 2 * DAY, expiresAt: NOW - DAY } }),
    myAccountHeld: mine({ ...ASKED, held: HELD }),
    myAccountNoSite: mine({ ...STRANGER, siteConnected: false }),
    myAccountLoading: () => 'silence',
    myAccountFails: mine(WORKING, { me: (_, nth) => (nth === 0 ? refused({ code: 'storageUnavailable' }) : me(WORKING)) }),
    myAccountRefused: mine(ASKED, { authorize: () => refused({ code: 'notConnected' }) }),
    /** Allow is selected in the other tab. */
    myAccountAllows: mine(ASKED, {
      me: (_, nth) => me(nth === 0 ? ASKED : nth === 1 ? { ...ASKED, consent: { type: 'verifying' }, pollAfterMs: 200 } : WORKING),
      authorize: () => ({ type: 'consent', url: PAGE, me: { ...ASKED, consent: AWAITING, pollAfterMs: 200 } }),
    }),
  },
  /** @type {Record<string, Scene>} */
  comment: {
    comment: mine(WORKING, { comment: () => became({ type: 'posted', issueKey: 'APP-1', forCaller: false }, WORKING) }),
    commentAsked: mine(ASKED, {
      comment: () => became({ type: 'held', reason: 'replacedPolicy' }, { ...ASKED, held: HELD }),
    }),
    commentNew: mine(STRANGER, { comment: () => became({ type: 'held', reason: null }, { ...STRANGER, held: HELD }) }),
    commentKept: mine({ ...ASKED, held: HELD }),
    commentKeptFallback: mine({ ...ASKED, held: HELD, fallback: true }, {
      postForMe: () => became({ type: 'posted', issueKey: 'APP-1', forCaller: true }, ASKED),
    }),
    commentKeptDenied: mine({ ...ASKED, held: HELD, consent: { type: 'denied', denial: { type: 'declined' } } }),
    commentElsewhere: mine({ ...ASKED, held: { ...HELD, issueId: '10002', issueKey: 'APP-2' } }, { comment: () => refused({ code: 'anotherWaits', issueKey: 'APP-2' }) }),
    commentBack: mine({ ...WORKING, held: HELD }, {
      postHeld: (request) =>
        request.type === 'postHeld' && request.text !== null
          ? became({ type: 'posted', issueKey: 'APP-1', forCaller: false }, WORKING)
          : became({ type: 'handedBack', text: 'What I wrote yesterday.', why: 'issueChanged' }, { ...WORKING, held: HELD }),
    }),
    /** The same, and the administrator permits it to go out for its author, who has not allowed yet. */
    commentBackForMe: mine({ ...ASKED, held: HELD, fallback: true }, {
      postForMe: (request) =>
        request.type === 'postForMe' && request.text !== null
          ? became({ type: 'posted', issueKey: 'APP-1', forCaller: true }, ASKED)
          : became({ type: 'handedBack', text: 'What I wrote yesterday.', why: 'issueChanged' }, { ...ASKED, held: HELD, fallback: true }),
    }),
    /** The issue changed, and what waits is an internal note; or its project has none any more. */
    commentBackInternal: mine({ ...WORKING, held: { ...HELD, internal: true } }, {
      postHeld: () => became({ type: 'handedBack', text: 'For us only.', why: 'issueChanged' }, { ...WORKING, held: { ...HELD, internal: true } }),
    }),
    commentNoInternalNotes: mine({ ...WORKING, held: { ...HELD, internal: true } }, {
      postHeld: () => became({ type: 'handedBack', text: 'For us only.', why: 'noInternalNotes' }, { ...WORKING, held: { ...HELD, internal: true } }),
    }),
    /** Another sending had come through, and its author edits what they were handed back. */
    commentBackPosted: mine({ ...WORKING, held: HELD }, {
      postHeld: (request) =>
        request.type === 'postHeld' && request.text !== null
          ? became({ type: 'postedBefore', issueKey: 'APP-1', forCaller: false, edited: request.text }, WORKING)
          : became({ type: 'handedBack', text: 'What I wrote yesterday.', why: 'issueChanged' }, { ...WORKING, held: HELD }),
    }),
    commentDiscardPosted: mine({ ...ASKED, held: HELD }, {
      discardHeld: () => became({ type: 'postedBefore', issueKey: 'APP-1', forCaller: false, edited: null }, ASKED),
    }),
    /** Nobody knows whether it is on the issue. */
    commentExpiredUnsure: mine({ ...ASKED, held: { ...HELD, at: NOW - 2 * DAY, expiresAt: NOW - DAY, sent: true } }, {
      postHeld: () => became({ type: 'expired', issueKey: 'APP-1', unsure: true }, ASKED),
    }),
    commentDiscardUnsure: mine({ ...ASKED, held: { ...HELD, sent: true } }, { discardHeld: () => became({ type: 'discarded', unsure: true }, ASKED) }),
    /** The app's storage gives no answer, and the comment is kept all the same. */
    commentUntold: mine(WORKING, {
      comment: () => refused({ code: 'storageUnavailable' }),
      me: (_, nth) => me(nth === 0 ? WORKING : nth === 1 ? { ...WORKING, held: { ...HELD, at: NOW + MINUTE } } : WORKING),
      postHeld: () => became({ type: 'posted', issueKey: 'APP-1', forCaller: false }, WORKING),
    }),
    commentExpired: mine({ ...ASKED, held: { ...HELD, at: NOW - 2 * DAY, expiresAt: NOW - DAY } }, {
      postHeld: () => became({ type: 'expired', issueKey: 'APP-1', unsure: false }, ASKED),
    }),
    commentElsewhereTooLong: mine({ ...ASKED, held: { ...HELD, issueId: '10002', issueKey: 'APP-2', at: NOW - 2 * DAY, expiresAt: NOW - DAY } }),
    commentTooLongStays: mine({ ...ASKED, held: { ...HELD, at: NOW - 2 * DAY, expiresAt: NOW - DAY } }, { postHeld: () => refused({ code: 'storageUnavailable' }) }),
    /** Another text is kept by another tab while something is typed here. */
    commentDraft: mine(ASKED, { me: (_, nth) => me(nth === 0 ? ASKED : { ...ASKED, held: HELD }) }),
    /** The same, and its author allows. */
    commentDraftPosts: mine(ASKED, {
      me: (_, nth) => me(nth === 0 ? ASKED : { ...WORKING, held: HELD }),
      postHeld: () => became({ type: 'posted', issueKey: 'APP-1', forCaller: false }, WORKING),
    }),
    /** The same, and the issue changed. */
    commentDraftBack: mine(ASKED, {
      me: (_, nth) => me(nth === 0 ? ASKED : { ...WORKING, held: HELD }),
      postHeld: () => became({ type: 'handedBack', text: 'What I wrote yesterday.', why: 'issueChanged' }, { ...WORKING, held: HELD }),
    }),
    /** Handed back, and dealt with by another tab while it is edited here. */
    commentBackGone: mine(WORKING, {
      me: (_, nth) => me(nth === 0 ? { ...WORKING, held: HELD } : WORKING),
      postHeld: (_, nth) => (nth === 0 ? became({ type: 'handedBack', text: 'What I wrote yesterday.', why: 'issueChanged' }, { ...WORKING, held: HELD }) : refused({ code: 'nothingHeld' })),
    }),
    /** Two tabs post at one moment, and this one is second. */
    commentLost: mine(WORKING, {
      me: (_, nth) => me(nth === 0 ? { ...WORKING, held: HELD } : WORKING),
      postHeld: () => refused({ code: 'conflict' }),
    }),
    commentLostNothingHeld: mine(WORKING, {
      me: (_, nth) => me(nth === 0 ? { ...WORKING, held: HELD } : WORKING),
      postHeld: () => refused({ code: 'nothingHeld' }),
    }),
    commentLostOnce: mine({ ...WORKING, held: HELD }, {
      postHeld: (_, nth) => (nth === 0 ? refused({ code: 'conflict' }) : became({ type: 'posted', issueKey: 'APP-1', forCaller: false }, WORKING)),
    }),
    commentLostTwice: mine({ ...WORKING, held: HELD }, { postHeld: () => refused({ code: 'conflict' }) }),
    /** Another function is posting it, and is done two seconds later. */
    commentPosting: mine(WORKING, {
      me: (_, nth) => me(nth === 0 ? { ...WORKING, held: HELD } : WORKING),
      postHeld: () => became({ type: 'posting' }, { ...WORKING, held: HELD }),
    }),
    commentUnsent: mine({ ...WORKING, held: HELD }, {
      postHeld: (_, nth) => (nth === 0 ? after(200, refused({ code: 'jiraUnavailable', retryAfterS: 10 })) : became({ type: 'posted', issueKey: 'APP-1', forCaller: false }, WORKING)),
    }),
    commentRefused: mine(WORKING, { comment: () => refused({ code: 'commentRefused', message: 'The field is required.' }) }),
    commentOutOfReach: mine(WORKING, { comment: () => refused({ code: 'issueOutOfReach', whom: 'main' }) }),
    commentBroken: mine(WORKING, { comment: () => 'breakdown' }),
    commentNoSite: mine({ ...STRANGER, siteConnected: false }),
    commentFails: mine(WORKING, { me: () => refused({ code: 'storageUnavailable' }) }),
    /** The whole way: kept, allowed in the other tab, posted by itself. */
    commentResumes: mine(ASKED, {
      comment: () => became({ type: 'held', reason: 'replacedPolicy' }, { ...ASKED, held: HELD }),
      authorize: () => ({ type: 'consent', url: PAGE, me: { ...ASKED, held: HELD, consent: AWAITING, pollAfterMs: 200 } }),
      me: (_, nth) => me(nth === 0 ? ASKED : { ...WORKING, held: HELD }),
      postHeld: () => became({ type: 'posted', issueKey: 'APP-1', forCaller: false }, WORKING),
    }),
    /** Somebody allows on another page: this one hears of it. */
    commentHears: mine(ASKED, {
      me: (_, nth) => me(nth === 0 ? { ...ASKED, held: HELD } : { ...WORKING, held: HELD }),
      postHeld: () => became({ type: 'posted', issueKey: 'APP-1', forCaller: false }, WORKING),
    }),
  },
  /** @type {Record<string, Scene>} */
  'issue-prompt': {
    prompt: background(REPLACED),
    promptNothing: background(null),
    /** The app gives it out once, and the page asks an hour later. */
    promptOnce: background(REPLACED),
    promptSlow: background(null, { prompt: () => after(800, prompted(null)) }),
    promptDown: background(null, { prompt: () => refused({ code: 'storageUnavailable' }) }),
    promptNoAdministrator: background(null, { prompt: (request) => ({ type: 'prompt', prompt: null, announcement: null, risk: null, administrator: request.type === 'prompt' && request.risks === false ? null : false, askAgainAt: Date.now() + HOUR }) }),
    promptRisk: background(null, {}, { type: 'idlesOut', at: Date.now() + 20 * DAY }),
    promptRegister: background(null, {}, { type: 'registerDue', count: 2 }),
    promptAllowed: background(null, {}, { type: 'allowedByLink', account: person(SERVICE), until: Date.now() + 2 * DAY }),
    promptTests: background(null, {}, { type: 'testsFailed', count: 1 }),
    promptAllows: background(REPLACED, {
      authorize: () => ({ type: 'consent', url: PAGE, me: { ...ASKED, consent: AWAITING, pollAfterMs: 1500 } }),
      me: (_, nth) => me(nth === 0 ? { ...ASKED, consent: { type: 'verifying' }, pollAfterMs: 200 } : { ...WORKING, held: HELD }),
    }),
    promptWrong: background(REPLACED, {
      authorize: () => ({ type: 'consent', url: PAGE, me: { ...ASKED, consent: AWAITING, pollAfterMs: 100 } }),
      me: () => me({ ...ASKED, consent: { type: 'wrongAccount', allowed: person(GONE) } }),
    }),
    promptRefused: background(REPLACED, { authorize: () => refused({ code: 'notConnected' }) }),
  },
};

