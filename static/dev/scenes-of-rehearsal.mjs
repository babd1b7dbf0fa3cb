// @ts-check
/**
 * One scene for each state of a rehearsal, in the change dialog and alone.
 * @import { Rehearsal, RehearsedProject, Reply, Request, Status } from '../src/api/generated/api.ts'
 * @import { Scene } from './scenes.mjs'
 */
import { LONG, MARIA, NARROW, person, SERVICE, TOM } from './people.mjs';
import { EVERYTHING, loss, NO_LOSS, project, rehearsed, tried, UNDER_WAY } from './rehearsals.mjs';
import { after, change, changing, COMPLETED, CONNECTED, DAY, HOUR, KEY, MINUTE, NOW, PAGE, refused, reply, still } from './scenes.mjs';

const PEOPLE = ['Ana', 'Bo', 'Chidi', 'Dana', 'Emil', 'Farid', 'Greta', 'Hana', 'Ivo', 'June'].map((name, i) => ({
  accountId: `5b10a2844c20165700ee${String(i).padStart(4, '0')}`,
  displayName: `${name} Fixture`,
  avatarUrl: null,
}));

/** Two projects are lost, and in three that stay something is missing. @type {Rehearsal} */
const LOSSES = {
  ...NO_LOSS,
  id: 'losses',
  lookedAt: 16,
  total: 16,
  kept: 12,
  lost: 2,
  gained: 1,
  failing: 4,
  permissions: tried(14, { browseProjects: 2, createIssues: 3, addComments: 4, editIssues: 2, transitionIssues: 2, createAttachments: 2, serviceDeskAgent: 1, assignIssues: 2, linkIssues: 3 }),
  losses: [loss('BIL', 'Billing', PEOPLE, 3), loss('LEG', 'Legal', PEOPLE.slice(0, 2))],
  gains: [project('LAB', 'Laboratory', { before: false })],
  misses: [
    project('OPS', 'Operations', { lacking: ['linkIssues'] }),
    project('APP', 'Application', { lacking: ['createIssues', 'addComments'] }),
    project('DESK', 'Help desk', { lacking: ['addComments', 'serviceDeskAgent'] }),
  ],
  consequences: { ...NO_LOSS.consequences, newScopes: ['manage:jira-webhook'], scopes: NO_LOSS.consequences.scopes.filter((scope) => scope !== 'manage:jira-webhook') },
  acknowledge: true,
};

/** What is left of it once Jira's permissions are mended. @type {Rehearsal} */
const MENDED = { ...NO_LOSS, id: 'mended', lookedAt: 16, total: 16, gained: 1, gains: LOSSES.gains };

/** Something recommended is missing, and nothing else. @type {Rehearsal} */
const RECOMMENDED_ONLY = { ...NO_LOSS, id: 'recommended', permissions: tried(14, { linkIssues: 1 }), misses: LOSSES.misses.slice(0, 1) };

/** @type {Rehearsal} */
const NO_RIGHTS = { ...NO_LOSS, id: 'rights', administers: false, acknowledge: true };

/** @type {Rehearsal} */
const THOUSANDS = {
  ...NO_LOSS,
  id: 'thousands',
  lookedAt: 5000,
  total: 5000,
  kept: 4000,
  lost: 900,
  gained: 100,
  failing: 1300,
  permissions: tried(4900, { browseProjects: 900, createIssues: 1300, addComments: 900, editIssues: 900, transitionIssues: 900, createAttachments: 900, assignIssues: 2000, linkIssues: 900 }),
  losses: [
    loss('L0', 'Lost project 1', PEOPLE.slice(0, 1), 0, 1000),
    loss('L1', 'Lost project 2', [], 0, 1000),
    loss('L2', 'Lost project 3', []),
    ...Array.from({ length: 47 }, (_, i) => loss(`L${i + 3}`, `Lost project ${i + 4}`, i < 17 ? PEOPLE : null, i < 17 ? 40 : 0)),
  ],
  gains: Array.from({ length: 50 }, (_, i) => project(`G${i}`, `Gained project ${i + 1}`, { before: false })),
  misses: Array.from({ length: 50 }, (_, i) => project(`M${i}`, `Kept project ${i + 1}`, { lacking: ['createIssues'] })),
  consequences: { ...NO_LOSS.consequences, people: 100_000, toReauthorize: 1150 },
  acknowledge: true,
};

