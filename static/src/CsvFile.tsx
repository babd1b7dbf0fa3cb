import Button from '@atlaskit/button/default/button';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { copyText } from './change/copyText.ts';
import { BYTE_ORDER_MARK } from './csv.ts';
import styles from './CsvFile.module.css';
import { exporting as words, type Told } from './messages.ts';

/**
 * The file, to be saved with a click: Forge's frame may start a download only right after one, and reading the pages
 * took longer than that.
 */
export function CsvFile({
  csv,
  of,
  says,
  told,
}: {
  csv: string;
  /** What it lists, in the name of the file. */
  of: 'connections' | 'rehearsal' | 'service-accounts';
  /** What is said above it. */
  says: string;
  told: Told;
}): ReactNode {
  const id = useId();
  const [address, setAddress] = useState<string>();
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, csv], { type: 'text/csv;charset=utf-8' }));
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [csv]);
  return (
    <>
      <p role="status">{says}</p>
      <div className={styles.controls}>
        <a className={styles.download} href={address} download={`integration-plus-${of}-${day(told)}.csv`}>
          {words.download}
        </a>
        <Button onClick={() => void copyText(csv).then(setCopied)}>{words.copy}</Button>
      </div>
      <p role="status" id={id} className={styles.copied}>
        {copied === null ? '' : copied ? words.copied : words.notCopied}
      </p>
      {copied === false && (
        <textarea
          className={styles.text}
          readOnly
          rows={6}
          value={csv}
          aria-label={words.text}
          aria-describedby={id}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}

/** The day in the name of the file: `2026-08-24`. */
function day({ now }: Told): string {
  return new Date(now).toISOString().slice(0, 10);
}
