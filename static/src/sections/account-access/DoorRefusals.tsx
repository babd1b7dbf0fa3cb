import type { ReactNode } from 'react';
import type { SupportView } from '../../api/generated/api.ts';
import { doorRefusal, doorRefusals as words, refusals, type Told } from '../../messages.ts';
import styles from '../status/Refusals.module.css';

/** Who was turned away at the address for support: folded, because it changed nothing. */
export function DoorRefusals({ rows, told }: { rows: SupportView['refusals']; told: Told }): ReactNode {
  const turnedAway = rows.reduce((sum, row) => sum + row.count, 0);
  return (
    <details className={styles.refusals}>
      <summary className={styles.summary}>{words.heading(turnedAway)}</summary>
      <p className={styles.explanation}>{words.explanation}</p>
      <ul>
        {rows.map((row) => (
          <li key={`${row.reason} ${row.firstAt}`} className={styles.row}>
            <span>{doorRefusal(row.reason)}</span>
            <span className={styles.detail}>
              {refusals.many(row)} · {refusals.when(row, told)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
