import { useCallback, useEffect, useRef, useState } from 'react';
import type { Trouble } from '../../../api/door.ts';
import type { AccountId, JiraNumber, Repeat, Request, TrialView } from '../../../api/generated/api.ts';
import { passing, pause } from '../../../panel/next.ts';
import { usePanel } from '../../../panel/PanelContext.tsx';
import { setClock, type AppClock } from '../../../time.ts';

type TrialRequest = Extract<Request, { type: 'trial' | 'settleTrial' | 'testAccount' | 'handOffTest' | 'revokeTestLink' | 'deleteTestGrant' }>;

/** What is shown of an account's tests. */
export type KnownTrial =
  /** Nothing yet. */
  | { phase: 'asking' }
  /** Nothing, because the first request came to nothing. */
  | { phase: 'failed'; trouble: Trouble }
  | {
      phase: 'ready';
      trial: TrialView;
      clock: AppClock;
      /** What somebody has asked for, while it is not answered. */
      asked: Exclude<TrialRequest['type'], 'trial'> | null;
      /** The link for somebody else: the app tells it once. */
      link: string | null;
      /** Why the last request came to nothing. */
      stale: Trouble | null;
    };

export interface Trials {
  readonly known: KnownTrial;
  readonly retry: () => void;
  readonly begin: () => void;
  /** Makes a link for whoever can sign in as the account, in the place of the one before. */
  readonly handOff: () => void;
  /** Takes it back. */
  readonly revoke: () => void;
  /** Deletes the tokens that are held for tests. */
  readonly deleteTokens: () => void;
  /** Answers whether it is saved. */
  readonly settle: (project: JiraNumber | null, repeat: Repeat) => Promise<boolean>;
}

/** Reads an account's tests for as long as somebody looks, and carries the one under way on. */
export function useTrial(account: AccountId): Trials {
  const { ask } = usePanel();
  const [known, setKnown] = useState<KnownTrial>({ phase: 'asking' });
  /** Rises with each request: only the latest one's answer is shown. */
  const epoch = useRef(0);
  const timer = useRef<number | undefined>(undefined);
  const failures = useRef(0);

  const send = useCallback(
    async (request: TrialRequest): Promise<boolean> => {
      clearTimeout(timer.current);
      epoch.current += 1;
      const mine = epoch.current;
      const byHand = request.type === 'trial' ? null : request.type;
      setKnown((before) => (before.phase === 'ready' ? { ...before, asked: byHand, stale: byHand === null ? before.stale : null } : { phase: 'asking' }));
      const answer = await ask(request);
      if (mine !== epoch.current) {
        return false;
      }
      const after = (ms: number) => {
        timer.current = window.setTimeout(() => void send({ type: 'trial', account }), ms);
      };
      if ('reply' in answer) {
        const { reply } = answer;
        const { trial } = reply;
        failures.current = 0;
        setKnown((before) => {
          const had = before.phase === 'ready' && trial.link?.standing === 'open' ? before.link : null;
          const link = 'link' in reply ? reply.link : had;
          return { phase: 'ready', trial, clock: setClock(trial.now), asked: null, link, stale: null };
        });
        if (trial.pollAfterMs !== null) {
          after(trial.pollAfterMs);
        }
        return true;
      }
      const { trouble } = answer;
      failures.current += 1;
      setKnown((before) => (before.phase === 'ready' ? { ...before, asked: null, stale: trouble } : { phase: 'failed', trouble }));
      // What was being read goes on by itself where that may help; what somebody asked for is theirs to ask again.
      if (byHand === null && passing(trouble)) {
        after(pause(failures.current, trouble));
      }
      return false;
    },
    [ask, account],
  );

  const look = useCallback(() => void send({ type: 'trial', account }), [send, account]);
  useEffect(() => {
    look();
    return () => {
      epoch.current += 1;
      clearTimeout(timer.current);
    };
  }, [look]);

  return {
    known,
    retry: look,
    begin: useCallback(() => void send({ type: 'testAccount', account }), [send, account]),
    handOff: useCallback(() => void send({ type: 'handOffTest', account }), [send, account]),
    revoke: useCallback(() => void send({ type: 'revokeTestLink', account }), [send, account]),
    deleteTokens: useCallback(() => void send({ type: 'deleteTestGrant', account }), [send, account]),
    settle: useCallback((project, repeat) => send({ type: 'settleTrial', account, project, repeat }), [send, account]),
  };
}
