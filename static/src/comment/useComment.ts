import { useEffect, useRef, useState } from 'react';
import type { Trouble } from '../api/door.ts';
import type { CommentResult, HandedBackFor, Me } from '../api/generated/api.ts';
import type { Mine, MyRequest } from '../me/Mine.ts';
import { carriesName } from '../me/stands.ts';
import { useAskingBy } from '../useAskingBy.ts';
import { afterMs, lostRace, mayBeKept, type Elsewhere } from './elsewhere.ts';
import type { Place } from './place.ts';

/** The comment of this panel. */
export interface CommentInHand {
  /** What is written here and was neither posted nor kept. It outlasts whatever becomes of another text that waits. */
  readonly draft: string;
  readonly write: (text: string) => void;
  readonly isInternal: boolean;
  readonly setInternal: (internal: boolean) => void;
  /** Posts what is written. */
  readonly post: () => Promise<void>;
  /** What was handed back, as it is edited now, and why; nothing where the comment that waits was not handed back. */
  readonly back: Pick<Back, 'edited' | 'why'> | null;
  readonly edit: (text: string) => void;
  /** Posts what waits, as it was written. */
  readonly postHeld: () => Promise<void>;
  /** Posts what was handed back, as it is edited now. */
  readonly postEdited: () => Promise<void>;
  /** Posts what waits through the main authorized user, as it was written. */
  readonly postForMe: () => Promise<void>;
  /** The same with what was handed back, as it is edited now. */
  readonly postEditedForMe: () => Promise<void>;
  /** Throws what waits away. */
  readonly discard: () => Promise<void>;
  /** What became of the last request; nothing before the first, and once somebody writes again. */
  readonly result: CommentResult | null;
  /** How what waits gets on without this page; nothing where nobody else has it in hand. */
  readonly elsewhere: 'posting' | 'first' | 'givenUp' | null;
  /** Whether what waited was dealt with without this page. */
  readonly gone: boolean;
  /** The kind of request that is out, if one is. */
  readonly asking: MyRequest['type'] | null;
  readonly trouble: Trouble | null;
}

/** A text that was handed back. */
interface Back {
  /** When the comment was written that it belongs to. */
  readonly of: number;
  readonly given: string;
  readonly edited: string;
  readonly why: HandedBackFor;
}

/** A comment that may be kept although nobody said so. */
interface Untold {
  readonly text: string;
  readonly internal: boolean;
  /** When it was asked to be posted. */
  readonly at: number;
}

/** A request about a comment. */
type Asked = Extract<MyRequest, { type: 'comment' | 'postHeld' | 'postForMe' | 'discardHeld' }>;

/**
 * A comment from its first letter to its end. What is written is forgotten only once the app has posted or kept that very
 * text; and what was kept for this issue goes on by itself as soon as its author has allowed, here or in another tab.
 */
