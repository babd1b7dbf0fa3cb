import Skeleton from '@atlaskit/skeleton';
import type { ReactNode } from 'react';
import { LoadingWords } from '../LoadingWords.tsx';
import { personal as words } from '../messages.ts';
import styles from './LoadingMe.module.css';

/** Lines where the person's own state will stand. */
export function LoadingMe(): ReactNode {
  return (
    <>
      <div className={styles.loading} aria-hidden="true">
        <Skeleton width="min(14rem, 60%)" height={20} isShimmering />
        <Skeleton width="min(30rem, 95%)" height={16} isShimmering />
        <Skeleton width={112} height={32} isShimmering />
      </div>
      <LoadingWords loading={words.loading} slow={words.slow} />
    </>
  );
}
