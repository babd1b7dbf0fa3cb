import { useMemo, type ReactNode } from 'react';
import type { Link, Receipt, Timestamp } from './api/generated/api.ts';
import { report as words } from './messages.ts';
import { SavedFile } from './SavedFile.tsx';

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
  const exportedAt = new Date(report.exportedAt).toISOString();
  // A page that reckons ages anew must not make the file anew: the link would change under the pointer.
  const { seal } = report;
  const json = useMemo(() => `${JSON.stringify({ ...report, exportedAt }, null, 2)}\n`, [seal, exportedAt]);
  return (
    <>
      <SavedFile text={json} type="application/json" name={`integration-plus-${of}-${exportedAt.slice(0, 10)}.json`} says={says} words={words} />
      <p>
        {words.seal}: <code>{seal === '' ? words.noSeal : seal}</code>. {words.sealWhy}
      </p>
    </>
  );
}
