import Button from '@atlaskit/button/default/button';
import Textfield from '@atlaskit/textfield/text-field';
import { useId, type ReactNode } from 'react';
import type { IntegrationId, RunOutcome } from '../../api/generated/api.ts';
import { reporting as words, runOutcome } from '../../messages.ts';
import styles from './Filters.module.css';
import { EVERY_RUN, type Choice } from './RunsList.ts';

/** Every outcome, in the order in which it is offered. */
const OUTCOMES: readonly RunOutcome[] = ['running', 'succeeded', 'waits', 'partly', 'failed', 'interrupted'];

/** The app takes at most so many characters. */
const LONGEST = 100;

/** Which runs are listed. A search goes before the other two, which then stand aside. */
export function Filters({
  choice,
  typed,
  names,
  onType,
  onChoose,
}: {
  choice: Choice;
  /** What is typed into the search. */
  typed: string;
  /** What each known integration is called. */
  names: ReadonlyMap<IntegrationId, string>;
  onType: (typed: string) => void;
  onChoose: (more: Partial<Choice>) => void;
}): ReactNode {
  const id = useId();
  const searches = typed.trim() !== '';
  const isNarrowed = searches || choice.outcome !== null || choice.integration !== null;
  return (
    <div className={styles.filters}>
      <div className={styles.field}>
        <label htmlFor={`${id}-outcome`}>{words.outcome}</label>
        <select
          id={`${id}-outcome`}
          className={styles.select}
          disabled={searches}
          value={choice.outcome ?? ''}
          onChange={({ currentTarget: { value } }) => onChoose({ outcome: OUTCOMES.find((one) => one === value) ?? null })}
        >
          <option value="">{words.everyOutcome}</option>
          {OUTCOMES.map((one) => (
            <option key={one} value={one}>
              {runOutcome(one)}
            </option>
          ))}
        </select>
      </div>
      <div className={styles.field}>
        <label htmlFor={`${id}-integration`}>{words.integration}</label>
        <select
          id={`${id}-integration`}
          className={styles.select}
          disabled={searches}
          value={choice.integration ?? ''}
          onChange={({ currentTarget: { value } }) => onChoose({ integration: value === '' ? null : value })}
        >
          <option value="">{words.everyIntegration}</option>
          {[...names].map(([one, name]) => (
            <option key={one} value={one}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className={styles.search}>
        <label htmlFor={`${id}-search`}>{words.search}</label>
        <Textfield
          id={`${id}-search`}
          type="search"
          isCompact
          autoComplete="off"
          spellCheck={false}
          maxLength={LONGEST}
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      </div>
      {isNarrowed && (
        <Button
          spacing="compact"
          onClick={() => {
            onType('');
            onChoose(EVERY_RUN);
          }}
        >
          {words.clear}
        </Button>
      )}
    </div>
  );
}
