import type { ReactNode } from 'react';
import type { RefusalRow } from '../api/generated/api.ts';
import { refusals, type Told } from '../messages.ts';
import styles from './Refusals.module.css';

/** What was turned away: folded, because it changed nothing. */
export function Refusals<Reason extends string>({
  rows,
  words,
  reason,
  told,
}: {
  rows: ReadonlyArray<RefusalRow<Reason>>;
  words: { readonly heading: (count: number) => string; readonly explanation: string };
  /** Says one reason. */
  reason: (reason: Reason) => string;
  told: Told;
}): ReactNode {
  const turnedAway = rows.reduce((sum, row) => sum + row.count, 0);
  return (
    <details className={styles.refusals}>
      <summary className={styles.summary}>{words.heading(turnedAway)}</summary>
      <p className={styles.explanation}>{words.explanation}</p>
      <ul>
        {rows.map((row) => (
          <li key={`${row.reason} ${row.firstAt}`} className={styles.row}>
            <span>{reason(row.reason)}</span>
            <span className={styles.detail}>
              {refusals.many(row)} · {refusals.when(row, told)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
