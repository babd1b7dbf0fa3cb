import Textfield from '@atlaskit/textfield/text-field';
import { useId, type ReactNode, type RefObject } from 'react';
import styles from './SettingsForm.module.css';

/** A whole number of days as it is typed; `NaN` where it is none, or out of bounds. */
export function daysOf(typed: string, least: number, most: number): number {
  const days = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  return days >= least && days <= most ? days : Number.NaN;
}

/** A number of days, with what it is for, and what is wrong with it. */
export function DaysField({
  field,
  label,
  hint,
  wrong,
  value,
  onChange,
}: {
  field: RefObject<HTMLInputElement>;
  label: string;
  hint: string;
  /** What is wrong with it; empty while nothing is. */
  wrong: string;
  /** As it is typed. */
  value: string;
  onChange: (typed: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.days}>
        <Textfield
          ref={field}
          id={id}
          inputMode="numeric"
          maxLength={3}
          value={value}
          isInvalid={wrong !== ''}
          aria-describedby={`${id}-hint ${id}-wrong`}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </div>
      <p id={`${id}-hint`} className={styles.hint}>
        {hint}
      </p>
      <p id={`${id}-wrong`} role="alert" className={styles.wrong}>
        {wrong}
      </p>
    </div>
  );
}
