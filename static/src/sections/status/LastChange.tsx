import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { ChangeView, Outcome } from '../../api/generated/api.ts';
import type { Open } from '../../change/opening.ts';
import { afterStop, attemptOf, lastChange as words, outcomeSentence, outcomeTitle } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { Say } from '../../phrase.tsx';
import styles from './ChangeUnderWay.module.css';

/** A change that came to nothing while nobody looked, with the way to its details. */
export function LastChange({
  change,
  outcome,
  open,
  onDismiss,
}: {
  change: ChangeView;
  outcome: Outcome;
  open: Open;
  onDismiss: () => void;
}): ReactNode {
  return (
    <Notice appearance="warning" title={outcomeTitle(outcome)}>
      <p>
        <Say phrase={outcomeSentence(outcome, attemptOf(change))} /> {outcome.type === 'stopped' && afterStop(outcome.because)}
      </p>
      <div className={styles.controls}>
        <Button onClick={() => open({ at: 'follow', change: change.key })}>{words.details}</Button>
        <Button appearance="subtle" onClick={onDismiss}>
          {words.dismiss}
        </Button>
      </div>
    </Notice>
  );
}
