import { router } from '@forge/bridge';
import { useState } from 'react';
import type { Trouble } from '../api/door.ts';
import { useAskingBy } from '../useAskingBy.ts';
import type { Mine, MyRequest } from './Mine.ts';

/** The person's own authorization, as a control of the page begins it. */
export interface BeginConsent {
  /** Begins it and opens Jira's page. One that was under way goes out of play. */
  readonly begin: () => Promise<void>;
  /** Whether a request is out. */
  readonly busy: boolean;
  /** Why it did not begin. */
  readonly trouble: Trouble | null;
  /** The address of Jira's page, because the browser did not open it. */
  readonly notOpened: string | null;
}

/** Begins the person's own authorization. */
export function useConsent(mine: Mine): BeginConsent {
  const { ask, asking, trouble } = useAskingBy<MyRequest>(mine.ask);
  const [notOpened, setNotOpened] = useState<string | null>(null);
  return {
    begin: async () => {
      setNotOpened(null);
      const reply = await ask({ type: 'authorize' });
      if (reply !== null) {
        router.open(reply.url).catch(() => setNotOpened(reply.url));
      }
    },
    busy: asking !== null,
    trouble,
    notOpened,
  };
}
