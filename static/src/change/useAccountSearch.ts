import { useCallback } from 'react';
import type { Candidate, CloudId } from '../api/generated/api.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { useSearch, type Search } from '../panel/useSearch.ts';

/** Searches people of this site, or of another, by name or email address while somebody types. `attempt` asks once more for the same query. */
export function useAccountSearch(query: string, attempt: number, site: CloudId | null): Search<Candidate> {
  const { ask } = usePanel();
  const find = useCallback(
    async (text: string) => {
      const answer = await (site === null ? ask({ type: 'findAccounts', query: text }) : ask({ type: 'findPeopleThere', site, query: text }));
      return 'reply' in answer ? answer.reply.accounts : answer;
    },
    [ask, site],
  );
  return useSearch(query, find, attempt);
}
