import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, Answering, Trouble } from './api/door.ts';
import type { Request } from './api/generated/api.ts';

/** A request that a control of the page makes; `Asked` are those that the page makes at all. */
export interface AskingBy<Asked extends Request> {
  /** The kind of request that is out, if one is. */
  readonly asking: Asked['type'] | null;
  /** Why the last one came to nothing. */
  readonly trouble: Trouble | null;
  /**
   * Asks, unless a request is out already; answers the reply, or nothing when it came to nothing. `deals` answers whether
   * the page deals with a trouble by itself: then it is not shown.
   */
  readonly ask: <R extends Asked>(request: R, deals?: (trouble: Trouble) => boolean) => Promise<Answering<R> | null>;
  /** Takes the trouble from view. */
  readonly forget: () => void;
}

/** Asks for one thing at a time by `through`, and remembers what went wrong. */
export function useAskingBy<Asked extends Request>(
  through: <R extends Asked>(request: R) => Promise<Answer<R>>,
): AskingBy<Asked> {
  const out = useRef(false);
  const shown = useRef(true);
  const [asking, setAsking] = useState<Asked['type'] | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);

  const ask = useCallback(
    async <R extends Asked>(request: R, deals?: (trouble: Trouble) => boolean): Promise<Answering<R> | null> => {
      if (out.current) {
        return null;
      }
      out.current = true;
      setAsking(request.type);
      setTrouble(null);
      const answer: Answer<R> = await through(request);
      out.current = false;
      if (!shown.current) {
        return null;
      }
      setAsking(null);
      if ('reply' in answer) {
        return answer.reply;
      }
      if (deals?.(answer.trouble) !== true) {
        setTrouble(answer.trouble);
      }
      return null;
    },
    [through],
  );

  return { asking, trouble, ask, forget: useCallback(() => setTrouble(null), []) };
}
