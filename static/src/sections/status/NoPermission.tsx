import type { ReactNode } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { Person } from '../../api/generated/api.ts';
import { noPermission, troubleSentence } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { PersonAvatar } from '../../PersonAvatar.tsx';
import { Say } from '../../phrase.tsx';
import styles from './NoPermission.module.css';

/** For people who are no Jira administrators: who can help. */
export function NoPermission({ trouble, helpers }: { trouble: Trouble; helpers: readonly Person[] }): ReactNode {
  return (
    <Notice appearance="information" title={noPermission.title}>
      <p>
        <Say phrase={troubleSentence(trouble, null)} />
      </p>
      <p>{helpers.length === 0 ? noPermission.noHelpers : noPermission.helpers}</p>
      {helpers.length > 0 && (
        <ul className={styles.helpers}>
          {helpers.map((helper) => (
            <li key={helper.accountId} className={styles.helper}>
              <PersonAvatar person={helper} />
              <bdi>{helper.displayName}</bdi>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
