import type { ReactNode } from 'react';
import { Announcement } from './Announcement.tsx';
import styles from './LoadingWords.module.css';
import { useSlow } from './useSlow.ts';

/** Says what is being loaded; after a second in sight of everybody, for until then the empty layout says enough. */
export function LoadingWords({ loading, slow }: { readonly loading: string; readonly slow: string }): ReactNode {
  const isSlow = useSlow(true);
  return (
    <>
      <Announcement>{isSlow ? slow : loading}</Announcement>
      {isSlow && (
        <p className={styles.slow} aria-hidden="true">
          {slow}
        </p>
      )}
    </>
  );
}
