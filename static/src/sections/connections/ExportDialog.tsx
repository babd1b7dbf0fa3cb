import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { CsvFile } from '../../CsvFile.tsx';
import { FileDialog } from '../../FileDialog.tsx';
import { exporting as words, type Told } from '../../messages.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './ExportDialog.module.css';
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
    <FileDialog
      title={words.title}
      close={reading.phase === 'done' ? words.close : words.cancel}
      controls={
        reading.phase === 'stopped' && (
          <Button appearance="primary" onClick={goOn}>
            {words.goOn}
          </Button>
        )
      }
      onClose={onClose}
    >
      {reading.phase !== 'done' && (
        <>
          <p role="status">{words.progress(rows, total)}</p>
          <progress
            className={styles.bar}
            aria-label={words.title}
            {...(total === null ? {} : { max: Math.max(1, total), value: Math.min(rows, total) })}
          />
          <p className={styles.hint}>{words.slow}</p>
        </>
      )}
      {reading.phase === 'stopped' && reading.trouble !== null && (
        <>
          <TroubleNotice trouble={reading.trouble} told={told} />
          <p>{words.kept}</p>
        </>
      )}
      {reading.phase === 'done' && <CsvFile csv={csv} of="connections" says={words.done(rows)} told={told} />}
    </FileDialog>
  );
}
