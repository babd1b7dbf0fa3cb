import Button from '@atlaskit/button/default/button';
import Textfield from '@atlaskit/textfield/text-field';
import { lazy, Suspense, useEffect, useId, useState, type ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { AccountId } from '../../api/generated/api.ts';
import { connections as words, exporting, pages, search, wave, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { useReader } from '../../reader.tsx';
import { age } from '../../time.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useNow } from '../../useNow.ts';
import { Pages } from '../Pages.tsx';
import { Part } from '../Part.tsx';
import { Filters } from './Filters.tsx';
import { Job } from './Job.tsx';
import styles from './Overview.module.css';
import { EVERYBODY, type Choice, type KnownPeople, type PeopleList } from './PeopleList.ts';
import { PeopleTable } from './PeopleTable.tsx';
import { RemindBar } from './RemindBar.tsx';
import { countUnder, everybody } from './shades.ts';
import { WaveBar } from './WaveBar.tsx';
import { WaveChart } from './WaveChart.tsx';

const ExportDialog = lazy(() => import('./ExportDialog.tsx'));

/** How often ages and the estimate are reckoned anew, in milliseconds. */
const AGES_MS = 15_000;

/** How long typing has to rest before the app is asked, in milliseconds. */
const REST_MS = 300;

/** The app takes at most so many letters. */
const LONGEST_QUERY = 100;

/** The section once there are people, or is nobody. */
export function Overview({
  list,
  known,
}: {
  list: PeopleList;
  known: Extract<KnownPeople, { phase: 'ready' }>;
}): ReactNode {
  const { view: connections, clock, stale } = known;
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, AGES_MS), calendar };
  const nobody = everybody(connections.tally) === 0;
  return (
    <>
      {stale !== null && (
        <>
          <TroubleNotice trouble={stale} told={told} onRetry={() => void list.read()} />
          <p>{words.stale(age(connections.now, told.now))}</p>
        </>
      )}
      {nobody ? (
        <Notice appearance="information" title={words.emptyTitle}>
          <p>{words.empty}</p>
        </Notice>
      ) : (
        <>
          <Part title={words.overview}>
            <div className={styles.wave}>
              <WaveBar tally={connections.tally} />
              <section aria-label={wave.heading}>
                <WaveChart days={connections.days} tally={connections.tally} told={told} />
              </section>
            </div>
          </Part>
          <Job connections={connections} told={told} onSteered={() => void list.read()} />
          <People list={list} known={known} told={told} />
        </>
      )}
    </>
  );
}

function People({
  list,
  known,
  told,
}: {
  list: PeopleList;
  known: Extract<KnownPeople, { phase: 'ready' }>;
  told: Told;
}): ReactNode {
  const { view: connections, choice, page, isTurning } = known;
  const id = useId();
  const [selected, setSelected] = useState<ReadonlySet<AccountId>>(new Set());
  const [typed, setTyped] = useState('');
  const [exported, setExported] = useState<Choice | null>(null);
  const query = typed.trim().slice(0, LONGEST_QUERY);

  useEffect(() => {
    const timer = setTimeout(() => list.choose({ query }), REST_MS);
    return () => clearTimeout(timer);
  }, [list, query]);

  const select = (accounts: readonly AccountId[], on: boolean) => {
    const next = new Set(selected);
    for (const account of accounts) {
      if (on) {
        next.add(account);
      } else {
        next.delete(account);
      }
    }
    setSelected(next);
  };

  return (
    <Part
      title={words.people}
      aside={
        <Button spacing="compact" onClick={() => setExported(choice)}>
          {exporting.button}
        </Button>
      }
    >
      <div className={styles.tools}>
        <Filters chosen={choice.label} tally={connections.tally} onChoose={(label) => list.choose({ label })} />
        <div className={styles.search}>
          <label htmlFor={`${id}-search`}>{search.label}</label>
          <Textfield
            id={`${id}-search`}
            type="search"
            isCompact
            autoComplete="off"
            spellCheck={false}
            maxLength={LONGEST_QUERY}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <RemindBar
          selected={selected}
          told={told}
          onClear={() => setSelected(new Set())}
          onDone={(accounts) => {
            select(accounts, false);
            void list.read();
          }}
        />
      </div>
      <Announcement>{isTurning ? '' : pages.page(page)}</Announcement>
      {connections.rows.length === 0 ? (
        <p className={styles.none}>{choice.query === '' ? search.noneUnder : search.none(choice.query)}</p>
      ) : (
        <PeopleTable
          rows={connections.rows}
          choice={choice}
          isTurning={isTurning}
          selected={selected}
          told={told}
          onSelect={select}
          onSort={(order) => list.choose({ order, descending: choice.order === order && !choice.descending })}
        />
      )}
      <Pages page={page} hasNext={connections.next !== null} onPrevious={list.previous} onNext={list.next} />
      <Suspense fallback={null}>
        {exported !== null && (
          <ExportDialog choice={exported} total={rowsOf(exported, connections)} told={told} onClose={() => setExported(null)} />
        )}
      </Suspense>
    </Part>
  );
}

/** How many rows an export will have, where the counts tell it. */
function rowsOf({ label, query }: Choice, { tally }: { tally: Parameters<typeof everybody>[0] }): number | null {
  if (query !== EVERYBODY.query) {
    return null;
  }
  return label === null ? everybody(tally) : countUnder(label, tally);
}
