import type { ReactNode, RefObject } from 'react';
import type { Candidate, Person } from '../api/generated/api.ts';
import { choose as words, dialog } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { PickAccount } from './PickAccount.tsx';

/** The first step: which account shall be the main authorized user. */
export function ChooseAccount({
  insteadOf,
  begin,
  first,
  onCancel,
  onChosen,
}: {
  /** Whose change this one takes the place of. */
  insteadOf: Person | null;
  /** Who was chosen before. */
  begin: Candidate | null;
  first: RefObject<HTMLElement>;
  onCancel: () => void;
  onChosen: (intended: Candidate) => void;
}): ReactNode {
  return (
    <PickAccount
      title={words.label}
      next={dialog.next}
      before={
        insteadOf !== null && (
          <p>
            <Say phrase={words.replaces(insteadOf)} />
          </p>
        )
      }
      after={(chosen) => <Advice chosen={chosen} />}
      begin={begin}
      first={first}
      onCancel={onCancel}
      onChosen={onChosen}
    />
  );
}

function Advice({ chosen }: { chosen: Candidate | null }): ReactNode {
  return (
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
  );
}
