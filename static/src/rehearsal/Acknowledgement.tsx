import { useId, type ReactNode } from 'react';
import { acknowledgement, acknowledging as words } from '../messages.ts';
import { Say } from '../phrase.tsx';
import styles from './Acknowledgement.module.css';
import type { Acknowledged } from './useAcknowledged.ts';

/** What is lost, by name, and the box by which an administrator says to have read it; nothing where nothing is lost. */
export function Acknowledgement({ acknowledged: { rehearsal, isGiven, isMissing, box, give } }: { acknowledged: Acknowledged }): ReactNode {
  const id = useId();
  if (rehearsal === null || !rehearsal.acknowledge) {
    return null;
  }
  return (
    <div className={styles.acknowledgement} data-missing={isMissing}>
      <input
        ref={box}
        type="checkbox"
        id={id}
        className={styles.box}
        checked={isGiven}
        aria-required
        aria-invalid={isMissing}
        aria-describedby={`${id}-problem`}
        onChange={(event) => give(event.currentTarget.checked)}
      />
      <label htmlFor={id} className={styles.label}>
        <Say phrase={acknowledgement(rehearsal)} />
      </label>
      <p id={`${id}-problem`} role="status" className={styles.problem}>
        {isMissing ? words.demanded : ''}
      </p>
    </div>
  );
}
