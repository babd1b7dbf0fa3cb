import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, Trouble } from '../../api/door.ts';
import type { Request, SupportView } from '../../api/generated/api.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { setClock, type AppClock } from '../../time.ts';

/** What decides about access. */
export type SupportDecision = Extract<Request, { type: 'grantSupport' | 'approveSupport' | 'declineSupport' | 'revokeSupport' }>;

/** What the part shows. */
export type KnownSupport =
  | { phase: 'loading' }
  | { phase: 'failed'; trouble: Trouble }
  /** `stale` says why it could not be read again when it should have been. */
  | { phase: 'ready'; support: SupportView; clock: AppClock; stale: Trouble | null };

/** Decides, and takes what that leaves behind. */
export type Decide = <R extends SupportDecision>(request: R) => Promise<Answer<R>>;

/** Reads access of support. A decision that came to nothing is followed by a look at how things stand. */
export function useSupport(): { known: KnownSupport; reading: boolean; read: () => Promise<void>; decide: Decide } {
  const { ask } = usePanel();
  const [known, setKnown] = useState<KnownSupport>({ phase: 'loading' });
  const [reading, setReading] = useState(false);
  /** Rises with each answer: a reading that was begun before it may not overwrite it. */
  const epoch = useRef(0);

  const take = useCallback((support: SupportView) => {
    epoch.current += 1;
    setKnown({ phase: 'ready', support, clock: setClock(support.now), stale: null });
  }, []);

  const read = useCallback(async () => {
    epoch.current += 1;
    const begun = epoch.current;
    setReading(true);
    setKnown((before) => (before.phase === 'failed' ? { phase: 'loading' } : before));
    const answer = await ask({ type: 'support' });
    if (begun !== epoch.current) {
      return;
    }
    setReading(false);
    if ('reply' in answer) {
      take(answer.reply.support);
    } else {
      const { trouble } = answer;
      setKnown((before) => (before.phase === 'ready' ? { ...before, stale: trouble } : { phase: 'failed', trouble }));
    }
  }, [ask, take]);

  useEffect(() => void read(), [read]);

  const decide: Decide = useCallback(
    async (request) => {
      const answer = await ask(request);
      const support = 'reply' in answer && 'support' in answer.reply ? answer.reply.support : null;
      if (support !== null) {
        setReading(false);
        take(support);
      } else {
        void read();
      }
      return answer;
    },
    [ask, read, take],
  );

  return { known, reading, read, decide };
}
