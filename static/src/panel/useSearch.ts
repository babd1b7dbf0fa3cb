import { useEffect, useState } from 'react';
import type { Trouble } from '../api/door.ts';

/** How long typing has to rest before Jira is asked, in milliseconds. */
const REST_MS = 250;

/** What a search has come to. */
export type Search<T> =
  | { phase: 'idle' }
  | { phase: 'searching' }
  | { phase: 'found'; found: readonly T[] }
  | { phase: 'failed'; trouble: Trouble };

/**
 * Searches while somebody types, once typing rests. `find` must stay the same function from one drawing to the next;
 * `attempt` asks once more for the same query.
 */
export function useSearch<T>(query: string, find: (query: string) => Promise<readonly T[] | { trouble: Trouble }>, attempt = 0): Search<T> {
  const [search, setSearch] = useState<Search<T>>({ phase: 'idle' });
  useEffect(() => {
    if (query === '') {
      setSearch({ phase: 'idle' });
      return undefined;
    }
    // An answer to what was typed before is of no interest any more.
    let wanted = true;
    setSearch({ phase: 'searching' });
    const timer = setTimeout(async () => {
      const found = await find(query);
      if (wanted) {
        setSearch('trouble' in found ? { phase: 'failed', trouble: found.trouble } : { phase: 'found', found });
      }
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [find, query, attempt]);
  return search;
}
