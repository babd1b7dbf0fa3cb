import type { ReactNode } from 'react';
import { kept } from '../messages.ts';
import styles from './CommentForm.module.css';
import type { CommentInHand } from './useComment.ts';

/** That what was typed here is still there, while another comment takes the place of its field. */
export function DraftKept({ comment }: { comment: CommentInHand }): ReactNode {
  return comment.draft.trim() === '' ? null : <p className={styles.hint}>{kept.draft}</p>;
}
