import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode } from 'react';
import type { Person, Status } from '../api/generated/api.ts';
import { mismatch as words, stopped } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { CancelAndClose } from './CancelAndClose.tsx';
import type { Following } from './Follow.tsx';
import { PreviewOther } from './PreviewOther.tsx';
import { StepView } from './StepView.tsx';
import styles from './Stopped.module.css';

/** Another account allowed than was meant. */
export function Mismatch(following: Following & { allowed: Person }): ReactNode {
  const { change, status, allowed, told, first, authorization, asking, onAgain } = following;
  const [previews, setPreviews] = useState(false);
  const trouble = asking.trouble ?? authorization.trouble;
  const busy = authorization.busy || asking.asking !== null;
  const mayAccept = status.actions.includes('acceptAccount');
  const accept = () => {
    if (losesNothing(status, allowed)) {
      void asking.ask({ type: 'acceptAccount', change: change.key, accountId: allowed.accountId, acknowledged: null });
    } else {
      asking.forget();
      setPreviews(true);
    }
  };
  if (previews && mayAccept) {
    return <PreviewOther {...following} onBack={() => setPreviews(false)} />;
  }
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
          {mayAccept && (
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

/** Whether nothing can be lost: nobody is main authorized user yet, or the account is. */
function losesNothing({ main }: Status, { accountId }: Person): boolean {
  return main === null || main.account.accountId === accountId;
}
