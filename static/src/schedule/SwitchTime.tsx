import Textfield from '@atlaskit/textfield/text-field';
import { useId, type ReactNode } from 'react';
import type { ReauthorizationPolicy } from '../api/generated/api.ts';
import choice from '../Choice.module.css';
import { planning as words, type Told } from '../messages.ts';
import { planned, type Plan } from './Plan.ts';
import styles from './SwitchTime.module.css';
import type { Demanded } from './usePlanned.ts';

/** When a change is to switch: at once, or at a time in the reader's own zone. */
export function SwitchTime({
  plan,
  demanded: { problem, field },
  policy,
  people,
  told,
  isDisabled,
  onPlan,
}: {
  plan: Plan;
  demanded: Demanded;
  policy: ReauthorizationPolicy;
  /** How many people will be told before; nothing while that is not known. */
  people: number | null;
  told: Told;
  isDisabled: boolean;
  onPlan: (plan: Plan) => void;
}): ReactNode {
  const id = useId();
  const reading = planned(plan, told);
  const fields = { isDisabled, isInvalid: problem !== null, 'aria-describedby': `${id}-zone ${id}-problem` };
  const option = (later: boolean, name: string, explanation: string) => (
    <div className={choice.option}>
      <input
        type="radio"
        id={`${id}-${later}`}
        name={id}
        checked={plan.later === later}
        disabled={isDisabled}
        aria-describedby={`${id}-${later}-explanation`}
        onChange={() => onPlan({ ...plan, later })}
      />
      <div>
        <label htmlFor={`${id}-${later}`}>{name}</label>
        <p id={`${id}-${later}-explanation`} className={choice.explanation}>
          {explanation}
        </p>
      </div>
    </div>
  );
  return (
    <fieldset className={choice.choice}>
      <legend className={choice.legend}>{words.legend}</legend>
      {option(false, words.now, words.nowExplanation)}
      {option(true, words.later, words.laterExplanation)}
      {plan.later && (
        <div className={styles.chosen}>
          <div className={styles.fields}>
            <div className={styles.field}>
              <label className={styles.label} htmlFor={`${id}-date`}>
                {words.date}
              </label>
              <Textfield
                {...fields}
                ref={field}
                id={`${id}-date`}
                type="date"
                value={plan.date}
                onChange={(event) => onPlan({ ...plan, date: event.currentTarget.value })}
              />
            </div>
            <div className={styles.field}>
              <label className={styles.label} htmlFor={`${id}-time`}>
                {words.time}
              </label>
              <Textfield
                {...fields}
                id={`${id}-time`}
                type="time"
                value={plan.time}
                onChange={(event) => onPlan({ ...plan, time: event.currentTarget.value })}
              />
            </div>
          </div>
          <p id={`${id}-zone`} className={styles.hint}>
            {words.zone(told.calendar)}{' '}
            {'switchAt' in reading && reading.switchAt !== null && words.chosen(reading.switchAt, told.calendar)}
          </p>
          <p id={`${id}-problem`} role="alert" className={styles.problem}>
            {problem}
          </p>
          <p className={styles.hint}>{words.told(policy, people)}</p>
        </div>
      )}
    </fieldset>
  );
}
