/**
 * Which runs the Reporting section lists.
 */
import type { Answer } from '../../api/door.ts';
import type { IntegrationId, PageOfRuns, Run, RunId, RunOutcome, Runs, Timestamp } from '../../api/generated/api.ts';
import { PagedList, type KnownPage } from '../../panel/PagedList.ts';
import { nowBy, setClock } from '../../time.ts';

/** Which runs are listed. */
export interface Choice {
  readonly outcome: RunOutcome | null;
  readonly integration: IntegrationId | null;
  /** A run id or an issue key; empty for all. Goes before the others. */
  readonly search: string;
}

/** All of them. */
export const EVERY_RUN: Choice = { outcome: null, integration: null, search: '' };

/** One page of runs. */
export type RunsList = PagedList<Runs, Choice, PageOfRuns>;

/** What the section shows. */
export type KnownRuns = Extract<KnownPage<Runs, Choice>, { phase: 'ready' }>;

/** Asks for one page. */
type AskForPage = (request: { type: 'runs'; page: PageOfRuns }) => Promise<Answer<{ type: 'runs'; page: PageOfRuns }>>;

/** Every run, read with `ask`. */
export function runsList(ask: AskForPage): RunsList {
  let last: { runs: Runs; clock: ReturnType<typeof setClock> } | null = null;
  return new PagedList(EVERY_RUN, (choice, cursor) => pageOf(choice, cursor), async (page) => {
    const answer = await ask({ type: 'runs', page });
    if ('reply' in answer) {
      const { runs } = answer.reply;
      last = { runs, clock: setClock(runs.now) };
      return { view: runs };
    }
    // A search that finds nothing is no fault of the page: it shows that, and what it knows beside.
    const { trouble } = answer;
    const isUnknown = trouble.from === 'app' && trouble.error.code === 'noSuchRun';
    return isUnknown && last !== null ? { view: { ...last.runs, now: nowBy(last.clock), rows: [], next: null, pollAfterMs: null } } : answer;
  });
}

function pageOf({ outcome, integration, search }: Choice, cursor: string | null): PageOfRuns {
  return search === '' ? { outcome, integration, search: null, cursor } : { outcome: null, integration: null, search, cursor };
}

/** For how long Forge's index may lag behind a record, in milliseconds: a minute is far more than was ever told of. */
const LAG_MS = 60_000;

/** Runs as the app answered after it changed them, while the list may not tell it yet. */
export type ChangedRuns = ReadonlyMap<RunId, { readonly run: Run; readonly at: Timestamp }>;

/** A run of the list, shared or not as it was last changed. */
export function asChanged(row: Run, changed: ChangedRuns, now: Timestamp): Run {
  const known = changed.get(row.id);
  return known !== undefined && now - known.at < LAG_MS ? { ...row, shared: known.run.shared } : row;
}
