import type { ReactNode } from 'react';
import type { Run } from '../../api/generated/api.ts';
import { runLog as words, type Told } from '../../messages.ts';
import { SavedFile } from '../../SavedFile.tsx';
import { ReadingDialog } from '../ReadingDialog.tsx';
import { useLog } from './useLog.ts';

/** Reads every part of a run, then offers the file. */
export default function LogDialog({ run, told, onClose }: { run: Run; told: Told; onClose: () => void }): ReactNode {
  const { reading, goOn } = useLog(run);
  const { head, lines, items, of, isRunning } = reading.kept;
  return (
    <ReadingDialog words={words} reading={reading} progress={words.progress(items, of)} read={items} of={of === 0 ? null : of} told={told} onGoOn={goOn} onClose={onClose}>
      {isRunning && <p>{words.running}</p>}
      <SavedFile text={head + lines} type="text/plain" name={`integration-plus-run-${run.id}.txt`} says={words.done(items)} words={words} />
    </ReadingDialog>
  );
}
