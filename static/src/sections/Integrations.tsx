import Heading from '@atlaskit/heading/heading';
import type { ReactNode } from 'react';
import { integrations as words } from '../messages.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { Loading } from './integrations/Loading.tsx';
import { Overview } from './integrations/Overview.tsx';
import { useIntegrations } from './integrations/useIntegrations.ts';
import styles from './Section.module.css';

/** Which projects are joined with which projects of other sites. */
export default function IntegrationsSection(): ReactNode {
  const { known, read, change } = useIntegrations();
  return (
    <div className={styles.section}>
      <div>
        <Heading size="large" as="h1">
          {words.heading}
        </Heading>
        <p className={styles.intro}>{words.intro}</p>
      </div>
      {known.phase === 'loading' && <Loading />}
      {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} onRetry={() => void read()} />}
      {known.phase === 'ready' && <Overview known={known} read={read} change={change} />}
    </div>
  );
}
