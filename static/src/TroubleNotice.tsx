import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Trouble } from './api/door.ts';
import { status, supportCode, troubleSentence, troubleTitle, type Told } from './messages.ts';
import { Notice } from './Notice.tsx';
import { Say, type Phrase } from './phrase.tsx';
import styles from './TroubleNotice.module.css';

/** What went wrong, that nothing was lost, what to do, and a code for support. Announced when it appears. */
export function TroubleNotice({
  trouble,
  told = null,
  sentence = troubleSentence(trouble, told),
  onRetry,
  isRetrying = false,
  headingLevel = 'h2',
}: {
  trouble: Trouble;
  told?: Told | null;
  /** What is said of it in this place, where that is something of its own. */
  sentence?: Phrase | undefined;
  onRetry?: (() => void) | undefined;
  isRetrying?: boolean;
  headingLevel?: 'h2' | 'h3';
}): ReactNode {
  return (
    <div role="alert">
      <Notice appearance="error" title={troubleTitle(trouble)} headingLevel={headingLevel}>
        <p>
          <Say phrase={sentence} />
        </p>
        {onRetry && <Button isLoading={isRetrying} onClick={onRetry}>{status.tryAgain}</Button>}
        <p className={styles.code}>{status.support(supportCode(trouble))}</p>
      </Notice>
    </div>
  );
}
