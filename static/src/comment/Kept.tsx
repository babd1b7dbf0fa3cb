import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { HeldView, Me } from '../api/generated/api.ts';
import { carriesName } from '../me/stands.ts';
import type { BeginConsent } from '../me/useConsent.ts';
import { comment as commentWords, consent as consentWords, kept as words, whyAsked, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import styles from './CommentForm.module.css';
import { DraftKept } from './DraftKept.tsx';
import type { CommentInHand } from './useComment.ts';

/** A comment on this issue that waits until its author has allowed. */
export function Kept({
  me,
  held,
  comment,
  begun,
  told,
  children,
}: {
  me: Me;
  held: HeldView;
  comment: CommentInHand;
  begun: BeginConsent;
  told: Told;
  /** How the author's authorization gets on. */
  children: ReactNode;
}): ReactNode {
  const works = carriesName(me.standing);
  const underWay = me.consent?.type === 'awaiting' || me.consent?.type === 'verifying';
  const busy = comment.asking !== null;
  const posting = comment.asking === 'postHeld';
  const isExpired = told.now >= held.expiresAt;
  const stuck = comment.elsewhere === 'givenUp' || (comment.elsewhere === null && comment.trouble !== null);
  const neverConnected = me.standing === null;
  return (
    <>
      <div role="status">
        <Notice appearance="information">
          {isExpired ? (
            <p>{commentWords.expired(held.issueKey, held.sent)}</p>
          ) : comment.elsewhere === 'posting' ? (
            <p>{words.postingElsewhere}</p>
          ) : works ? (
            <p>{posting || !stuck ? words.posting : words.notYet}</p>
          ) : (
            <>
              <p>{neverConnected ? words.connect : words.reauthorize}</p>
              <p className={styles.hint}>{neverConnected ? words.connectOnce : whyAsked(me, told)}</p>
            </>
          )}
          {!isExpired && <p className={styles.hint}>{words.until(held.expiresAt, told)}</p>}
          <DraftKept comment={comment} />
        </Notice>
      </div>
      {!works && !isExpired && children}
      {comment.trouble !== null && <TroubleNotice trouble={comment.trouble} told={told} />}
      <div className={styles.controls}>
        {isExpired || comment.elsewhere === 'posting' ? null : works ? (
          <Button appearance="primary" isLoading={posting} isDisabled={busy} onClick={() => void comment.postHeld()}>
            {words.again}
          </Button>
        ) : (
          <Button appearance={underWay ? 'default' : 'primary'} isLoading={begun.busy} isDisabled={busy} onClick={() => void begun.begin()}>
            {underWay ? consentWords.again : neverConnected ? words.connectButton : words.button}
          </Button>
        )}
        {!works && !isExpired && comment.elsewhere !== 'posting' && me.fallback && (
          <Button isLoading={comment.asking === 'postForMe'} isDisabled={busy} onClick={() => void comment.postForMe()}>
            {words.postForMe}
          </Button>
        )}
        <Button appearance="subtle" isDisabled={busy} onClick={() => void comment.discard()}>
          {isExpired ? words.dismiss : words.discard}
        </Button>
      </div>
    </>
  );
}
