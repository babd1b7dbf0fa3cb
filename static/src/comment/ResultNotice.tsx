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
          {hasDraft && !saysWhatIsInField(result) && <p>{words.remains}</p>}
        </Notice>
      )}
    </div>
  );
}

function saysWhatIsInField(result: CommentResult): boolean {
  return result.type === 'postedBefore' && result.edited !== null;
}

function sentence(result: CommentResult): string | null {
  switch (result.type) {
    case 'posted':
      return result.forCaller ? words.postedForYou : words.posted;
    case 'postedBefore':
      return `${words.postedBefore(result.issueKey, result.forCaller)} ${result.edited === null ? words.notDiscarded : words.notEdited}`;
    case 'expired':
      return words.expired(result.issueKey, result.unsure);
    case 'discarded':
      return words.discarded(result.unsure);
    case 'held':
    case 'handedBack':
    case 'posting':
      return null;
  }
}
