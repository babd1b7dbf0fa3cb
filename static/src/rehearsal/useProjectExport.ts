import { useEffect, useRef, useState } from 'react';
import type { Trouble } from '../api/door.ts';
import type { Rehearsal } from '../api/generated/api.ts';
import { passing, pause } from '../panel/next.ts';
import { usePanel } from '../panel/PanelContext.tsx';
import { projectHeader, projectLine } from './projectLines.ts';

/** How often a part is asked for again by itself before a person is told. */
const TRIES = 3;

/** How far an export is. */
export type ExportingProjects =
  | { phase: 'reading'; rows: number }
  /** It stopped; what was read is kept. */
  | { phase: 'stopped'; rows: number; trouble: Trouble }
  /** Another rehearsal took the place of this one. */
  | { phase: 'gone' }
  | { phase: 'done'; rows: number; csv: string };

/** Reads every project of a rehearsal, part by part, until it is done or nobody looks any more. */
export function useProjectExport({ id, account: { accountId } }: Rehearsal): { exporting: ExportingProjects; goOn: () => void } {
  const { ask } = usePanel();
  const [exporting, setExporting] = useState<ExportingProjects>({ phase: 'reading', rows: 0 });
  const [attempt, setAttempt] = useState(0);
  const kept = useRef({ lines: [projectHeader()], part: 0, rows: 0 });

  useEffect(() => {
    let wanted = true;
    const read = async () => {
      let failures = 0;
      for (;;) {
        const answer = await ask({ type: 'rehearsedProjects', account: accountId, part: kept.current.part });
        if (!wanted) {
          return;
        }
        const { rows } = kept.current;
        if ('trouble' in answer) {
          failures += 1;
          if (failures >= TRIES || !passing(answer.trouble)) {
            setExporting({ phase: 'stopped', rows, trouble: answer.trouble });
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, pause(failures, answer.trouble)));
          continue;
        }
        failures = 0;
        const { reply } = answer;
        if (reply.type === 'rehearsal' || reply.id !== id) {
          setExporting({ phase: 'gone' });
          return;
        }
        kept.current.lines.push(reply.projects.map(projectLine).join(''));
        kept.current.rows = rows + reply.projects.length;
        if (reply.next === null) {
          setExporting({ phase: 'done', rows: kept.current.rows, csv: kept.current.lines.join('') });
          return;
        }
        kept.current.part = reply.next;
        setExporting({ phase: 'reading', rows: kept.current.rows });
      }
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [ask, id, accountId, attempt]);

  return {
    exporting,
    goOn: () => {
      setExporting({ phase: 'reading', rows: kept.current.rows });
      setAttempt(attempt + 1);
    },
  };
}
