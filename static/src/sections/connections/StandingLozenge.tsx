import Lozenge from '@atlaskit/lozenge/lozenge';
import type { ComponentProps, ReactNode } from 'react';
import type { Standing } from '../../api/generated/api.ts';
import { shade } from '../../messages.ts';

/** Where a person stands, told by its words as well as by its colour. */
export function StandingLozenge({ standing }: { standing: Standing }): ReactNode {
  return <Lozenge appearance={appearance(standing)}>{shade(standing.type)}</Lozenge>;
}

function appearance(standing: Standing): NonNullable<ComponentProps<typeof Lozenge>['appearance']> {
  switch (standing.type) {
    case 'working':
      return 'success';
    case 'unverified':
      return 'information';
    case 'toReauthorize':
      return 'warning';
    case 'wrongAccount':
      return 'danger';
    case 'neverUsed':
    case 'deactivated':
      return 'neutral';
  }
}
