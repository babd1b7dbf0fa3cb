import ProgressTracker from '@atlaskit/progress-tracker/progress-tracker';
import type { ReactNode } from 'react';
import type { StageView } from '../api/generated/api.ts';
import { dialog as words } from '../messages.ts';
import styles from './Tracker.module.css';

/** Which of the dialog's four steps is shown, counted from nought. */
export function stepOf(at: 'choose' | 'explain' | 'follow', stage: StageView | null): number {
  switch (at) {
    case 'choose':
      return 0;
    case 'explain':
      return 1;
    case 'follow':
      return stage === null || carriedOut(stage) ? 3 : 2;
  }
}

function carriedOut(stage: StageView): boolean {
  switch (stage.type) {
    case 'awaitingConsent':
    case 'handedOff':
    case 'verifying':
    case 'interrupted':
    case 'allowedByOther':
    case 'denied':
    case 'expired':
      return false;
    case 'allowed':
    case 'scheduled':
    case 'working':
    case 'undoing':
    case 'ended':
      return true;
  }
}

/** The dialog's steps: a tracker where there is room, else a line. A change that waits for its time is not done. */
export function Tracker({ step, isScheduled }: { step: number; isScheduled: boolean }): ReactNode {
  const steps = [...words.steps, isScheduled ? words.scheduled : words.done];
  const items = steps.map((label, i) => ({
    id: String(i),
    label,
    noLink: true,
    percentageComplete: i < step ? 100 : 0,
    status: i < step ? ('visited' as const) : i === step ? ('current' as const) : ('unvisited' as const),
  }));
  return (
    <div className={styles.place}>
      <div className={styles.tracker}>
        <ProgressTracker items={items} spacing="compact" animated={false} label={words.progress} />
      </div>
      <p className={styles.line}>{words.step(step + 1, steps.length, steps[step] ?? '')}</p>
    </div>
  );
}
