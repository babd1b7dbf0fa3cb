import Skeleton from '@atlaskit/skeleton';
import type { ReactNode } from 'react';
import { LoadingWords } from '../../LoadingWords.tsx';
import { register as words } from '../../messages.ts';
import styles from './Loading.module.css';

const ROWS = [220, 160, 190];

/** The section's own layout, empty, so that nothing jumps when the accounts come. */
export function Loading(): ReactNode {
  return (
    <>
      <div className={styles.loading} aria-hidden="true">
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
