import { useCallback, useEffect, useState } from 'react';
import type { Answer, Trouble } from '../../api/door.ts';
import type { IntegrationsView, Request } from '../../api/generated/api.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { setClock, type AppClock } from '../../time.ts';

/** What changes integrations. */
export type IntegrationRequest = Extract<Request, { type: 'createIntegration' | 'changeIntegration' | 'switchIntegration' | 'removeIntegration' }>;

/** What the section shows. */
export type KnownIntegrations =
  | { phase: 'loading' }
  | { phase: 'failed'; trouble: Trouble }
  | { phase: 'ready'; view: IntegrationsView; clock: AppClock };

/** Asks for a change, and takes what it leaves behind. */
export type ChangeIntegrations = <R extends IntegrationRequest>(request: R) => Promise<Answer<R>>;

/** How often they are read again while something waits to be carried, in milliseconds. */
const AGAIN_MS = 10_000;

/**
 * Reads the integrations, and again while something waits. A change that came to nothing is followed by a look at how things
 * stand.
 */
export function useIntegrations(): { known: KnownIntegrations; read: () => Promise<void>; change: ChangeIntegrations } {
  const { ask } = usePanel();
  const [known, setKnown] = useState<KnownIntegrations>({ phase: 'loading' });

  const take = useCallback(
    // An answer that was overtaken on its way is of no interest any more.
    (view: IntegrationsView) => setKnown((before) => (before.phase === 'ready' && before.view.now > view.now ? before : { phase: 'ready', view, clock: setClock(view.now) })),
    [],
  );

  const read = useCallback(async () => {
    setKnown((before) => (before.phase === 'failed' ? { phase: 'loading' } : before));
    const answer = await ask({ type: 'integrations' });
    if ('reply' in answer) {
      take(answer.reply.integrations);
    } else {
      const { trouble } = answer;
      setKnown((before) => (before.phase === 'ready' ? before : { phase: 'failed', trouble }));
    }
  }, [ask, take]);

  useEffect(() => void read(), [read]);

  const waits = known.phase === 'ready' && known.view.rows.some(({ waiting }) => waiting > 0);
  useEffect(() => {
    if (!waits) {
      return undefined;
    }
    const timer = setInterval(() => {
      if (!document.hidden) {
        void read();
      }
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits, read]);

  const change: ChangeIntegrations = useCallback(
    async (request) => {
      const answer = await ask(request);
      if ('reply' in answer && 'integrations' in answer.reply) {
        take(answer.reply.integrations);
      } else {
        await read();
      }
      return answer;
    },
    [ask, read, take],
  );

  return { known, read, change };
}
