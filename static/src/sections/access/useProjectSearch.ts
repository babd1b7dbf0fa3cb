import { useCallback } from 'react';
import type { NamedProject } from '../../api/generated/api.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { useSearch, type Search } from '../../panel/useSearch.ts';

/** Searches projects by name or key while somebody types. */
export function useProjectSearch(query: string): Search<NamedProject> {
  const { ask } = usePanel();
  const find = useCallback(
    async (text: string) => {
      const answer = await ask({ type: 'findProjects', query: text });
      return 'reply' in answer ? answer.reply.projects : answer;
    },
    [ask],
  );
  return useSearch(query, find);
}
