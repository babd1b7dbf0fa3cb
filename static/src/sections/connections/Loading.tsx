import Skeleton from '@atlaskit/skeleton';
import type { ReactNode } from 'react';
import { LoadingWords } from '../../LoadingWords.tsx';
import { connections as words } from '../../messages.ts';
import styles from './Loading.module.css';

const ROWS = [200, 150, 180, 130, 170];

/** The section's own layout, empty, so that nothing jumps when the people come. */
export function Loading(): ReactNode {
  return (
    <>
      <div className={styles.loading} aria-hidden="true">
        <Skeleton width="min(18rem, 80%)" height={20} isShimmering />
        <Skeleton width="100%" height={12} isShimmering />
        <Skeleton width="100%" height={112} isShimmering />
        {ROWS.map((width, i) => (
          <div key={i} className={styles.row}>
            <Skeleton width={24} height={24} borderRadius="var(--ds-radius-full)" isShimmering />
            <Skeleton width={width} height={16} isShimmering />
          </div>
        ))}
      </div>
      <LoadingWords loading={words.loading} slow={words.slow} />
    </>
  );
}
