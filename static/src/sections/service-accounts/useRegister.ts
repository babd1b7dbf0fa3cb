import { useCallback, useEffect, useRef, useState } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { RegisterView } from '../../api/generated/api.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { setClock, type AppClock } from '../../time.ts';

/** What the section shows. */
export type KnownRegister =
  | { phase: 'loading' }
  | { phase: 'failed'; trouble: Trouble }
  /** `stale` says why it could not be read again when it should have been. */
  | { phase: 'ready'; register: RegisterView; clock: AppClock; stale: Trouble | null };

/** The register, and how it is read again. */
export interface Register {
  readonly known: KnownRegister;
  /** Reads it; answers it, or nothing when it came to nothing. */
  readonly read: () => Promise<RegisterView | null>;
  /** Shows one that came with another answer. */
  readonly take: (register: RegisterView) => void;
}

/** Reads the register when the section is opened. */
export function useRegister(): Register {
  const { ask } = usePanel();
  const [known, setKnown] = useState<KnownRegister>({ phase: 'loading' });
  /** Rises with each answer: a reading that was begun before it may not overwrite it. */
  const epoch = useRef(0);

  const take = useCallback((register: RegisterView) => {
    epoch.current += 1;
    setKnown({ phase: 'ready', register, clock: setClock(register.now), stale: null });
  }, []);

  const read = useCallback(async () => {
    epoch.current += 1;
    const begun = epoch.current;
    setKnown((before) => (before.phase === 'failed' ? { phase: 'loading' } : before));
    const answer = await ask({ type: 'register' });
    if ('reply' in answer) {
      if (begun === epoch.current) {
        take(answer.reply.register);
      }
      return answer.reply.register;
    }
    const { trouble } = answer;
    if (begun === epoch.current) {
      setKnown((before) => (before.phase === 'ready' ? { ...before, stale: trouble } : { phase: 'failed', trouble }));
    }
    return null;
  }, [ask, take]);

  useEffect(() => {
    void read();
  }, [read]);

  return { known, read, take };
}
