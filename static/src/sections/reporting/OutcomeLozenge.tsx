import Lozenge from '@atlaskit/lozenge/lozenge';
import type { ComponentProps, ReactNode } from 'react';
import type { RunOutcome } from '../../api/generated/api.ts';
import { runOutcome } from '../../messages.ts';

/** How a run ended, told by its words as well as by its colour. */
export function OutcomeLozenge({ outcome }: { outcome: RunOutcome }): ReactNode {
  return <Lozenge appearance={appearance(outcome)}>{runOutcome(outcome)}</Lozenge>;
}

function appearance(outcome: RunOutcome): NonNullable<ComponentProps<typeof Lozenge>['appearance']> {
  switch (outcome) {
    case 'running':
      return 'information';
    case 'succeeded':
      return 'success';
    case 'waits':
    case 'partly':
    case 'interrupted':
      return 'warning';
    case 'failed':
      return 'danger';
  }
}
