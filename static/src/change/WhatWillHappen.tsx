import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode, type RefObject } from 'react';
import type { Account, Person, SessionKey, Settings } from '../api/generated/api.ts';
import { dialog, explain as words, type Told } from '../messages.ts';
import { BeginTrouble } from './BeginTrouble.tsx';
import { HandOffInstead } from './HandOffInstead.tsx';
import { HowToSignIn } from './HowToSignIn.tsx';
import { StepByStep } from './StepByStep.tsx';
import { StepView } from './StepView.tsx';
import type { Authorization, Way } from './useAuthorization.ts';

/** The second step where nothing can be lost: whoever connects first, or allows once more. */
export function WhatWillHappen({
  intended,
  main,
  settings,
  told,
  first,
  authorization,
  onBack,
  onBegin,
}: {
  intended: Person;
  /** The main authorized user now. */
  main: Account | null;
  settings: Settings;
  told: Told;
  first: RefObject<HTMLElement>;
  authorization: Authorization;
  onBack: () => void;
  /** Begins the change; in place of somebody else's, if one is named. */
  onBegin: (way: Way, insteadOf: SessionKey | null) => void;
}): ReactNode {
  const { trouble, busy, beginning } = authorization;
  /** The way that was chosen last: whoever takes over goes on in it. */
  const [way, setWay] = useState<Way>('here');
  const begin = (chosen: Way) => {
    setWay(chosen);
    onBegin(chosen, null);
  };
  return (
    <StepView
      title={words.willHappen}
      first={first}
      controls={
        <>
          <Button appearance="subtle" onClick={onBack} isDisabled={busy}>
            {dialog.back}
          </Button>
          <Button appearance="primary" onClick={() => begin('here')} isLoading={beginning === 'here'} isDisabled={beginning === 'handedOff'}>
            {words.continue}
          </Button>
        </>
      }
    >
      <StepByStep intended={intended} main={main} settings={settings} />
      <HowToSignIn intended={intended} />
      <HandOffInstead intended={intended} authorization={authorization} isDisabled={false} onBegin={() => begin('handedOff')} />
      <BeginTrouble trouble={trouble} told={told} onTakeOver={(insteadOf) => onBegin(way, insteadOf)} />
    </StepView>
  );
}
