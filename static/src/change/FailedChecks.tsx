import type { ReactNode } from 'react';
import type { Check, Person } from '../api/generated/api.ts';
import { checkFailure, checkName, failedChecks } from '../messages.ts';
import { Say } from '../phrase.tsx';
import styles from './FailedChecks.module.css';

/** The checks that an account did not pass, each with why and what to do; `recheck` is the control that tries again. */
export function FailedChecks({ checks, of, recheck }: { checks: readonly Check[]; of: Person; recheck: string }): ReactNode {
  return (
    <ul className={styles.failed}>
      {failedChecks(checks).map(({ name, failure }) => {
        const { why, next } = checkFailure(failure, of, recheck);
        return (
          <li key={name}>
            <strong>{checkName(name)}</strong>
            <br />
            <Say phrase={why} /> <Say phrase={next} />
          </li>
        );
      })}
    </ul>
  );
}
