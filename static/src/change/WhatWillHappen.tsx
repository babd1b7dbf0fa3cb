import Button from '@atlaskit/button/default/button';
import type { ReactNode, RefObject } from 'react';
import type { Account, Person, SessionKey, Settings } from '../api/generated/api.ts';
import { dialog, explain as words, type Told } from '../messages.ts';
import { BeginTrouble } from './BeginTrouble.tsx';
import { HowToSignIn } from './HowToSignIn.tsx';
import { StepByStep } from './StepByStep.tsx';
import { StepView } from './StepView.tsx';
import type { Authorization } from './useAuthorization.ts';

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
  onBegin: (insteadOf: SessionKey | null) => void;
}): ReactNode {
  const { trouble, busy } = authorization;
  return (
    <StepView
      title={words.willHappen}
      first={first}
      controls={
        <>
          <Button appearance="subtle" onClick={onBack} isDisabled={busy}>
            {dialog.back}
          </Button>
          <Button appearance="primary" onClick={() => onBegin(null)} isLoading={busy}>
            {words.continue}
          </Button>
        </>
      }
    >
      <StepByStep intended={intended} main={main} settings={settings} />
      <HowToSignIn intended={intended} />
      <BeginTrouble trouble={trouble} told={told} onTakeOver={onBegin} />
    </StepView>
  );
}
