import type { ReactNode } from 'react';
import { register as words } from '../messages.ts';
import { SectionFrame } from './SectionFrame.tsx';
import { Loading } from './service-accounts/Loading.tsx';
import { Overview } from './service-accounts/Overview.tsx';
import { useRegister } from './service-accounts/useRegister.ts';

/** The register of service accounts: what each is for, who answers for it, and what is due. */
export default function ServiceAccountsSection(): ReactNode {
  const { known, read, take } = useRegister();
  return (
    <SectionFrame words={words} known={known} loading={<Loading />} onRetry={() => void read()}>
      {(ready, heading) => <Overview known={ready} heading={heading} read={read} take={take} />}
    </SectionFrame>
  );
}
