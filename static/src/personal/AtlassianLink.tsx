import { router } from '@forge/bridge';
import type { ReactNode } from 'react';
import { personal as words } from '../messages.ts';
import styles from './AtlassianLink.module.css';

/** Where Atlassian lists what a person allowed. */
const CONNECTED_APPS = 'https://id.atlassian.com/manage-profile/apps';

/** The way to Atlassian's own list of connected apps. Forge's frame opens no tab by itself, so Jira is asked to. */
export function AtlassianLink(): ReactNode {
  return (
    <a
      className={styles.link}
      href={CONNECTED_APPS}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        event.preventDefault();
        // Whoever declines to leave Jira stays here.
        router.open(CONNECTED_APPS).catch(() => undefined);
      }}
    >
      {words.atlassian}
    </a>
  );
}
