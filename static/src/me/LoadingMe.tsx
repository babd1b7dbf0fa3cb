import Skeleton from '@atlaskit/skeleton';
import type { ReactNode } from 'react';
import { Announcement } from '../Announcement.tsx';
import { personal as words } from '../messages.ts';
import { useSlow } from '../useSlow.ts';
import styles from './LoadingMe.module.css';

/** Lines where the person's own state will stand. */
export function LoadingMe(): ReactNode {
  const slow = useSlow(true);
  return (
    <>
      <Announcement>{slow ? words.slow : words.loading}</Announcement>
      <div className={styles.loading} aria-hidden="true">
        <Skeleton width="min(14rem, 60%)" height={20} isShimmering />
        <Skeleton width="min(30rem, 95%)" height={16} isShimmering />
        <Skeleton width={112} height={32} isShimmering />
        {slow && <p className={styles.slow}>{words.slow}</p>}
      </div>
    </>
  );
}
