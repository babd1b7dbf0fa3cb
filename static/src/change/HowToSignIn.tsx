import { useId, type ReactNode } from 'react';
import type { Person } from '../api/generated/api.ts';
import { explain as words } from '../messages.ts';
import { Say } from '../phrase.tsx';
import { useReader } from '../reader.tsx';
import styles from './StepByStep.module.css';

/** How somebody signs in to Jira as the account that was chosen. */
export function HowToSignIn({ intended }: { intended: Person }): ReactNode {
  const reader = useReader();
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.signIn}>
      <h3 id={id} className={styles.title}>
        {words.howToSignIn}
      </h3>
      {reader.accountId === intended.accountId ? (
        <p>
          <Say phrase={words.self(intended)} />
        </p>
      ) : (
        <ul className={styles.list}>
          <li>
            <Say phrase={words.switchThere(intended)} />
          </li>
          <li>
            <Say phrase={words.privateWindow(intended)} />
          </li>
        </ul>
      )}
    </section>
  );
}
