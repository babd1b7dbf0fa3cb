import WarningIcon from '@atlaskit/icon/core/status-warning';
import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import styles from './DueLine.module.css';

/** How much of something waits in the register of service accounts, and the way there. */
export function DueLine({
  words,
  count,
  onOpen,
}: {
  words: { readonly line: (count: number) => string; readonly open: string };
  count: number;
  onOpen: () => void;
}): ReactNode {
  return (
    <div className={styles.due}>
      <span className={styles.sign}>
        <WarningIcon label="" />
      </span>
      <p>{words.line(count)}</p>
      <Button spacing="compact" onClick={onOpen}>
        {words.open}
      </Button>
    </div>
  );
}
