import Textfield from '@atlaskit/textfield/text-field';
import { useId, useMemo, useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { Access, LimitKind, NamedProject } from '../../api/generated/api.ts';
import choiceStyles from '../../Choice.module.css';
import { access as common, projectsLimit as words, type Told } from '../../messages.ts';
import { useDraft } from '../../panel/useDraft.ts';
import { TroubleNotice } from '../../TroubleNotice.tsx';
import { useAskingBy } from '../../useAskingBy.ts';
import { Part } from '../Part.tsx';
import styles from './Access.module.css';
import { Listed, type Line } from './Listed.tsx';
import { Saving } from '../Saving.tsx';
import { outdated, type AccessRequestOfPage, type ChangeAccess } from './useAccess.ts';
import { useProjectSearch } from './useProjectSearch.ts';

const KINDS: readonly LimitKind[] = ['everything', 'only', 'except'];

/** The longest text that is searched for, in characters. */
const LONGEST_QUERY = 100;

/** What somebody entered and has not saved, apart from what is there: so it outlives that somebody else was first. */
interface Edits {
  kind?: LimitKind;
  added: readonly NamedProject[];
  removed: readonly string[];
  /** Whether a category is to be listed, by its number. */
  turned: Readonly<Record<string, boolean>>;
}

const NONE: Edits = { added: [], removed: [], turned: {} };

/** To which projects the app is limited. */
export function ProjectsLimit({ access, told, change }: { access: Access; told: Told; change: ChangeAccess }): ReactNode {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const { entered: edits, enter, drop, saving } = useDraft('projects', NONE);
  const { asking, trouble, ask, forget } = useAskingBy<AccessRequestOfPage>(useMemo(() => saving<AccessRequestOfPage>(change), [saving, change]));
  const [done, setDone] = useState(false);
  /** What was put on the list or taken off it last, for whoever does not see it. */
  const [said, setSaid] = useState('');
  const [text, setText] = useState('');
  const box = useRef<HTMLInputElement>(null);
  /** Whether somebody said to know that the app works nowhere from then on; or went on without saying so. */
  const [shutOff, setShutOff] = useState<'open' | 'known' | 'missing'>('open');
  const query = text.trim().slice(0, LONGEST_QUERY);
  const search = useProjectSearch(query);

  const kind = edits.kind ?? access.kind;
  const there = new Set(access.projects.map((row) => row.id));
  const added = edits.added.filter((project) => !there.has(project.id));
  const lines: Line[] = [
    ...access.projects
      .filter((row) => !edits.removed.includes(row.id))
      .map(({ id: key, project }) => ({
        key,
        name: <bdi>{project?.name ?? words.number(key)}</bdi>,
        detail: project?.key ?? common.gone,
      })),
    ...added.map((project) => ({ key: project.id, name: <bdi>{project.name}</bdi>, detail: project.key })),
  ];
  const listedBefore = new Set(access.categories.map((category) => category.id));
  const gone = access.categories.filter((category) => category.name === null);
  const isOn = (category: string) => edits.turned[category] ?? listedBefore.has(category);
  const categories = [...access.allCategories, ...gone];
  const on = [...new Set([...categories, ...access.categories].map((category) => category.id))].filter(isOn);
  const removed = edits.removed.filter((one) => there.has(one));
  const changed = kind !== access.kind || added.length > 0 || removed.length > 0 || Object.entries(edits.turned).some(([category, to]) => to !== listedBefore.has(category));
  const full = lines.length >= access.bounds.projects;
  const nowhere = kind === 'only' && lines.length === 0 && on.length === 0;

  const edit = (more: Partial<Edits>) => {
    enter((before) => ({ ...before, ...more }));
    setShutOff('open');
    setDone(false);
    setSaid('');
    forget();
  };
  const remove = (key: string) => {
    edit({
      added: edits.added.filter((project) => project.id !== key),
      removed: there.has(key) ? [...edits.removed, key] : edits.removed,
    });
    setSaid(common.takenOff);
  };
  const add = (project: NamedProject) => {
    edit(
      there.has(project.id)
        ? { removed: edits.removed.filter((one) => one !== project.id) }
        : { added: [...edits.added.filter((one) => one.id !== project.id), project] },
    );
    setText('');
    setSaid(common.putOn(project.name));
    // The control goes with what was found: a keyboard goes on with the next search.
    field.current?.focus();
  };
  const turn = (category: string) => edit({ turned: { ...edits.turned, [category]: !isOn(category) } });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (nowhere && shutOff !== 'known') {
      setShutOff('missing');
      box.current?.focus();
      return;
    }
    const limit = { kind, projects: lines.map((line) => line.key), categories: on };
    if ((await ask({ type: 'limitProjects', edition: access.edition, limit, nowhere: nowhere ? true : null })) !== null) {
      setShutOff('open');
      setDone(true);
    }
  };

  return (
    <Part title={words.heading}>
      <form className={styles.form} noValidate onSubmit={(event) => void save(event)}>
        <fieldset className={choiceStyles.choice}>
          <legend className={choiceStyles.legend}>{words.legend}</legend>
          {KINDS.map((one) => (
            <div key={one} className={choiceStyles.option}>
              <input
                type="radio"
                id={`${id}-${one}`}
                name={id}
                checked={one === kind}
                aria-describedby={`${id}-${one}-explanation`}
                onChange={() => edit({ kind: one })}
              />
              <div>
                <label htmlFor={`${id}-${one}`}>{words.kind(one)}</label>
                <p id={`${id}-${one}-explanation`} className={choiceStyles.explanation}>
                  {words.explanation(one)}
                </p>
              </div>
            </div>
          ))}
        </fieldset>
        {kind !== 'everything' && (
          <>
            <Listed title={words.projects} lines={lines} empty={words.none} onRemove={remove} />
            {full ? (
              <p className={styles.hint}>{common.full(access.bounds.projects)}</p>
            ) : (
              <div className={styles.field}>
                <label className={styles.label} htmlFor={`${id}-search`}>
                  {words.search}
                </label>
                <div className={styles.search}>
                  <Textfield
                    ref={field as RefObject<HTMLInputElement>}
                    id={`${id}-search`}
                    type="search"
                    autoComplete="off"
                    spellCheck={false}
                    maxLength={LONGEST_QUERY}
                    value={text}
                    aria-describedby={`${id}-search-hint`}
                    onChange={(event) => setText(event.currentTarget.value)}
                    onKeyDown={(event) => {
                      // Enter searches; it does not save.
                      if (event.key === 'Enter') {
                        event.preventDefault();
                      }
                    }}
                  />
                </div>
                <p id={`${id}-search-hint`} className={styles.hint}>
                  {words.searchHint}
                </p>
                <Announcement>{search.phase === 'found' ? words.found(search.found.length) : ''}</Announcement>
                {search.phase === 'searching' && <p className={styles.hint}>{words.searching}</p>}
                {search.phase === 'failed' && <TroubleNotice trouble={search.trouble} headingLevel="h3" />}
                {search.phase === 'found' && search.found.length === 0 && <p>{words.noneFound(query)}</p>}
                {search.phase === 'found' && search.found.length > 0 && (
                  <ul className={styles.hits}>
                    {search.found
                      .filter((project) => lines.every((line) => line.key !== project.id))
                      .map((project) => (
                        <li key={project.id}>
                          <button type="button" className={styles.hit} onClick={() => add(project)}>
                            {words.add(project)}
                          </button>
                        </li>
                      ))}
                  </ul>
                )}
              </div>
            )}
            <fieldset className={choiceStyles.choice}>
              <legend className={choiceStyles.legend}>{words.categories}</legend>
              {categories.length === 0 && <p className={styles.hint}>{words.noCategories}</p>}
              {categories.map((category) => (
                <div key={category.id} className={choiceStyles.option}>
                  <input
                    type="checkbox"
                    id={`${id}-category-${category.id}`}
                    checked={isOn(category.id)}
                    disabled={!isOn(category.id) && on.length >= access.bounds.categories}
                    onChange={() => turn(category.id)}
                  />
                  <label htmlFor={`${id}-category-${category.id}`}>
                    <bdi>{category.name ?? words.category(category.id)}</bdi>
                    {category.name === null && <span className={styles.hint}> {common.gone}</span>}
                  </label>
                </div>
              ))}
              {on.length >= access.bounds.categories && <p className={styles.hint}>{common.full(access.bounds.categories)}</p>}
            </fieldset>
            {nowhere && <p className={styles.warning}>{words.nothing}</p>}
            {nowhere && changed && (
              <div className={choiceStyles.option}>
                <input
                  ref={box}
                  type="checkbox"
                  id={`${id}-nowhere`}
                  checked={shutOff === 'known'}
                  aria-required
                  aria-invalid={shutOff === 'missing'}
                  aria-describedby={`${id}-nowhere-problem`}
                  onChange={(event) => setShutOff(event.currentTarget.checked ? 'known' : 'open')}
                />
                <div>
                  <label htmlFor={`${id}-nowhere`}>{words.shutOff}</label>
                  <p id={`${id}-nowhere-problem`} role="status" className={styles.warning}>
                    {shutOff === 'missing' ? words.shutOffMissing : ''}
                  </p>
                </div>
              </div>
            )}
          </>
        )}
        <Announcement>{said}</Announcement>
        <Saving
          changed={changed}
          busy={asking !== null}
          done={done}
          trouble={trouble}
          overtaken={trouble !== null && outdated(trouble)}
          told={told}
          onDiscard={() => {
            drop();
            setShutOff('open');
            forget();
          }}
        />
      </form>
    </Part>
  );
}
