import { useCallback, useEffect, useId, useState, type ReactNode } from 'react';
import type { Trouble } from '../../api/door.ts';
import type { CloudId, End, IssueTypeRow, JiraNumber } from '../../api/generated/api.ts';
import { LoadingWords } from '../../LoadingWords.tsx';
import { counterpartField as words } from '../../messages.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { Labelled } from '../service-accounts/Labelled.tsx';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import styles from './Fields.module.css';

/** What is known of the types of issue in a project. */
type Known = { phase: 'loading' } | { phase: 'failed'; trouble: Trouble } | { phase: 'ready'; types: readonly IssueTypeRow[] };

/** As which type of issue counterparts are created at one end, or that none are. */
export function CounterpartField({
  end,
  site,
  project,
  chosen,
  onChoose,
}: {
  /** Where they are created. */
  end: End;
  site: CloudId;
  project: JiraNumber;
  chosen: JiraNumber | null;
  onChoose: (type: JiraNumber | null) => void;
}): ReactNode {
  const id = useId();
  const { ask } = usePanel();
  const [known, setKnown] = useState<Known>({ phase: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let wanted = true;
    setKnown({ phase: 'loading' });
    void ask({ type: 'issueTypes', site, project }).then((answer) => {
      if (wanted) {
        setKnown('reply' in answer ? { phase: 'ready', types: answer.reply.types } : { phase: 'failed', trouble: answer.trouble });
      }
    });
    return () => {
      wanted = false;
    };
  }, [ask, site, project, attempt]);

  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  const types = known.phase === 'ready' ? known.types : [];
  // A type that is not offered any more keeps its place, so that saving does not change it unseen.
  const isGone = chosen !== null && !types.some((one) => one.id === chosen);
  const hint = known.phase === 'ready' && types.length === 0 ? words.none[end] : words.hint;
  return (
    <>
      <Labelled id={id} label={words.label[end]} hint={hint} wrong={known.phase === 'ready' && isGone ? words.gone : null}>
        {(bound) => (
          <select {...bound} className={styles.select} value={chosen ?? ''} onChange={({ currentTarget: { value } }) => onChoose(value === '' ? null : value)}>
            <option value="">{words.off}</option>
            {isGone && <option value={chosen}>{words.number(chosen)}</option>}
            {types.map((one) => (
              <option key={one.id} value={one.id} disabled={one.wants.length > 0}>
                {one.wants.length > 0 ? words.wants(one.name, one.wants) : one.name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {known.phase === 'loading' && <LoadingWords loading={words.loading} slow={words.slow} />}
      {known.phase === 'failed' && <TroubleNotice trouble={known.trouble} onRetry={retry} />}
    </>
  );
}