const ODD = '=HYPERLINK("http://example.com","x")';
const RTL = '\u202eמשפטי <b>&amp;';

/** Names and keys as people could make them. @type {Rehearsal} */
const ODD_NAMES = {
  ...NO_LOSS,
  id: 'odd',
  account: LONG,
  lost: 4,
  failing: 5,
  kept: 10,
  permissions: tried(14, { browseProjects: 4, createIssues: 5 }),
  losses: [
    loss('A/B?C#D', ODD, [person(LONG)]),
    loss('..', RTL, []),
    loss('X', 'x'.repeat(80), [person(LONG), person(TOM)], 1),
    loss('Ü Ä', 'Zoë’s “project”', null),
  ],
  misses: [project('K'.repeat(60), 'W'.repeat(80), { lacking: ['createIssues'] })],
  acknowledge: true,
};

/** With nobody to compare with: the main authorized user itself. @type {Rehearsal} */
const ALONE = { ...NO_LOSS, id: 'alone', account: SERVICE, against: null, kept: 0, gained: 14, lookedAt: 14, total: 14 };

/** How a large site is looked at. @type {Rehearsal[]} */
const STEPS = [
  { ...UNDER_WAY, pollAfterMs: 100 },
  { ...UNDER_WAY, lookedAt: 1200, total: 5000, pollAfterMs: 100 },
  { ...UNDER_WAY, lookedAt: 5000, total: 5000, lost: 900, pollAfterMs: 100 },
];

/** @param {Partial<Rehearsal>} of */
const always = (of) => () => rehearsed(of);

/** What a file must not carry as it is. @type {RehearsedProject[]} */
const CELLS = [
  project('APP', ODD),
  project('+1', '-1+2', { after: false, lacking: EVERYTHING }),
  project('LEG', 'Legal', { after: false }),
  project('BIL', 'Billing', { after: false }),
  project('@A', '\t=1', { before: false }),
  project('C', '\r=1', { before: false, after: false }),
  project('DESK', 'Quote "x", comma', { lacking: ['addComments', 'serviceDeskAgent', 'linkIssues'] }),
];

/**
 * @param {Rehearsal} of
 * @param {RehearsedProject[][]} parts
 * @returns {Scene}
 */
function inParts(of, parts) {
  return (request) =>
    request.type === 'rehearsedProjects'
      ? { type: 'rehearsedProjects', id: of.id, projects: parts[request.part] ?? [], next: request.part + 1 < parts.length ? request.part + 1 : null }
      : refused({ code: 'invalidRequest' });
}

/** @type {RehearsedProject[][]} */
const MANY_PARTS = [400, 400, 100].map((n, part) => Array.from({ length: n }, (_, i) => project(`P${part * 400 + i}`, `Project ${part * 400 + i + 1}`)));

/** @param {Partial<Record<Request['type'], Scene>>} more */
const scene = (more) => still(CONNECTED, more);

/** Tom allowed, the service account was meant. @type {Status} */
const BY_OTHER = changing(change({ type: 'allowedByOther', allowed: person(TOM) }), ['change', 'checkNow', 'acceptAccount', 'cancelChange']);

/** @type {Rehearsal} */
const TOMS = { ...LOSSES, account: TOM, against: person(MARIA) };

/** @type {Reply} */
const AWAITING = { type: 'authorization', change: KEY, url: PAGE, status: changing(change({ type: 'awaitingConsent' })) };

