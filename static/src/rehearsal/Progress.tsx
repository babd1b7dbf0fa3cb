import type { ReactNode } from 'react';
import type { Rehearsal } from '../api/generated/api.ts';
import { rehearsalProgress, rehearsing as words, type Told } from '../messages.ts';
import styles from './Progress.module.css';

/** How far a rehearsal is. */
export function Progress({ rehearsal, told }: { rehearsal: Rehearsal; told: Told }): ReactNode {
  const { lookedAt, total, waitsUntil } = rehearsal;
  const far = total === null ? {} : { max: Math.max(1, total), value: Math.min(lookedAt, total) };
  return (
    <div className={styles.progress}>
      <p className={styles.words}>{rehearsalProgress(rehearsal)}</p>
      <progress className={styles.bar} aria-label={words.bar} {...far} />
      {waitsUntil !== null && waitsUntil > told.now && <p>{words.waits(waitsUntil, told)}</p>}
      <p className={styles.hint}>{words.closable}</p>
    </div>
  );
}
