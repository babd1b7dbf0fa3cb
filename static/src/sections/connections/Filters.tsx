import type { ReactNode } from 'react';
import type { Label, Tally } from '../../api/generated/api.ts';
import { filter as words, shade } from '../../messages.ts';
import { number } from '../../messages/words.ts';
import styles from './Filters.module.css';
import { countUnder, everybody, LABELS } from './shades.ts';
import shadeStyles from './shades.module.css';

/** Which people are listed: everybody, or those under one label, each with their number. */
export function Filters({
  chosen,
  tally,
  onChoose,
}: {
  chosen: Label | null;
  tally: Tally;
  onChoose: (label: Label | null) => void;
}): ReactNode {
  return (
    <ul className={styles.filters} aria-label={words.label}>
      <li>
        <button type="button" className={styles.filter} aria-pressed={chosen === null} onClick={() => onChoose(null)}>
          {words.all} <span className={styles.count}>{number(everybody(tally))}</span>
        </button>
      </li>
      {LABELS.map((label) => (
        <li key={label}>
          <button type="button" className={styles.filter} aria-pressed={chosen === label} onClick={() => onChoose(label)}>
            <span className={`${styles.swatch} ${shadeStyles[label]}`} aria-hidden="true" />
            {shade(label)} <span className={styles.count}>{number(countUnder(label, tally))}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
