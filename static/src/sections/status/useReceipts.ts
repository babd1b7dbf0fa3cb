import { useCallback } from 'react';
import type { Receipt, Timestamp } from '../../api/generated/api.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { useReading, type Page } from '../../panel/useReading.ts';

/** What is read of the receipts. */
export interface ReadReceipts {
  readonly receipts: readonly Receipt[];
  /** The seal of the latest of all, and when it was so. */
  readonly seal: string;
  readonly at: Timestamp;
}

const NOTHING: ReadReceipts = { receipts: [], seal: '', at: 0 };

/** Reads every receipt, page by page. */
export function useReceipts(): ReturnType<typeof useReading<ReadReceipts>> {
  const { ask } = usePanel();
  const read = useCallback(
    async (kept: ReadReceipts): Promise<Page<ReadReceipts>> => {
      const answer = await ask({ type: 'receipts', from: kept.receipts.length + 1 });
      if ('trouble' in answer) {
        return answer;
      }
      const { receipts, next, seal, now } = answer.reply;
      return { kept: { receipts: [...kept.receipts, ...receipts], seal, at: now }, more: next !== null };
    },
    [ask],
  );
  return useReading(NOTHING, read);
}
