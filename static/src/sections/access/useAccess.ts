import { useCallback, useEffect, useState } from 'react';
import type { Answer, Trouble } from '../../api/door.ts';
import type { Access, Request } from '../../api/generated/api.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { setClock, type AppClock } from '../../time.ts';

/** What changes what limits the app. */
export type AccessRequestOfPage = Extract<Request, { type: 'limitProjects' | 'limitAdministrators' | 'decideAccess' }>;

/** What the section shows. */
export type KnownAccess =
  | { phase: 'loading' }
  | { phase: 'failed'; trouble: Trouble }
  | { phase: 'ready'; access: Access; clock: AppClock };

/** Asks for a change, and takes what it leaves behind. */
export type ChangeAccess = <R extends AccessRequestOfPage>(request: R) => Promise<Answer<R>>;

/**
 * Reads what limits the app. Where somebody else was first with a change, it is read anew, so that the page shows theirs
 * under what its own reader entered.
 */
export function useAccess(): { known: KnownAccess; read: () => Promise<void>; change: ChangeAccess } {
  const { ask } = usePanel();
  const [known, setKnown] = useState<KnownAccess>({ phase: 'loading' });

  const take = useCallback((access: Access) => setKnown({ phase: 'ready', access, clock: setClock(access.now) }), []);

  const read = useCallback(async () => {
    const answer = await ask({ type: 'access' });
    if ('reply' in answer) {
      take(answer.reply.access);
    } else {
      const { trouble } = answer;
      setKnown((before) => (before.phase === 'ready' ? before : { phase: 'failed', trouble }));
    }
  }, [ask, take]);

  useEffect(() => void read(), [read]);

  const change: ChangeAccess = useCallback(
    async (request) => {
      const answer = await ask(request);
      if ('trouble' in answer) {
        if (outdated(answer.trouble)) {
          await read();
        }
      } else if ('access' in answer.reply) {
        take(answer.reply.access);
      }
      return answer;
    },
    [ask, read, take],
  );

  return { known, read, change };
}

/** Whether what the page shows is not the latest. */
export function outdated(trouble: Trouble): boolean {
  return trouble.from === 'app' && (trouble.error.code === 'accessChanged' || trouble.error.code === 'conflict');
}
