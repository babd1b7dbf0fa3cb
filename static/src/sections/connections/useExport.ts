import { useCallback } from 'react';
import { refusesCursor } from '../../panel/PagedList.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { useReading, type Page, type Reading } from '../../panel/useReading.ts';
import { header, personLine } from './csv.ts';
import { pageOf, type Choice } from './PeopleList.ts';

/** How often the list is read from its beginning because storage takes the cursor of a page no more. */
const RESTARTS = 2;

/** What is read of the list. */
export interface ReadPeople {
  readonly csv: string;
  readonly rows: number;
  /** Where the next page begins. */
  readonly cursor: string | null;
  readonly restarts: number;
}

const NOTHING: ReadPeople = { csv: header(), rows: 0, cursor: null, restarts: 0 };

/** Reads every page of `choice`, one after the other. */
export function useExport(choice: Choice): { reading: Reading<ReadPeople>; goOn: () => void } {
  const { ask } = usePanel();
  const read = useCallback(
    async (kept: ReadPeople): Promise<Page<ReadPeople>> => {
      const answer = await ask({ type: 'connections', page: pageOf(choice, kept.cursor) });
      if ('reply' in answer) {
        const { rows, next } = answer.reply.connections;
        const csv = kept.csv + rows.map(personLine).join('');
        return { kept: { ...kept, csv, rows: kept.rows + rows.length, cursor: next }, more: next !== null };
      }
      if (!refusesCursor(answer.trouble) || kept.cursor === null) {
        return answer;
      }
      // What was read is read again, so that nobody is listed twice or left out. Where that does not help, a person decides.
      return kept.restarts < RESTARTS
        ? { kept: { ...NOTHING, restarts: kept.restarts + 1 }, more: true }
        : { ...answer, kept: { ...kept, restarts: 0 } };
    },
    [ask, choice],
  );
  return useReading(NOTHING, read);
}
