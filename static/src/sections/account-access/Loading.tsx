import Skeleton from '@atlaskit/skeleton';
import type { ReactNode } from 'react';
import { LoadingWords } from '../../LoadingWords.tsx';
import { support as words } from '../../messages.ts';
import styles from './AccountAccess.module.css';

const PARTS = [104, 320, 104, 104];

/** The part's own layout, empty, so that nothing jumps when it comes. */
export function Loading(): ReactNode {
  return (
    <>
      <div className={styles.parts} aria-hidden="true">
        {PARTS.map((height, i) => (
          <Skeleton key={i} width="100%" height={height} isShimmering />
        ))}
      </div>
      <LoadingWords loading={words.loading} slow={words.slow} />
    </>
  );
}
