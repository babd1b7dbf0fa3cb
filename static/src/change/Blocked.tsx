import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { ErrorCode } from '../api/generated/api.ts';
import { blocked as words, scheduled, underWay, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';

/** Somebody else's change is in the way: whose, since when, and whether it may be replaced. */
export function Blocked({
  by,
  told,
  onTakeOver,
}: {
  by: Extract<ErrorCode, { code: 'changeUnderWay' }>;
  told: Told;
  onTakeOver: () => void;
}): ReactNode {
  return (
    <div role="alert">
      <Notice appearance="warning" title={words.title} headingLevel="h3">
        <p>
          <Say phrase={words.who(by.by, by.since, told)} />
        </p>
        <p>
          <Say phrase={by.scheduledFor !== null ? scheduled.inTheWay(by.scheduledFor, told) : by.replaceable ? words.replaceable : words.fixed} />
        </p>
        {by.replaceable && <Button onClick={onTakeOver}>{underWay.takeOver}</Button>}
      </Notice>
    </div>
  );
}
