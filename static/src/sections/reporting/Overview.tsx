import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { IntegrationId, Run } from '../../api/generated/api.ts';
import { copyText } from '../../change/copyText.ts';
import { pages, reporting as words, runSaid, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { usePanel } from '../../panel/PanelContext.tsx';
import { useAsking } from '../../panel/useAsking.ts';
import { useReader } from '../../reader.tsx';
import { age } from '../../time.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useNow } from '../../useNow.ts';
import { Pages } from '../Pages.tsx';
import { Part } from '../Part.tsx';
import { Filters } from './Filters.tsx';
import styles from './Overview.module.css';
import { RunsChart } from './RunsChart.tsx';
import { EVERY_RUN, asChanged, type ChangedRuns, type Choice, type KnownRuns, type RunsList } from './RunsList.ts';
import { RunsTable } from './RunsTable.tsx';

const RunDialog = lazy(() => import('./RunDialog.tsx'));
const LogDialog = lazy(() => import('./LogDialog.tsx'));

/** How often durations are reckoned anew, in milliseconds. */
const DURATIONS_MS = 1_000;

/** How long typing has to rest before the app is asked, in milliseconds. */
const REST_MS = 300;

/** The section once runs are read, or none. */
export function Overview({ list, known }: { list: RunsList; known: KnownRuns }): ReactNode {
  const { view, clock, stale, choice } = known;
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, DURATIONS_MS), calendar };
  const nothing = view.rows.length === 0 && view.days.length === 0 && isEverything(choice);
  return (
    <>
      {stale !== null && (
        <>
          <TroubleNotice trouble={stale} told={told} onRetry={() => void list.read()} />
          <p>{words.stale(age(view.now, told.now))}</p>
        </>
      )}
      {nothing ? (
        <Notice appearance="information" title={words.emptyTitle}>
          <p>{words.empty}</p>
        </Notice>
      ) : (
        <>
          <Part title={words.overview}>
            <RunsChart runs={view} told={told} />
          </Part>
          <ListedRuns list={list} known={known} told={told} />
        </>
      )}
    </>
  );
}

function ListedRuns({ list, known, told }: { list: RunsList; known: KnownRuns; told: Told }): ReactNode {
  const { view, choice, page, isTurning } = known;
  const { asking, trouble, ask } = useAsking();
  const [typed, setTyped] = useState(choice.search);
  const [chosen, setChosen] = useState<Choice>(choice);
  const [opened, setOpened] = useState<Run | null>(null);
  const [logged, setLogged] = useState<Run | null>(null);
  const [said, setSaid] = useState('');
  const [changed, setChanged] = useState<ChangedRuns>(new Map());
  const names = useNames(view.rows);
  const search = typed.trim();

  useEffect(() => {
    const timer = setTimeout(() => list.choose({ search }), REST_MS);
    return () => clearTimeout(timer);
  }, [list, search]);

  const share = async (run: Run, shares: boolean) => {
    setSaid('');
    const reply = await ask({ type: 'shareRun', id: run.id, share: shares });
    if (reply !== null) {
      setChanged((before) => new Map([...before, [run.id, { run: reply.run, at: reply.now }]]));
      setSaid(shares ? runSaid.shared : runSaid.stopped);
    }
    // Also after a refusal: the run stands elsewhere than it was shown.
    void list.read();
  };
  const again = async ({ id }: Run) => {
    setSaid('');
    const reply = await ask({ type: 'runAgain', id });
    if (reply !== null) {
      setSaid(runSaid.triedAgain(reply.comments));
    }
    void list.read();
  };
  const copy = async ({ id }: Run) => {
    setSaid('');
    setSaid((await copyText(id)) ? runSaid.copied(id) : runSaid.notCopied(id));
  };

  return (
    <Part title={words.runs}>
      <Filters
        choice={chosen}
        typed={typed}
        names={names}
        onType={(text) => {
          setSaid('');
          setTyped(text);
        }}
        onChoose={(more) => {
          setSaid('');
          setChosen({ ...chosen, ...more });
          list.choose(more);
        }}
      />
      {trouble !== null && (
        <div className={styles.words}>
          <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />
        </div>
      )}
      <p role="status" className={styles.said}>
        {asking === null ? said : asking === 'runAgain' ? runSaid.again : runSaid.sharing}
      </p>
      <Announcement>{isTurning ? '' : pages.page(page)}</Announcement>
      {view.rows.length === 0 ? (
        <p className={styles.words}>{choice.search === '' ? words.none : words.notFound(choice.search)}</p>
      ) : (
        <RunsTable
          rows={view.rows.map((row) => asChanged(row, changed, told.now))}
          isTurning={isTurning}
          isBusy={asking !== null}
          told={told}
          actions={{
            onOpen: setOpened,
            onShare: (run, shares) => void share(run, shares),
            onCopy: (run) => void copy(run),
            onLog: setLogged,
            onAgain: (run) => void again(run),
          }}
        />
      )}
      <Pages page={page} hasNext={view.next !== null} onPrevious={list.previous} onNext={list.next} />
      <p className={styles.kept}>{words.kept(view.keptDays)}</p>
      <Suspense fallback={null}>
        {opened !== null && <RunDialog run={opened} onClose={() => setOpened(null)} />}
        {logged !== null && <LogDialog run={logged} told={told} onClose={() => setLogged(null)} />}
      </Suspense>
    </Part>
  );
}

/** What integrations are called: those that there are, and those of the runs that were seen, which may be gone by now. */
function useNames(rows: readonly Run[]): ReadonlyMap<IntegrationId, string> {
  const { ask: askPanel } = usePanel();
  const seen = useRef(new Map<IntegrationId, string>());
  const [all, setAll] = useState<ReadonlyMap<IntegrationId, string>>(new Map());
  useEffect(() => {
    let wanted = true;
    void askPanel({ type: 'integrations' }).then((answer) => {
      // Where they cannot be read, those of the runs are there to choose from.
      if (wanted && 'reply' in answer) {
        setAll(new Map(answer.reply.integrations.rows.map(({ id, terms }) => [id, terms.name])));
      }
    });
    return () => {
      wanted = false;
    };
  }, [askPanel]);
  for (const { integration, name } of rows) {
    if (!seen.current.has(integration)) {
      seen.current.set(integration, name);
    }
  }
  return new Map([...seen.current, ...all]);
}

function isEverything(choice: Choice): boolean {
  return JSON.stringify(choice) === JSON.stringify(EVERY_RUN);
}
