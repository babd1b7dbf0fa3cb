import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Denial } from '../api/generated/api.ts';
import { handOff, stageSentence, stageTitle, stopped as words } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { AfterDenial } from './AfterDenial.tsx';
import { CancelAndClose } from './CancelAndClose.tsx';
import type { Following } from './Follow.tsx';
import { StepView } from './StepView.tsx';
import styles from './Stopped.module.css';

/** Where an authorization can stop. */
type Stop = { type: 'denied'; denial: Denial } | { type: 'expired' } | { type: 'interrupted' };

/** The authorization came to nothing: declined, too late, or lost on its way. */
export function Stopped(following: Following & { stage: Stop }): ReactNode {
  const { change, stage, told, first, authorization, asking, onAgain, onAnother } = following;
  const trouble = asking.trouble ?? authorization.trouble;
  const title = stageTitle(stage);
  return (
    <StepView title={title} first={first} controls={<CancelAndClose {...following} />}>
      <Notice appearance="warning">
        <p>
          <Say phrase={stageSentence(change)} />
        </p>
        {stage.type === 'denied' ? (
          <AfterDenial denial={stage.denial} />
        ) : (
          <p>
            <Say phrase={stage.type === 'interrupted' ? words.afterInterruption : change.handedOff ? handOff.afterExpiry : words.afterExpiry} />
          </p>
        )}
        <div className={styles.controls}>
          {onAgain && (
            <Button appearance="primary" isLoading={authorization.busy} onClick={() => onAgain(change.intended)}>
              {words.again}
            </Button>
          )}
          {onAnother && <Button onClick={onAnother}>{words.another}</Button>}
        </div>
      </Notice>
      {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
    </StepView>
  );
}
