import type { ReactNode } from 'react';
import type { EntryView } from '../../api/generated/api.ts';
import { CsvFile } from '../../CsvFile.tsx';
import { registerCsv as words, report, type Told } from '../../messages.ts';
import { FileDialog } from '../../FileDialog.tsx';
import { registerLines } from './csv.ts';

/** The whole register as a file for spreadsheets, whatever is filtered on the page. */
export default function CsvDialog({ title, entries, told, onClose }: { title: string; entries: readonly EntryView[]; told: Told; onClose: () => void }): ReactNode {
  return (
    <FileDialog title={title} close={report.close} onClose={onClose}>
      <CsvFile csv={registerLines(entries, told.now)} of="service-accounts" says={words.says(entries.length)} told={told} />
    </FileDialog>
  );
}
