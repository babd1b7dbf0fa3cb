import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, Answering, Trouble } from '../api/door.ts';
import type { Request } from '../api/generated/api.ts';
import { usePanel } from './PanelContext.tsx';

/** A request that a control of the page makes. */
export interface Asking {
  /** The kind of request that is out, if one is. */
  readonly asking: Request['type'] | null;
  /** Why the last one came to nothing. */
  readonly trouble: Trouble | null;
  /** Asks, unless a request is out already; answers the reply, or nothing when it came to nothing. */
  readonly ask: <R extends Exclude<Request, { type: 'status' }>>(request: R) => Promise<Answering<R> | null>;
  /** Takes the trouble from view. */
  readonly forget: () => void;
}

/** Asks the app for one thing at a time, and remembers what went wrong. */
export function useAsking(): Asking {
  const panel = usePanel();
  const out = useRef(false);
  const shown = useRef(true);
  const [asking, setAsking] = useState<Request['type'] | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);

  const ask = useCallback(
    async <R extends Exclude<Request, { type: 'status' }>>(request: R): Promise<Answering<R> | null> => {
      if (out.current) {
        return null;
      }
      out.current = true;
      setAsking(request.type);
      setTrouble(null);
      const answer: Answer<R> = await panel.ask(request);
      out.current = false;
      if (!shown.current) {
        return null;
      }
      setAsking(null);
      if ('reply' in answer) {
        return answer.reply;
      }
      setTrouble(answer.trouble);
      return null;
    },
    [panel],
  );

  return { asking, trouble, ask, forget: useCallback(() => setTrouble(null), []) };
}

/** Whether something has been going on for longer than a second: then it deserves words. */
export function useSlow(going: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!going) {
      setSlow(false);
      return undefined;
    }
    const timer = setTimeout(setSlow, 1000, true);
    return () => clearTimeout(timer);
  }, [going]);
  return slow;
}
