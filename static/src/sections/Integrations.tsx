import type { ReactNode } from 'react';
import { integrations as words } from '../messages.ts';
import type { SectionKey } from '../sections.ts';
import { LoadingList } from './LoadingList.tsx';
import { Overview } from './integrations/Overview.tsx';
import { useIntegrations } from './integrations/useIntegrations.ts';
import { SectionFrame } from './SectionFrame.tsx';

/** Which projects are joined with which projects of other sites. */
export default function IntegrationsSection({ onOpen }: { onOpen: (section: SectionKey) => void }): ReactNode {
  const { known, read, change } = useIntegrations();
  return (
    <SectionFrame words={words} known={known} loading={<LoadingList words={words} />} onRetry={() => void read()}>
      {(ready, heading) => <Overview known={ready} heading={heading} read={read} change={change} onStatus={() => onOpen('status')} />}
    </SectionFrame>
  );
}
