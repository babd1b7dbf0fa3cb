import Button from '@atlaskit/button/default/button';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { copyText } from './change/copyText.ts';
import { savedFile } from './messages.ts';
import styles from './SavedFile.module.css';

/** What is said of one kind of file. */
interface Words {
  /** Once it is copied, and where it goes then. */
  readonly copied: string;
  /** Names the text, where it is shown to be copied by hand. */
  readonly text: string;
}

/**
 * A file, to be saved with a click or copied: Forge's frame may start a download only right after a click, and what is in
 * the file took longer than that to be read.
 */
export function SavedFile({
  text,
  before = '',
  type,
  name,
  says,
  words,
}: {
  text: string;
  /** What stands before the text in the file, and not where it is copied. */
  before?: string;
  /** The media type. */
  type: string;
  /** The name of the file. */
  name: string;
  /** What is said above it. */
  says: string;
  words: Words;
}): ReactNode {
  const id = useId();
  const [address, setAddress] = useState<string>();
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([before, text], { type }));
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [before, text, type]);
  return (
    <>
      <p role="status">{says}</p>
      <div className={styles.controls}>
        <a className={styles.download} href={address} download={name}>
          {savedFile.download}
        </a>
        <Button onClick={() => void copyText(text).then(setCopied)}>{savedFile.copy}</Button>
      </div>
      <p role="status" id={id} className={styles.copied}>
        {copied === null ? '' : copied ? words.copied : savedFile.notCopied}
      </p>
      {copied === false && (
        <textarea
          className={styles.text}
          readOnly
          rows={6}
          value={text}
          aria-label={words.text}
          aria-describedby={id}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}
