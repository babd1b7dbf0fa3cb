import { router } from '@forge/bridge';
import type { ReactNode } from 'react';
import { register as words } from '../../messages.ts';
import styles from './EntriesTable.module.css';

/** The way to an account's documentation. Forge's frame opens no tab by itself, so Jira is asked to, and it asks the person. */
export function DocumentationLink({ address, of }: { address: string; of: string }): ReactNode {
  // The app keeps nothing else; what was altered on its way here is shown, and leads nowhere.
  if (!address.startsWith('https://')) {
    return address;
  }
  return (
    <a
      className={styles.link}
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={words.documentationOf(of)}
      onClick={(event) => {
        event.preventDefault();
        // Whoever declines to leave Jira stays here.
        router.open(address).catch(() => undefined);
      }}
    >
      {words.documentation}
    </a>
  );
}
