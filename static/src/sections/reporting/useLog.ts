import { useCallback } from 'react';
import type { Run } from '../../api/generated/api.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { useReading, type Page, type Reading } from '../../panel/useReading.ts';
import { logHead, logLine } from './log.ts';

/** What is read of a run. */
export interface ReadLog {
  readonly head: string;
  readonly lines: string;
  readonly items: number;
  /** How many items there are, as far as the run goes. */
  readonly of: number;
  /** Which part comes next. */
  readonly part: number;
  /** Whether the run still goes on. */
  readonly isRunning: boolean;
}

const NOTHING: ReadLog = { head: '', lines: '', items: 0, of: 0, part: 0, isRunning: false };

/** Reads every part of a run, one after the other. */
export function useLog({ id }: Run): { reading: Reading<ReadLog>; goOn: () => void } {
  const { ask } = usePanel();
  const read = useCallback(
    async (kept: ReadLog): Promise<Page<ReadLog>> => {
      const answer = await ask({ type: 'run', id, part: kept.part });
      if ('trouble' in answer) {
        return answer;
      }
      const { run, items, next } = answer.reply;
      return {
        kept: {
          head: logHead(run),
          lines: kept.lines + items.map(logLine).join(''),
          items: kept.items + items.length,
          of: run.items,
          part: next ?? kept.part,
          isRunning: run.outcome === 'running',
        },
        more: next !== null,
      };
    },
    [ask, id],
  );
  return useReading(NOTHING, read);
}
