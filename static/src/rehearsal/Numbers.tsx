import type { ReactNode } from 'react';
import type { Rehearsal } from '../api/generated/api.ts';
import { numbers as words } from '../messages.ts';
import { number } from '../messages/words.ts';
import styles from './Numbers.module.css';

/** How many projects are kept, lost and gained; with nobody to compare with, how many the account sees. */
export function Numbers({ rehearsal: { against, kept, lost, gained } }: { rehearsal: Rehearsal }): ReactNode {
  const all =
    against === null
      ? [{ n: kept + gained, label: words.seen, hint: words.seenHint, isBad: false }]
      : [
          { n: kept, label: words.kept, hint: words.keptHint, isBad: false },
          { n: lost, label: words.lost, hint: words.lostHint, isBad: lost > 0 },
          { n: gained, label: words.gained, hint: words.gainedHint, isBad: false },
        ];
  return (
    <ul className={styles.numbers} aria-label={words.label}>
      {all.map(({ n, label, hint, isBad }) => (
        <li key={label} className={styles.one} data-bad={isBad}>
          <span className={styles.figure}>
            <strong className={styles.number}>{number(n)}</strong> {label}
          </span>
          <span className={styles.hint}>{hint}</span>
        </li>
      ))}
    </ul>
  );
}
