import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Person } from '../api/generated/api.ts';
import { mismatch as words, stopped } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { CancelAndClose } from './CancelAndClose.tsx';
import type { Following } from './Follow.tsx';
import { StepView } from './StepView.tsx';
import styles from './Stopped.module.css';

/** Another account allowed than was meant. */
export function Mismatch(following: Following & { allowed: Person }): ReactNode {
  const { change, status, allowed, told, first, authorization, asking, onAgain } = following;
  const trouble = asking.trouble ?? authorization.trouble;
  const busy = authorization.busy || asking.asking !== null;
  const accept = () => void asking.ask({ type: 'acceptAccount', change: change.key, accountId: allowed.accountId });
  return (
    <StepView title={words.title} first={first} controls={<CancelAndClose {...following} />}>
      <Notice appearance="warning">
        <p>
          <Say phrase={words.text(allowed, change.intended)} />
        </p>
        <p>
          <Say phrase={words.next(change.intended)} />
        </p>
        <div className={styles.controls}>
          {onAgain && (
            <Button appearance="primary" isDisabled={busy} onClick={() => onAgain(change.intended)}>
              {stopped.again}
            </Button>
          )}
          {status.actions.includes('acceptAccount') && (
            <Button isLoading={asking.asking === 'acceptAccount'} isDisabled={busy} onClick={accept}>
              {words.accept(allowed)}
            </Button>
          )}
        </div>
      </Notice>
      {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
    </StepView>
  );
}
