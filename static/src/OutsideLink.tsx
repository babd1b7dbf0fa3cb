import { router } from '@forge/bridge';
import type { ReactNode } from 'react';
import styles from './OutsideLink.module.css';

/** The way to another site. Forge's frame opens no tab by itself, so Jira is asked to, and it asks the person. */
export function OutsideLink({ address, children }: { address: string; children: ReactNode }): ReactNode {
  return (
    <a
      className={styles.link}
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        event.preventDefault();
        // Whoever declines to leave Jira stays here.
        router.open(address).catch(() => undefined);
      }}
    >
      {children}
    </a>
  );
}
