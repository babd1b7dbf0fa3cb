import type { ReactNode } from 'react';
import { CsvFile } from '../../CsvFile.tsx';
import { exporting as words, type Told } from '../../messages.ts';
import { ReadingDialog } from '../ReadingDialog.tsx';
import type { Choice } from './PeopleList.ts';
import { useExport } from './useExport.ts';

/** Reads every page of the list, then offers the file. */
export default function ExportDialog({
  choice,
  total,
  told,
  onClose,
}: {
  choice: Choice;
  /** How many rows there will be, if that is known. */
  total: number | null;
  told: Told;
  onClose: () => void;
}): ReactNode {
  const { reading, goOn } = useExport(choice);
  const { csv, rows } = reading.kept;
  return (
    <ReadingDialog words={words} reading={reading} progress={words.progress(rows, total)} read={rows} of={total} told={told} onGoOn={goOn} onClose={onClose}>
      <CsvFile csv={csv} of="connections" says={words.done(rows)} told={told} />
    </ReadingDialog>
  );
}
