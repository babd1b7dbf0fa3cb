import { useCallback, useEffect, useRef, useState } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { Receipt, Timestamp } from '../../api/generated/api.ts';
import { passing, pause } from '../../panel/next.ts';
import { usePanel } from '../../panel/PanelContext.tsx';

/** How often a page is asked for again by itself before a person is told. */
const TRIES = 3;

/** How far the reading is. */
export type ReadingReceipts =
  | { phase: 'reading'; read: number }
  /** It stopped, by hand where there is no trouble; what was read is kept. */
  | { phase: 'stopped'; read: number; trouble: Trouble | null }
  | { phase: 'done'; receipts: readonly Receipt[]; seal: string; at: Timestamp };

/** Reads every receipt, page by page, until it is done, is stopped, or nobody looks any more. */
export function useReceipts(): { reading: ReadingReceipts; stop: () => void; goOn: () => void } {
  const { ask } = usePanel();
  const [reading, setReading] = useState<ReadingReceipts>({ phase: 'reading', read: 0 });
  const [attempt, setAttempt] = useState(0);
  const kept = useRef<Receipt[]>([]);
  /** Rises when a reading is not wanted any more. */
  const epoch = useRef(0);

  useEffect(() => {
    epoch.current += 1;
    const mine = epoch.current;
    const read = async () => {
      let failures = 0;
      for (;;) {
        const answer = await ask({ type: 'receipts', from: kept.current.length + 1 });
        if (mine !== epoch.current) {
          return;
        }
        if ('trouble' in answer) {
          failures += 1;
          if (failures >= TRIES || !passing(answer.trouble)) {
            setReading({ phase: 'stopped', read: kept.current.length, trouble: answer.trouble });
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, pause(failures, answer.trouble)));
          if (mine !== epoch.current) {
            return;
          }
          continue;
        }
        failures = 0;
        const { receipts, next, seal, now } = answer.reply;
        kept.current = [...kept.current, ...receipts];
        if (next === null) {
          setReading({ phase: 'done', receipts: kept.current, seal, at: now });
          return;
        }
        setReading({ phase: 'reading', read: kept.current.length });
      }
    };
    void read();
    return () => {
      epoch.current += 1;
    };
  }, [ask, attempt]);

  return {
    reading,
    stop: useCallback(() => {
      epoch.current += 1;
      setReading({ phase: 'stopped', read: kept.current.length, trouble: null });
    }, []),
    goOn: () => {
      setReading({ phase: 'reading', read: kept.current.length });
      setAttempt(attempt + 1);
    },
  };
}
