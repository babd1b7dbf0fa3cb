import Heading from '@atlaskit/heading/heading';
import { useRef, type ReactNode, type RefObject } from 'react';
import type { Trouble } from '../api/door.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import styles from './Section.module.css';

/** What is known of a section, once it was asked for. */
type Known<Ready> = { phase: 'loading' } | { phase: 'failed'; trouble: Trouble } | Ready;

/** A section: what it is for, and under it what there is, as soon as that is known. */
export function SectionFrame<Ready extends { phase: 'ready' }>({
  words,
  known,
  loading,
  onRetry,
  children,
}: {
  words: { readonly heading: string; readonly intro: string };
  known: Known<Ready>;
  /** What stands there meanwhile. */
  loading: ReactNode;
  onRetry: () => void;
  /** `heading` takes the focus where nothing else can. */
  children: (known: Ready, heading: RefObject<HTMLElement>) => ReactNode;
}): ReactNode {
  const heading = useRef<HTMLDivElement>(null);
  return (
    <div className={styles.section}>
      <div>
        <div ref={heading} tabIndex={-1}>
          <Heading size="large" as="h1">
            {words.heading}
          </Heading>
        </div>
        <p className={styles.intro}>{words.intro}</p>
      </div>
      {known.phase === 'loading' && loading}
      {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} onRetry={onRetry} />}
      {known.phase === 'ready' && children(known, heading)}
    </div>
  );
}
