import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Person } from '../api/generated/api.ts';
import { dialog, explain, handOff } from '../messages.ts';
import { useReader } from '../reader.tsx';
import type { Way } from './useAuthorization.ts';

/** The controls of the step before *Allow*: back, or on in one of two ways. */
export function BeginControls({
  intended,
  busy,
  isDisabled,
  onBack,
  onBegin,
}: {
  intended: Person;
  /** The way in which a change is being begun. */
  busy: Way | null;
  /** Whether it cannot begin yet. */
  isDisabled: boolean;
  onBack: () => void;
  onBegin: (way: Way) => void;
}): ReactNode {
  const { accountId } = useReader();
  return (
    <>
      <Button appearance="subtle" onClick={onBack} isDisabled={busy !== null}>
        {dialog.back}
      </Button>
      {accountId !== intended.accountId && (
        <Button onClick={() => onBegin('handedOff')} isLoading={busy === 'handedOff'} isDisabled={isDisabled || busy === 'here'}>
          {handOff.begin(intended)}
        </Button>
      )}
      <Button appearance="primary" onClick={() => onBegin('here')} isLoading={busy === 'here'} isDisabled={isDisabled || busy === 'handedOff'}>
        {explain.continue}
      </Button>
    </>
  );
}
