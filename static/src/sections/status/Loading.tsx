import Skeleton from '@atlaskit/skeleton';
import type { ReactNode } from 'react';
import { LoadingWords } from '../../LoadingWords.tsx';
import { status as words } from '../../messages.ts';
import styles from './Loading.module.css';

const CHECKS = [180, 140, 150, 230, 160, 110];

/** The section's own layout, empty, so that nothing jumps when the status comes. */
export function Loading(): ReactNode {
  return (
    <>
      <div className={styles.mainUser} aria-hidden="true">
        <Skeleton width="min(24rem, 90%)" height={24} isShimmering />
        <Skeleton width="min(20rem, 75%)" height={16} isShimmering />
      </div>
      <div className={styles.part} aria-hidden="true">
        <div className={styles.head}>
          <Skeleton width={72} height={20} isShimmering />
        </div>
        <ul>
          {CHECKS.map((width, i) => (
            <li key={i} className={styles.row}>
              <Skeleton width={16} height={16} borderRadius="var(--ds-radius-full)" isShimmering />
              <Skeleton width={width} height={16} isShimmering />
            </li>
          ))}
        </ul>
      </div>
      <LoadingWords loading={words.loading} slow={words.slow} />
    </>
  );
}
