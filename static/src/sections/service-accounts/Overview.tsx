import Button from '@atlaskit/button/default/button';
import { lazy, Suspense, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { EntryView, RegisterView } from '../../api/generated/api.ts';
import { register as words, registerCsv, removal, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { usePanel } from '../../panel/PanelContext.tsx';
import { Say, type Phrase } from '../../phrase.tsx';
import { useReader } from '../../reader.tsx';
import { age } from '../../time.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useNow } from '../../useNow.ts';
import { useWayBack } from '../../useWayBack.ts';
import { Part } from '../Part.tsx';
import { Entries } from './Entries.tsx';
import styles from './Overview.module.css';
import { Reports } from './Reports.tsx';
import type { KnownRegister, Register } from './useRegister.ts';

const EntryDialog = lazy(() => import('./EntryDialog.tsx'));
const RemoveDialog = lazy(() => import('./RemoveDialog.tsx'));
const CsvDialog = lazy(() => import('./CsvDialog.tsx'));
const ReportDialog = lazy(() => import('./ReportDialog.tsx'));
const TestDialog = lazy(() => import('./test/TestDialog.tsx'));

/** How often ages and what is due are reckoned anew, in milliseconds. */
const AGES_MS = 15_000;

/** Which dialog is open. */
type Open = { is: 'add' | 'csv' | 'report' } | { is: 'edit' | 'remove' | 'test'; entry: EntryView };

/** The section once the register is read. */
export function Overview({
  known: { register, clock, stale },
  heading,
  read,
  take,
}: {
  known: Extract<KnownRegister, { phase: 'ready' }>;
  heading: RefObject<HTMLElement>;
} & Pick<Register, 'read' | 'take'>): ReactNode {
  const { lookAgain } = usePanel();
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, AGES_MS), calendar };
  const [open, setOpen] = useState<Open | null>(null);
  const [said, setSaid] = useState<Phrase>([]);
  const place = useRef<HTMLParagraphElement>(null);
  const { remember, back } = useWayBack(() => (said.length === 0 ? heading.current : place.current));

  const show = (next: Open) => {
    // What one dialog opens instead of itself, it leaves to what it was opened with.
    if (open === null) {
      remember();
    }
    setSaid([]);
    setOpen(next);
  };
  const close = () => setOpen(null);
  const done = (phrase: Phrase, changed: RegisterView | null) => {
    if (changed !== null) {
      take(changed);
      // The status tells how much is due.
      lookAgain();
    }
    setSaid(phrase);
    setOpen(null);
  };

  return (
    <>
      {stale !== null && (
        <>
          <TroubleNotice trouble={stale} told={told} onRetry={() => void read()} />
          <p>{words.stale(age(register.now, told.now))}</p>
        </>
      )}
      <p ref={place} role="status" tabIndex={-1} className={styles.said}>
        <Say phrase={said} />
      </p>
      <Part
        title={words.accounts}
        aside={
          <>
            <Button spacing="compact" appearance="primary" onClick={() => show({ is: 'add' })}>
              {words.add}
            </Button>
            <Button spacing="compact" onClick={() => show({ is: 'csv' })}>
              {words.exportCsv}
            </Button>
            <Button spacing="compact" onClick={() => show({ is: 'report' })}>
              {words.exportReport}
            </Button>
          </>
        }
      >
        {register.entries.length === 0 ? (
          <div className={styles.empty}>
            <Notice appearance="information" title={words.emptyTitle} headingLevel="h3">
              <p>{words.empty}</p>
            </Notice>
          </div>
        ) : (
          <Entries
            entries={register.entries}
            told={told}
            onEdit={(entry) => show({ is: 'edit', entry })}
            onRemove={(entry) => show({ is: 'remove', entry })}
            onTest={(entry) => show({ is: 'test', entry })}
          />
        )}
      </Part>
      <Reports reports={register.reports} told={told} />
      <Suspense fallback={null}>
        {(open?.is === 'add' || open?.is === 'edit') && (
          <EntryDialog
            key={open.is === 'edit' ? open.entry.account.accountId : 'add'}
            of={open.is === 'edit' ? open.entry : null}
            entries={register.entries}
            told={told}
            read={read}
            back={back}
            onEdit={(entry) => show({ is: 'edit', entry })}
            onClose={close}
            onSaved={(changed, account) => done(words.saved(account), changed)}
          />
        )}
        {open?.is === 'remove' && (
          <RemoveDialog
            of={latest(open.entry, register)}
            told={told}
            read={read}
            back={back}
            onClose={close}
            onGone={() => done(removal.gone(open.entry.account), null)}
            onRemoved={(changed) => done(words.removed(open.entry.account), changed)}
          />
        )}
        {open?.is === 'test' && (
          <TestDialog
            account={open.entry.account}
            told={told}
            back={back}
            onClose={() => {
              close();
              // The row and the status tell of the latest result.
              void read();
              lookAgain();
            }}
          />
        )}
        {open?.is === 'csv' && <CsvDialog title={registerCsv.title} entries={register.entries} told={told} onClose={close} />}
        {open?.is === 'report' && <ReportDialog told={told} onMade={() => void read()} onClose={close} />}
      </Suspense>
    </>
  );
}

/** The entry as the register tells of it now. */
function latest(entry: EntryView, { entries }: RegisterView): EntryView {
  return entries.find(({ account }) => account.accountId === entry.account.accountId) ?? { ...entry, revision: null };
}
