import type { ReactNode } from 'react';
import type { Denial } from '../api/generated/api.ts';
import { afterDenial, status } from '../messages.ts';
import { Say } from '../phrase.tsx';
import styles from './AfterDenial.module.css';

/** The next step after a denial, and its code for support. */
export function AfterDenial({ denial }: { denial: Denial }): ReactNode {
  return (
    <>
      <p>
        <Say phrase={afterDenial(denial)} />
      </p>
      <p className={styles.code}>{status.support(`denied/${denial.type}`)}</p>
    </>
  );
}
