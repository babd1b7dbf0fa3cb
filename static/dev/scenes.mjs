// @ts-check
/**
 * One scene for each state that the panel can show: what the app answers, by kind of request.
 * @import { Action, ChangeView, Check, CheckFailure, CheckName, Denial, ErrorCode, HistoryRow, Outcome, Reply, Request, StageView, Status, Step, StepState, StepView } from '../src/api/generated/api.ts'
 */
import { DAY, HOUR, MINUTE, NOW, SECOND } from './clock.mjs';
import { APP, GONE, LONG, MARIA, NARROW, person, SERVICE, TOM } from './people.mjs';
import { rehearsed } from './rehearsals.mjs';

export { DAY, HOUR, MINUTE, NOW } from './clock.mjs';

export const KEY = 'a'.repeat(64);
const OTHER_KEY = 'b'.repeat(64);
export const PAGE = 'https://auth.atlassian.com/authorize?audience=api.atlassian.com&client_id=fixture&state=fixture';

/** @type {CheckName[]} */
const NAMES = ['grantWorks', 'accountActive', 'productAccess', 'jiraAdministrator', 'scopesComplete', 'siteCovered', 'webhooksRegistered'];

/**
 * @param {Partial<Record<CheckName, Check['result']>>} [found]
 * @returns {Check[]}
 */
function checks(found = {}) {
  return NAMES.map((name) => ({ name, result: found[name] ?? { type: 'passed' } }));
}

/** @type {Status} */
export const CONNECTED = {
  now: NOW,
  badge: 'connected',
  main: { account: SERVICE, since: NOW - 12 * DAY, changedBy: person(MARIA), siteUrl: 'https://example.atlassian.net' },
  health: {
    generation: 1,
    checkedAt: NOW - 3 * MINUTE,
    checks: checks(),
    facts: {
      refreshedAt: NOW - 41 * MINUTE,
      idlesOutAt: NOW - 41 * MINUTE + 90 * DAY,
      scopesGranted: 6,
      siteUrl: 'https://example.atlassian.net',
      webhooks: 1,
      webhooksExpireAt: NOW + 10 * DAY,
    },
  },
  lastDeliveryAt: NOW - 5 * MINUTE,
  change: null,
  history: [
    row(NOW - 12 * DAY, { type: 'completed', webhooksLeft: 0, restorableUntil: null }, { from: person(MARIA), receipt: 2 }),
    row(NOW - 40 * DAY, { type: 'completed', webhooksLeft: 0, restorableUntil: null }, { from: null, to: person(MARIA), purpose: 'firstConnect', receipt: 1 }),
  ],
  refusals: [],
  checkDue: false,
  settings: { policy: 'verifyFirst', graceDays: 7, fallback: false, runsDays: null },
  former: null,
  registerDue: 0,
  testsFailed: 0,
  risk: null,
  actions: ['change', 'checkNow'],
  pollAfterMs: null,
};

/** @type {Status} */
const NEVER_CONNECTED = {
  ...CONNECTED,
  badge: 'notConnected',
  main: null,
  health: null,
  lastDeliveryAt: null,
  history: [],
  actions: ['connect'],
};

/**
 * @param {number} at
 * @param {Outcome} outcome
 * @param {Partial<HistoryRow>} [more]
 * @returns {HistoryRow}
 */
export function row(at, outcome, more = {}) {
  return { at, purpose: 'changeMainUser', from: person(SERVICE), to: person(SERVICE), by: person(MARIA), outcome, receipt: null, scheduledFor: null, switchedAt: null, ...more };
}

/**
 * @param {Partial<Record<Step, StepState>>} [far]
 * @returns {StepView[]}
 */
export function steps(far = {}) {
  /** @type {Step[]} */
  const all = ['consent', 'checks', 'newWebhooks', 'switch', 'oldWebhooks', 'oldGrant'];
  return all.map((step) => ({ step, state: far[step] ?? 'waiting' }));
}

