import type { ReactNode } from 'react';
import type { Rehearsal } from '../api/generated/api.ts';
import { numbers as words } from '../messages.ts';
import { number } from '../messages/words.ts';
import styles from './Numbers.module.css';

/** The lists of projects under the numbers. */
export type ListOf = 'misses' | 'losses' | 'gains';

/**
 * How many projects are kept, lost and gained, each with the way to its list; with nobody to compare with, how many the
 * account sees.
 */
export function Numbers({
  rehearsal: { against, kept, lost, gained, losses, gains, misses },
  onShow,
}: {
  rehearsal: Rehearsal;
  /** Opens a list and leads there. */
  onShow: (list: ListOf) => void;
}): ReactNode {
  const toMisses: ListOf | null = misses.length > 0 ? 'misses' : null;
  const all: ReadonlyArray<{ n: number; label: string; hint: string; isBad: boolean; list: ListOf | null }> =
    against === null
      ? [{ n: kept + gained, label: words.seen, hint: words.seenHint, isBad: false, list: toMisses }]
      : [
          { n: kept, label: words.kept, hint: words.keptHint, isBad: false, list: toMisses },
          { n: lost, label: words.lost, hint: words.lostHint, isBad: lost > 0, list: losses.length > 0 ? 'losses' : null },
          { n: gained, label: words.gained, hint: words.gainedHint, isBad: false, list: gains.length > 0 ? 'gains' : null },
        ];
  return (
    <ul className={styles.numbers} aria-label={words.label}>
      {all.map(({ n, label, hint, isBad, list }) => (
        <li key={label} className={styles.one} data-bad={isBad}>
          <span className={styles.figure}>
            <strong className={styles.number}>{number(n)}</strong> {label}
          </span>
          <span className={styles.hint}>{hint}</span>
          {list !== null && (
            <button type="button" className={styles.show} onClick={() => onShow(list)}>
              {words.show[list]}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
