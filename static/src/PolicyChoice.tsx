import { useId, type ReactNode } from 'react';
import type { ReauthorizationPolicy } from './api/generated/api.ts';
import { policy as words } from './messages.ts';
import styles from './Choice.module.css';

const POLICIES: readonly ReauthorizationPolicy[] = ['verifyFirst', 'everyone'];

/** What a change of main authorized user asks of people. */
export function PolicyChoice({
  policy,
  isDisabled = false,
  onChoose,
}: {
  policy: ReauthorizationPolicy;
  isDisabled?: boolean;
  onChoose: (policy: ReauthorizationPolicy) => void;
}): ReactNode {
  const id = useId();
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.legend}>{words.legend}</legend>
      {POLICIES.map((one) => (
        <div key={one} className={styles.option}>
          <input
            type="radio"
            id={`${id}-${one}`}
            name={id}
            checked={one === policy}
            disabled={isDisabled}
            aria-describedby={`${id}-${one}-explanation`}
            onChange={() => onChoose(one)}
          />
          <div>
            <label htmlFor={`${id}-${one}`}>{words.name(one)}</label>
            <p id={`${id}-${one}-explanation`} className={styles.explanation}>
              {words.explanation(one)}
            </p>
          </div>
        </div>
      ))}
    </fieldset>
  );
}
