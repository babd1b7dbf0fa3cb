import Button from '@atlaskit/button/default/button';
import { useState, type ReactNode } from 'react';
import type { AccountId } from '../../api/generated/api.ts';
import { remind as words, type Told, type ReminderSum } from '../../messages.ts';
import { useAsking } from '../../panel/useAsking.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './RemindBar.module.css';

/** The app reminds at most so many people at once. */
const AT_ONCE = 50;

/** Reminds whoever is selected, and says how many were reached. */
export function RemindBar({
  selected,
  told,
  onDone,
  onClear,
}: {
  selected: ReadonlySet<AccountId>;
  told: Told;
  /** Called with those for whom an answer came, reminded or not. */
  onDone: (accounts: readonly AccountId[]) => void;
  onClear: () => void;
}): ReactNode {
  const { asking, trouble, ask } = useAsking();
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);
  const [sum, setSum] = useState<ReminderSum | null>(null);

  const remind = async () => {
    const accounts = [...selected];
    const total: ReminderSum = { reached: 0, tooSoon: 0, nothingToDo: 0, failed: 0 };
    let done = 0;
    setSum(null);
    while (done < accounts.length) {
      setProgress(accounts.length > AT_ONCE ? { done, of: accounts.length } : null);
      const reply = await ask({ type: 'remind', accounts: accounts.slice(done, done + AT_ONCE) });
      if (reply === null) {
        break;
      }
      total.reached += reply.reached;
      total.tooSoon += reply.tooSoon;
      total.nothingToDo += reply.nothingToDo;
      total.failed += reply.failed;
      done += AT_ONCE;
    }
    setProgress(null);
    // What was done before a failure is done: it is told, and only the rest stays selected.
    if (done > 0) {
      setSum(total);
      onDone(accounts.slice(0, done));
    }
  };

  return (
    <div className={styles.remind}>
      {selected.size > 0 && (
        <div className={styles.bar}>
          <span>{words.selected(selected.size)}</span>
          <Button appearance="primary" spacing="compact" isLoading={asking !== null} onClick={() => void remind()}>
            {words.button}
          </Button>
          <Button appearance="subtle" spacing="compact" isDisabled={asking !== null} onClick={onClear}>
            {words.clear}
          </Button>
        </div>
      )}
      <p role="status" className={styles.result}>
        {progress !== null && words.reminding(progress.done, progress.of)}
        {sum !== null && `${words.result(sum)} ${sum.reached > 0 ? words.how : ''}`}
      </p>
      {trouble !== null && <TroubleNotice trouble={trouble} told={told} headingLevel="h3" />}
    </div>
  );
}
