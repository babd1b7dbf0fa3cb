import type { ReactNode } from 'react';
import styles from './DayChart.module.css';

/**
 * What the first and the last column of a chart are called, each under its own; side by side at the beginning where the
 * columns do not fill the drawing, because nothing stands at its end.
 */
export function Axis({
  first,
  last,
  isFull,
}: {
  first: string;
  /** `null` where there is one column. */
  last: string | null;
  /** Whether the columns fill the drawing. */
  isFull: boolean;
}): ReactNode {
  return (
    <p className={styles.axis} aria-hidden="true">
      {last === null || isFull ? <span>{first}</span> : <span>{`${first} – ${last}`}</span>}
      {last !== null && isFull && <span>{last}</span>}
    </p>
  );
}
