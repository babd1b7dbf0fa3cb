import Skeleton from '@atlaskit/skeleton';
import type { ReactNode } from 'react';
import { LoadingWords } from '../LoadingWords.tsx';
import styles from './LoadingList.module.css';

const ROWS = [90, 70, 85, 60, 80];

/** A list under its chart and its filters, empty, so that nothing jumps when the rows come. */
export function LoadingList({ words }: { words: { readonly loading: string; readonly slow: string } }): ReactNode {
  return (
    <>
      <div className={styles.loading} aria-hidden="true">
        <Skeleton width="100%" height={160} isShimmering />
        <Skeleton width="min(24rem, 100%)" height={32} isShimmering />
        {ROWS.map((width) => (
          <Skeleton key={width} width={`${width}%`} height={24} isShimmering />
        ))}
      </div>
      <LoadingWords loading={words.loading} slow={words.slow} />
    </>
  );
}
