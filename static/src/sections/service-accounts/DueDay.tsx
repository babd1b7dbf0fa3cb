import WarningIcon from '@atlaskit/icon/core/status-warning';
import type { ReactNode } from 'react';
import type { Timestamp } from '../../api/generated/api.ts';
import { register as words, wholeDay, type Told } from '../../messages.ts';
import styles from './DueDay.module.css';
import { dayText } from './draft.ts';
import { isDue } from './due.ts';

/** A day on which something is to be done; where it has come, a sign and words say so. */
export function DueDay({ on, told }: { on: Timestamp; told: Told }): ReactNode {
  const day = <time dateTime={dayText(on)}>{isDue(on, told.now) ? words.dueSince(wholeDay(on, told)) : wholeDay(on, told)}</time>;
  return isDue(on, told.now) ? (
    <span className={styles.due}>
      <span className={styles.sign}>
        <WarningIcon label="" size="small" />
      </span>
      {day}
    </span>
  ) : (
    day
  );
}
