import Textfield from '@atlaskit/textfield/text-field';
import { useId, useMemo, useRef, useState, type FormEvent, type ReactNode } from 'react';
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
import styles from './SettingsForm.module.css';

/** Longest grace period, in days. The app refuses more; here it saves the way there. */
const MOST_DAYS = 30;

/** What somebody has changed and not saved. */
interface Edits {
  policy?: ReauthorizationPolicy;
  fallback?: boolean;
  /** As it is typed. */
  days?: string;
}

const NONE: Edits = {};

/** The settings, to be changed and saved together. What is typed stays until it is saved or taken back. */
export function SettingsForm({ saved }: { saved: Settings }): ReactNode {
  const id = useId();
  const days = useRef<HTMLInputElement>(null);
  const panel = usePanel();
  const { entered: edits, enter, drop, saving } = useDraft('settings', NONE);
  const { asking, trouble, ask } = useAskingBy<PanelRequest>(useMemo(() => saving<PanelRequest>(panel.ask), [saving, panel]));
  const [done, setDone] = useState(false);
  const [wrong, setWrong] = useState(false);
  const typed = edits.days ?? String(saved.graceDays);
  const wanted: Settings = {
    policy: edits.policy ?? saved.policy,
    fallback: edits.fallback ?? saved.fallback,
    graceDays: /^\d{1,2}$/.test(typed.trim()) && Number(typed) <= MOST_DAYS ? Number(typed) : Number.NaN,
  };
  const changed =
    wanted.policy !== saved.policy || wanted.fallback !== saved.fallback || wanted.graceDays !== saved.graceDays;

  const edit = (more: Edits) => {
    enter((before) => ({ ...before, ...more }));
    setDone(false);
    setWrong(false);
  };
  const takeBack = () => {
    drop();
    setWrong(false);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (Number.isNaN(wanted.graceDays)) {
      setWrong(true);
      days.current?.focus();
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
          <div className={styles.field}>
            <label className={styles.label} htmlFor={`${id}-days`}>
              {words.grace}
            </label>
            <div className={styles.days}>
              <Textfield
                ref={days}
                id={`${id}-days`}
                inputMode="numeric"
                maxLength={2}
                value={typed}
                isInvalid={wrong}
                aria-describedby={`${id}-hint ${id}-wrong`}
                onChange={(event) => edit({ days: event.currentTarget.value })}
              />
            </div>
            <p id={`${id}-hint`} className={styles.hint}>
              {words.graceHint}
            </p>
            <p id={`${id}-wrong`} role="alert" className={styles.wrong}>
              {wrong ? words.graceInvalid : ''}
            </p>
          </div>
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
      <Saving changed={changed} busy={asking !== null} done={done} trouble={trouble} onDiscard={takeBack} />
    </form>
  );
}