/**
 * @param {StageView} stage
 * @param {Partial<ChangeView>} [more]
 * @returns {ChangeView}
 */
export function change(stage, more = {}) {
  return {
    key: KEY,
    purpose: 'changeMainUser',
    initiator: person(MARIA),
    mine: true,
    intended: person(SERVICE),
    beganAt: NOW - 19 * SECOND,
    expiresAt: NOW + 9 * MINUTE + 41 * SECOND,
    handedOff: false,
    scheduledFor: null,
    policy: 'verifyFirst',
    stage,
    steps: steps({ consent: 'current' }),
    ...more,
  };
}

/**
 * Maria is the main authorized user, and a change to the service account is under way.
 * @param {ChangeView} view
 * @param {Action[]} [actions]
 * @returns {Status}
 */
export function changing(view, actions = ['change', 'checkNow', 'reopenAuthorization', 'cancelChange']) {
  return {
    ...CONNECTED,
    main: { account: MARIA, since: NOW - 40 * DAY, changedBy: person(MARIA), siteUrl: 'https://example.atlassian.net' },
    history: CONNECTED.history.slice(1),
    change: view,
    actions,
    pollAfterMs: view.stage.type === 'ended' ? null : 60 * SECOND,
  };
}

const CARRIED_OUT = steps({ consent: 'done', checks: 'done', newWebhooks: 'done', switch: 'done', oldWebhooks: 'done', oldGrant: 'done' });
export const COMPLETED = {
  ...CONNECTED,
  main: { account: SERVICE, since: NOW, changedBy: person(MARIA), siteUrl: 'https://example.atlassian.net' },
  change: change({ type: 'ended', outcome: { type: 'completed', webhooksLeft: 0, restorableUntil: null }, at: NOW }, { steps: CARRIED_OUT }),
};

/**
 * @typedef {(request: Request, nth: number) => Reply | 'silence' | 'breakdown' | Promise<Reply>} Scene
 * What the app answers to a request, the `nth` of its kind, counted from nought.
 */

/**
 * @param {Status} status
 * @returns {Reply}
 */
export function reply(status) {
  return { type: 'status', status };
}

/**
 * @param {ErrorCode} error
 * @returns {Reply}
 */
export function refused(error) {
  return { type: 'refused', error };
}

/**
 * @param {Reply} late
 * @param {number} ms
 * @returns {Promise<Reply>}
 */
export function after(ms, late) {
  return new Promise((resolve) => setTimeout(resolve, ms, late));
}

/** @type {Reply} */
const FOUND = {
  type: 'accounts',
  accounts: [
    { account: SERVICE, unsuitable: null, isMain: false, looksPersonal: false },
    { account: NARROW, unsuitable: null, isMain: false, looksPersonal: false },
    { account: MARIA, unsuitable: null, isMain: true, looksPersonal: true },
    { account: LONG, unsuitable: null, isMain: false, looksPersonal: false },
    { account: GONE, unsuitable: 'inactive', isMain: false, looksPersonal: true },
    { account: APP, unsuitable: 'notHuman', isMain: false, looksPersonal: false },
  ],
};

/** Everybody who can be rehearsed. */
const ACCOUNTS = new Map([SERVICE, NARROW, MARIA, LONG, TOM].map((account) => [account.accountId, account]));

/**
 * A scene whose status does not change, and in which a change can be begun.
 * @param {Status} status
 * @param {Partial<Record<Request['type'], Scene>>} [more]
 * @returns {Scene}
 */
