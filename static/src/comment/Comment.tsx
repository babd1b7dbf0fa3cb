import { type ReactNode } from 'react';
import { ConsentProgress } from '../me/ConsentProgress.tsx';
import type { KnownMe, Mine } from '../me/Mine.ts';
import { carriesName } from '../me/stands.ts';
import { useConsent } from '../me/useConsent.ts';
import { WaitingComment } from '../me/WaitingComment.tsx';
import { handedBack, personal, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { useReader } from '../reader.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useNow } from '../useNow.ts';
import { CommentForm } from './CommentForm.tsx';
import { HandedBack } from './HandedBack.tsx';
import { Kept } from './Kept.tsx';
import type { Place } from './place.ts';
import { Reauthorize } from './Reauthorize.tsx';
import { ResultNotice } from './ResultNotice.tsx';
import { useComment } from './useComment.ts';

/** How often it is looked whether a comment has waited too long, in milliseconds. */
const LOOK_MS = 15_000;

/** The one action of the panel: a comment, and whatever became of it. */
export function Comment({
  mine,
  known,
  place,
}: {
  mine: Mine;
  known: Extract<KnownMe, { phase: 'ready' }>;
  place: Place;
}): ReactNode {
  const { me, clock, stale } = known;
  const { calendar } = useReader();
  const told: Told = { now: useNow(clock, LOOK_MS), calendar };
  const begun = useConsent(mine);
  const comment = useComment(mine, me, place, told.now);
  const { held } = me;
  const works = carriesName(me.standing);

  if (!me.siteConnected) {
    return (
      <Notice appearance="information">
        <p>{personal.siteNotConnected}</p>
      </Notice>
    );
  }
  const progress = <ConsentProgress consent={me.consent} clock={clock} begun={begun} told={told} />;
  const stalled = stale !== null && <TroubleNotice trouble={stale} told={told} onRetry={() => void mine.read()} />;

  if (held !== null && held.issueId === place.issueId) {
    return (
      <>
        {stalled}
        {comment.back !== null ? (
          <HandedBack me={me} held={held} comment={comment} back={comment.back} begun={begun} told={told}>
            {progress}
          </HandedBack>
        ) : (
          <Kept me={me} held={held} comment={comment} begun={begun} told={told}>
            {progress}
          </Kept>
        )}
      </>
    );
  }
  return (
    <>
      {stalled}
      {comment.result !== null && <ResultNotice result={comment.result} hasDraft={comment.draft.trim() !== ''} />}
      {comment.gone && (
        <div role="status">
          <Notice appearance="information">
            <p>{handedBack.gone}</p>
          </Notice>
        </div>
      )}
      <WaitingComment mine={mine} held={held} works={works} told={told} />
      {held === null && me.standing !== null && !works && (
        <Reauthorize me={me} begun={begun} told={told}>
          {progress}
        </Reauthorize>
      )}
      {held === null && me.standing === null && progress}
      <CommentForm comment={comment} hasCustomers={place.hasCustomers} told={told} />
    </>
  );
}
