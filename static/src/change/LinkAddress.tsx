import Button from '@atlaskit/button/default/button';
import Textfield from '@atlaskit/textfield/text-field';
import { useId, useState, type ReactNode } from 'react';
import { handOff as words } from '../messages.ts';
import styles from './AllowInJira.module.css';
import { copyText } from './copyText.ts';

/** A hand-off link, the one time that it is shown. */
export function LinkAddress({ url }: { url: string }): ReactNode {
  const id = useId();
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <div className={styles.address}>
      <Textfield isReadOnly value={url} aria-label={words.link} aria-describedby={id} onFocus={(event) => event.currentTarget.select()} />
      <p id={id} className={styles.waiting}>
        {words.once}
      </p>
      <div className={styles.controls}>
        <Button appearance="primary" onClick={() => void copyText(url).then(setCopied)}>
          {words.copy}
        </Button>
      </div>
      <p role="status" className={styles.copied}>
        {copied === null ? '' : copied ? words.copied : words.notCopied}
      </p>
    </div>
  );
}