export function still(status, more = {}) {
  const waiting = changing(change({ type: 'awaitingConsent' }));
  /** @type {Partial<Record<Request['type'], Scene>>} */
  const answers = {
    status: () => reply(status),
    findAccounts: () => FOUND,
    rehearsal: () => rehearsed(null),
    rehearse: (request) => (request.type === 'rehearse' ? rehearsed({ account: ACCOUNTS.get(request.account) ?? SERVICE, against: person(status.main?.account ?? MARIA) }) : refused({ code: 'invalidRequest' })),
    beginChange: () => ({ type: 'authorization', change: KEY, url: PAGE, status: waiting }),
    reopenAuthorization: () => ({ type: 'authorization', change: KEY, url: PAGE, status }),
    continueChange: () => refused({ code: 'wrongStage' }),
    acceptAccount: () => reply(COMPLETED),
    cancelChange: () => reply({ ...status, change: null, pollAfterMs: null, actions: ['change', 'checkNow'] }),
    checkNow: () => reply({ ...status, now: NOW + MINUTE, health: status.health && { ...status.health, checkedAt: NOW + MINUTE } }),
    ...more,
  };
  return (request, nth) => answers[request.type]?.(request, nth) ?? refused({ code: 'invalidRequest' });
}

/**
 * @param {Badge} badge
 * @param {Partial<Record<CheckName, CheckFailure>>} failures
 * @returns {Status}
 * @import { Badge } from '../src/api/generated/api.ts'
 */
function failing(badge, failures) {
  const found = Object.fromEntries(
    Object.entries(failures).map(([name, failure]) => [name, { type: /** @type {const} */ ('failed'), failure }]),
  );
  return { ...CONNECTED, badge, health: CONNECTED.health && { ...CONNECTED.health, checks: checks(found) } };
}

/**
 * A change of Maria's that has come to this stage.
 * @param {StageView} stage
 * @param {Action[]} [actions]
 * @param {Partial<ChangeView>} [more]
 */
function at(stage, actions = ['change', 'checkNow', 'cancelChange'], more = {}) {
  return still(changing(change(stage, more), actions));
}

/**
 * @param {Outcome} outcome
 * @param {StepView[]} [far]
 */
function ended(outcome, far = steps({ consent: 'failed' })) {
  const before = changing(change({ type: 'awaitingConsent' }));
  const status = changing(change({ type: 'ended', outcome, at: NOW }, { steps: far }), ['change', 'checkNow']);
  return whileOpen(before, status);
}

/**
 * A scene that becomes another once the dialog follows the change.
 * @param {Status} before
 * @param {Status} status
 */
function whileOpen(before, status) {
  return still(before, {
    status: (request) => reply(request.type === 'status' && request.watching === KEY ? status : { ...before, pollAfterMs: 300 }),
  });
}

/** @type {Denial[]} */
const DENIALS = [
  { type: 'declined' },
  { type: 'authorizationError' },
  { type: 'codeRefused' },
  { type: 'clientSecretRejected' },
  { type: 'scopesMissing', missing: ['manage:jira-webhook'] },
  { type: 'siteNotCovered', covered: ['partner'] },
  { type: 'malformedAnswer' },
  { type: 'unreachable' },
  { type: 'wrongAccount', allowed: person(TOM) },
];

export const FAILED_CHECKS = checks({
  jiraAdministrator: { type: 'failed', failure: { type: 'notAdministrator' } },
  scopesComplete: { type: 'failed', failure: { type: 'scopesMissing', missing: ['write:jira-work', 'manage:jira-webhook'] } },
});

