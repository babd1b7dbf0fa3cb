// @ts-check
/**
 * What the app says of the register of service accounts and of receipts.
 * @import { Details, EntryView, Link, Receipt, RegisterView, Reply } from '../src/api/generated/api.ts'
 */
import { APP, LONG, MARIA, person, SERVICE, TOM } from './people.mjs';
import { DAY, HOUR, NOW } from './scenes.mjs';

/** The beginning of the app's day. */
export const TODAY = NOW - (NOW % DAY);

/**
 * @param {Partial<Details>} [more]
 * @returns {Details}
 */
export function details(more = {}) {
  return { purpose: '', systems: [], owner: null, documentation: null, reviewOn: null, rotateEveryDays: null, rotatedOn: null, notes: '', ...more };
}

/**
 * @param {EntryView['account']} account
 * @param {Partial<Details>} [written]
 * @param {Partial<EntryView>} [more]
 * @returns {EntryView}
 */
export function entry(account, written = {}, more = {}) {
  return { account, isMain: false, looksPersonal: false, details: details(written), rotateOn: null, changedAt: NOW - 3 * HOUR, changedBy: person(MARIA), revision: 1, lastTest: null, nextTestAt: null, held: null, ...more };
}

/** The main authorized user, of which nothing is written down. */
export const BARE = entry(SERVICE, {}, { isMain: true, details: null, changedAt: null, changedBy: null, revision: null });

export const MARIAS = entry(
  MARIA,
  {
    purpose: 'Deploys every night',
    systems: ['Build server', 'Release dashboard'],
    owner: person(TOM),
    documentation: 'https://wiki.example.com/deploy?x=1#top',
    reviewOn: TODAY,
    rotateEveryDays: 90,
    rotatedOn: TODAY - 100 * DAY,
    notes: 'Ask Tom first.\nThen the team.',
  },
  { looksPersonal: true, rotateOn: TODAY - 10 * DAY, revision: 3, lastTest: { at: NOW - DAY, verdict: 'failed', failed: 2 } },
);

/** Nothing of it is due before the end of a long month. */
export const APPS = entry(APP, { purpose: 'Chat notifications', reviewOn: TODAY + DAY, rotateEveryDays: 30, rotatedOn: TODAY }, { rotateOn: TODAY + 30 * DAY });

/** @type {RegisterView} */
export const REGISTER = {
  now: NOW,
  entries: [BARE, MARIAS, APPS],
  reports: [
    { at: NOW - 2 * DAY, by: person(TOM), accounts: 3, seal: 'cd'.repeat(32) },
    { at: NOW - 9 * DAY, by: person(MARIA), accounts: 2, seal: 'ab'.repeat(32) },
  ],
};

/** What is written by people who wish a spreadsheet ill, or have long names. @type {RegisterView} */
export const ODD = {
  ...REGISTER,
  entries: [
    entry(
      { ...LONG, active: false },
      {
        purpose: '=HYPERLINK("http://example.com","x")',
        systems: ['+1', 'x'.repeat(200)],
        owner: { ...person(TOM), displayName: '@Tom' },
        documentation: `https://wiki.example.com/${'long/'.repeat(60)}`,
        notes: `\t=1${'\n-2'.repeat(30)}`,
      },
      { looksPersonal: true },
    ),
    entry({ ...APP, displayName: '-1+2 \u202eמשפטי <b>&amp;' }, { purpose: '\r=1', systems: Array.from({ length: 20 }, (_, i) => `System ${i + 1}`) }),
  ],
};

/**
 * @param {Partial<RegisterView>} [more]
 * @returns {Reply}
 */
export function registered(more = {}) {
  return { type: 'register', register: { ...REGISTER, ...more } };
}

/**
 * Lower-case hexadecimal SHA-256 of a link's JSON with its keys sorted, as the app makes it.
 * @param {unknown} link
 */
export async function seal(link) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(sorted(link))));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {unknown} value @returns {unknown} */
function sorted(value) {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, of]) => [key, sorted(of)])) : value;
}

/**
 * Names in each link the seal of the one before.
 * @template {{ previous: string }} L
 * @param {L[]} links
 * @param {string} before
 * @returns {Promise<{ links: L[], seal: string }>}
 */
async function chained(links, before) {
  let previous = before;
  const all = [];
  for (const link of links) {
    const one = { ...link, previous };
    previous = await seal(one);
    all.push(one);
  }
  return { links: all, seal: previous };
}

/** @returns {Promise<Reply>} a report that follows the latest one */
export async function reported() {
  const links = REGISTER.entries.map(({ account, isMain, details: written, changedAt, changedBy }, i) => /** @type {Link} */ ({
    number: i + 1, account, isMain, details: written, changedAt, changedBy, reportedAt: NOW, previous: '' }));
  const made = await chained(links, REGISTER.reports[0]?.seal ?? '');
  return { type: 'registerReport', links: made.links, seal: made.seal, now: NOW };
}

/** How many receipts there are. */
export const RECEIPTS = 45;

/** @type {Receipt[]} */
const BARE_RECEIPTS = Array.from({ length: RECEIPTS }, (_, i) => ({
  number: i + 1,
  purpose: i === 0 ? 'firstConnect' : 'changeMainUser',
  generation: i + 1,
  from: i === 0 ? null : person(MARIA),
  to: person(SERVICE),
  by: person(TOM),
  beganAt: NOW - (50 - i) * DAY,
  at: NOW - (50 - i) * DAY + 60_000,
  checks: [{ name: 'grantWorks', result: { type: 'passed' } }, { name: 'accountActive', result: { type: 'passed' } }],
  foreseen:
    i !== 1
      ? null
      : { rehearsal: 'r', at: NOW - 49 * DAY, kept: 12, lost: 2, gained: 1, failing: 3, losses: ['BIL', 'LEG'], acknowledged: true, people: 60, toReauthorize: 9 },
  previous: '',
}));

/**
 * Twenty receipts from a number on.
 * @param {number} from
 * @returns {Promise<Reply>}
 */
export async function receiptsFrom(from) {
  const { links, seal: last } = await chained(BARE_RECEIPTS, '');
  const end = from + 20;
  return { type: 'receipts', receipts: links.slice(from - 1, end - 1), next: end <= RECEIPTS ? end : null, seal: last, now: NOW };
}
