import Textfield from '@atlaskit/textfield/text-field';
import { useId, useState, type ReactNode } from 'react';
import { Announcement } from '../../Announcement.tsx';
import type { EntryView } from '../../api/generated/api.ts';
import { register as words, searchable, type Told } from '../../messages.ts';
import { number } from '../../messages/words.ts';
import filterStyles from '../connections/Filters.module.css';
import { countDue } from './due.ts';
import styles from './Entries.module.css';
import { EntriesTable } from './EntriesTable.tsx';

/** The accounts that are due or searched for, or all. */
export function Entries({
  entries,
  told,
  onEdit,
  onRemove,
  onTest,
}: {
  entries: readonly EntryView[];
  told: Told;
  onEdit: (entry: EntryView) => void;
  onRemove: (entry: EntryView) => void;
  onTest: (entry: EntryView) => void;
}): ReactNode {
  const id = useId();
  const [dueOnly, setDueOnly] = useState(false);
  const [typed, setTyped] = useState('');
  const query = typed.trim();
  const due = entries.filter((entry) => countDue(entry, told.now) > 0);
  const sought = query.toLocaleLowerCase();
  const shown = (dueOnly ? due : entries).filter((entry) => searchable(entry).toLocaleLowerCase().includes(sought));
  const none = query === '' ? words.noneDue : words.none(query);
  return (
    <>
      <div className={styles.tools}>
        <ul className={filterStyles.filters} aria-label={words.filter}>
          {([false, true] as const).map((only) => (
            <li key={String(only)}>
              <button type="button" className={filterStyles.filter} aria-pressed={dueOnly === only} onClick={() => setDueOnly(only)}>
                {only ? words.due : words.all} <span className={filterStyles.count}>{number(only ? due.length : entries.length)}</span>
              </button>
            </li>
          ))}
        </ul>
        <div className={styles.search}>
          <label htmlFor={`${id}-search`}>{words.search}</label>
          <Textfield
            id={`${id}-search`}
            type="search"
            isCompact
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
      </div>
      <Announcement>{shown.length === 0 ? none : words.caption(shown.length, entries.length)}</Announcement>
      {shown.length === 0 ? (
        <p className={styles.none} aria-hidden="true">
          {none}
        </p>
      ) : (
        <EntriesTable entries={shown} of={entries.length} told={told} onEdit={onEdit} onRemove={onRemove} onTest={onTest} />
      )}
    </>
  );
}
