import Button from '@atlaskit/button/default/button';
import { useId, type ReactNode } from 'react';
import choiceStyles from '../Choice.module.css';
import { comment as words, type Told } from '../messages.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import styles from './CommentForm.module.css';
import { TextField } from './TextField.tsx';
import type { CommentInHand } from './useComment.ts';

/** Where a comment is written. */
export function CommentForm({ comment, hasCustomers, told }: { comment: CommentInHand; hasCustomers: boolean; told: Told }): ReactNode {
  const id = useId();
  const busy = comment.asking === 'comment';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void comment.post();
      }}
    >
      <TextField value={comment.draft} isDisabled={busy} onChange={comment.write} />
      {hasCustomers && (
        <div className={choiceStyles.option}>
          <input
            type="checkbox"
            id={id}
            checked={comment.isInternal}
            aria-describedby={`${id}-hint`}
            onChange={(event) => comment.setInternal(event.currentTarget.checked)}
          />
          <div>
            <label htmlFor={id}>{words.internal}</label>
            <p id={`${id}-hint`} className={styles.hint}>
              {words.internalHint}
            </p>
          </div>
        </div>
      )}
      {comment.trouble !== null && <TroubleNotice trouble={comment.trouble} told={told} />}
      <Button type="submit" appearance="primary" isLoading={busy} isDisabled={comment.draft.trim() === ''}>
        {words.post}
      </Button>
    </form>
  );
}
