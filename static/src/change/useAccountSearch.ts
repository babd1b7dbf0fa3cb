import { useEffect, useState } from 'react';
import type { Trouble } from '../api/door.ts';
import type { Candidate } from '../api/generated/api.ts';
import { usePanel } from '../panel/PanelContext.tsx';

/** How long typing has to rest before Jira is asked, in milliseconds. */
const REST_MS = 250;

/** What a search has come to. */
export type Search =
  | { phase: 'idle' }
  | { phase: 'searching' }
  | { phase: 'found'; candidates: readonly Candidate[] }
  | { phase: 'failed'; trouble: Trouble };

/** Searches people by name or email address while somebody types. `attempt` asks once more for the same query. */
export function useAccountSearch(query: string, attempt: number): Search {
  const panel = usePanel();
  const [search, setSearch] = useState<Search>({ phase: 'idle' });
  useEffect(() => {
    if (query === '') {
      setSearch({ phase: 'idle' });
      return undefined;
    }
    // An answer to what was typed before is of no interest any more.
    let wanted = true;
    setSearch({ phase: 'searching' });
    const timer = setTimeout(async () => {
      const answer = await panel.ask({ type: 'findAccounts', query });
      if (wanted) {
        setSearch(
          'reply' in answer
            ? { phase: 'found', candidates: answer.reply.accounts }
            : { phase: 'failed', trouble: answer.trouble },
        );
      }
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [panel, query, attempt]);
  return search;
}
