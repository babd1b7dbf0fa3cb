import Button from '@atlaskit/button/default/button';
import { NavigationTarget, router } from '@forge/bridge';
import { useState, type ReactNode } from 'react';
import type { CommentResult, HeldView } from '../api/generated/api.ts';
import { ResultNotice } from '../comment/ResultNotice.tsx';
import { comment as commentWords, waitingComment as words, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useAskingBy } from '../useAskingBy.ts';
import type { Mine, MyRequest } from './Mine.ts';
import styles from './WaitingComment.module.css';

/** A comment of the person that waits on another page than this one, and what became of it when it was discarded here. */
export function WaitingComment({
  mine,
  held,
  works,
  told,
}: {
  mine: Mine;
  held: HeldView | null;
  /** Whether what the person does carries their name now. */
  works: boolean;
  told: Told;
}): ReactNode {
  const { ask, asking, trouble } = useAskingBy<MyRequest>(mine.ask);
  const [result, setResult] = useState<CommentResult | null>(null);
  if (held === null) {
    return result !== null && <ResultNotice result={result} hasDraft={false} />;
  }
  const isExpired = told.now >= held.expiresAt;
  return (
    <>
      <Notice appearance="information" title={isExpired ? words.titleExpired(held.sent) : words.title}>
        <p>
          {isExpired ? (
            commentWords.expired(held.issueKey, held.sent)
          ) : (
            <>
              <Say phrase={words.text(held.issueKey, held.expiresAt, told)} /> <Say phrase={works ? words.nextWorking : words.next} />
            </>
          )}
        </p>
        <div className={styles.controls}>
          <Button
            onClick={() => {
              // Whoever declines to leave this page stays on it.
              router.navigate({ target: NavigationTarget.Issue, issueKey: held.issueKey }).catch(() => undefined);
            }}
          >
            {words.open(held.issueKey)}
          </Button>
          <Button
            appearance="subtle"
            isLoading={asking !== null}
            onClick={async () => {
              const reply = await ask({ type: 'discardHeld' });
              setResult(reply?.result ?? null);
            }}
          >
            {isExpired ? words.dismiss : words.discard}
          </Button>
        </div>
      </Notice>
      {trouble !== null && <TroubleNotice trouble={trouble} told={told} />}
    </>
  );
}
