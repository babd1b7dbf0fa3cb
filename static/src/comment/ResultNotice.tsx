import type { ReactNode } from 'react';
import type { CommentResult } from '../api/generated/api.ts';
import { comment as words } from '../messages.ts';
import { Notice } from '../Notice.tsx';

/** What became of the comment, once nothing of it waits. */
export function ResultNotice({ result, hasDraft }: { result: CommentResult; hasDraft: boolean }): ReactNode {
  const text = sentence(result);
  return (
    <div role="status">
      {text !== null && (
        <Notice appearance={result.type === 'posted' ? 'success' : 'information'}>
          <p>{text}</p>
          {hasDraft && <p>{words.remains}</p>}
        </Notice>
      )}
    </div>
  );
}

function sentence(result: CommentResult): string | null {
  switch (result.type) {
    case 'posted':
      return result.forCaller ? words.postedForYou : words.posted;
    case 'expired':
      return words.expired(result.issueKey);
    case 'discarded':
      return words.discarded;
    case 'held':
    case 'handedBack':
    case 'posting':
      return null;
  }
}
