import { useEffect, useState, type ReactNode } from 'react';
import type { Receipt } from '../../api/generated/api.ts';
import { receipts as words, receiptTells, type Told } from '../../messages.ts';
import { useAsking } from '../../panel/useAsking.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './ReceiptDetails.module.css';

/** What one receipt tells of what was known before the change. */
export function ReceiptDetails({ number, told }: { number: number; told: Told }): ReactNode {
  const { ask, trouble } = useAsking();
  const [receipt, setReceipt] = useState<Receipt | null | undefined>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    void ask({ type: 'receipts', from: number }).then((reply) => {
      if (reply !== null) {
        setReceipt(reply.receipts.find((one) => one.number === number) ?? null);
      }
    });
  }, [ask, number, attempt]);
  if (trouble !== null) {
    return <TroubleNotice trouble={trouble} told={told} headingLevel="h3" onRetry={() => setAttempt(attempt + 1)} />;
  }
  return (
    <div role="status" className={styles.tells}>
      {receipt === undefined && <p>{words.reading}</p>}
      {receipt === null && <p>{words.missing}</p>}
      {receipt != null && receiptTells(receipt, told).map((sentence, i) => <p key={i}>{sentence}</p>)}
    </div>
  );
}
