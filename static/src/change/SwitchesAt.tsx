import type { ReactNode } from 'react';
import type { ChangeView } from '../api/generated/api.ts';
import { scheduled, type Told } from '../messages.ts';
import { Say } from '../phrase.tsx';

/** For when a change is planned that is not allowed or confirmed yet; nothing where it switches as soon as it is. */
export function SwitchesAt({ change: { scheduledFor }, told }: { change: ChangeView; told: Told }): ReactNode {
  return (
    scheduledFor !== null && (
      <p>
        <Say phrase={scheduled.planned(scheduledFor, told)} />
      </p>
    )
  );
}
