import Button from '@atlaskit/button/default/button';
import Textfield from '@atlaskit/textfield/text-field';
import { useId, useRef, useState, type ReactNode } from 'react';
import { Announcement } from '../../../Announcement.tsx';
import type { JiraNumber, NamedProject, Repeat, TrialView } from '../../../api/generated/api.ts';
import choiceStyles from '../../../Choice.module.css';
import { repeatExplanation, repeatName, trial as words, type Told } from '../../../messages.ts';
import { Notice } from '../../../Notice.tsx';
import { TroubleNotice } from '../../../TroubleNotice.tsx';
import { useFocusKept } from '../../../useFocusKept.ts';
import accessStyles from '../../access/Access.module.css';
import { useProjectSearch } from '../../access/useProjectSearch.ts';
import styles from './Test.module.css';

const REPEATS: readonly Repeat[] = ['off', 'daily', 'weekly'];

/** Longest text that the app searches for. */
const LONGEST_QUERY = 100;

/** Where the account is tested, and how often. Each choice is saved as it is made. */
export function Settle({
  trial: { project, repeat, dueAt },
  told,
  busy,
  onSettle,
}: {
  trial: TrialView;
  told: Told;
  busy: boolean;
  onSettle: (project: JiraNumber | null, repeat: Repeat) => Promise<boolean>;
}): ReactNode {
  const id = useId();
  const chooser = useRef<HTMLButtonElement>(null);
  const [choosing, setChoosing] = useState(false);
  const [saved, setSaved] = useState(false);
  // The control that chose goes with the choice: a keyboard goes on from what is chosen now.
  const place = useRef<HTMLDivElement>(null);
  useFocusKept(place, String(project?.id));

  const settle = async (where: JiraNumber | null, often: Repeat) => {
    setSaved(false);
    if (await onSettle(where, often)) {
      setSaved(true);
    }
  };
  const stop = () => {
    setChoosing(false);
    setTimeout(() => chooser.current?.focus());
  };
  const pick = (one: NamedProject | null) => {
    setChoosing(false);
    // What was selected goes at once; the answer, and what comes in its place, may take a while.
    place.current?.focus();
    void settle(one?.id ?? null, repeat);
  };

  return (
    <div className={styles.settle}>
      {project === null && (
        <Notice appearance="information" title={words.chooseFirst} headingLevel="h3">
          <p>{words.chooseWhy}</p>
        </Notice>
      )}
      <div ref={place} tabIndex={-1}>
        <p className={choiceStyles.legend}>{words.project}</p>
        <p>
          {project === null ? (
            words.noProject
          ) : (
            <>
              <bdi>{project.name}</bdi> (<bdi>{project.key}</bdi>)
            </>
          )}
        </p>
      </div>
      {choosing || project === null ? (
        <ProjectSearch busy={busy} onPick={pick} onStop={project === null ? null : stop} />
      ) : (
        <div className={styles.controls}>
          <Button ref={chooser} spacing="compact" isDisabled={busy} onClick={() => setChoosing(true)}>
            {words.chooseOther}
          </Button>
          <Button spacing="compact" appearance="subtle" isDisabled={busy} onClick={() => pick(null)}>
            {words.without}
          </Button>
        </div>
      )}
      <fieldset className={choiceStyles.choice}>
        <legend className={choiceStyles.legend}>{words.repeat}</legend>
        {REPEATS.map((one) => (
          <div key={one} className={choiceStyles.option}>
            <input
              type="radio"
              id={`${id}-${one}`}
              name={id}
              checked={one === repeat}
              disabled={busy}
              onChange={() => void settle(project?.id ?? null, one)}
            />
            <label htmlFor={`${id}-${one}`}>{repeatName(one)}</label>
          </div>
        ))}
        <p className={choiceStyles.explanation}>
          {repeatExplanation(repeat)} {dueAt !== null && words.dueAt(dueAt, told)}
        </p>
      </fieldset>
      <p role="status" className={styles.hint}>
        {saved ? words.saved : ''}
      </p>
    </div>
  );
}

function ProjectSearch({
  busy,
  onPick,
  onStop,
}: {
  busy: boolean;
  onPick: (project: NamedProject) => void;
  /** Leaves the project as it is, where one is chosen. */
  onStop: (() => void) | null;
}): ReactNode {
  const id = useId();
  const [text, setText] = useState('');
  const query = text.trim();
  const search = useProjectSearch(query);
  return (
    <div className={accessStyles.field}>
      <label className={accessStyles.label} htmlFor={`${id}-search`}>
        {words.search}
      </label>
      <div className={accessStyles.search}>
        <Textfield
          id={`${id}-search`}
          type="search"
          autoComplete="off"
          spellCheck={false}
          autoFocus={onStop !== null}
          maxLength={LONGEST_QUERY}
          value={text}
          aria-describedby={`${id}-search-hint`}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <p id={`${id}-search-hint`} className={accessStyles.hint}>
        {words.searchHint}
      </p>
      <Announcement>{search.phase === 'found' ? words.found(search.found.length) : ''}</Announcement>
      {search.phase === 'searching' && <p className={accessStyles.hint}>{words.searching}</p>}
      {search.phase === 'failed' && <TroubleNotice trouble={search.trouble} headingLevel="h3" />}
      {search.phase === 'found' && search.found.length === 0 && <p>{words.noneFound(query)}</p>}
      {search.phase === 'found' && search.found.length > 0 && (
        <ul className={accessStyles.hits}>
          {search.found.map((project) => (
            <li key={project.id}>
              <button type="button" className={accessStyles.hit} disabled={busy} onClick={() => onPick(project)}>
                {words.pick(project)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {onStop !== null && (
        <div>
          <Button spacing="compact" appearance="subtle" onClick={onStop}>
            {words.keep}
          </Button>
        </div>
      )}
    </div>
  );
}
