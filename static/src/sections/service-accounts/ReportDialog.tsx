import Button from '@atlaskit/button/default/button';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Link, Timestamp } from '../../api/generated/api.ts';
import { FileDialog } from '../../FileDialog.tsx';
import { report as words, VERIFY, type Told } from '../../messages.ts';
import { useAsking } from '../../panel/useAsking.ts';
import { ReportFile } from '../../ReportFile.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';

/** Has a report made, once, and offers it. */
export default function ReportDialog({ told, onMade, onClose }: { told: Told; onMade: () => void; onClose: () => void }): ReactNode {
  const { ask, trouble } = useAsking();
  const [made, setMade] = useState<{ links: readonly Link[]; seal: string; now: Timestamp } | null>(null);
  const begun = useRef(false);

  const make = async () => {
    const reply = await ask({ type: 'reportRegister' });
    if (reply !== null) {
      setMade(reply);
      // The list of reports names it from now on.
      onMade();
    }
  };
  useEffect(() => {
    if (!begun.current) {
      begun.current = true;
      void make();
    }
  });

  return (
    <FileDialog title={words.title} close={words.close} onClose={onClose}>
      {made === null && trouble === null && <p role="status">{words.making}</p>}
      {trouble !== null && (
        <>
          <TroubleNotice trouble={trouble} told={told} />
          <Button onClick={() => void make()}>{words.tryAgain}</Button>
        </>
      )}
      {made !== null && (
        <>
          <ReportFile report={{ format: 'integration-plus/register/1', exportedAt: made.now, accounts: made.links, seal: made.seal }} of="service-accounts" says={words.done(made.links.length)} />
          <p>
            {words.how} <code>{VERIFY}</code>
          </p>
        </>
      )}
    </FileDialog>
  );
}
