// @ts-check
/**
 * The runs of the fixture.
 * @import { ItemFailure, ItemOutcome, Run, RunDay, RunItem, Runs, Skipped } from '../src/api/generated/api.ts'
 */
import { DAY, HOUR, MINUTE, NOW, SECOND } from './clock.mjs';
import { MARIA, person } from './people.mjs';

/** @param {number} n */
export const runId = (n) => String(n).padStart(32, '0');

export const MOBILE = 'a'.repeat(32);
export const PARTNER = 'b'.repeat(32);

/** @param {number} n @param {Partial<Run>} [more] @returns {Run} */
export function run(n, more = {}) {
  const startedAt = NOW - n * HOUR;
  return {
    id: runId(n),
    trigger: { type: 'heard' },
    integration: n % 3 === 0 ? PARTNER : MOBILE,
    name: n % 3 === 0 ? 'Partner support' : 'Mobile and DEMO',
    issue: `MOB-${n}`,
    here: String(10_000 + n),
    startedAt,
    movedAt: startedAt + 4 * SECOND,
    endedAt: startedAt + 4 * SECOND,
    outcome: 'succeeded',
    counts: { read: 3, created: 1, updated: 1, skipped: 1, failed: 0, points: 9 },
    asAuthor: 1,
    forAuthor: 1,
    items: 3,
    shared: null,
    ...more,
  };
}

export const RUNNING = run(0, { name: 'Mobile and DEMO', integration: MOBILE, startedAt: NOW - 12 * SECOND, movedAt: NOW, endedAt: null, outcome: 'running', counts: { read: 2, created: 1, updated: 0, skipped: 1, failed: 0, points: 6 }, forAuthor: 0, items: 2 });
export const PARTLY = run(1, { outcome: 'partly', counts: { read: 4, created: 1, updated: 1, skipped: 1, failed: 1, points: 12 } });
export const AGAIN = run(2, { trigger: { type: 'again', by: person(MARIA), of: runId(1) }, shared: { by: person(MARIA), at: NOW - MINUTE } });
export const FAILED = run(3, { outcome: 'failed', issue: null, asAuthor: 0, forAuthor: 0, counts: { read: 1, created: 0, updated: 0, skipped: 0, failed: 1, points: 2 } });
export const BROKEN = run(4, { outcome: 'interrupted', startedAt: NOW - 2 * DAY, endedAt: NOW - 2 * DAY + 75 * MINUTE });

/** @type {RunDay[]} */
const DAYS = [1, 2, 3, 5, 8, 13].map((runs, i) => ({ day: NOW - (NOW % DAY) - (8 - i) * DAY, runs, failures: i % 3 }));

/** @type {Runs} */
export const RUNS = { now: NOW, rows: [RUNNING, PARTLY, AGAIN, FAILED, BROKEN], next: null, days: DAYS, keptDays: 30, pollAfterMs: null };

/** @type {Runs} */
export const NO_RUNS = { ...RUNS, rows: [], days: [] };

const KEPT = { attachments: 0, macros: 0, links: 0, other: 0, shortened: false };

/** @param {number} n @param {ItemOutcome} outcome @param {Partial<RunItem>} [more] @returns {RunItem} */
export function item(n, outcome, more = {}) {
  return { end: 'here', issue: 'MOB-1', comment: String(26_000 + n), about: null, outcome, by: null, lost: KEPT, points: 3, at: NOW - HOUR + n * SECOND, ...more };
}

/** @type {ItemOutcome[]} */
const DONE = [
  { type: 'created', comment: '30001' },
  { type: 'updated', comment: '30002' },
  { type: 'withdrawn', comment: '30003', why: null },
  { type: 'withdrawn', comment: '30004', why: { type: 'noWord' } },
  { type: 'counterpartCreated', issue: '30005' },
  { type: 'joined', issue: '30006' },
  { type: 'parted', issue: '30007' },
  { type: 'waits', why: null },
  { type: 'waits', why: { type: 'noAnswer' } },
];

/** @type {Skipped[]} */
const SKIPPED = [
  { type: 'echo' },
  { type: 'anotherInstallation' },
  { type: 'beforeEnabled' },
  { type: 'notPublic' },
  { type: 'noWord' },
  { type: 'withheld', why: { type: 'restricted', to: { to: 'role', name: 'Developers' } } },
  { type: 'withheld', why: { type: 'internal' } },
  { type: 'outOfProject' },
  { type: 'outOfReach', limit: 'person' },
  { type: 'outOfReach', limit: 'settings' },
  { type: 'outOfReach', limit: 'main' },
  { type: 'unchanged' },
  { type: 'gone' },
  { type: 'removedThere' },
  { type: 'otherDirection' },
  { type: 'notNamedBack' },
  { type: 'securityLevel' },
];

/** @type {ItemFailure[]} */
const FAILURES = [
  { type: 'noAnswer' },
  { type: 'notConnected' },
  { type: 'originOutOfReach' },
  { type: 'targetOutOfReach' },
  { type: 'mayNotComment' },
  { type: 'refused', message: 'Line one\nline two <b>bold</b>' },
  { type: 'mayNotCreate' },
  { type: 'alreadyPaired' },
  { type: 'pairsFull' },
];

/** @type {ItemOutcome[]} */
const ASSIGNED = [
  { type: 'assigned', to: { type: 'counterpart' }, overrules: true },
  { type: 'assigned', to: { type: 'nobody' }, overrules: false },
  { type: 'assigned', to: { type: 'noCounterpart', why: 'notInTable' }, overrules: false },
  { type: 'assigned', to: { type: 'noCounterpart', why: 'addressHidden' }, overrules: false },
  { type: 'assigned', to: { type: 'noCounterpart', why: 'notFound' }, overrules: false },
  { type: 'assigned', to: { type: 'noCounterpart', why: 'several' }, overrules: false },
  { type: 'skipped', why: { type: 'noCounterpart', why: 'notInTable' } },
  { type: 'skipped', why: { type: 'notFollowing' } },
  { type: 'skipped', why: { type: 'unchanged' } },
  { type: 'failed', why: { type: 'originOutOfReach' } },
  { type: 'failed', why: { type: 'mayNotAssign' } },
  { type: 'failed', why: { type: 'notAssignable' } },
];

const MAIN = { account: '712020:service-jira', forAuthor: true };

/** Everything that can become of a comment or an assignee. */
export const EVERY_ITEM = [
  item(0, { type: 'created', comment: '30000' }, { by: { account: '5b10', forAuthor: false }, lost: { attachments: 1, macros: 2, links: 1, other: 1, shortened: true } }),
  ...DONE.map((outcome, i) => item(1 + i, outcome, i < 4 ? { by: MAIN } : {})),
  item(50, { type: 'counterpartCreated', issue: '30008' }, { about: 'issue', by: MAIN }),
  ...SKIPPED.map((why, i) => item(10 + i, { type: 'skipped', why }, { end: 'there', issue: null })),
  ...FAILURES.map((why, i) => item(30 + i, { type: 'failed', why })),
  ...ASSIGNED.map((outcome, i) => item(40 + i, outcome, { about: 'assignee', by: outcome.type === 'assigned' ? MAIN : null })),
];
