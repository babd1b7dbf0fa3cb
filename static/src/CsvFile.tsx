import type { ReactNode } from 'react';
import { BYTE_ORDER_MARK } from './csv.ts';
import { exporting as words, type Told } from './messages.ts';
import { SavedFile } from './SavedFile.tsx';

/** A list as a file of comma-separated values. */
export function CsvFile({
  csv,
  of,
  says,
  told,
}: {
  csv: string;
  /** What it lists, in the name of the file. */
  of: 'connections' | 'rehearsal' | 'service-accounts';
  /** What is said above it. */
  says: string;
  told: Told;
}): ReactNode {
  const day = new Date(told.now).toISOString().slice(0, 10);
  return (
    <SavedFile text={csv} before={BYTE_ORDER_MARK} type="text/csv;charset=utf-8" name={`integration-plus-${of}-${day}.csv`} says={says} words={words} />
  );
}
