import type { ReactNode } from 'react';
import { rehearsing as words } from '../messages.ts';
import { useSlow } from '../useSlow.ts';
import styles from './Progress.module.css';

/** The first answer is out: on a small site it is the result. After a second it gets words. */
export function Asking(): ReactNode {
  const slow = useSlow(true);
  return (
    <div className={styles.progress}>
      <progress className={styles.bar} aria-label={words.bar} />
      <p className={styles.words}>{slow ? words.slow : words.asking}</p>
    </div>
  );
}