export function useComment(mine: Mine, me: Me, place: Place, now: number): CommentInHand {
  const { ask, asking, trouble } = useAskingBy<MyRequest>(mine.ask);
  const [draft, setDraft] = useState('');
  const [isInternal, setInternal] = useState(false);
  const [back, setBack] = useState<Back | null>(null);
  const [result, setResult] = useState<CommentResult | null>(null);
  const [elsewhere, setElsewhere] = useState<Elsewhere | null>(null);
  const tried = useRef('');
  const untold = useRef<Untold | null>(null);
  /** How many answers are awaited or about to be taken. */
  const answering = useRef(0);

  const { held } = me;
  const at = held !== null && held.issueId === place.issueId ? held.at : null;
  const isDue = held !== null && at !== null && (carriesName(me.standing) || now >= held.expiresAt);

  const intoDraft = (text: string) => setDraft((written) => (written.trim() === '' ? text : `${written}\n\n${text}`));
  const take = (what: Asked, latest: CommentResult) => {
    setResult(latest);
    setElsewhere((before) => (latest.type === 'posting' && at !== null ? { of: at, why: 'posting', what, times: (before?.times ?? 0) + 1 } : null));
    if (what.type === 'comment' && (latest.type === 'posted' || latest.type === 'held')) {
      setDraft('');
      setInternal(false);
    }
    switch (latest.type) {
      case 'handedBack':
        // What was edited before stays edited when the same comment comes back once more.
        setBack((old) => ({ of: at ?? 0, given: latest.text, edited: latest.text, ...(old !== null && old.of === at ? old : {}), why: latest.why }));
        return;
      case 'expired':
        if (back !== null) {
          intoDraft(back.edited);
        }
        setBack(null);
        return;
      case 'postedBefore':
        if (latest.edited !== null) {
          intoDraft(latest.edited);
        }
        setBack(null);
        return;
      case 'posted':
      case 'discarded':
        setBack(null);
        return;
      case 'held':
      case 'posting':
        return;
    }
  };
  const request = async (what: Asked, deals?: (trouble: Trouble) => boolean) => {
    answering.current += 1;
    const reply = await ask(what, deals);
    answering.current -= 1;
    if (reply !== null) {
      take(what, reply.result);
    }
  };
  const post = () => {
    const asked = { text: draft, internal: isInternal, at: now };
    return request({ type: 'comment', issueId: place.issueId, text: draft, internal: isInternal }, (of) => {
      untold.current = mayBeKept(of) ? asked : null;
      return false;
    });
  };
  // A person is told whatever happens; of a race that the page lost by itself they need to know no more than the end.
  const byItself = (what: Asked) =>
    request(what, (of) => {
      const lost = lostRace(of);
      if (lost && at !== null) {
        setElsewhere((before) => ({ of: at, why: 'first', what, times: (before?.times ?? 0) + 1 }));
      }
      return lost;
    });

  // Once for each comment and each time that its author becomes able to post it: after a failure, a person decides.
  const turn = isDue ? `${at} ${String(carriesName(me.standing))}` : '';
  useEffect(() => {
    if (turn !== '' && turn !== tried.current && asking === null) {
      tried.current = turn;
      void byItself({ type: 'postHeld', text: null });
    }
    // `byItself` is a new function each time, and does the same.
  }, [turn, asking]);

  useEffect(() => {
    // What turns up as kept after no answer came is that very text: it would be posted twice from its field.
    const asked = untold.current;
    if (at !== null && asked !== null && at >= asked.at && held?.internal === asked.internal) {
      untold.current = null;
      setDraft((written) => (written === asked.text ? '' : written));
      setInternal(false);
    }
  }, [at, held]);

  const waitMs = elsewhere === null || elsewhere.of !== at ? null : afterMs(elsewhere);
  useEffect(() => {
    if (elsewhere === null || waitMs === null) {
      return;
    }
    const timer = setTimeout(async () => {
      await mine.read();
      const known = mine.known();
      const waits = known.phase === 'ready' && known.me.held?.at === elsewhere.of;
      if (!waits) {
        return;
      }
      if (elsewhere.what.type === 'discardHeld') {
        setElsewhere({ ...elsewhere, times: elsewhere.times + 1 });
      } else {
        await byItself(elsewhere.what);
      }
    }, waitMs);
    return () => clearTimeout(timer);
  }, [elsewhere, waitMs]);

  const isOver = result?.type === 'posted' || result?.type === 'postedBefore' || result?.type === 'discarded' || result?.type === 'expired';
  const gone = !isOver && at === null && (elsewhere !== null || back !== null);
  useEffect(() => {
    // What somebody edited is theirs still, whatever another tab did with what waited. What became of a request of this
    // page is in its answer, which arrives a moment after what it says of the person.
    if (gone && answering.current === 0 && back !== null && back.edited !== back.given) {
      intoDraft(back.edited);
      setBack({ ...back, given: back.edited });
    }
  }, [gone, back, result, elsewhere, trouble]);

  return {
    draft,
    write: (written) => {
      setDraft(written);
      setResult(null);
      if (at === null) {
        setElsewhere(null);
        setBack(null);
      }
    },
    isInternal,
    setInternal,
    post,
    back: result?.type === 'handedBack' && back !== null && back.of === at ? back : null,
    edit: (edited) => setBack((old) => old && { ...old, edited }),
    postHeld: () => request({ type: 'postHeld', text: null }),
    postEdited: () => request({ type: 'postHeld', text: back?.edited ?? null }),
    postForMe: () => request({ type: 'postForMe', text: null }),
    postEditedForMe: () => request({ type: 'postForMe', text: back?.edited ?? null }),
    discard: () => request({ type: 'discardHeld' }),
    result,
    elsewhere: elsewhere === null || elsewhere.of !== at ? null : waitMs === null ? 'givenUp' : elsewhere.why,
    gone,
    asking,
    trouble,
  };
}
