import type { ReactNode } from 'react';
import type { RefusalRow } from '../../api/generated/api.ts';
import { redirectRefusal, refusals as words, type Told } from '../../messages.ts';
import styles from './Refusals.module.css';

/** Redirects that were turned away: folded, because they changed nothing. */
export function Refusals({ rows, told }: { rows: readonly RefusalRow[]; told: Told }): ReactNode {
  const turnedAway = rows.reduce((sum, row) => sum + row.count, 0);
  return (
    <details className={styles.refusals}>
      <summary className={styles.summary}>{words.heading(turnedAway)}</summary>
      <p className={styles.explanation}>{words.explanation}</p>
      <ul>
        {rows.map((row) => (
          <li key={`${row.reason} ${row.firstAt}`} className={styles.row}>
            <span>{redirectRefusal(row.reason)}</span>
            <span className={styles.detail}>
              {words.many(row)} · {words.when(row, told)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
