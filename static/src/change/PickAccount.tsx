import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode, type RefObject } from 'react';
import type { Candidate } from '../api/generated/api.ts';
import { choose as words, dialog } from '../messages.ts';
import { AccountPicker } from './AccountPicker.tsx';
import { StepView } from './StepView.tsx';

/** A step in which an account is chosen: nobody goes on without one. */
export function PickAccount({
  title,
  next,
  before,
  after,
  begin = null,
  first,
  onCancel,
  onChosen,
}: {
  title: string;
  /** What going on is called. */
  next: string;
  /** What stands above the list. */
  before?: ReactNode;
  /** What stands below it, by who is chosen so far. */
  after?: (chosen: Candidate | null) => ReactNode;
  /** Who is chosen at first: whoever comes back finds their choice. */
  begin?: Candidate | null;
  first: RefObject<HTMLElement>;
  onCancel: () => void;
  onChosen: (account: Candidate) => void;
}): ReactNode {
  const [chosen, setChosen] = useState(begin);
  const [missing, setMissing] = useState(false);
  const goOn = () => {
    if (chosen === null) {
      setMissing(true);
      first.current?.focus();
    } else {
      onChosen(chosen);
    }
  };
  return (
    <StepView
      title={title}
      controls={
        <>
          <Button appearance="subtle" onClick={onCancel}>
            {dialog.cancel}
          </Button>
          <Button appearance="primary" onClick={goOn}>
            {next}
          </Button>
        </>
      }
    >
      {before}
      <AccountPicker
        chosen={chosen}
        first={first}
        problem={missing && chosen === null ? words.missing : null}
        onChoose={(candidate) => {
          setChosen(candidate);
          setMissing(false);
        }}
      />
      {after?.(chosen)}
    </StepView>
  );
}
