import { useEffect, useRef, useState } from 'react';
import type { Trouble } from '../api/door.ts';
import type { CommentResult, Me } from '../api/generated/api.ts';
import type { Mine, MyRequest } from '../me/Mine.ts';
import { carriesName } from '../me/stands.ts';
import { useAskingBy } from '../useAskingBy.ts';
import type { Place } from './place.ts';

/** The comment of this panel. */
export interface CommentInHand {
  /** What is written, before it is posted or kept and after it was handed back. */
  readonly text: string;
  readonly write: (text: string) => void;
  readonly isInternal: boolean;
  readonly setInternal: (internal: boolean) => void;
  /** Posts what is written. */
  readonly post: () => Promise<void>;
  /** Posts what waits, as it was written. */
  readonly postHeld: () => Promise<void>;
  /** Posts what was handed back, as it is edited now. */
  readonly postEdited: () => Promise<void>;
  /** Posts what waits through the main authorized user. */
  readonly postForMe: () => Promise<void>;
  /** Throws what waits away. */
  readonly discard: () => Promise<void>;
  /** What became of the last request; nothing before the first, and once somebody writes again. */
  readonly result: CommentResult | null;
  /** The kind of request that is out, if one is. */
  readonly asking: MyRequest['type'] | null;
  readonly trouble: Trouble | null;
}

/**
 * A comment from its first letter to its end. What is written is forgotten only once the app has posted or kept it; and
 * what was kept for this issue goes on by itself as soon as its author has allowed, here or in another tab.
 */
export function useComment(mine: Mine, me: Me, place: Place, now: number): CommentInHand {
  const { ask, asking, trouble } = useAskingBy<MyRequest>(mine.ask);
  const [text, setText] = useState('');
  const [isInternal, setInternal] = useState(false);
  const [result, setResult] = useState<CommentResult | null>(null);
  const tried = useRef('');

  const take = (latest: CommentResult) => {
    setResult(latest);
    switch (latest.type) {
      case 'handedBack':
        setText(latest.text);
        return;
      case 'posted':
      case 'held':
      case 'discarded':
        setText('');
        setInternal(false);
        return;
      case 'expired':
        return;
    }
  };
  const request = async (what: Extract<MyRequest, { type: 'comment' | 'postHeld' | 'postForMe' | 'discardHeld' }>) => {
    const reply = await ask(what);
    if (reply !== null) {
      take(reply.result);
    }
  };

  const { held } = me;
  const isHere = held !== null && held.issueId === place.issueId;
  const isDue = isHere && (carriesName(me.standing) || now >= held.expiresAt);
  // Once for each comment and each time that its author becomes able to post it: after a failure, a person decides.
  const turn = isDue ? `${held.at} ${String(carriesName(me.standing))}` : '';
  useEffect(() => {
    if (turn !== '' && turn !== tried.current && asking === null) {
      tried.current = turn;
      void request({ type: 'postHeld', text: null });
    }
    // `request` is a new function each time, and does the same.
  }, [turn, asking]);

  return {
    text,
    write: (written) => {
      setText(written);
      if (result !== null && result.type !== 'handedBack') {
        setResult(null);
      }
    },
    isInternal,
    setInternal,
    post: () => request({ type: 'comment', issueId: place.issueId, text, internal: isInternal }),
    postHeld: () => request({ type: 'postHeld', text: null }),
    postEdited: () => request({ type: 'postHeld', text }),
    postForMe: () => request({ type: 'postForMe' }),
    discard: () => request({ type: 'discardHeld' }),
    result,
    asking,
    trouble,
  };
}
