import Heading from '@atlaskit/heading/heading';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Run, RunItem } from '../../api/generated/api.ts';
import { FileDialog } from '../../FileDialog.tsx';
import { LoadingWords } from '../../LoadingWords.tsx';
import { byWhom, countsSentence, duration, runDialog as words, runOutcomeSentence, sharedSentence, trigger, type Told } from '../../messages.ts';
import { number } from '../../messages/words.ts';
import { PagedList } from '../../panel/PagedList.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { Say } from '../../phrase.tsx';
import { useReader } from '../../reader.tsx';
import { moment, setClock } from '../../time.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useNow } from '../../useNow.ts';
import { Facts } from '../account-access/Facts.tsx';
import { Pages } from '../Pages.tsx';
import { Items } from './Items.tsx';
import { OutcomeLozenge } from './OutcomeLozenge.tsx';
import styles from './RunDialog.module.css';

/** How often the duration of a run that goes on is reckoned anew, in milliseconds. */
const DURATION_MS = 1_000;

/** One part of the items of a run. */
interface PartOfRun {
  readonly now: number;
  readonly next: number | null;
  readonly pollAfterMs: number | null;
  readonly run: Run;
  readonly items: readonly RunItem[];
}

/** What a run was and is, and what became of each item. It is read again by itself while the run goes on. */
export default function RunDialog({ run, onClose }: { run: Run; onClose: () => void }): ReactNode {
  const { ask } = usePanel();
  const [list] = useState(
    () =>
      new PagedList<PartOfRun, object, number>({}, (_, cursor) => cursor ?? 0, async (part) => {
        const answer = await ask({ type: 'run', id: run.id, part });
        return 'reply' in answer ? { view: answer.reply } : answer;
      }),
  );
  useEffect(list.start, [list]);
  const known = useSyncExternalStore(list.subscribe, list.known);
  const { calendar } = useReader();
  const [opened] = useState(() => setClock(run.movedAt));
  const clock = known.phase === 'ready' ? known.clock : opened;
  const told: Told = { now: useNow(clock, DURATION_MS), calendar };
  return (
    <FileDialog title={words.title(run.name)} close={words.close} onClose={onClose}>
      {known.phase === 'loading' && <LoadingWords loading={words.loading} slow={words.slow} />}
      {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} told={told} onRetry={() => void list.read()} />}
      {known.phase === 'ready' && (
        <>
          {known.stale !== null && <TroubleNotice trouble={known.stale} told={told} onRetry={() => void list.read()} />}
          <RunFacts run={known.view.run} told={told} />
          <Heading size="xsmall" as="h2">
            {words.items}
          </Heading>
          {known.view.items.length === 0 ? (
            <p>{known.view.run.outcome === 'running' ? words.noItemsYet : words.noItems}</p>
          ) : (
            <Items items={known.view.items} told={told} />
          )}
          <Pages page={known.page} hasNext={known.view.next !== null} onPrevious={list.previous} onNext={list.next} />
        </>
      )}
    </FileDialog>
  );
}

function RunFacts({ run, told }: { run: Run; told: Told }): ReactNode {
  return (
    <>
      <p className={styles.outcome}>
        <OutcomeLozenge outcome={run.outcome} /> {runOutcomeSentence(run)}
      </p>
      <Facts
        of={[
          [words.id, <code key="id">{run.id}</code>],
          [words.trigger, <Say key="trigger" phrase={trigger(run.trigger)} />],
          ...(run.issue === null ? [] : [[words.issue, run.issue] as const]),
          [words.started, moment(run.startedAt, told.calendar)],
          [words.ended, run.endedAt === null ? words.notEnded : moment(run.endedAt, told.calendar)],
          [words.duration, duration((run.endedAt ?? told.now) - run.startedAt)],
          [words.counts, countsSentence(run.counts)],
          [words.points, number(run.counts.points)],
          [words.by, byWhom(run)],
          [words.support, <Say key="support" phrase={sharedSentence(run, told)} />],
        ]}
      />
    </>
  );
}
