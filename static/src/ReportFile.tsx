import Button from '@atlaskit/button/default/button';
import { useEffect, useId, useMemo, useState, type ReactNode } from 'react';
import type { Link, Receipt, Timestamp } from './api/generated/api.ts';
import { copyText } from './change/copyText.ts';
import styles from './CsvFile.module.css';
import { report as words } from './messages.ts';

/** A sealed report, as `cargo xtask verify-report` reads it. */
export type Report =
  | { format: 'integration-plus/register/1'; exportedAt: Timestamp; accounts: readonly Link[]; seal: string }
  | { format: 'integration-plus/receipts/1'; exportedAt: Timestamp; receipts: readonly Receipt[]; seal: string };

/** The file of a report, to be saved with a click, and its seal, to be compared. */
export function ReportFile({
  report,
  of,
  says,
}: {
  report: Report;
  /** What it lists, in the name of the file. */
  of: 'service-accounts' | 'receipts';
  /** What is said above it. */
  says: string;
}): ReactNode {
  const id = useId();
  const [address, setAddress] = useState<string>();
  const [copied, setCopied] = useState<boolean | null>(null);
  const exportedAt = new Date(report.exportedAt).toISOString();
  // A page that reckons ages anew must not make the file anew: the link would change under the pointer.
  const { seal } = report;
  const json = useMemo(() => `${JSON.stringify({ ...report, exportedAt }, null, 2)}\n`, [seal, exportedAt]);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [json]);
  return (
    <>
      <p role="status">{says}</p>
      <div className={styles.controls}>
        <a className={styles.download} href={address} download={`integration-plus-${of}-${exportedAt.slice(0, 10)}.json`}>
          {words.download}
        </a>
        <Button onClick={() => void copyText(json).then(setCopied)}>{words.copy}</Button>
      </div>
      <p role="status" id={id} className={styles.copied}>
        {copied === null ? '' : copied ? words.copied : words.notCopied}
      </p>
      {copied === false && (
        <textarea
          className={styles.text}
          readOnly
          rows={6}
          value={json}
          aria-label={words.text}
          aria-describedby={id}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
      <p>
        {words.seal}: <code>{seal === '' ? words.noSeal : seal}</code>. {words.sealWhy}
      </p>
    </>
  );
}
