import ArrowDownIcon from '@atlaskit/icon/core/arrow-down';
import ArrowUpIcon from '@atlaskit/icon/core/arrow-up';
import type { ReactNode } from 'react';
import type { AccountId, ConnectionRow, Order } from '../../api/generated/api.ts';
import { people as words, standingWhy, type Told } from '../../messages.ts';
import { Moment } from '../../Moment.tsx';
import { PersonAvatar } from '../../PersonAvatar.tsx';
import { Say } from '../../phrase.tsx';
import { age, day } from '../../time.ts';
import type { Choice } from './PeopleList.ts';
import styles from './PeopleTable.module.css';
import { StandingLozenge } from './StandingLozenge.tsx';

/** One page of people. Where there is no room for a table, each row is a card. */
export function PeopleTable({
  rows,
  choice,
  isTurning,
  selected,
  told,
  onSort,
  onSelect,
}: {
  rows: readonly ConnectionRow[];
  choice: Choice;
  isTurning: boolean;
  selected: ReadonlySet<AccountId>;
  told: Told;
  onSort: (order: Order) => void;
  onSelect: (accounts: readonly AccountId[], on: boolean) => void;
}): ReactNode {
  const accounts = rows.map(({ person }) => person.accountId);
  const all = accounts.length > 0 && accounts.every((account) => selected.has(account));
  // A search lists by name, whatever was chosen before it.
  const order = choice.query === '' ? choice.order : 'name';
  const descending = choice.query === '' && choice.descending;
  const sorting = { order, descending, canSort: choice.query === '', onSort };
  return (
    <table className={styles.table} aria-busy={isTurning}>
      <caption className={styles.caption}>
        {words.caption} <span>{words.sortedBy(order, descending)}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col" className={styles.check}>
            <input type="checkbox" aria-label={words.selectAll} checked={all} onChange={() => onSelect(accounts, !all)} />
          </th>
          <Sortable by="name" label={words.person} {...sorting} />
          <th scope="col">{words.state}</th>
          <th scope="col">{words.why}</th>
          <Sortable by="since" label={words.since} {...sorting} />
          <th scope="col">{words.reminded}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ person, standing, since, remindedAt }) => (
          <tr key={person.accountId} data-selected={selected.has(person.accountId)}>
            <td className={styles.check}>
              <input
                type="checkbox"
                aria-label={words.select(person.displayName)}
                checked={selected.has(person.accountId)}
                onChange={(event) => onSelect([person.accountId], event.currentTarget.checked)}
              />
            </td>
            <th scope="row" className={styles.person}>
              <span className={styles.who}>
                <PersonAvatar person={person} />
                <bdi>{person.displayName}</bdi>
              </span>
            </th>
            <td className={styles.state}>
              <StandingLozenge standing={standing} />
            </td>
            <td className={styles.why}>
              <Say phrase={standingWhy(standing)} />
            </td>
            <td data-label={words.since}>
              <Moment at={since}>{day(since, told.now, told.calendar)}</Moment>
            </td>
            <td data-label={words.reminded}>
              {remindedAt === null ? words.never : <Moment at={remindedAt}>{age(remindedAt, told.now)}</Moment>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sortable({
  by,
  label,
  order,
  descending,
  canSort,
  onSort,
}: {
  by: Order;
  label: string;
  order: Order;
  descending: boolean;
  canSort: boolean;
  onSort: (order: Order) => void;
}): ReactNode {
  const is = by === order;
  const Arrow = descending ? ArrowDownIcon : ArrowUpIcon;
  return (
    <th scope="col" aria-sort={is ? (descending ? 'descending' : 'ascending') : 'none'}>
      {canSort ? (
        <button type="button" className={styles.sort} onClick={() => onSort(by)}>
          {label}
          {is && <Arrow label="" size="small" />}
        </button>
      ) : (
        label
      )}
    </th>
  );
}
