import { useCallback } from 'react';
import type { Candidate } from '../api/generated/api.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { useSearch, type Search } from '../panel/useSearch.ts';

/** Searches people by name or email address while somebody types. `attempt` asks once more for the same query. */
export function useAccountSearch(query: string, attempt: number): Search<Candidate> {
  const { ask } = usePanel();
  const find = useCallback(
    async (text: string) => {
      const answer = await ask({ type: 'findAccounts', query: text });
      return 'reply' in answer ? answer.reply.accounts : answer;
    },
    [ask],
  );
  return useSearch(query, find, attempt);
}
