import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { ChangeView, Outcome } from '../api/generated/api.ts';
import {
  afterStop,
  attemptOf,
  carryingOut,
  checkFailure,
  dialog,
  outcomeSentence,
  outcomeTitle,
  stopped as words,
  type Told,
} from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say, type Phrase } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { AfterDenial } from './AfterDenial.tsx';
import { FailedChecks } from './FailedChecks.tsx';
import type { Following } from './Follow.tsx';
import { Steps } from './Steps.tsx';
import { StepView } from './StepView.tsx';

/** The end of a change, whichever it was. */
export function Ended(following: Following & { outcome: Outcome }): ReactNode {
  const { change, outcome, told, first, authorization, onAgain, onAnother, onClose } = following;
  const good = outcome.type === 'completed' || outcome.type === 'refreshed';
  return (
    <StepView
      title={outcomeTitle(outcome)}
      first={first}
      controls={
        <>
          {!good && onAnother && (
            <Button appearance="subtle" onClick={onAnother}>
              {words.another}
            </Button>
          )}
          {!good && onAgain && (
            <Button isLoading={authorization.busy} onClick={() => onAgain(change.intended)}>
              {words.again}
            </Button>
          )}
          <Button appearance="primary" onClick={onClose}>
            {dialog.closeForNow}
          </Button>
        </>
      }
    >
      <Notice appearance={good ? 'success' : 'warning'}>
        <p>
          <Say phrase={sentence(outcome, change, told)} />
        </p>
        {outcome.type === 'denied' && <AfterDenial denial={outcome.denial} />}
        {outcome.type === 'checksFailed' && <FailedChecks checks={outcome.checks} of={change.intended} recheck={words.again} />}
        {outcome.type === 'stopped' && <p>{afterStop(outcome.because)}</p>}
        {outcome.type === 'stopped' && outcome.because.type === 'checksFailed' && (
          <FailedChecks checks={outcome.because.checks} of={change.intended} recheck={words.again} />
        )}
        {outcome.type === 'webhooksFailed' && (
          <p>
            <Say phrase={checkFailure(outcome.failure, change.intended, words.again).next} />
          </p>
        )}
      </Notice>
      {good && <Steps steps={change.steps} />}
      {authorization.trouble !== null && <TroubleNotice trouble={authorization.trouble} told={told} headingLevel="h3" />}
    </StepView>
  );
}

function sentence(outcome: Outcome, change: ChangeView, told: Told): Phrase {
  switch (outcome.type) {
    case 'completed':
      return [
        ...carryingOut.done(change.intended),
        ...carryingOut.left(outcome.webhooksLeft),
        ...(outcome.restorableUntil === null ? [] : carryingOut.restorable(outcome.restorableUntil, told)),
      ];
    case 'refreshed':
    case 'cancelled':
    case 'expired':
    case 'superseded':
    case 'wrongAccount':
    case 'denied':
    case 'checksFailed':
    case 'webhooksFailed':
    case 'interrupted':
    case 'stopped':
      return outcomeSentence(outcome, attemptOf(change));
  }
}
