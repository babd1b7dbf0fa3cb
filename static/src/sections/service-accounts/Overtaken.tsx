import Button from '@atlaskit/button/default/button';
import type { ReactNode } from 'react';
import { InSight } from '../../InSight.tsx';
import { conflict as words, entry as entryWords, type Told } from '../../messages.ts';
import { Notice } from '../../Notice.tsx';
import { Say } from '../../phrase.tsx';
import { draftOf, type Draft } from './draft.ts';
import styles from './Overtaken.module.css';
import type { Overtaken } from './useEntry.ts';

/** Fields in the order in which they are typed, each with its label. */
const LABELS: ReadonlyArray<readonly [keyof Draft, string]> = [
  ['purpose', entryWords.purpose],
  ['systems', entryWords.systems],
  ['owner', entryWords.owner],
  ['documentation', entryWords.documentation],
  ['reviewOn', entryWords.reviewOn],
  ['rotateEveryDays', entryWords.rotateEveryDays],
  ['rotatedOn', entryWords.rotatedOn],
  ['notes', entryWords.notes],
];

/** Somebody else was first: what is there now beside what was typed. */
export function OvertakenNotice({ overtaken, draft, told, onTake }: { overtaken: Overtaken; draft: Draft; told: Told; onTake: () => void }): ReactNode {
  return (
    <InSight>
      <div role="alert">
        <Notice appearance="warning" title={words.title} headingLevel="h2">
          {overtaken.how === 'elsewhere' && (
            <p>
              <Say phrase={words.elsewhere} />
            </p>
          )}
          {overtaken.how === 'unread' && (
            <p>
              <Say phrase={words.unread} />
            </p>
          )}
          {overtaken.how === 'removed' && (
            <p>
              <Say phrase={words.removed} />
            </p>
          )}
          {overtaken.how === 'changed' && <Theirs overtaken={overtaken} draft={draft} told={told} onTake={onTake} />}
        </Notice>
      </div>
    </InSight>
  );
}

function Theirs({
  overtaken: { now },
  draft,
  told,
  onTake,
}: {
  overtaken: Extract<Overtaken, { how: 'changed' }>;
  draft: Draft;
  told: Told;
  onTake: () => void;
}): ReactNode {
  const there = draftOf(now.details);
  const differ = LABELS.filter(([key]) => shown(there, key) !== shown(draft, key));
  return (
    <>
      {now.changedBy !== null && now.changedAt !== null && (
        <p>
          <Say phrase={words.changed(now.changedBy, now.changedAt, told)} />
        </p>
      )}
      {differ.length === 0 ? (
        <p>{words.same}</p>
      ) : (
        <table className={styles.table}>
          <caption className={styles.caption}>{words.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.field}</th>
              <th scope="col">{words.there}</th>
              <th scope="col">{words.typed}</th>
            </tr>
          </thead>
          <tbody>
            {differ.map(([key, label]) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td>{shown(there, key) || words.nothing}</td>
                <td>{shown(draft, key) || words.nothing}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button onClick={onTake}>{words.take}</Button>
    </>
  );
}

function shown(draft: Draft, key: keyof Draft): string {
  return key === 'owner' ? (draft.owner?.displayName ?? '') : draft[key];
}
