// @ts-check
/**
 * One scene for each state of the tests of an account.
 * @import { LinkView, NamedProject, Repeat, Reply, Request, RunView, TestUse, Tested, TrialCheck, TrialFinding, TrialItem, TrialView } from '../src/api/generated/api.ts'
 * @import { Scene } from './scenes.mjs'
 */
import { LONG, MARIA, person, SERVICE } from './people.mjs';
import { APPS, BARE, MARIAS, registered } from './registers.mjs';
import { after, CONNECTED, DAY, HOUR, MINUTE, NOW, refused, still } from './scenes.mjs';

/** @type {TrialItem[]} */
const ITEMS = ['signsIn', 'active', 'productAccess', 'permissions', 'creates', 'comments', 'transitions', 'attaches', 'cleansUp'];

/** @type {NamedProject} */
const SANDBOX = { id: '10009', key: 'TRY', name: 'For trying things' };

/**
 * @param {Partial<Record<TrialItem, TrialFinding>>} [found]
 * @returns {TrialCheck[]}
 */
function checks(found = {}) {
  return ITEMS.map((item) => ({ item, finding: found[item] ?? { type: 'passed' } }));
}

/** @param {import('../src/api/generated/api.ts').TrialFailure} failure @returns {TrialFinding} */
const failed = (failure) => ({ type: 'failed', failure });

/** @param {import('../src/api/generated/api.ts').TrialBecause} because @returns {TrialFinding} */
const notRun = (because) => ({ type: 'notRun', because });

/**
 * @param {number} at
 * @param {Partial<Record<TrialItem, TrialFinding>>} [found]
 * @param {boolean} [scheduled]
 * @returns {Tested}
 */
function tested(at, found, scheduled = false) {
  return { beganAt: at - 4000, at, by: scheduled ? null : person(MARIA), checks: checks(found) };
}

/** @type {TrialView} */
const NEVER = {
  now: NOW,
  account: SERVICE,
  project: null,
  repeat: 'off',
  dueAt: null,
  grant: true,
  held: null,
  handsOff: false,
  link: null,
  creates: null,
  deletes: null,
  run: null,
  results: [],
  lacking: [],
  left: [],
  pollAfterMs: null,
};

/** @type {TrialView} */
const PASSED = { ...NEVER, project: SANDBOX, creates: true, deletes: true, repeat: 'daily', dueAt: NOW + 20 * HOUR, results: [tested(NOW - 3 * HOUR)] };

/** Every kind of failure at its check. */
const FAILED = tested(NOW - 2 * MINUTE, {
  signsIn: failed({ type: 'scopesMissing', missing: ['write:jira-work'] }),
  productAccess: failed({ type: 'noProductAccess' }),
  permissions: failed({ type: 'permissionsMissing', failing: 23, of: 41 }),
  comments: failed({ type: 'permissionMissing' }),
  transitions: notRun({ type: 'noTransition' }),
  attaches: failed({ type: 'refused', message: 'Attachments are disabled' }),
  cleansUp: failed({ type: 'permissionMissing' }),
});

/** @type {TrialView} */
const TROUBLED = {
  ...PASSED,
  deletes: false,
  results: [FAILED, ...Array.from({ length: 29 }, (_, nth) => tested(NOW - (nth + 1) * DAY, nth % 4 === 2 ? { comments: failed({ type: 'permissionMissing' }), permissions: notRun({ type: 'nobodyToAsk' }) } : {}, nth % 3 > 0))],
  lacking: [
    { key: 'LEG', name: 'Legal', before: true, after: false, lacking: ['browseProjects', 'createIssues', 'addComments', 'editIssues', 'transitionIssues', 'createAttachments'] },
    { key: 'BIL', name: 'Billing', before: true, after: true, lacking: ['addComments', 'linkIssues'] },
  ],
  left: [
    { issueKey: 'TRY-17', projectKey: 'TRY', at: NOW - 2 * MINUTE, againAt: NOW + 58 * MINUTE, refused: true },
    { issueKey: null, projectKey: 'TRY', at: NOW - DAY, againAt: NOW - MINUTE, refused: false },
  ],
};

/** @param {number} done @param {Partial<RunView>} [more] @returns {TrialView} */
const running = (done, more = {}) => ({
  ...PASSED,
  run: { beganAt: NOW, by: person(MARIA), checks: checks().slice(0, done), next: ITEMS[done] ?? null, projects: done >= 3 ? 1000 : null, waitsUntil: null, ...more },
  pollAfterMs: 200,
});

/** @param {TrialView} trial @returns {Reply} */
const reply = (trial) => ({ type: 'trial', trial });

/** @param {TrialView} trial @param {Partial<Record<Request['type'], Scene>>} [more] */
const scene = (trial, more = {}) =>
  still(CONNECTED, {
    register: () => registered(),
    trial: () => reply(trial),
    settleTrial: (request) => after(300, reply(request.type === 'settleTrial' ? settled(trial, request.project, request.repeat) : trial)),
    findProjects: (request) => ({ type: 'projects', projects: request.type === 'findProjects' && request.query === 'zzz' ? [] : [SANDBOX, { id: '10000', key: 'MOB', name: 'Mobile app' }] }),
    testAccount: () => reply(PASSED),
    ...more,
  });

/** @type {LinkView} */
const LINK = { madeAt: NOW - HOUR, expiresAt: NOW + 47 * HOUR, standing: 'open', failed: null, more: 5 };

