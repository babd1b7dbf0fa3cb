import { useId, useState, type ReactNode } from 'react';
import { history as words, type Told } from '../../messages.ts';
import { Say, type Phrase } from '../../phrase.tsx';
import styles from './History.module.css';
import { ReceiptDetails } from './ReceiptDetails.tsx';

/** Who began a change, and its receipt, which opens on the spot. */
export function HistoryReceipt({ begunBy, receipt, told }: { begunBy: Phrase; receipt: number | null; told: Told }): ReactNode {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <p className={styles.detail}>
        <Say phrase={begunBy} />
        {receipt !== null && (
          <>
            {' '}
            ·{' '}
            <button type="button" className={styles.receipt} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
              {words.receipt(receipt)}
            </button>
          </>
        )}
      </p>
      {receipt !== null && <div id={id}>{open && <ReceiptDetails number={receipt} told={told} />}</div>}
    </>
  );
}
