import Button from '@atlaskit/button/default/button';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { HistoryRow, Outcome } from '../../api/generated/api.ts';
import { history as words, historyRow, receipts, scheduled, type Told } from '../../messages.ts';
import { Moment } from '../../Moment.tsx';
import { Say } from '../../phrase.tsx';
import { Sign } from '../../Sign.tsx';
import { day } from '../../time.ts';
import { Part } from '../Part.tsx';
import styles from './History.module.css';
import { HistoryReceipt } from './HistoryReceipt.tsx';

const ReceiptsDialog = lazy(() => import('./ReceiptsDialog.tsx'));

/** How many rows are shown before somebody asks for all of them. */
const FIRST = 5;

/** Every change that has ended, newest first. */
export function History({ rows, told }: { rows: readonly HistoryRow[]; told: Told }): ReactNode {
  const [all, setAll] = useState(false);
  const [exports, setExports] = useState(false);
  if (rows.length === 0) {
    return (
      <Part title={words.heading}>
        <p className={styles.empty}>{words.empty}</p>
      </Part>
    );
  }
  return (
    <Part
      title={words.heading}
      aside={
        rows.some(({ receipt }) => receipt !== null) ? (
          <Button spacing="compact" onClick={() => setExports(true)}>
            {receipts.button}
          </Button>
        ) : undefined
      }
    >
      <ol>
        {(all ? rows : rows.slice(0, FIRST)).map((row) => (
          <li key={`${row.at} ${row.to.accountId}`} className={styles.row}>
            <span className={styles.sign}>
              <Sign is={moved(row.outcome) ? 'done' : 'skipped'} label={moved(row.outcome) ? words.good : words.bad} />
            </span>
            <span className={styles.when}>
              <Moment at={row.at}>{day(row.at, told.now, told.calendar)}</Moment>
            </span>
            <div>
              <p>
                <Say phrase={historyRow(row)} />
              </p>
              <HistoryReceipt begunBy={row.scheduledFor === null ? words.begunBy(row.by) : scheduled.by(row.by, row.scheduledFor, row.switchedAt, told)} receipt={row.receipt} told={told} />
            </div>
          </li>
        ))}
      </ol>
      {rows.length > FIRST && (
        <div className={styles.more}>
          <Button appearance="subtle" onClick={() => setAll(!all)}>
            {all ? words.fewer : words.all(rows.length)}
          </Button>
        </div>
      )}
      <Suspense fallback={null}>{exports && <ReceiptsDialog told={told} onClose={() => setExports(false)} />}</Suspense>
    </Part>
  );
}

function moved(outcome: Outcome): boolean {
  switch (outcome.type) {
    case 'completed':
    case 'refreshed':
      return true;
    case 'cancelled':
    case 'expired':
    case 'superseded':
    case 'wrongAccount':
    case 'denied':
    case 'checksFailed':
    case 'webhooksFailed':
    case 'interrupted':
    case 'stopped':
      return false;
  }
}
