import { useId, useMemo, useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react';
import type { ReauthorizationPolicy, Settings } from '../../api/generated/api.ts';
import choiceStyles from '../../Choice.module.css';
import { settings as words } from '../../messages.ts';
import type { PanelRequest } from '../../panel/Panel.ts';
import { usePanel } from '../../panel/PanelContext.tsx';
import { useDraft } from '../../panel/useDraft.ts';
import { PolicyChoice } from '../../PolicyChoice.tsx';
import { useAskingBy } from '../../useAskingBy.ts';
import { Part } from '../Part.tsx';
import { Saving } from '../Saving.tsx';
import { DaysField, daysOf } from './DaysField.tsx';
import styles from './SettingsForm.module.css';

/** Longest grace period, in days. The app refuses more; here it saves the way there. */
const LONGEST_GRACE = 30;

/** For so many days runs are kept, unless somebody settles otherwise. */
const RUNS_KEPT = 30;

/** Longest that runs are kept, in days. */
const LONGEST_KEPT = 365;

/** What somebody has changed and not saved. */
interface Edits {
  policy?: ReauthorizationPolicy;
  fallback?: boolean;
  /** As it is typed. */
  grace?: string;
  /** As it is typed. */
  kept?: string;
}

const NONE: Edits = {};

/** The settings, to be changed and saved together. What is typed stays until it is saved or taken back. */
export function SettingsForm({ saved }: { saved: Settings }): ReactNode {
  const id = useId();
  const grace = useRef<HTMLInputElement>(null);
  const kept = useRef<HTMLInputElement>(null);
  const panel = usePanel();
  const { entered: edits, enter, drop, saving } = useDraft('settings', NONE);
  const { asking, trouble, ask } = useAskingBy<PanelRequest>(useMemo(() => saving<PanelRequest>(panel.ask), [saving, panel]));
  const [done, setDone] = useState(false);
  const [wrong, setWrong] = useState<'grace' | 'kept' | null>(null);
  const typed = { grace: edits.grace ?? String(saved.graceDays), kept: edits.kept ?? String(saved.runsDays ?? RUNS_KEPT) };
  const wanted: Settings = {
    policy: edits.policy ?? saved.policy,
    fallback: edits.fallback ?? saved.fallback,
    graceDays: daysOf(typed.grace, 0, LONGEST_GRACE),
    runsDays: edits.kept === undefined ? saved.runsDays : daysOf(typed.kept, 1, LONGEST_KEPT),
  };
  const changed =
    wanted.policy !== saved.policy ||
    wanted.fallback !== saved.fallback ||
    wanted.graceDays !== saved.graceDays ||
    wanted.runsDays !== saved.runsDays;

  const edit = (more: Edits) => {
    enter((before) => ({ ...before, ...more }));
    setDone(false);
    setWrong(null);
  };
  const takeBack = () => {
    drop();
    setWrong(null);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const off = Number.isNaN(wanted.graceDays) ? 'grace' : Number.isNaN(wanted.runsDays) ? 'kept' : null;
    if (off !== null) {
      setWrong(off);
      (off === 'grace' ? grace : kept).current?.focus();
      return;
    }
    if ((await ask({ type: 'changeSettings', settings: wanted })) !== null) {
      setDone(true);
    }
  };

  return (
    <form className={styles.form} noValidate onSubmit={(event) => void save(event)}>
      <Part title={words.afterChange}>
        <div className={styles.fields}>
          <PolicyChoice policy={wanted.policy} onChoose={(policy) => edit({ policy })} />
          <DaysField
            field={grace as RefObject<HTMLInputElement>}
            label={words.grace}
            hint={words.graceHint}
            wrong={wrong === 'grace' ? words.graceInvalid : ''}
            value={typed.grace}
            onChange={(days) => edit({ grace: days })}
          />
        </div>
      </Part>
      <Part title={words.comments}>
        <div className={styles.fields}>
          <div className={choiceStyles.option}>
            <input
              type="checkbox"
              id={`${id}-fallback`}
              checked={wanted.fallback}
              aria-describedby={`${id}-fallback-hint`}
              onChange={(event) => edit({ fallback: event.currentTarget.checked })}
            />
            <div>
              <label htmlFor={`${id}-fallback`}>{words.fallback}</label>
              <p id={`${id}-fallback-hint`} className={styles.hint}>
                {words.fallbackHint}
              </p>
            </div>
          </div>
        </div>
      </Part>
      <Part title={words.runs}>
        <div className={styles.fields}>
          <DaysField
            field={kept as RefObject<HTMLInputElement>}
            label={words.kept}
            hint={words.keptHint}
            wrong={wrong === 'kept' ? words.keptInvalid : ''}
            value={typed.kept}
            onChange={(days) => edit({ kept: days })}
          />
        </div>
      </Part>
      <Saving changed={changed} busy={asking !== null} done={done} trouble={trouble} onDiscard={takeBack} />
    </form>
  );
}
