import Skeleton from '@atlaskit/skeleton';
import type { ReactNode } from 'react';
import { LoadingWords } from '../../LoadingWords.tsx';
import { access as words } from '../../messages.ts';
import styles from './Access.module.css';

const PARTS = [176, 200, 120];

/** The section's own layout, empty, so that nothing jumps when it comes. */
export function Loading(): ReactNode {
  return (
    <>
      <div className={styles.loading} aria-hidden="true">
        {PARTS.map((height) => (
          <Skeleton key={height} width="100%" height={height} isShimmering />
        ))}
      </div>
      <LoadingWords loading={words.loading} slow={words.slow} />
    </>
  );
}