/** @type {Record<string, Scene>} */
export const SCENES_OF_REHEARSAL = {
  rehearsalNoLoss: scene({ rehearse: always(NO_LOSS) }),
  rehearsalAsking: scene({ rehearse: () => 'silence' }),
  rehearsalLosses: scene({
    rehearse: (request) => rehearsed(request.type === 'rehearse' && request.again ? MENDED : LOSSES),
    rehearsedProjects: inParts(LOSSES, [CELLS]),
  }),
  /** Nothing was mended. */
  rehearsalStillLosses: scene({ rehearse: (_, nth) => rehearsed({ ...LOSSES, id: `losses ${nth}` }) }),
  rehearsalRecommended: scene({ rehearse: always(RECOMMENDED_ONLY) }),
  rehearsalNoRights: scene({ rehearse: always(NO_RIGHTS) }),
  rehearsalRightsUnknown: scene({ rehearse: always({ ...NO_RIGHTS, administers: null }) }),
  rehearsalThousands: scene({ rehearse: always(THOUSANDS), rehearsedProjects: inParts(THOUSANDS, MANY_PARTS) }),
  /** The file tells of lost projects beyond those that the result tells of, too. */
  rehearsalLostFile: scene({
    rehearse: always(THOUSANDS),
    rehearsedProjects: inParts(THOUSANDS, [['L0', 'L1', 'L2', 'L20', 'L50'].map((key) => project(key, key, { after: false }))]),
  }),
  rehearsalOdd: scene({ rehearse: always(ODD_NAMES) }),
  rehearsalAlone: scene({ rehearse: always(ALONE) }),
  rehearsalRunning: scene({ rehearse: always({ ...UNDER_WAY, lookedAt: 1200, total: 5000 }) }),
  rehearsalListing: scene({ rehearse: always(UNDER_WAY) }),
  rehearsalPeople: scene({ rehearse: always({ ...UNDER_WAY, lookedAt: 5000, total: 5000, lost: 900 }) }),
  rehearsalWaits: scene({ rehearse: always({ ...UNDER_WAY, lookedAt: 1200, total: 5000, waitsUntil: NOW + 20 * MINUTE }) }),
  /** A large site, to the end. */
  rehearsalSteps: scene({ rehearse: always(STEPS[0] ?? {}), rehearsal: (_, nth) => (nth === 0 ? rehearsed(null) : rehearsed(STEPS[nth] ?? THOUSANDS)) }),
  /** Jira is down for two polls. */
  rehearsalPollFails: scene({
    rehearse: always({ ...UNDER_WAY, lookedAt: 1200, total: 5000, pollAfterMs: 100 }),
    rehearsal: (_, nth) => (nth === 0 ? rehearsed(null) : nth < 3 ? refused({ code: 'jiraUnavailable', retryAfterS: 1 }) : rehearsed(NO_LOSS)),
  }),
  rehearsalStale: scene({
    rehearse: always({ ...UNDER_WAY, lookedAt: 1200, total: 5000, pollAfterMs: 100 }),
    rehearsal: (_, nth) => (nth === 0 ? rehearsed(null) : refused({ code: 'storageUnavailable' })),
  }),
  rehearsalFails: scene({ rehearsal: (_, nth) => (nth === 0 ? refused({ code: 'storageUnavailable' }) : rehearsed(NO_LOSS)) }),
  rehearsalUnsuitable: scene({ rehearse: () => refused({ code: 'accountUnsuitable', reason: 'inactive' }) }),
  /** Another change was carried out while this one was rehearsed. */
  rehearsalOvertaken: scene({
    rehearse: (_, nth) => (nth === 0 ? rehearsed({ ...UNDER_WAY, lookedAt: 1200, total: 5000, pollAfterMs: 100 }) : rehearsed(NO_LOSS)),
    rehearsal: (_, nth) => (nth === 0 ? rehearsed(null) : rehearsed({ ...UNDER_WAY, lookedAt: 1200, total: 5000, pollAfterMs: null })),
  }),
  /** One that was done a few minutes ago, and is not made twice. */
  rehearsalKept: scene({ rehearsal: always({ ...LOSSES, doneAt: NOW - 4 * MINUTE }) }),
  /** One that is too old to be shown to somebody who has just chosen the account. */
  rehearsalOldKept: scene({ rehearsal: always({ ...LOSSES, doneAt: NOW - 2 * HOUR }), rehearse: always(NO_LOSS) }),
  /** What was done when the dialog was opened is out of date by the end of a long day. */
  rehearsalOutOfDate: scene({ rehearse: always({ ...NO_LOSS, doneAt: NOW - 2 * DAY, current: false }) }),
  againFails: scene({
    rehearse: (_, nth) => (nth === 0 ? rehearsed(LOSSES) : nth === 1 ? refused({ code: 'jiraUnavailable', retryAfterS: 1 }) : after(100, rehearsed(MENDED))),
  }),
  /** The world changed between the rehearsal and *Continue*. */
  rehearsalNeeded: scene({
    beginChange: (_, nth) => (nth === 0 ? refused({ code: 'rehearsalNeeded' }) : AWAITING),
    rehearse: (_, nth) => rehearsed(nth === 0 ? NO_LOSS : LOSSES),
  }),
  acknowledgementNeeded: scene({
    beginChange: (_, nth) => (nth === 0 ? refused({ code: 'acknowledgementNeeded', lost: 2, failing: 4 }) : AWAITING),
    rehearse: (_, nth) => rehearsed(nth === 0 ? NO_LOSS : LOSSES),
  }),
  /** Going back loses what the present main authorized user sees. */
  goingBackLoses: still(
    { ...CONNECTED, former: { person: person(NARROW), until: NOW + 7 * DAY }, actions: [...CONNECTED.actions, 'rollBack'] },
    {
      rollBack: (request) =>
        request.type === 'rollBack' && request.acknowledged === LOSSES.id ? reply(COMPLETED) : refused({ code: 'acknowledgementNeeded', lost: 2, failing: 4 }),
      rehearsal: always(LOSSES),
    },
  ),
  /** The same, for who tries a denied authorization once more. */
  deniedThenNeeded: still(changing(change({ type: 'denied', denial: { type: 'declined' } }), ['change', 'checkNow', 'cancelChange']), {
    beginChange: (request) => (request.type === 'beginChange' && request.acknowledged === null ? refused({ code: 'acknowledgementNeeded', lost: 2, failing: 4 }) : AWAITING),
    rehearsal: always({ ...LOSSES, account: SERVICE, against: person(MARIA) }),
  }),
  otherLosesProjects: still(BY_OTHER, { rehearse: always(TOMS) }),
  otherNeedsRehearsal: still(BY_OTHER, {
    acceptAccount: (_, nth) => (nth === 0 ? refused({ code: 'rehearsalNeeded' }) : reply(COMPLETED)),
    rehearse: (_, nth) => rehearsed(nth === 0 ? { ...NO_LOSS, account: TOM, against: person(MARIA) } : TOMS),
  }),
  exportPartFails: scene({
    rehearse: always(THOUSANDS),
    rehearsedProjects: (request, nth) => (nth === 1 ? refused({ code: 'corruptRecord' }) : inParts(THOUSANDS, MANY_PARTS)(request, nth)),
  }),
  exportOvertaken: scene({ rehearse: always(THOUSANDS), rehearsedProjects: inParts({ ...THOUSANDS, id: 'another' }, MANY_PARTS), rehearsal: (_, nth) => rehearsed(nth === 0 ? null : MENDED) }),
  exportGone: scene({ rehearse: always(THOUSANDS), rehearsedProjects: () => rehearsed(null) }),
};
