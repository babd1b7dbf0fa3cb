import Button from '@atlaskit/button/default/button';
import Textfield from '@atlaskit/textfield/text-field';
import { useCallback, useEffect, useId, useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react';
import { ask as askApp } from '../api/door.ts';
import type { AccountId, Explanation, Request } from '../api/generated/api.ts';
import { explainOne as words } from '../messages.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useAskingBy } from '../useAskingBy.ts';
import styles from './Explain.module.css';
import { ExplanationView } from './ExplanationView.tsx';

type ExplainRequest = Extract<Request, { type: 'explain' }>;

/** The longest key that is sent, in characters. */
const LONGEST = 60;

/** Asks which limit keeps somebody from a project or an issue. */
export function ExplainForm({
  person,
  choosePerson,
  missing = false,
  onMissing,
  onProjects,
  onStatus,
}: {
  /** Whom it is about; the reader when absent. */
  person?: AccountId | undefined;
  /** Chooses whom it is about, where the reader may ask about others. */
  choosePerson?: ReactNode;
  /** Whether somebody has to be chosen first. */
  missing?: boolean;
  onMissing?: () => void;
  onProjects?: () => void;
  onStatus?: () => void;
}): ReactNode {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const { asking, trouble, ask } = useAskingBy<ExplainRequest>(useCallback(askApp, []));
  const [place, setPlace] = useState('');
  /** What is wrong with the place, if anything is. */
  const [wrong, setWrong] = useState<string | null>(null);
  const [found, setFound] = useState<Explanation | null>(null);

  // An answer is about whom and what it was asked for.
  useEffect(() => setFound(null), [person, place]);

  const refuse = (why: string) => {
    setWrong(why);
    field.current?.focus();
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing) {
      onMissing?.();
      return;
    }
    if (place.trim() === '') {
      refuse(words.missingPlace);
      return;
    }
    setFound(null);
    const sought = place.trim();
    const reply = await ask({ type: 'explain', account: person ?? null, place: sought }, (why) => {
      const isNowhere = why.from === 'app' && why.error.code === 'noSuchPlace';
      if (isNowhere) {
        refuse(words.noSuchPlace(sought));
      }
      return isNowhere;
    });
    if (reply !== null) {
      setFound(reply.explanation);
    }
  };

  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      {choosePerson}
      <div className={styles.field}>
        <label className={styles.label} htmlFor={`${id}-place`}>
          {words.place}
        </label>
        <div className={styles.place}>
          <Textfield
            ref={field as RefObject<HTMLInputElement>}
            id={`${id}-place`}
            autoComplete="off"
            spellCheck={false}
            maxLength={LONGEST}
            value={place}
            isInvalid={wrong !== null}
            aria-describedby={`${id}-hint ${id}-wrong`}
            onChange={(event) => {
              setPlace(event.currentTarget.value);
              setWrong(null);
            }}
          />
        </div>
        <p id={`${id}-hint`} className={styles.hint}>
          {words.placeHint}
        </p>
        <p id={`${id}-wrong`} role="alert" className={styles.wrong}>
          {wrong}
        </p>
      </div>
      <div>
        <Button type="submit" isLoading={asking !== null}>
          {words.submit}
        </Button>
      </div>
      {trouble !== null && <TroubleNotice trouble={trouble} headingLevel="h3" />}
      <div role="status">
        {asking !== null && <p className={styles.hint}>{words.busy}</p>}
        {found !== null && <ExplanationView of={found} onProjects={onProjects} onStatus={onStatus} />}
      </div>
    </form>
  );
}
