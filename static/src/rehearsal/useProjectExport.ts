import { useCallback } from 'react';
import type { Rehearsal } from '../api/generated/api.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { useReading, type Page, type Reading } from '../panel/useReading.ts';
import { projectHeader, projectLine } from './projectLines.ts';

/** What is read of a rehearsal's projects. */
export interface ReadProjects {
  readonly csv: string;
  readonly rows: number;
  /** Which part is next. */
  readonly part: number;
  /** Whether another rehearsal took the place of this one. */
  readonly gone: boolean;
}

const NOTHING: ReadProjects = { csv: projectHeader(), rows: 0, part: 0, gone: false };

/** Reads every project of a rehearsal, part by part. */
export function useProjectExport({ id, account: { accountId }, against, losses }: Rehearsal): { reading: Reading<ReadProjects>; goOn: () => void } {
  const { ask } = usePanel();
  const isCompared = against !== null;
  const read = useCallback(
    async (kept: ReadProjects): Promise<Page<ReadProjects>> => {
      const answer = await ask({ type: 'rehearsedProjects', account: accountId, part: kept.part });
      if ('trouble' in answer) {
        return answer;
      }
      const { reply } = answer;
      if (reply.type === 'rehearsal' || reply.id !== id) {
        return { kept: { ...kept, gone: true }, more: false };
      }
      const { projects, next } = reply;
      const csv = kept.csv + projects.map((project) => projectLine(project, losses.find((loss) => loss.project.key === project.key), isCompared)).join('');
      return { kept: { ...kept, csv, rows: kept.rows + projects.length, part: next ?? kept.part }, more: next !== null };
    },
    [ask, id, accountId, isCompared, losses],
  );
  return useReading(NOTHING, read);
}
