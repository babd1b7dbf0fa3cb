import Heading from '@atlaskit/heading/heading';
import type { ReactNode } from 'react';
import { register as words } from '../messages.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import styles from './Section.module.css';
import { Loading } from './service-accounts/Loading.tsx';
import { Overview } from './service-accounts/Overview.tsx';
import { useRegister } from './service-accounts/useRegister.ts';

/** The register of service accounts: what each is for, who answers for it, and what is due. */
export default function ServiceAccountsSection(): ReactNode {
  const { known, read, take } = useRegister();
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
      {known.phase === 'ready' && <Overview known={known} read={read} take={take} />}
    </div>
  );
}
