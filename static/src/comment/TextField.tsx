import { useId, type ReactNode } from 'react';
import { comment as words } from '../messages.ts';
import styles from './TextField.module.css';

/** The app takes at most so many characters. */
const LONGEST = 10_000;

/** From so many characters left, they are counted. */
const COUNTED = 500;

/** Several lines of plain text. More may be typed than may be posted: nothing that somebody pastes is cut off. */
export function TextField({ value, isDisabled, onChange }: { value: string; isDisabled: boolean; onChange: (value: string) => void }): ReactNode {
  const id = useId();
  // The app counts characters as Unicode does, not as JavaScript does.
  const left = LONGEST - [...value].length;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {words.label}
      </label>
      <textarea
        id={id}
        className={styles.text}
        rows={4}
        value={value}
        readOnly={isDisabled}
        aria-invalid={left < 0}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} className={styles.hint} data-wrong={left < 0}>
        {left < COUNTED ? words.left(left) : words.hint}
      </p>
    </div>
  );
}
