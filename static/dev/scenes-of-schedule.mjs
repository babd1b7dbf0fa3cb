// @ts-check
/**
 * One scene for each state of a change that waits for its time.
 * @import { Action, Announcement, ChangeView, Deviation, Reply, StageView, Status } from '../src/api/generated/api.ts'
 * @import { Scene } from './scenes.mjs'
 */
import { MARIA, person, TOM } from './people.mjs';
import { mine, WORKING } from './scenes-of-people.mjs';
import { after, change, changing, COMPLETED, CONNECTED, DAY, HOUR, KEY, MINUTE, NOW, PAGE, refused, reply, row, steps, still } from './scenes.mjs';

/** When it is to switch. */
const AT = NOW + 2 * DAY;

/** @param {boolean} looking @returns {StageView} */
function waits(looking = false) {
  return { type: 'scheduled', at: AT, looking, active: looking };
}

/** @param {Partial<ChangeView>} [more] @param {boolean} [looking] */
function view(more = {}, looking = false) {
  return change(waits(looking), { scheduledFor: AT, policy: 'everyone', beganAt: NOW - HOUR, steps: steps({ consent: 'done', checks: 'done' }), ...more });
}

/** @param {Partial<ChangeView>} [more] @param {Action[]} [actions] @returns {Status} */
function scheduled(more = {}, actions = ['switchNow', 'cancelChange', 'checkNow']) {
  return { ...changing(view(more), actions), pollAfterMs: 15 * MINUTE };
}

/** @param {Deviation} because @param {Partial<ChangeView>} [more] @returns {Status} */
function stopped(because, more = {}) {
  const outcome = /** @type {const} */ ({ type: 'stopped', because });
  const end = change({ type: 'ended', outcome, at: NOW - MINUTE }, { scheduledFor: NOW - MINUTE, steps: steps({ consent: 'done', checks: 'failed' }), ...more });
  const status = changing(end, ['change', 'checkNow']);
  return { ...status, history: [row(NOW - MINUTE, outcome, { from: person(MARIA), scheduledFor: NOW - 2 * MINUTE }), ...status.history] };
}

/** @type {Deviation} */
const MORE = { type: 'moreIsLost', lost: 3, failing: 4, projects: ['BIL', 'LEG'] };

/** @type {Announcement} */
const ANNOUNCED = { change: KEY, at: AT };

/** @returns {Reply} */
function announced() {
  return { type: 'prompt', prompt: null, announcement: ANNOUNCED, risk: null, administrator: null, askAgainAt: Date.now() + HOUR };
}

/** @returns {Reply} */
function nothing() {
  return { type: 'prompt', prompt: null, announcement: null, risk: null, administrator: null, askAgainAt: Date.now() + HOUR };
}

/** The scenes by the key of the module that they belong to. */
export const SCENES_OF_SCHEDULE = {
  /** @type {Record<string, Scene>} */
  'integration-plus': {
    scheduled: still(scheduled(), {
      switchNow: () => after(1500, reply(COMPLETED)),
      beginChange: () => refused({ code: 'invalidRequest' }),
    }),
    scheduledSlow: still(scheduled(), { switchNow: () => 'silence' }),
    scheduledByOther: still(scheduled({ mine: false, initiator: person(TOM), policy: 'verifyFirst' }, ['cancelChange', 'checkNow'])),
    scheduledLooking: still({ ...changing(view({}, true), ['cancelChange', 'checkNow']), pollAfterMs: null }),
    scheduledNotAsForeseen: still(scheduled(), { switchNow: () => refused({ code: 'notAsForeseen', because: MORE }) }),
    scheduledStillRehearsing: still(scheduled(), { switchNow: () => refused({ code: 'stillRehearsing' }) }),
    /** Tom cancels it while it is looked at. */
    scheduledGone: still(scheduled(), {
      status: (_, nth) => reply(nth === 0 ? scheduled() : CONNECTED),
      switchNow: () => refused({ code: 'noSuchChange' }),
    }),
    scheduledStopped: still(stopped(MORE)),
    scheduledStoppedOfOther: still(stopped({ type: 'initiatorNotAdministrator' }, { mine: false, initiator: person(TOM) })),
    scheduledDone: still({
      ...CONNECTED,
      history: [row(NOW - HOUR, { type: 'completed', webhooksLeft: 0, restorableUntil: null }, { from: person(MARIA), receipt: 3, scheduledFor: NOW - HOUR }), ...CONNECTED.history],
    }),
    scheduledSwitchedEarly: still({
      ...CONNECTED,
      history: [row(NOW - HOUR, { type: 'completed', webhooksLeft: 0, restorableUntil: null }, { from: person(MARIA), receipt: 3, scheduledFor: NOW + DAY, switchedAt: NOW - HOUR }), ...CONNECTED.history],
    }),
    /** What is chosen in the dialog is scheduled. */
    schedules: still(CONNECTED, {
      beginChange: () => ({ type: 'authorization', change: KEY, url: PAGE, status: scheduled() }),
      status: () => reply(CONNECTED),
    }),
    /** The app's clock decides, and it is ahead of what the page reckons. */
    schedulesTooLate: still(CONNECTED, {
      beginChange: (request) =>
        request.type === 'beginChange' && request.switchAt !== null
          ? refused({ code: 'switchTimeOutOfBounds', earliest: NOW + HOUR, latest: NOW + 30 * DAY })
          : refused({ code: 'invalidRequest' }),
    }),
    blockedBySchedule: still(CONNECTED, {
      beginChange: () => refused({ code: 'changeUnderWay', by: person(TOM), since: NOW - DAY, change: KEY, replaceable: false, scheduledFor: AT }),
    }),
  },
  /** @type {Record<string, Scene>} */
  personal: {
    personalAnnounced: mine({ ...WORKING, announcement: ANNOUNCED }),
  },
  /** @type {Record<string, Scene>} */
  'issue-prompt': {
    promptAnnounced: mine({ ...WORKING, announcement: ANNOUNCED }, { prompt: announced, readAnnouncement: nothing }),
  },
};

