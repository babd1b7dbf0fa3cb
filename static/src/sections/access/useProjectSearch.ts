import { useEffect, useState } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { NamedProject } from '../../api/generated/api.ts';
import { usePanel } from '../../panel/PanelContext.tsx';

/** How long typing has to rest before Jira is asked, in milliseconds. */
const REST_MS = 250;

/** What a search has come to. */
export type ProjectSearch =
  | { phase: 'idle' }
  | { phase: 'searching' }
  | { phase: 'found'; projects: readonly NamedProject[] }
  | { phase: 'failed'; trouble: Trouble };

/** Searches projects by name or key while somebody types. */
export function useProjectSearch(query: string): ProjectSearch {
  const panel = usePanel();
  const [search, setSearch] = useState<ProjectSearch>({ phase: 'idle' });
  useEffect(() => {
    if (query === '') {
      setSearch({ phase: 'idle' });
      return undefined;
    }
    // An answer to what was typed before is of no interest any more.
    let wanted = true;
    setSearch({ phase: 'searching' });
    const timer = setTimeout(async () => {
      const answer = await panel.ask({ type: 'findProjects', query });
      if (wanted) {
        setSearch('reply' in answer ? { phase: 'found', projects: answer.reply.projects } : { phase: 'failed', trouble: answer.trouble });
      }
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [panel, query]);
  return search;
}
