import { useEffect, useRef, useState } from 'react';
import type { Trouble } from '../../api/door.ts';
import { passing, pause } from '../../panel/next.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { header, personLine } from './csv.ts';
import { pageOf, refusesCursor, type Choice } from './PeopleList.ts';

/** How often a page is asked for again by itself before a person is told. */
const TRIES = 3;

/** How far an export is. */
export type Exporting =
  | { phase: 'reading'; rows: number }
  /** It stopped; what was read is kept. */
  | { phase: 'stopped'; rows: number; trouble: Trouble }
  | { phase: 'done'; rows: number; csv: string };

/** Reads every page of `choice`, one after the other, until it is done or nobody looks any more. */
export function useExport(choice: Choice): { exporting: Exporting; goOn: () => void } {
  const { ask } = usePanel();
  const [exporting, setExporting] = useState<Exporting>({ phase: 'reading', rows: 0 });
  const [attempt, setAttempt] = useState(0);
  const kept = useRef({ parts: [header()], cursor: null as string | null, rows: 0 });

  useEffect(() => {
    let wanted = true;
    const read = async () => {
      let failures = 0;
      for (;;) {
        const answer = await ask({ type: 'connections', page: pageOf(choice, kept.current.cursor) });
        if (!wanted) {
          return;
        }
        const { rows } = kept.current;
        if ('trouble' in answer) {
          failures += 1;
          if (refusesCursor(answer.trouble) && kept.current.cursor !== null && failures < TRIES) {
            // Storage takes the cursor no more: what was read is read again, so that nobody is listed twice or left out.
            kept.current = { parts: [header()], cursor: null, rows: 0 };
            setExporting({ phase: 'reading', rows: 0 });
            continue;
          }
          if (failures >= TRIES || !passing(answer.trouble)) {
            setExporting({ phase: 'stopped', rows, trouble: answer.trouble });
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, pause(failures, answer.trouble)));
          continue;
        }
        failures = 0;
        const { connections } = answer.reply;
        kept.current.parts.push(connections.rows.map(personLine).join(''));
        kept.current.cursor = connections.next;
        kept.current.rows = rows + connections.rows.length;
        if (connections.next === null) {
          setExporting({ phase: 'done', rows: kept.current.rows, csv: kept.current.parts.join('') });
          return;
        }
        setExporting({ phase: 'reading', rows: kept.current.rows });
      }
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [ask, choice, attempt]);

  return {
    exporting,
    goOn: () => {
      setExporting({ phase: 'reading', rows: kept.current.rows });
      setAttempt(attempt + 1);
    },
  };
}
