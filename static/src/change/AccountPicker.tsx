import Textfield from '@atlaskit/textfield/text-field';
import { useEffect, useId, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { Announcement } from '../Announcement.tsx';
import type { Candidate, CloudId } from '../api/generated/api.ts';
import { choose as words } from '../messages.ts';
import { TroubleNotice } from '../TroubleNotice.tsx';
import { useSlow } from '../useSlow.ts';
import { AccountOption } from './AccountOption.tsx';
import styles from './AccountPicker.module.css';
import type { Search } from '../panel/useSearch.ts';
import { useAccountSearch } from './useAccountSearch.ts';

/** At most this many characters are searched for. */
const LONGEST_QUERY = 100;

const NOBODY: readonly Candidate[] = [];

/**
 * A combobox over the people that Jira knows, after the ARIA Authoring Practices' "editable combobox with list
 * autocomplete". The list lies in the flow of the dialog, so that it never leaves a small frame.
 */
export function AccountPicker({
  chosen,
  first,
  label = words.hint,
  site = null,
  problem,
  onChoose,
}: {
  chosen: Candidate | null;
  first: RefObject<HTMLElement>;
  /** What the field is called, where more than one account can be chosen. */
  label?: string;
  /** The other site whose people are searched; absent for this one. */
  site?: CloudId | null;
  /** What is wrong with the choice, if anything. */
  problem: string | null;
  onChoose: (candidate: Candidate | null) => void;
}): ReactNode {
  const id = useId();
  const [text, setText] = useState(chosen?.account.displayName ?? '');
  const [unfolded, setUnfolded] = useState(false);
  const [active, setActive] = useState(-1);
  const [attempt, setAttempt] = useState(0);
  const query = chosen === null ? text.trim().slice(0, LONGEST_QUERY) : '';
  const search = useAccountSearch(query, attempt, site);
  const slow = useSlow(search.phase === 'searching');
  const candidates = search.phase === 'found' && unfolded ? search.found : NOBODY;
  const optionId = (i: number) => `${id}-option-${i}`;

  useEffect(() => setActive(-1), [search]);
  useEffect(() => {
    document.getElementById(`${id}-option-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  const choose = (candidate: Candidate | undefined) => {
    if (candidate === undefined || candidate.unsuitable !== null) {
      return;
    }
    setText(candidate.account.displayName);
    setUnfolded(false);
    onChoose(candidate);
  };

  const move = (by: 1 | -1) => {
    setUnfolded(true);
    const n = candidates.length;
    setActive(n === 0 ? -1 : active === -1 ? (by === 1 ? 0 : n - 1) : (active + by + n) % n);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    switch (event.key) {
      case 'ArrowDown':
        event.preventDefault();
        move(1);
        break;
      case 'ArrowUp':
        event.preventDefault();
        move(-1);
        break;
      case 'Enter':
        if (active !== -1) {
          event.preventDefault();
          choose(candidates[active]);
        }
        break;
      case 'Escape':
        if (candidates.length > 0) {
          // The first Escape folds the list; the next one closes the dialog.
          event.stopPropagation();
          setUnfolded(false);
        }
        break;
      default:
        break;
    }
  };

  return (
    <div className={styles.picker}>
      <label htmlFor={`${id}-input`} className={styles.hint}>
        {label}
      </label>
      <Textfield
        ref={first as RefObject<HTMLInputElement>}
        id={`${id}-input`}
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        maxLength={LONGEST_QUERY}
        value={text}
        isInvalid={problem !== null}
        aria-autocomplete="list"
        aria-expanded={candidates.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={active === -1 ? undefined : optionId(active)}
        aria-describedby={`${id}-problem`}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setUnfolded(true);
          onChoose(null);
        }}
        onKeyDown={onKeyDown}
      />
      <p id={`${id}-problem`} className={styles.problem}>
        {problem}
      </p>
      <Announcement>{announced(search, query)}</Announcement>
      <ul id={`${id}-list`} role="listbox" aria-label={words.list} className={styles.list}>
        {candidates.map((candidate, i) => (
          <AccountOption
            key={candidate.account.accountId}
            id={optionId(i)}
            candidate={candidate}
            isActive={i === active}
            onHover={() => setActive(i)}
            onChoose={() => choose(candidate)}
          />
        ))}
      </ul>
      {search.phase === 'searching' && <p className={styles.hint}>{slow ? words.slow : words.searching}</p>}
      {search.phase === 'found' && search.found.length === 0 && <p>{words.none(query)}</p>}
      {search.phase === 'failed' && (
        <TroubleNotice trouble={search.trouble} headingLevel="h3" onRetry={() => setAttempt(attempt + 1)} />
      )}
      {chosen !== null && (
        <ul className={styles.chosen}>
          <AccountOption candidate={chosen} />
        </ul>
      )}
    </div>
  );
}

function announced(search: Search<Candidate>, query: string): string {
  switch (search.phase) {
    case 'found':
      return search.found.length === 0 ? words.none(query) : words.found(search.found.length);
    case 'searching':
      return words.searching;
    case 'idle':
    case 'failed':
      return '';
  }
}
