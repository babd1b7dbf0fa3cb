import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { handedBack as words, type Told } from '../messages.ts';
import { Notice } from '../Notice.tsx';
import { TroubleNotice } from '../TroubleNotice.tsx';
import styles from './CommentForm.module.css';
import { DraftKept } from './DraftKept.tsx';
import { TextField } from './TextField.tsx';
import type { CommentInHand } from './useComment.ts';

/** A comment that waited while its issue changed: its author looks it over before it is posted. */
export function HandedBack({ comment, text, told }: { comment: CommentInHand; text: string; told: Told }): ReactNode {
  const busy = comment.asking !== null;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void comment.postEdited();
      }}
    >
      <div role="status">
        <Notice appearance="information" title={words.title}>
          <p>{words.text}</p>
          <DraftKept comment={comment} />
        </Notice>
      </div>
      <div className={styles.wide}>
        <TextField value={text} isDisabled={busy} onChange={comment.edit} />
      </div>
      {comment.trouble !== null && <TroubleNotice trouble={comment.trouble} told={told} />}
      <div className={styles.controls}>
        <Button type="submit" appearance="primary" isLoading={comment.asking === 'postHeld'} isDisabled={text.trim() === ''}>
          {words.post}
        </Button>
        <Button appearance="subtle" isDisabled={busy} onClick={() => void comment.discard()}>
          {words.discard}
        </Button>
      </div>
    </form>
  );
}
