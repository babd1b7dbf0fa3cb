import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import type { Run } from '../../api/generated/api.ts';
import { FileDialog } from '../../FileDialog.tsx';
import { runLog as words, type Told } from '../../messages.ts';
import { SavedFile } from '../../SavedFile.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './LogDialog.module.css';
import { useLog } from './useLog.ts';

/** Reads every part of a run, then offers the file. */
export default function LogDialog({ run, told, onClose }: { run: Run; told: Told; onClose: () => void }): ReactNode {
  const { reading, goOn } = useLog(run);
  const { head, lines, items, of, isRunning } = reading.kept;
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
          <p role="status">{words.progress(items, of)}</p>
          <progress className={styles.bar} aria-label={words.title} {...(of === 0 ? {} : { max: of, value: Math.min(items, of) })} />
          <p className={styles.hint}>{words.slow}</p>
        </>
      )}
      {reading.phase === 'stopped' && reading.trouble !== null && (
        <>
          <TroubleNotice trouble={reading.trouble} told={told} />
          <p>{words.kept}</p>
        </>
      )}
      {reading.phase === 'done' && (
        <>
          {isRunning && <p>{words.running}</p>}
          <SavedFile text={head + lines} type="text/plain" name={`integration-plus-run-${run.id}.txt`} says={words.done(items)} words={words} />
        </>
      )}
    </FileDialog>
  );
}
