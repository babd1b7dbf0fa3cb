import Heading from '@atlaskit/heading/heading';
import { useId, type ReactNode } from 'react';
import styles from './Part.module.css';

/** A titled part of a section. `aside` stands at the end of the title's line. */
export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <div className={styles.head}>
        <Heading size="small" as="h2" id={id}>
          {title}
        </Heading>
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </div>
      {children}
    </section>
  );
}
