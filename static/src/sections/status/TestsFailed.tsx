import WarningIcon from '@atlaskit/icon/core/status-warning';
import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { testsFailed as words } from '../../messages.ts';
import styles from './RegisterDue.module.css';

/** How many service accounts failed the latest test of their schedule, and the way there. */
export function TestsFailed({ count, onOpen }: { count: number; onOpen: () => void }): ReactNode {
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
