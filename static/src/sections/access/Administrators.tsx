import { useEffect, useId, useMemo, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { Access, Candidate, Person } from '../../api/generated/api.ts';
import { AccountPicker } from '../../change/AccountPicker.tsx';
import choiceStyles from '../../Choice.module.css';
import { access as common, administrators as words, type Told } from '../../messages.ts';
import { useDraft } from '../../panel/useDraft.ts';
import { Say } from '../../phrase.tsx';
import { useAskingBy } from '../../useAskingBy.ts';
import { Part } from '../Part.tsx';
import styles from './Access.module.css';
import { Listed } from './Listed.tsx';
import { Saving } from '../Saving.tsx';
import { outdated, type AccessRequestOfPage, type ChangeAccess } from './useAccess.ts';

/** What somebody entered and has not saved, apart from what is there: so it outlives that somebody else was first. */
interface Edits {
  limited?: boolean;
  added: readonly Person[];
  removed: readonly string[];
}

const NONE: Edits = { added: [], removed: [] };

/** Who may administer the app. */
export function Administrators({ access, told, change }: { access: Access; told: Told; change: ChangeAccess }): ReactNode {
  const id = useId();
  const picker = useRef<HTMLElement>(null);
  const { entered: edits, enter, drop, saving } = useDraft('administrators', NONE);
  const { asking, trouble, ask, forget } = useAskingBy<AccessRequestOfPage>(useMemo(() => saving<AccessRequestOfPage>(change), [saving, change]));
  const [done, setDone] = useState(false);
  /** Rises with each choice: the picker then begins anew, and a keyboard goes on in it. */
  const [chosen, setChosen] = useState(0);
  /** What was put on the list or taken off it last, for whoever does not see it. */
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (chosen > 0) {
      picker.current?.focus();
    }
  }, [chosen]);

  const before = access.administrators ?? [];
  const there = new Set(before.map((person) => person.accountId));
  const limited = edits.limited ?? access.administrators !== null;
  const added = edits.added.filter((person) => !there.has(person.accountId));
  const people = [...before.filter((person) => !edits.removed.includes(person.accountId)), ...added];
  const withoutYou = limited && people.every((person) => person.accountId !== access.caller.accountId);
  const changed =
    limited !== (access.administrators !== null) || (limited && (added.length > 0 || edits.removed.some((one) => there.has(one))));
  const full = people.length >= access.bounds.administrators;

  const edit = (more: Partial<Edits>) => {
    enter((before) => ({ ...before, ...more }));
    setDone(false);
    setSaid('');
    forget();
  };
  const limit = (to: boolean) => {
    // Whoever begins a list is on it, unless they take themselves off.
    const alone = to && people.length === 0;
    edit({ limited: to, ...(alone ? { added: [access.caller] } : {}) });
  };
  const remove = (key: string) => {
    edit({
      added: edits.added.filter((person) => person.accountId !== key),
      removed: there.has(key) ? [...edits.removed, key] : edits.removed,
    });
    setSaid(common.takenOff);
  };
  const add = (candidate: Candidate | null) => {
    if (candidate === null) {
      return;
    }
    const { accountId, displayName, avatarUrl } = candidate.account;
    edit(
      there.has(accountId)
        ? { removed: edits.removed.filter((one) => one !== accountId) }
        : { added: [...edits.added.filter((one) => one.accountId !== accountId), { accountId, displayName, avatarUrl }] },
    );
    setChosen(chosen + 1);
    setSaid(common.putOn(displayName));
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const accounts = limited ? people.map((person) => person.accountId) : null;
    if ((await ask({ type: 'limitAdministrators', edition: access.edition, accounts })) !== null) {
      setDone(true);
    }
  };

  return (
    <Part title={words.heading}>
      <form className={styles.form} noValidate onSubmit={(event) => void save(event)}>
        <fieldset className={choiceStyles.choice}>
          <legend className={choiceStyles.legend}>{words.legend}</legend>
          <div className={choiceStyles.option}>
            <input type="radio" id={`${id}-all`} name={id} checked={!limited} onChange={() => limit(false)} />
            <label htmlFor={`${id}-all`}>{words.everybody}</label>
          </div>
          <div className={choiceStyles.option}>
            <input
              type="radio"
              id={`${id}-listed`}
              name={id}
              checked={limited}
              aria-describedby={`${id}-listed-explanation`}
              onChange={() => limit(true)}
            />
            <div>
              <label htmlFor={`${id}-listed`}>{words.listed}</label>
              <p id={`${id}-listed-explanation`} className={choiceStyles.explanation}>
                {words.listedExplanation}
              </p>
            </div>
          </div>
        </fieldset>
        {limited && (
          <>
            <Listed
              title={words.people}
              lines={people.map(({ accountId, displayName }) => ({
                key: accountId,
                name: <bdi>{displayName}</bdi>,
                detail: accountId === access.caller.accountId ? words.you : null,
              }))}
              empty=""
              onRemove={remove}
            />
            {full ? (
              <p className={styles.hint}>{common.full(access.bounds.administrators)}</p>
            ) : (
              <div className={styles.field} role="group" aria-labelledby={`${id}-add`}>
                <h3 id={`${id}-add`} className={styles.label}>
                  {words.add}
                </h3>
                <AccountPicker key={chosen} chosen={null} first={picker} problem={null} onChoose={add} />
              </div>
            )}
            {(access.withoutRights ?? [])
              .filter((person) => people.some((one) => one.accountId === person.accountId))
              .map((person) => (
                <p key={person.accountId} className={styles.warning}>
                  <Say phrase={words.withoutRights(person)} />
                </p>
              ))}
            {withoutYou && <p className={styles.warning}>{words.withoutYou}</p>}
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
            forget();
          }}
        />
      </form>
    </Part>
  );
}
