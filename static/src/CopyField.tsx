import Button from '@atlaskit/button/default/button';
import { useId, useRef, useState, type ReactNode } from 'react';
import { copyText } from './change/copyText.ts';
import styles from './CopyField.module.css';
import { copying as words } from './messages.ts';

/** A value that people hand on, with a control that copies it. Where the browser does not, it is selected. */
export function CopyField({ label, value }: { label: string; value: string }): ReactNode {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    const done = await copyText(value);
    setCopied(done);
    if (!done) {
      field.current?.focus();
      field.current?.select();
    }
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={styles.row}>
        <input ref={field} id={id} className={styles.value} readOnly value={value} onFocus={(event) => event.currentTarget.select()} />
        <Button aria-label={words.copy(label)} onClick={() => void copy()}>
          {words.button}
        </Button>
      </div>
      <p role="status" className={styles.said}>
        {copied === null ? '' : copied ? words.copied(label) : words.notCopied(label)}
      </p>
    </div>
  );
}
