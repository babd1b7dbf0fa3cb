import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Me } from '../api/generated/api.ts';
import type { BeginConsent } from '../me/useConsent.ts';
import { consent as consentWords, myState, personal, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';

/** Why the person's comment would have to wait, before they write it. */
export function Reauthorize({
  me,
  begun,
  told,
  children,
}: {
  me: Me;
  begun: BeginConsent;
  told: Told;
  children: ReactNode;
}): ReactNode {
  const underWay = me.consent?.type === 'awaiting' || me.consent?.type === 'verifying';
  return (
    <Notice appearance="warning">
      <p>{myState(me, told).text}</p>
      {children}
      <Button appearance={underWay ? 'default' : 'primary'} isLoading={begun.busy} onClick={() => void begun.begin()}>
        {underWay ? consentWords.again : personal.reauthorize}
      </Button>
    </Notice>
  );
}
