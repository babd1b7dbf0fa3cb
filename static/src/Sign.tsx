import CircleIcon from '@atlaskit/icon/core/check-circle-unchecked';
import ClockIcon from '@atlaskit/icon/core/clock';
import MinusIcon from '@atlaskit/icon/core/minus';
import QuestionIcon from '@atlaskit/icon/core/question-circle';
import ErrorIcon from '@atlaskit/icon/core/status-error';
import SuccessIcon from '@atlaskit/icon/core/status-success';
import type { ReactNode } from 'react';
import styles from './Sign.module.css';

/** What a sign can say. */
export type SignOf = 'passed' | 'failed' | 'unknown' | 'waiting' | 'current' | 'done' | 'skipped';

const SIGNS = {
  passed: SuccessIcon,
  done: SuccessIcon,
  failed: ErrorIcon,
  unknown: QuestionIcon,
  current: ClockIcon,
  waiting: CircleIcon,
  skipped: MinusIcon,
} satisfies Record<SignOf, unknown>;

/** A sign that differs in shape, not in colour alone. An empty label leaves it to the words beside it. */
export function Sign({ is, label }: { is: SignOf; label: string }): ReactNode {
  const Icon = SIGNS[is];
  return (
    <span className={styles.sign} data-is={is}>
      <Icon label={label} />
    </span>
  );
}
