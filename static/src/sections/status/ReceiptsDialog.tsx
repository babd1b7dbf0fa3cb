import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { FileDialog } from '../../FileDialog.tsx';
import { receipts as words, report, VERIFY, type Told } from '../../messages.ts';
import { ReportFile } from '../../ReportFile.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useReceipts } from './useReceipts.ts';

/** Reads every receipt, then offers the file. */
export default function ReceiptsDialog({ told, onClose }: { told: Told; onClose: () => void }): ReactNode {
  const { reading, stop, goOn } = useReceipts();
  return (
    <FileDialog
      title={words.title}
      close={words.close}
      controls={
        <>
          {reading.phase === 'reading' && <Button onClick={stop}>{words.stop}</Button>}
          {reading.phase === 'stopped' && (
            <Button appearance="primary" onClick={goOn}>
              {words.goOn}
            </Button>
          )}
        </>
      }
      onClose={onClose}
    >
      {reading.phase !== 'done' && (
        <>
          <p role="status">{words.progress(reading.kept.receipts.length)}</p>
          <p>{reading.phase === 'reading' ? words.slow : reading.trouble === null ? `${words.stoppedByYou} ${words.kept}` : words.kept}</p>
        </>
      )}
      {reading.phase === 'stopped' && reading.trouble !== null && <TroubleNotice trouble={reading.trouble} told={told} />}
      {reading.phase === 'done' && (
        <>
          <ReportFile
            report={{ format: 'integration-plus/receipts/1', exportedAt: reading.kept.at, receipts: reading.kept.receipts, seal: reading.kept.seal }}
            of="receipts"
            says={words.done(reading.kept.receipts.length)}
          />
          <p>
            {report.how} <code>{VERIFY}</code>
          </p>
        </>
      )}
    </FileDialog>
  );
}