/** @type {Record<string, Scene>} */
export const SCENES = {
  connected: still(CONNECTED),
  waitingForDelivery: still({ ...CONNECTED, lastDeliveryAt: null }),
  notConnected: still(NEVER_CONNECTED),
  unchecked: still({ ...CONNECTED, badge: 'unchecked', health: null }),
  loading: () => 'silence',
  oldChecks: still({ ...CONNECTED, checkDue: true, health: CONNECTED.health && { ...CONNECTED.health, checkedAt: NOW - 20 * HOUR } }, { checkNow: () => reply(CONNECTED) }),
  slowCheck: still(CONNECTED, { checkNow: () => 'silence' }),
  checkUnavailable: still(CONNECTED, { checkNow: () => refused({ code: 'jiraUnavailable', retryAfterS: 20 }) }),
  offline: () => 'breakdown',
  storageDown: (_, nth) => (nth < 1 ? refused({ code: 'storageUnavailable' }) : reply(CONNECTED)),
  notConfigured: () => refused({ code: 'notConfigured', missing: ['CLIENT_ID', 'CLIENT_SECRET'] }),
  noPermission: () => refused({ code: 'notAdministrator', helpers: [person(MARIA), person(TOM)] }),
  noPermissionNoHelpers: () => refused({ code: 'notAdministrator', helpers: [] }),
  unreadable: () => /** @type {Reply} */ (/** @type {unknown} */ ({ type: 'news' })),
  stale: still(changing(change({ type: 'awaitingConsent' })), {
    status: (_, nth) => (nth === 0 ? reply({ ...changing(change({ type: 'awaitingConsent' })), pollAfterMs: 500 }) : refused({ code: 'storageUnavailable' })),
  }),

  /** Jira answers no more after the first status, until a test says otherwise. */
  jiraGone: (request, nth) => {
    const answers = nth === 0 || '__jira' in globalThis;
    return request.type === 'status' && !answers ? refused({ code: 'jiraUnavailable', retryAfterS: null }) : reply({ ...CONNECTED, pollAfterMs: nth === 0 ? 200 : null });
  },

  actionNeeded: still(
    failing('actionNeeded', {
      productAccess: { type: 'noProductAccess' },
      jiraAdministrator: { type: 'notAdministrator' },
      scopesComplete: { type: 'scopesMissing', missing: ['manage:jira-webhook'] },
      webhooksRegistered: { type: 'webhooksMissing', registered: 0, wanted: 1 },
    }),
  ),
  disconnected: still(
    failing('disconnected', {
      grantWorks: { type: 'grantDead', reason: 'revokedOrPasswordChanged' },
      accountActive: { type: 'accountInactive' },
      siteCovered: { type: 'siteNotCovered', covered: ['partner'] },
    }),
  ),
  secretRejected: still(failing('disconnected', { grantWorks: { type: 'clientSecretRejected' } })),
  webhooksFull: still(failing('actionNeeded', { webhooksRegistered: { type: 'webhooksFull', used: 5, limit: 5 } })),
  noProjects: still(failing('actionNeeded', { webhooksRegistered: { type: 'noProjects' } })),
  degraded: still({
    ...CONNECTED,
    badge: 'degraded',
    health: CONNECTED.health && {
      ...CONNECTED.health,
      checks: checks({
        grantWorks: { type: 'unknown', because: 'authorizationServer' },
        accountActive: { type: 'unknown', because: 'jira' },
        jiraAdministrator: { type: 'unknown', because: 'earlierCheck' },
      }),
    },
  }),
  longNames: still({
    ...CONNECTED,
    main: CONNECTED.main && { ...CONNECTED.main, account: LONG, changedBy: person(LONG) },
    history: [row(NOW - DAY, { type: 'completed', webhooksLeft: 2, restorableUntil: null }, { from: person(LONG), to: person(LONG), by: person(LONG), receipt: 3 })],
  }),
  history: still({
    ...CONNECTED,
    history: [
      row(NOW - 1 * HOUR, { type: 'refreshed' }),
      row(NOW - 1 * DAY, { type: 'cancelled', by: person(TOM) }),
      row(NOW - 2 * DAY, { type: 'wrongAccount', allowed: person(MARIA) }),
      row(NOW - 3 * DAY, { type: 'checksFailed', checks: FAILED_CHECKS }, { to: person(NARROW) }),
      row(NOW - 4 * DAY, { type: 'webhooksFailed', failure: { type: 'webhookRefused', message: 'The JQL is not allowed.' } }),
      row(NOW - 5 * DAY, { type: 'superseded', by: person(TOM) }),
      row(NOW - 6 * DAY, { type: 'expired' }),
      row(NOW - 7 * DAY, { type: 'interrupted' }),
      ...DENIALS.map((denial, i) => row(NOW - (8 + i) * DAY, { type: 'denied', denial })),
      row(NOW - 100 * DAY, { type: 'completed', webhooksLeft: 1, restorableUntil: null }, { from: person(GONE), receipt: 2 }),
      row(NOW - 101 * DAY, { type: 'completed', webhooksLeft: 0, restorableUntil: null }, { purpose: 'rollBack', from: person(SERVICE), to: person(GONE), receipt: 3 }),
      row(NOW - 400 * DAY, { type: 'completed', webhooksLeft: 0, restorableUntil: null }, { from: null, to: person(GONE), purpose: 'firstConnect', receipt: 1 }),
    ],
    refusals: [
      { reason: 'unknownState', firstAt: NOW - 2 * HOUR, lastAt: NOW - HOUR, count: 312 },
      { reason: 'alreadyUsed', firstAt: NOW - DAY, lastAt: NOW - DAY, count: 1 },
    ],
  }),

  awaitingConsent: still(changing(change({ type: 'awaitingConsent' }))),
  lastMinute: still(changing(change({ type: 'awaitingConsent' }, { expiresAt: NOW + 62 * SECOND }))),
  verifying: at({ type: 'verifying' }),
  allowedByOther: at({ type: 'allowedByOther', allowed: person(TOM) }, ['change', 'checkNow', 'acceptAccount', 'cancelChange']),
  declined: at({ type: 'denied', denial: { type: 'declined' } }),
  siteNotChosen: at({ type: 'denied', denial: { type: 'siteNotCovered', covered: ['partner'] } }),
  expired: at({ type: 'expired' }),
  interrupted: at({ type: 'interrupted' }),
  working: at({ type: 'working', active: true }, ['checkNow'], {
    steps: steps({ consent: 'done', checks: 'done', newWebhooks: 'current' }),
  }),
  undoing: at({ type: 'undoing', active: true }, ['checkNow'], {
    steps: steps({ consent: 'done', checks: 'done', newWebhooks: 'failed' }),
  }),
  othersChange: still(
    changing(change({ type: 'awaitingConsent' }, { initiator: person(TOM), mine: false, key: OTHER_KEY }), ['takeOver', 'checkNow']),
  ),

  /** The whole way: the page opens, somebody allows, the panel carries the change on by itself. */
  change: still(changing(change({ type: 'awaitingConsent' })), {
    status: (_, nth) => {
      const waiting = { ...changing(change({ type: 'awaitingConsent' })), pollAfterMs: 700 };
      switch (nth) {
        case 0:
          return reply({ ...waiting, change: null, pollAfterMs: null, actions: ['change', 'checkNow'] });
        case 1:
          return reply(waiting);
        case 2:
          return reply({
            ...changing(change({ type: 'allowed' }, { steps: steps({ consent: 'done', checks: 'current' }) }), ['continueChange', 'cancelChange']),
            pollAfterMs: 400,
          });
        default:
          return reply({
            ...changing(
              change({ type: 'working', active: true }, { steps: steps({ consent: 'done', checks: 'done', newWebhooks: 'current' }) }),
              ['checkNow'],
            ),
            pollAfterMs: 400,
          });
      }
    },
    beginChange: () => ({ type: 'authorization', change: KEY, url: PAGE, status: { ...changing(change({ type: 'awaitingConsent' })), pollAfterMs: 700 } }),
    continueChange: () => after(1500, reply(COMPLETED)),
  }),
  /** A change gets on, seen from outside, while the panel's own request to carry it on is out. */
  getsOn: still(changing(change({ type: 'allowed' })), {
    status: (_, nth) =>
      reply({
        ...changing(change({ type: 'allowed' }, { expiresAt: NOW + MINUTE, steps: steps({ consent: 'done', checks: nth % 2 === 0 ? 'current' : 'waiting' }) }), ['continueChange']),
        pollAfterMs: 150,
      }),
    continueChange: () => after(1500, reply(COMPLETED)),
  }),
  /** A reading that was begun before a cancellation comes after it. */
  lateReading: still(changing(change({ type: 'awaitingConsent' })), {
    status: (_, nth) => {
      const waiting = { ...changing(change({ type: 'awaitingConsent' })), pollAfterMs: 50 };
      return nth === 0 ? reply(waiting) : after(1500, reply(waiting));
    },
  }),
  /** The first connection, from the page that explains it. */
  connect: still(NEVER_CONNECTED, {
    beginChange: () => ({
      type: 'authorization',
      change: KEY,
      url: PAGE,
      status: {
        ...NEVER_CONNECTED,
        change: change({ type: 'awaitingConsent' }, { purpose: 'firstConnect' }),
        actions: ['connect', 'reopenAuthorization', 'cancelChange'],
        pollAfterMs: 60_000,
      },
    }),
  }),
  /** The app wants a change carried on, and Jira is down the first time. */
  carriedOnLater: still(
    {
      ...changing(change({ type: 'allowed' }, { steps: steps({ consent: 'done', checks: 'current' }) }), ['continueChange', 'cancelChange']),
      pollAfterMs: 200,
    },
    { continueChange: () => refused({ code: 'jiraUnavailable', retryAfterS: 20 }) },
  ),
  cameToNothing: still(
    changing(change({ type: 'ended', outcome: { type: 'checksFailed', checks: FAILED_CHECKS }, at: NOW }, { steps: steps({ consent: 'done', checks: 'failed' }) }), ['change', 'checkNow']),
  ),
  continueUnavailable: still(
    { ...changing(change({ type: 'allowed' }, { steps: steps({ consent: 'done', checks: 'current' }) }), ['continueChange', 'cancelChange']) },
    { continueChange: (_, nth) => (nth === 0 ? refused({ code: 'jiraUnavailable', retryAfterS: 1 }) : reply(COMPLETED)) },
  ),
  blocked: still(CONNECTED, {
    beginChange: (request) =>
      request.type === 'beginChange' && request.insteadOf === OTHER_KEY
        ? { type: 'authorization', change: KEY, url: PAGE, status: changing(change({ type: 'awaitingConsent' })) }
        : refused({ code: 'changeUnderWay', by: person(TOM), since: NOW - 2 * MINUTE, change: OTHER_KEY, replaceable: true, scheduledFor: null }),
  }),
  blockedForGood: still(CONNECTED, {
    beginChange: () => refused({ code: 'changeUnderWay', by: person(TOM), since: NOW - 2 * MINUTE, change: OTHER_KEY, replaceable: false, scheduledFor: null }),
  }),
  searchFails: still(CONNECTED, {
    findAccounts: (_, nth) => (nth === 0 ? refused({ code: 'jiraUnavailable', retryAfterS: null }) : FOUND),
  }),
  nobodyFound: still(CONNECTED, { findAccounts: () => ({ type: 'accounts', accounts: [] }) }),
  endedCompleted: ended({ type: 'completed', webhooksLeft: 2, restorableUntil: null }, CARRIED_OUT),
  endedChecksFailed: ended({ type: 'checksFailed', checks: FAILED_CHECKS }, steps({ consent: 'done', checks: 'failed' })),
  endedWebhooksFailed: ended({ type: 'webhooksFailed', failure: { type: 'webhooksFull', used: 5, limit: 5 } }),
  endedCancelled: ended({ type: 'cancelled', by: person(TOM) }),
  endedDenied: ended({ type: 'denied', denial: { type: 'scopesMissing', missing: ['manage:jira-webhook'] } }),
  /** While the dialog is open, another administrator's change takes the place of this one. */
  superseded: whileOpen(changing(change({ type: 'awaitingConsent' })), {
    ...changing(change({ type: 'awaitingConsent' }, { initiator: person(TOM), mine: false, key: OTHER_KEY, beganAt: NOW }), ['takeOver', 'checkNow']),
    history: [row(NOW, { type: 'superseded', by: person(TOM) }), ...CONNECTED.history],
  }),
};
