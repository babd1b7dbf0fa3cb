import type { ReactNode } from 'react';
import type { Account, Person, Settings } from '../api/generated/api.ts';
import { explain as words } from '../messages.ts';
import { Say, type Phrase } from '../phrase.tsx';
import styles from './StepByStep.module.css';

/** What will happen when `intended` allows, in order. */
export function StepByStep({ intended, main, settings }: { intended: Person; main: Account | null; settings: Settings }): ReactNode {
  return (
    <ol className={styles.list}>
      {steps(intended, main, settings).map((phrase, i) => (
        <li key={i}>
          <Say phrase={phrase} />
        </li>
      ))}
    </ol>
  );
}

function steps(intended: Person, main: Account | null, { graceDays }: Settings): Phrase[] {
  if (main === null) {
    return [words.asks(intended), words.checks(intended), words.switches(intended), words.safeFirst];
  }
  if (main.accountId === intended.accountId) {
    return [words.asks(intended), words.checks(intended), words.refresh(intended)];
  }
  return [words.asks(intended), words.checks(intended), words.switches(intended), words.removes(main, graceDays), words.safe(main)];
}
