import type { ReactNode } from 'react';
import type { StepView } from '../api/generated/api.ts';
import { step as stepName, stepState } from '../messages.ts';
import { Sign } from '../Sign.tsx';
import styles from './Steps.module.css';

/** The steps that the app takes, each with how far it is. */
export function Steps({ steps }: { steps: readonly StepView[] }): ReactNode {
  return (
    <ol className={styles.steps}>
      {steps.map(({ step, state }) => (
        <li key={step} className={styles.step} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span className={styles.sign}>
            <Sign is={state} label="" />
          </span>
          <span>{stepName(step)}</span>
          <span className={styles.state}>{stepState(state)}</span>
        </li>
      ))}
    </ol>
  );
}
