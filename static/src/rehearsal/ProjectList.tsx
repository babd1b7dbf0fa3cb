import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode, type Ref } from 'react';
import type { RehearsedProject } from '../api/generated/api.ts';
import { lists as words } from '../messages.ts';
import styles from './ProjectList.module.css';

/** How many are shown before somebody asks for more. */
const FIRST = 5;

/** A foldable list of projects, each with what is said of it. */
export function ProjectList({
  heading,
  intro,
  rows,
  rest,
  isOpen = false,
  place,
}: {
  heading: string;
  intro?: ReactNode;
  rows: ReadonlyArray<{ project: RehearsedProject; detail: ReactNode }>;
  /** Said where there are more than are listed. */
  rest: string | null;
  isOpen?: boolean;
  /** Given to the list, so that something can lead there. */
  place?: Ref<HTMLDetailsElement> | undefined;
}): ReactNode {
  const [all, setAll] = useState(false);
  return (
    <details ref={place} className={styles.fold} open={isOpen}>
      <summary className={styles.summary}>
        <h3 className={styles.heading}>{heading}</h3>
      </summary>
      <div className={styles.body}>
        {intro}
        <ul className={styles.list}>
          {(all ? rows : rows.slice(0, FIRST)).map(({ project, detail }) => (
            <li key={project.key} className={styles.row}>
              <p className={styles.name}>
                <bdi>{project.name}</bdi> <span className={styles.key}>(<bdi>{project.key}</bdi>)</span>
              </p>
              {detail}
            </li>
          ))}
        </ul>
        {rows.length > FIRST && (
          <div>
            <Button spacing="compact" appearance="subtle" onClick={() => setAll(!all)}>
              {all ? words.fewer : words.more(rows.length, rest === null)}
            </Button>
          </div>
        )}
        {rest !== null && <p className={styles.rest}>{rest}</p>}
      </div>
    </details>
  );
}
