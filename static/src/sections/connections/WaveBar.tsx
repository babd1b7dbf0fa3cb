import type { ReactNode } from 'react';
import type { Tally } from '../../api/generated/api.ts';
import { connections as words, shade } from '../../messages.ts';
import { number } from '../../messages/words.ts';
import { everybody, SHADES, shadesOf } from './shades.ts';
import shadeStyles from './shades.module.css';
import styles from './WaveBar.module.css';

/** How many of all people stand where, as one bar, with the words for it above. */
export function WaveBar({ tally }: { tally: Tally }): ReactNode {
  const total = everybody(tally);
  const counts = shadesOf(tally);
  const present = SHADES.filter((one) => counts[one] > 0);
  return (
    <div className={styles.wave}>
      <p className={styles.summary}>{words.summary(counts.working + counts.unverified, total)}</p>
      <div className={styles.bar} aria-hidden="true">
        {present.map((one) => (
          <span key={one} className={`${styles.part} ${shadeStyles[one]}`} style={{ flexGrow: counts[one] }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {present.map((one) => (
          <li key={one} className={styles.entry}>
            <span className={`${styles.swatch} ${shadeStyles[one]}`} aria-hidden="true" />
            {shade(one)} {number(counts[one])}
          </li>
        ))}
      </ul>
    </div>
  );
}
