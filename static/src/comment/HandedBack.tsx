import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { HeldView, Me } from '../api/generated/api.ts';
import { carriesName } from '../me/stands.ts';
import type { BeginConsent } from '../me/useConsent.ts';
import { handedBack as words, kept as keptWords, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import styles from './CommentForm.module.css';
import { DraftKept } from './DraftKept.tsx';
import { TextField } from './TextField.tsx';
import type { CommentInHand } from './useComment.ts';

/** A comment that waited while its issue changed: its author looks it over before it is posted, if it still can be. */
export function HandedBack({
  me,
  held,
  comment,
  back,
  begun,
  told,
  children,
}: {
  me: Me;
  held: HeldView;
  comment: CommentInHand;
  back: NonNullable<CommentInHand['back']>;
  begun: BeginConsent;
  told: Told;
  /** How the author's authorization gets on. */
  children: ReactNode;
}): ReactNode {
  const busy = comment.asking !== null;
  const works = carriesName(me.standing);
  const forAuthor = !works && me.fallback;
  const isFit = back.why === 'issueChanged';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isFit) {
          void (forAuthor ? comment.postEditedForMe() : comment.postEdited());
        }
      }}
    >
      <div role="status">
        <Notice appearance={isFit ? 'information' : 'warning'} title={isFit ? words.title : words.titleNoInternalNotes}>
          <p>{isFit ? words.text : words.noInternalNotes}</p>
          {isFit && held.internal && <p>{words.internal}</p>}
          <DraftKept comment={comment} />
        </Notice>
      </div>
      <div className={styles.wide}>
        <TextField value={back.edited} isDisabled={busy} onChange={comment.edit} />
      </div>
      {!works && children}
      {comment.trouble !== null && <TroubleNotice trouble={comment.trouble} told={told} />}
      <div className={styles.controls}>
        {isFit && (
          <Button
            type="submit"
            appearance="primary"
            isLoading={comment.asking === 'postHeld' || comment.asking === 'postForMe'}
            isDisabled={back.edited.trim() === ''}
          >
            {forAuthor ? keptWords.postForMe : words.post}
          </Button>
        )}
        {isFit && !works && (
          <Button isLoading={begun.busy} isDisabled={busy} onClick={() => void begun.begin()}>
            {me.standing === null ? keptWords.connectButton : keptWords.button}
          </Button>
        )}
        <Button appearance="subtle" isDisabled={busy} onClick={() => void comment.discard()}>
          {words.discard}
        </Button>
      </div>
    </form>
  );
}
