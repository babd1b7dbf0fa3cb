// @ts-check
/**
 * One scene for each state of support access, and of About.
 * @import { Preview, Reply, Request, SupportAccessView, SupportView } from '../src/api/generated/api.ts'
 * @import { Scene } from './scenes.mjs'
 */
import { MARIA, person, TOM } from './people.mjs';
import { after, CONNECTED, DAY, HOUR, MINUTE, NOW, refused, still } from './scenes.mjs';

const DOOR = 'https://33333333-3333-4333-8333-333333333333.hello.atlassian-dev.net/x1/support-address';
export const CODE = 'k3y'.repeat(14) + 'Z';
const INSTANCE = '0123456789abcdef0123456789abcdef';

/** @type {Preview} */
const PREVIEW = {
  version: '0.1.0',
  instanceId: INSTANCE,
  environment: 'PRODUCTION',
  installedAt: NOW - 40 * DAY,
  badge: 'connected',
  connected: true,
  generation: 2,
  changing: false,
  checkedAt: NOW - 3 * MINUTE,
  checks: [
    { name: 'grantWorks', found: 'passed' },
    { name: 'jiraAdministrator', found: 'failed' },
    { name: 'webhooksRegistered', found: 'unknown' },
  ],
  webhooks: 1,
  settings: { policy: 'verifyFirst', graceDays: 7, fallback: false, runsDays: 30 },
  projects: { kind: 'except', projects: ['10003'], categories: ['10050'] },
  administrators: 2,
  integrations: [],
  runs: [],
};

/** @type {Preview} */
const FRESH = {
  ...PREVIEW,
  badge: 'notConnected',
  connected: false,
  generation: 0,
  checkedAt: null,
  checks: [],
  webhooks: null,
  projects: { kind: 'everything', projects: [], categories: [] },
  administrators: null,
};

/** @type {Preview} */
const FULL = {
  ...PREVIEW,
  integrations: ['i1', 'i2'].map((id) => ({
    id,
    enabled: id === 'i1',
    here: '10001',
    there: '20001',
    direction: /** @type {const} */ ('both'),
    which: /** @type {const} */ ('all'),
    toCustomers: false,
    creates: [/** @type {const} */ ('there')],
    assignees: 2,
    following: 'byTable',
    restrictions: 1,
    pairs: 7,
  })),
  runs: [
    {
      id: 'r1',
      integration: 'i1',
      startedAt: NOW - HOUR,
      endedAt: NOW - HOUR + MINUTE,
      outcome: 'failed',
      counts: { read: 3, created: 1, updated: 0, skipped: 1, failed: 1, points: 9 },
    },
  ],
};

/** @param {string} id @param {Partial<SupportAccessView>} [more] @returns {SupportAccessView} */
const access = (id, more = {}) => ({ id, at: NOW - HOUR, asked: null, ticket: null, standing: { type: 'requested' }, views: [], earlierViews: 0, ...more });

const ASKED = { who: 'Nora Lindgren', ticket: 'SUP-4711', reason: 'Comments stopped on Tuesday', until: NOW + 2 * DAY };
const WAITS = access('a', { asked: ASKED });
const LONG = access('b', { asked: { who: 'N'.repeat(100), ticket: 'T'.repeat(100), reason: 'r'.repeat(255), until: NOW + 20 * DAY } });
const GRANTED = { by: person(MARIA), at: NOW - HOUR, until: NOW + 2 * DAY };
const OPEN = access('a', {
  asked: ASKED,
  standing: { type: 'granted', ...GRANTED },
  views: [
    { what: { type: 'run', id: 'r1' }, firstAt: NOW - MINUTE, lastAt: NOW - MINUTE, count: 1 },
    { what: { type: 'configuration' }, firstAt: NOW - 2 * MINUTE, lastAt: NOW - 2 * MINUTE + 9, count: 3 },
  ],
  earlierViews: 5,
});
const REVOKED = access('a', { asked: ASKED, standing: { type: 'revoked', grantedBy: person(MARIA), grantedAt: NOW - HOUR, by: person(TOM), at: NOW } });
const OVER = [
  REVOKED,
  access('d', { asked: ASKED, standing: { type: 'declined', by: person(TOM), at: NOW - DAY } }),
  access('e', { ticket: 'SUP-1', standing: { type: 'expired', by: person(MARIA), at: NOW - 5 * DAY, until: NOW - 2 * DAY } }),
  access('f', { asked: ASKED, standing: { type: 'lapsed' } }),
  access('g', { standing: { type: 'expired', by: person(MARIA), at: NOW - 5 * DAY, until: NOW - 2 * DAY } }),
];

