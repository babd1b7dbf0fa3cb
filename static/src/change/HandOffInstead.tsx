import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Person } from '../api/generated/api.ts';
import { handOff as words } from '../messages.ts';
import { Say } from '../phrase.tsx';
import { useReader } from '../reader.tsx';
import styles from './StepByStep.module.css';
import type { Authorization } from './useAuthorization.ts';

/** The other way to go on: somebody else signs in as the account. Nobody hands off what is their own to allow. */
export function HandOffInstead({
  intended,
  authorization,
  isDisabled,
  onBegin,
}: {
  intended: Person;
  authorization: Authorization;
  /** Whether it cannot begin yet. */
  isDisabled: boolean;
  onBegin: () => void;
}): ReactNode {
  const { accountId } = useReader();
  const { beginning, busy } = authorization;
  if (accountId === intended.accountId) {
    return null;
  }
  return (
    <div className={styles.instead}>
      <p>
        <Say phrase={words.beginHint(intended)} />
      </p>
      <Button onClick={onBegin} isLoading={beginning === 'handedOff'} isDisabled={isDisabled || (busy && beginning !== 'handedOff')}>
        {words.begin(intended)}
      </Button>
    </div>
  );
}
