// @ts-check
/**
 * One scene for each state of Reporting.
 * @import { Reply, Request, Run, RunItem, Runs } from '../src/api/generated/api.ts'
 * @import { Scene } from './scenes.mjs'
 */
import { MOBILE as JOINED } from './scenes-of-integrations.mjs';
import { SECOND } from './clock.mjs';
import { MARIA, person } from './people.mjs';
import { EVERY_ITEM, item, NO_RUNS, PARTLY, run, RUNNING, RUNS } from './runs.mjs';
import { after, CONNECTED, NOW, refused, still } from './scenes.mjs';

/** @param {Runs} of @returns {Reply} */
const shows = (of) => ({ type: 'runs', runs: of });

/** @param {Run} of @param {RunItem[]} [items] @param {Partial<Extract<Reply, { type: 'run' }>>} [more] @returns {Reply} */
const one = (of, items = EVERY_ITEM, more = {}) => ({ type: 'run', run: of, items, next: null, now: NOW, pollAfterMs: null, ...more });

/** One of them has never run. @type {Reply} */
const INTEGRATIONS = {
  type: 'integrations',
  integrations: {
    now: NOW,
    here: null,
    connected: true,
    unnamed: null,
    rows: [JOINED, { ...JOINED, id: 'c'.repeat(32), terms: { ...JOINED.terms, name: 'Never run' } }],
    most: 20,
  },
};

/** @param {Partial<Record<Request['type'], Scene>>} more */
const scene = (more) => still(CONNECTED, { runs: () => shows(RUNS), run: () => one(PARTLY), integrations: () => INTEGRATIONS, ...more });

/** Sixty runs in three pages, filtered and searched as the app does it.
 * @param {Request} request
 * @returns {Reply}
 */
function listed(request) {
  if (request.type !== 'runs') {
    return refused({ code: 'invalidRequest' });
  }
  const { outcome, integration, search, cursor } = request.page;
  const all = Array.from({ length: 60 }, (_, i) => run(i + 1, i % 5 === 0 ? { outcome: 'failed' } : {}));
  if (search !== null) {
    const rows = all.filter(({ id, issue }) => id === search || issue === search.toUpperCase());
    return rows.length === 0 ? refused({ code: 'noSuchRun' }) : shows({ ...RUNS, rows });
  }
  const rows = all.filter((row) => (outcome === null || row.outcome === outcome) && (integration === null || row.integration === integration));
  const begin = Number(cursor ?? 0);
  return shows({ ...RUNS, rows: rows.slice(begin, begin + 20), next: begin + 20 < rows.length ? String(begin + 20) : null });
}

/** A run that is over the third time it is looked at. @param {number} nth @returns {Run} */
const ending = (nth) => (nth < 2 ? { ...RUNNING, counts: { ...RUNNING.counts, read: 2 + nth } } : { ...RUNNING, outcome: 'succeeded', endedAt: NOW + SECOND, counts: { ...RUNNING.counts, read: 5 } });

/** Two parts of a run. @type {Scene} */
const parts = (request) => {
  const second = request.type === 'run' && request.part === 1;
  const of = { ...PARTLY, items: 101 };
  return second ? one(of, [item(100, { type: 'created', comment: '9' })]) : one(of, Array.from({ length: 100 }, (_, i) => item(i, { type: 'updated', comment: String(i) })), { next: 1 });
};

/** @type {Record<string, Scene>} */
export const SCENES_OF_REPORTING = {
  runs: scene({
    // Forge's index lags behind what was written.
    runs: () => shows(RUNS),
    shareRun: (request) => (request.type === 'shareRun' ? after(1_200, one({ ...RUNS.rows.find((row) => row.id === request.id) ?? PARTLY, shared: request.share ? { by: person(MARIA), at: NOW } : null })) : refused({ code: 'invalidRequest' })),
    runAgain: () => ({ type: 'triedAgain', comments: 1 }),
  }),
  runsMany: scene({ runs: listed }),
  runsNone: scene({ runs: () => shows(NO_RUNS) }),
  runsLoading: scene({ runs: () => 'silence' }),
  runsFail: scene({ runs: (_, nth) => (nth === 0 ? refused({ code: 'storageUnavailable' }) : shows(RUNS)) }),
  runsStale: scene({ runs: (_, nth) => (nth === 0 ? shows({ ...RUNS, pollAfterMs: 200 }) : refused({ code: 'storageUnavailable' })) }),
  runsLive: scene({
    runs: (_, nth) => shows({ ...RUNS, rows: [ending(nth)], pollAfterMs: nth < 2 ? 300 : null }),
    run: (_, nth) => one(ending(nth), EVERY_ITEM.slice(0, 1 + nth), { pollAfterMs: nth < 2 ? 300 : null }),
  }),
  runsRefuse: scene({ shareRun: () => refused({ code: 'noSuchRun' }), runAgain: () => refused({ code: 'integrationDisabled' }) }),
  runsNothingLeft: scene({ runAgain: () => ({ type: 'triedAgain', comments: 0 }) }),
  runParts: scene({ run: parts }),
  runLoading: scene({ run: () => 'silence' }),
  runFails: scene({ run: (_, nth) => (nth === 0 ? refused({ code: 'noSuchRun' }) : one(PARTLY, [])) }),
  logStops: scene({ run: (request, nth) => (nth === 1 ? refused({ code: 'corruptRecord' }) : parts(request, nth)) }),
};
