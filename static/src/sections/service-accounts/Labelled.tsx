import type { ReactNode } from 'react';
import styles from './Labelled.module.css';

/** What a field has to be given so that its label, hint and fault belong to it. */
export interface Bound {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

/** A field with its label, its hint, and what is wrong with it. */
export function Labelled({
  id,
  label,
  hint,
  wrong,
  children,
}: {
  id: string;
  label: string;
  hint?: string;
  /** What is wrong, if anything is. */
  wrong: string | null;
  children: (bound: Bound) => ReactNode;
}): ReactNode {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-hint ${id}-wrong`, 'aria-invalid': wrong !== null })}
      <p id={`${id}-hint`} className={styles.hint}>
        {hint}
      </p>
      <p id={`${id}-wrong`} className={styles.wrong}>
        {wrong}
      </p>
    </div>
  );
}
