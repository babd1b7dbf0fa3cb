import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode, type RefObject } from 'react';
import type { Candidate, Person } from '../api/generated/api.ts';
import { choose as words, dialog } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { AccountPicker } from './AccountPicker.tsx';
import { StepView } from './StepView.tsx';

/** The first step: which account shall be the main authorized user. */
export function ChooseAccount({
  insteadOf,
  first,
  onCancel,
  onChosen,
}: {
  /** Whose change this one takes the place of. */
  insteadOf: Person | null;
  first: RefObject<HTMLElement>;
  onCancel: () => void;
  onChosen: (intended: Person) => void;
}): ReactNode {
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const [missing, setMissing] = useState(false);

  const next = () => {
    if (chosen === null) {
      setMissing(true);
      first.current?.focus();
    } else {
      onChosen(chosen.account);
    }
  };

  return (
    <StepView
      title={words.label}
      controls={
        <>
          <Button appearance="subtle" onClick={onCancel}>
            {dialog.cancel}
          </Button>
          <Button appearance="primary" onClick={next}>
            {dialog.next}
          </Button>
        </>
      }
    >
      {insteadOf !== null && (
        <p>
          <Say phrase={words.replaces(insteadOf)} />
        </p>
      )}
      <AccountPicker
        chosen={chosen}
        first={first}
        problem={missing && chosen === null ? words.missing : null}
        onChoose={(candidate) => {
          setChosen(candidate);
          setMissing(false);
        }}
      />
      <div role="status">
        {chosen?.looksPersonal === true ? (
          <Notice appearance="warning" title={words.personalTitle} headingLevel="h3">
            <p>{words.personal}</p>
          </Notice>
        ) : (
          <Notice appearance="information" title={words.adviceTitle} headingLevel="h3">
            <p>{words.advice}</p>
          </Notice>
        )}
      </div>
    </StepView>
  );
}
