import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { handOff as words, stageSentence } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { CancelAndClose } from './CancelAndClose.tsx';
import type { Following } from './Follow.tsx';
import { StepView } from './StepView.tsx';
import { SwitchesAt } from './SwitchesAt.tsx';

/** Somebody else allowed: who began the change finishes it. */
export function FinishHandedOff(following: Following): ReactNode {
  const { change, status, told, first, asking } = following;
  return (
    <StepView
      title={words.allowed}
      first={first}
      controls={
        <>
          <CancelAndClose {...following} />
          {status.actions.includes('continueChange') && (
            <Button
              appearance="primary"
              isLoading={asking.asking === 'continueChange'}
              onClick={() => void asking.ask({ type: 'continueChange', change: change.key })}
            >
              {words.finish}
            </Button>
          )}
        </>
      }
    >
      <Notice appearance="success">
        <p>
          <Say phrase={stageSentence(change)} />
        </p>
      </Notice>
      <SwitchesAt change={change} told={told} />
      {asking.trouble !== null && <TroubleNotice trouble={asking.trouble} told={told} headingLevel="h3" />}
    </StepView>
  );
}
