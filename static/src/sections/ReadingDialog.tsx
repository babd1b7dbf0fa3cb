import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { FileDialog } from '../FileDialog.tsx';
import type { Told } from '../messages.ts';
import type { Reading } from '../panel/useReading.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import styles from './ReadingDialog.module.css';

/** Reads part by part what goes into a file, tells how far it is, and then offers the file. */
export function ReadingDialog({
  words,
  reading,
  progress,
  read,
  of,
  told,
  onGoOn,
  onClose,
  children,
}: {
  words: { readonly title: string; readonly slow: string; readonly kept: string; readonly goOn: string; readonly cancel: string; readonly close: string };
  reading: Reading<unknown>;
  /** How far it is, in words. */
  progress: string;
  /** How much is read. */
  read: number;
  /** How much there is; absent where that is not known. */
  of: number | null;
  told: Told;
  onGoOn: () => void;
  onClose: () => void;
  /** The file. */
  children: ReactNode;
}): ReactNode {
  return (
    <FileDialog
      title={words.title}
      close={reading.phase === 'done' ? words.close : words.cancel}
      controls={
        reading.phase === 'stopped' && (
          <Button appearance="primary" onClick={onGoOn}>
            {words.goOn}
          </Button>
        )
      }
      onClose={onClose}
    >
      {reading.phase !== 'done' && (
        <>
          <p role="status">{progress}</p>
          <progress className={styles.bar} aria-label={words.title} {...(of !== null && { max: Math.max(1, of), value: Math.min(read, of) })} />
          <p className={styles.hint}>{words.slow}</p>
        </>
      )}
      {reading.phase === 'stopped' && reading.trouble !== null && (
        <>
          <TroubleNotice trouble={reading.trouble} told={told} />
          <p>{words.kept}</p>
        </>
      )}
      {reading.phase === 'done' && children}
    </FileDialog>
  );
}
