import type { ReactNode } from 'react';
import styles from './Announcement.module.css';

/** Words for a screen reader alone, spoken when they change and nothing more urgent is being said. */
export function Announcement({ children }: { children: string }): ReactNode {
  return (
    <p role="status" className={styles.unseen}>
      {children}
    </p>
  );
}

/** Words in the text for a screen reader alone. */
export function Unseen({ children }: { children: string }): ReactNode {
  return <span className={styles.unseen}>{children}</span>;
}
