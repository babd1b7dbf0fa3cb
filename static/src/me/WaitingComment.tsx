import Button from '@atlaskit/button/default/button';
import { NavigationTarget, router } from '@forge/bridge';
import type { ReactNode } from 'react';
import type { HeldView } from '../api/generated/api.ts';
import { comment as commentWords, waitingComment as words, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { Say } from '../phrase.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useAskingBy } from '../useAskingBy.ts';
import type { Mine, MyRequest } from './Mine.ts';
import styles from './WaitingComment.module.css';

/** A comment of the person that waits on another page than this one. */
export function WaitingComment({
  mine,
  held,
  works,
  told,
}: {
  mine: Mine;
  held: HeldView;
  /** Whether what the person does carries their name now. */
  works: boolean;
  told: Told;
}): ReactNode {
  const { ask, asking, trouble } = useAskingBy<MyRequest>(mine.ask);
  const isExpired = told.now >= held.expiresAt;
  return (
    <>
      <Notice appearance="information" title={isExpired ? words.titleExpired : words.title}>
        <p>
          {isExpired ? (
            commentWords.expired(held.issueKey)
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
          <Button appearance="subtle" isLoading={asking !== null} onClick={() => void ask({ type: 'discardHeld' })}>
            {isExpired ? words.dismiss : words.discard}
          </Button>
        </div>
      </Notice>
      {trouble !== null && <TroubleNotice trouble={trouble} told={told} />}
    </>
  );
}
