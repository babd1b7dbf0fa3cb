import CheckCircleIcon from '@atlaskit/icon/core/status-success';
import ErrorIcon from '@atlaskit/icon/core/status-error';
import InformationIcon from '@atlaskit/icon/core/status-information';
import WarningIcon from '@atlaskit/icon/core/status-warning';
import ClockIcon from '@atlaskit/icon/core/clock';
import LinkBrokenIcon from '@atlaskit/icon/core/link-broken';
import Lozenge from '@atlaskit/lozenge/lozenge';
import type { ComponentProps, ReactNode } from 'react';
import type { Badge } from '../../api/generated/api.ts';
import { badge as word } from '../../messages.ts';

/** Health in one word, told by its words and its sign as well as by its colour. */
export function BadgeLozenge({ badge }: { badge: Badge }): ReactNode {
  return (
    <Lozenge spacing="spacious" {...looks(badge)}>
      {word(badge)}
    </Lozenge>
  );
}

function looks(badge: Badge): Pick<ComponentProps<typeof Lozenge>, 'appearance' | 'iconBefore'> {
  switch (badge) {
    case 'connected':
      return { appearance: 'success', iconBefore: CheckCircleIcon };
    case 'actionNeeded':
      return { appearance: 'warning', iconBefore: WarningIcon };
    case 'degraded':
      return { appearance: 'information', iconBefore: InformationIcon };
    case 'disconnected':
      return { appearance: 'danger', iconBefore: ErrorIcon };
    case 'notConnected':
      return { appearance: 'neutral', iconBefore: LinkBrokenIcon };
    case 'unchecked':
      return { appearance: 'neutral', iconBefore: ClockIcon };
  }
}
