import Button from '@atlaskit/button/default/button';
import InformationIcon from '@atlaskit/icon/core/status-information';
import Lozenge from '@atlaskit/lozenge/lozenge';
import type { ReactNode } from 'react';
import type { EntryView } from '../../api/generated/api.ts';
import { register as words, trial as testing, type Told } from '../../messages.ts';
import { Moment } from '../../Moment.tsx';
import { PersonAvatar } from '../../PersonAvatar.tsx';
import { age } from '../../time.ts';
import { DocumentationLink } from './DocumentationLink.tsx';
import { DueDay } from './DueDay.tsx';
import styles from './EntriesTable.module.css';
import { TestCell } from './TestCell.tsx';

/** The accounts of the register. Where there is no room for a table, each row is a card. */
export function EntriesTable({
  entries,
  of,
  told,
  onEdit,
  onRemove,
  onTest,
}: {
  entries: readonly EntryView[];
  /** How many there are in all. */
  of: number;
  told: Told;
  onEdit: (entry: EntryView) => void;
  onRemove: (entry: EntryView) => void;
  onTest: (entry: EntryView) => void;
}): ReactNode {
  const { columns } = words;
  return (
    <div className={styles.room}>
      <table className={styles.table}>
        <caption className={styles.caption}>{words.caption(entries.length, of)}</caption>
        <thead>
          <tr>
            {Object.entries(columns).map(([key, label]) => (
              <th key={key} scope="col" className={styles[key]}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row
              key={entry.account.accountId}
              entry={entry}
              told={told}
              onEdit={() => onEdit(entry)}
              onRemove={() => onRemove(entry)}
              onTest={() => onTest(entry)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  entry,
  told,
  onEdit,
  onRemove,
  onTest,
}: {
  entry: EntryView;
  told: Told;
  onEdit: () => void;
  onRemove: () => void;
  onTest: () => void;
}): ReactNode {
  const { account, isMain, looksPersonal, details, rotateOn, changedAt, changedBy, revision } = entry;
  const { columns } = words;
  return (
    <tr>
      <th scope="row">
        <span className={styles.who}>
          <PersonAvatar person={account} />
          <bdi>{account.displayName}</bdi>
        </span>
        {isMain && <Lozenge appearance="information">{words.main}</Lozenge>}
        {!account.active && <Lozenge appearance="danger">{words.inactive}</Lozenge>}
        {looksPersonal && (
          <span className={styles.advice}>
            <InformationIcon label="" size="small" /> <span>{words.personal}</span>
          </span>
        )}
      </th>
      <td>
        {details === null ? <p className={styles.subtle}>{words.nothingWritten}</p> : <p>{details.purpose === '' ? words.noPurpose : details.purpose}</p>}
        {details !== null && details.systems.length > 0 && (
          <ul className={styles.systems}>
            {details.systems.map((system, i) => (
              <li key={i}>
                <bdi>{system}</bdi>
              </li>
            ))}
          </ul>
        )}
        {details?.documentation != null && (
          <p>
            <DocumentationLink address={details.documentation} of={account.displayName} />
          </p>
        )}
        {details !== null && details.notes !== '' && (
          <details>
            <summary className={styles.summary}>{words.notes}</summary>
            <p className={styles.notes}>{details.notes}</p>
          </details>
        )}
      </td>
      <td data-label={columns.owner}>{details?.owner == null ? words.nobody : <bdi>{details.owner.displayName}</bdi>}</td>
      <td data-label={columns.review}>{details?.reviewOn == null ? words.noDate : <DueDay on={details.reviewOn} told={told} />}</td>
      <td data-label={columns.rotation}>
        {rotateOn === null || details?.rotateEveryDays == null ? (
          words.noRotation
        ) : (
          <>
            <DueDay on={rotateOn} told={told} /> <span className={styles.subtle}>{words.every(details.rotateEveryDays)}</span>
          </>
        )}
      </td>
      <td data-label={columns.changed}>
        {changedAt === null || changedBy === null ? (
          words.never
        ) : (
          <>
            <Moment at={changedAt}>{age(changedAt, told.now)}</Moment> <bdi className={styles.subtle}>{changedBy.displayName}</bdi>
          </>
        )}
      </td>
      <td data-label={columns.test}>
        <TestCell entry={entry} told={told} />
      </td>
      <td>
        <div className={styles.controls}>
          <Button spacing="compact" aria-label={testing.buttonOf(account.displayName)} onClick={onTest}>
            {testing.button}
          </Button>
          <Button spacing="compact" aria-label={words.editOf(account.displayName)} onClick={onEdit}>
            {words.edit}
          </Button>
          {revision !== null && (
            <Button spacing="compact" appearance="subtle" aria-label={words.removeOf(account.displayName)} onClick={onRemove}>
              {words.remove}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}