const ADDRESS = `https://example.hello.atlassian-dev.net/x1/abc?code=${'A'.repeat(43)}`;

/** @type {TestUse} */
const BY_LINK = { since: NOW - MINUTE, by: person(MARIA) };

/** @type {TrialView} */
const NO_GRANT = { ...NEVER, grant: false, handsOff: true };

/** @type {TrialView} */
const WAITS = { ...NO_GRANT, link: LINK, pollAfterMs: 300 };

/** @type {TrialView} */
const HELD = { ...NEVER, held: BY_LINK };

/** Somebody else is to allow. @param {LinkView} link @param {TestUse | null} held */
const handedOff = (link, held) =>
  scene({ ...NO_GRANT, link, held }, { handOffTest: () => ({ type: 'testLink', link: ADDRESS, trial: { ...NO_GRANT, link: LINK } }), revokeTestLink: () => reply({ ...NO_GRANT, link: { ...LINK, standing: 'revoked' } }) });

/** @param {TrialView} trial @param {string | null} project @param {Repeat} repeat @returns {TrialView} */
function settled(trial, project, repeat) {
  const known = [SANDBOX, { id: '10000', key: 'MOB', name: 'Mobile app' }].find(({ id }) => id === project) ?? null;
  return { ...trial, project: known, repeat, dueAt: repeat === 'off' ? null : NOW + DAY, creates: known && true, deletes: known && true };
}

/** @type {Record<string, Scene>} */
export const SCENES_OF_TRIAL = {
  trialNever: scene(NEVER),
  trialPassed: scene(PASSED),
  trialTroubled: scene(TROUBLED, { register: () => registered({ entries: [{ ...BARE, lastTest: { at: NOW - 2 * MINUTE, verdict: 'failed', failed: 6 }, nextTestAt: NOW + 20 * HOUR }, { ...MARIAS, lastTest: { at: NOW - DAY, verdict: 'passed', failed: 0 } }, { ...APPS, lastTest: { at: NOW - 2 * DAY, verdict: 'incomplete', failed: 0 }, nextTestAt: NOW - 1 }] }) }),
  trialTwice: scene({ ...PASSED, results: [tested(NOW - 3 * HOUR), tested(NOW - 3 * HOUR - DAY)] }),
  trialNoGrant: scene({ ...NEVER, grant: false, handsOff: true, project: SANDBOX, creates: false, deletes: false, results: [tested(NOW - HOUR, Object.fromEntries(ITEMS.filter((item) => !['active', 'permissions'].includes(item)).map((item) => [item, notRun({ type: 'noGrant' })])))] }),
  trialDead: scene({ ...PASSED, results: [tested(NOW - HOUR, { signsIn: failed({ type: 'grantDead', reason: 'revokedOrPasswordChanged' }), active: failed({ type: 'inactive' }), productAccess: notRun({ type: 'earlierCheck' }), creates: notRun({ type: 'requiredFields', fields: ['Team', 'Cost centre'] }) })] }),
  trialHandsOff: handedOff(LINK, null),
  trialTriedWrong: handedOff({ ...LINK, failed: { at: NOW - 5 * MINUTE, denial: { type: 'wrongAccount', allowed: person(MARIA) } } }, null),
  trialLinkExpired: handedOff({ ...LINK, expiresAt: NOW - HOUR }, null),
  trialLinkSpent: handedOff({ ...LINK, standing: 'spent' }, null),
  /** Somebody allows while the dialog is open. */
  trialAllowed: scene(NO_GRANT, {
    trial: (_, nth) => reply(nth === 0 ? NO_GRANT : nth < 3 ? WAITS : HELD),
    handOffTest: () => ({ type: 'testLink', link: ADDRESS, trial: WAITS }),
    deleteTestGrant: () => reply(NO_GRANT),
    register: () => registered({ entries: [{ ...BARE, held: BY_LINK }] }),
  }),
  trialHeld: scene(HELD, { deleteTestGrant: () => reply(NO_GRANT), register: () => registered({ entries: [{ ...MARIAS, isMain: false, held: BY_LINK }, BARE] }) }),
  trialHandOffRefused: scene(NO_GRANT, { handOffTest: () => refused({ code: 'grantInUse' }) }),
  trialOdd: scene({ ...PASSED, account: LONG, project: { id: '1', key: 'ODD', name: '=HYPERLINK("http://example.com","x")' } }),
  /** It goes on with each look. */
  trialRuns: scene(NEVER, { trial: (_, nth) => reply(nth === 0 ? NEVER : nth < 4 ? running(2 + nth) : PASSED), testAccount: () => reply(running(2)) }),
  trialRunning: scene(running(3)),
  trialWaits: scene(running(6, { waitsUntil: NOW + 40_000 })),
  trialLoading: scene(NEVER, { trial: () => 'silence' }),
  trialFails: scene(NEVER, { trial: (_, nth) => (nth === 0 ? refused({ code: 'storageUnavailable' }) : reply(PASSED)) }),
  trialRefused: scene(PASSED, { testAccount: () => refused({ code: 'noSuchPlace' }) }),
  trialLeftOut: scene(PASSED, { settleTrial: () => refused({ code: 'projectLeftOut' }) }),
  trialsFailed: still({ ...CONNECTED, testsFailed: 2 }, { register: () => registered() }),
};
