import type { ReactNode } from 'react';
import { carryingOut as words, stageSentence, stageTitle, troubleTitle } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { passing } from '../panel/next.ts';
import { Say } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { CancelAndClose } from './CancelAndClose.tsx';
import type { Following } from './Follow.tsx';
import { Steps } from './Steps.tsx';
import { StepView } from './StepView.tsx';

/** The last step while it lasts: what the app is doing, step by step. */
export function CarryingOut(following: Following): ReactNode {
  const { change, held, told, first, asking } = following;
  return (
    <StepView title={stageTitle(change.stage)} first={first} controls={<CancelAndClose {...following} />}>
      <p>
        <Say phrase={stageSentence(change)} />
      </p>
      <Steps steps={change.steps} />
      {held !== null && passing(held) && (
        <Notice appearance="warning" title={troubleTitle(held)} headingLevel="h3">
          <p>{words.held}</p>
        </Notice>
      )}
      {held !== null && !passing(held) && <TroubleNotice trouble={held} told={told} headingLevel="h3" />}
      <p>{words.closable}</p>
      {asking.trouble !== null && <TroubleNotice trouble={asking.trouble} told={told} headingLevel="h3" />}
    </StepView>
  );
}
