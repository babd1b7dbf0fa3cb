import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { dialog, scheduled as words, stageSentence } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import type { Following } from './Follow.tsx';
import { StepView } from './StepView.tsx';

/** The last step of a change that waits for its time. */
export function Scheduled({ change, told, first, asking, onCancel, onClose }: Following): ReactNode {
  return (
    <StepView
      title={words.title}
      first={first}
      controls={
        <>
          {onCancel && (
            <Button appearance="subtle" onClick={onCancel} isLoading={asking.asking === 'cancelChange'}>
              {words.cancel}
            </Button>
          )}
          <Button appearance="primary" onClick={onClose}>
            {dialog.closeForNow}
          </Button>
        </>
      }
    >
      <Notice appearance="success">
        <p>
          <Say phrase={words.when(change, told)} />
        </p>
        <p>
          <Say phrase={stageSentence(change)} />
        </p>
        <p>{words.told(change.policy)}</p>
        <p>{words.done}</p>
      </Notice>
      {asking.trouble !== null && <TroubleNotice trouble={asking.trouble} told={told} headingLevel="h3" />}
    </StepView>
  );
}
