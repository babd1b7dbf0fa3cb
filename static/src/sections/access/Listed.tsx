import Button from '@atlaskit/button/default/button';
import { useId, useRef, type ReactNode } from 'react';
import { access as words } from '../../messages.ts';
import styles from './Access.module.css';

/** One line of a list. */
export interface Line {
  readonly key: string;
  readonly name: ReactNode;
  readonly detail: string | null;
}

/** What is on a list, each with the control that takes it off. */
export function Listed({
  title,
  headingLevel: Title = 'h3',
  lines,
  empty,
  onRemove,
}: {
  title: string;
  headingLevel?: 'h2' | 'h3';
  lines: readonly Line[];
  empty: string;
  onRemove: (key: string) => void;
}): ReactNode {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  return (
    <div className={styles.field}>
      <Title id={id} className={styles.label}>
        {title}
      </Title>
      {lines.length === 0 && <p className={styles.hint}>{empty}</p>}
      <ul ref={list} tabIndex={-1} aria-labelledby={id} className={styles.lines}>
        {lines.map(({ key, name, detail }) => (
          <li key={key} className={styles.line}>
            <span className={styles.words} id={`${id}-${key}`}>
              {name}
              {detail !== null && <span className={styles.hint}>{detail}</span>}
            </span>
            <Button
              appearance="subtle"
              spacing="compact"
              aria-describedby={`${id}-${key}`}
              onClick={() => {
                onRemove(key);
                // The control goes with its line: a keyboard goes on from the list.
                list.current?.focus();
              }}
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