/** @type {SupportView['refusals']} */
const REFUSALS = /** @type {const} */ (['malformed', 'unknownCode', 'expired', 'revoked', 'noKey', 'badSignature', 'elsewhere', 'stale', 'replayed', 'full']).map(
  (reason, i) => ({ reason, firstAt: NOW - DAY, lastAt: NOW - HOUR, count: i + 1 }),
);

/** @param {SupportAccessView[]} accesses @param {Partial<SupportView>} [more] @returns {SupportView} */
const view = (accesses, more = {}) => ({ now: NOW, door: DOOR, hears: true, preview: PREVIEW, accesses, refusals: [], ...more });

/** @param {SupportAccessView[]} accesses @param {Partial<SupportView>} [more] @returns {Reply} */
const shows = (accesses, more) => ({ type: 'support', support: view(accesses, more) });

/** @param {string | null} [door] @returns {Reply} */
const granted = (door = DOOR) => ({ type: 'supportGranted', id: 'a', code: CODE, support: view([OPEN], { door }) });

/** @param {string | null} [door] @returns {Reply} */
const about = (door = DOOR) => ({ type: 'about', about: { version: '0.1.0', instanceId: INSTANCE, environment: 'PRODUCTION', door } });

/** @param {Partial<Record<Request['type'], Scene>>} more */
const scene = (more) => still(CONNECTED, { about: () => about(), ...more });

/** @type {Record<string, Scene>} */
export const SCENES_OF_SUPPORT = {
  support: scene({
    support: () => shows([WAITS]),
    approveSupport: () => granted(),
    grantSupport: () => granted(),
    declineSupport: () => shows([access('a', { asked: ASKED, standing: { type: 'declined', by: person(MARIA), at: NOW } })]),
    revokeSupport: () => shows([REVOKED]),
  }),
  supportEmpty: scene({ support: () => shows([], { preview: FRESH }) }),
  supportDeaf: scene({ support: () => shows([], { hears: false, door: null }), grantSupport: () => granted(null) }),
  supportFull: scene({ support: () => shows([LONG, WAITS, OPEN, ...OVER], { preview: FULL, refusals: REFUSALS }) }),
  supportOpen: scene({ support: () => shows([OPEN]), revokeSupport: () => after(1_500, shows([REVOKED])) }),
  supportLoading: scene({ support: () => 'silence' }),
  supportFails: scene({ support: (_, nth) => (nth === 0 ? refused({ code: 'storageUnavailable' }) : shows([WAITS])) }),
  supportStale: scene({ support: (_, nth) => (nth === 0 ? shows([WAITS]) : refused({ code: 'jiraUnavailable', retryAfterS: 5 })) }),
  /** Somebody else was first. */
  supportSettled: scene({ support: (_, nth) => shows(nth === 0 ? [WAITS] : [REVOKED]), approveSupport: () => refused({ code: 'supportSettled' }) }),
  supportUntil: scene({ support: () => shows([WAITS]), grantSupport: () => refused({ code: 'supportUntil' }), approveSupport: () => refused({ code: 'listFull', most: 20 }) }),
  aboutSlow: scene({ about: (_, nth) => (nth === 0 ? 'silence' : about()) }),
  aboutFails: scene({ about: (_, nth) => (nth === 0 ? refused({ code: 'storageUnavailable' }) : about(null)) }),
};
