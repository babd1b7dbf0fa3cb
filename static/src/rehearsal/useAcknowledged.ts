import { useRef, useState, type RefObject } from 'react';
import type { Rehearsal } from '../api/generated/api.ts';
import type { KnownRehearsal } from './Rehearser.ts';

/** What an administrator has acknowledged of a result. */
export interface Acknowledged {
  /** The result, once one is there that a change can begin with. */
  readonly rehearsal: Rehearsal | null;
  readonly isGiven: boolean;
  /** Whether somebody went on without it. */
  readonly isMissing: boolean;
  readonly box: RefObject<HTMLInputElement>;
  readonly give: (on: boolean) => void;
  /**
   * What to send: the name of the result where it has to be acknowledged. Where that is missing, says so and leads there,
   * and answers nothing.
   */
  readonly demand: () => { acknowledged: string | null } | null;
}

/** Keeps what is acknowledged: of one result and no other, so that a new one has to be read anew. */
export function useAcknowledged(known: KnownRehearsal): Acknowledged {
  const box = useRef<HTMLInputElement>(null);
  const [given, setGiven] = useState<string | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const rehearsal = known.phase === 'ready' && known.begins === null && known.rehearsal.current ? known.rehearsal : null;
  const isGiven = rehearsal !== null && given === rehearsal.id;
  return {
    rehearsal,
    isGiven,
    isMissing: rehearsal !== null && missing === rehearsal.id && !isGiven,
    box,
    give: (on) => setGiven(on && rehearsal !== null ? rehearsal.id : null),
    demand: () => {
      if (rehearsal === null) {
        return null;
      }
      if (rehearsal.acknowledge && !isGiven) {
        setMissing(rehearsal.id);
        box.current?.focus();
        return null;
      }
      return { acknowledged: rehearsal.acknowledge ? rehearsal.id : null };
    },
  };
}
