import { useRef, useState, type RefObject } from 'react';
import type { Timestamp } from '../api/generated/api.ts';
import type { Told } from '../messages.ts';
import { planned, type Plan } from './Plan.ts';

/** A plan on its way to the app. */
export interface Demanded {
  /** What is wrong with it; nothing before somebody has gone on with it. */
  readonly problem: string | null;
  readonly field: RefObject<HTMLInputElement>;
  /** When to switch. Where the plan says nothing that can be, says so and leads there, and answers nothing. */
  readonly demand: () => { switchAt: Timestamp | null } | null;
}

/** Reads the plan when somebody goes on with it, and from then on as it is mended. */
export function usePlanned(plan: Plan, told: Told): Demanded {
  const field = useRef<HTMLInputElement>(null);
  const [tried, setTried] = useState(false);
  const now = planned(plan, told);
  return {
    problem: tried && 'problem' in now ? now.problem : null,
    field,
    demand: () => {
      setTried(true);
      if ('problem' in now) {
        field.current?.focus();
        return null;
      }
      return now;
    },
  };
}
