// @ts-check
/**
 * One scene for each state of a change that somebody else is to allow.
 * @import { Action, ChangeView, LinkView, Reply, Status } from '../src/api/generated/api.ts'
 * @import { Scene } from './scenes.mjs'
 */
import { NARROW, person, TOM } from './people.mjs';
import { NO_LOSS, rehearsed } from './rehearsals.mjs';
import { after, change, changing, CONNECTED, DAY, HOUR, KEY, MINUTE, NOW, refused, reply, still } from './scenes.mjs';

/** @type {LinkView} */
const LINK = { madeAt: NOW - HOUR, expiresAt: NOW + 47 * HOUR, standing: 'open', failed: null, more: 4 };

/** @type {LinkView} */
const TRIED = { ...LINK, failed: { at: NOW - 5 * MINUTE, denial: { type: 'wrongAccount', allowed: person(NARROW) } } };

/** @type {Action[]} */
const MINE = ['change', 'renewHandOff', 'revokeHandOff', 'cancelChange', 'checkNow'];

/**
 * @param {LinkView} [link]
 * @param {Action[]} [actions]
 * @param {Partial<ChangeView>} [more]
 * @returns {Status}
 */
function waiting(link = LINK, actions = MINE, more = {}) {
  return { ...changing(change({ type: 'handedOff', link }, { handedOff: true, expiresAt: link.expiresAt, ...more }), actions), pollAfterMs: 60_000 };
}

const REVOKED = waiting({ ...LINK, standing: 'revoked' }, ['change', 'renewHandOff', 'cancelChange', 'checkNow']);

const BY_TOM = waiting(LINK, ['takeOver', 'revokeHandOff', 'cancelChange', 'checkNow'], { initiator: person(TOM), mine: false });

/** @param {string} code @returns {Reply} */
const made = (code) => ({ type: 'handOff', change: KEY, link: `https://example.invalid/x1/hand-off?code=${code}`, status: waiting() });

/** @type {Scene} */
const nothingIsLost = () => rehearsed(NO_LOSS);

/** Both ways to go on from the preview. */
const BEGINS = { rehearsal: nothingIsLost, rehearse: nothingIsLost, handOffChange: () => made('first') };

/** @type {Record<string, Scene>} */
export const SCENES_OF_HAND_OFF = {
  handOffBegins: still(CONNECTED, { ...BEGINS, renewHandOff: () => made('second'), revokeHandOff: () => reply(REVOKED) }),
  handOffRefused: still(CONNECTED, { ...BEGINS, handOffChange: () => refused({ code: 'storageUnavailable' }) }),
  handedOff: still(waiting(), { renewHandOff: () => made('second'), revokeHandOff: () => after(300, reply(REVOKED)) }),
  handedOffTried: still(waiting(TRIED)),
  handedOffPlanned: still(waiting(LINK, MINE, { scheduledFor: NOW + 2 * DAY })),
  handedOffAllowed: still(changing(change({ type: 'allowed' }, { handedOff: true, scheduledFor: NOW + 2 * DAY }), ['change', 'continueChange', 'cancelChange', 'checkNow']), {
    continueChange: () => reply(CONNECTED),
  }),
  handedOffRevoked: still(REVOKED, { renewHandOff: () => made('second') }),
  handedOffSpent: still(waiting({ ...TRIED, standing: 'spent' })),
  handedOffLastLink: still(waiting({ ...LINK, more: 0 }, ['change', 'revokeHandOff', 'cancelChange', 'checkNow'])),
  handedOffTooLate: still(waiting(), { revokeHandOff: () => refused({ code: 'wrongStage' }) }),
  handedOffByOther: still(BY_TOM, {
    revokeHandOff: () => reply(waiting({ ...LINK, standing: 'revoked' }, ['takeOver', 'cancelChange', 'checkNow'], { initiator: person(TOM), mine: false })),
  }),
  /** Tom cancels it meanwhile. */
  handedOffGone: still(BY_TOM, {
    status: (_, nth) => reply(nth === 0 ? BY_TOM : CONNECTED),
    revokeHandOff: () => refused({ code: 'noSuchChange' }),
    cancelChange: () => refused({ code: 'noSuchChange' }),
  }),
  handedOffExpired: still(
    changing(change({ type: 'expired' }, { handedOff: true, beganAt: NOW - 2 * DAY, expiresAt: NOW - MINUTE }), ['change', 'checkNow']),
    BEGINS,
  ),
};
