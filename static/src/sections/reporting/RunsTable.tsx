import type { ReactNode } from 'react';
import type { Run } from '../../api/generated/api.ts';
import { byWhom, duration, runsTable as words, trigger, type Told } from '../../messages.ts';
import { number, when } from '../../messages/words.ts';
import { Moment } from '../../Moment.tsx';
import { Say } from '../../phrase.tsx';
import { OutcomeLozenge } from './OutcomeLozenge.tsx';
import { RunMenu, type RunActions } from './RunMenu.tsx';
import styles from './RunsTable.module.css';

/** What became of comments, in the order of the columns. */
const COUNTS = ['read', 'created', 'updated', 'skipped', 'failed', 'points'] as const;

/** One page of runs. Where there is no room for a table, each row is a card. */
export function RunsTable({
  rows,
  isTurning,
  isBusy,
  told,
  actions,
}: {
  rows: readonly Run[];
  isTurning: boolean;
  isBusy: boolean;
  told: Told;
  actions: RunActions;
}): ReactNode {
  return (
    <table className={styles.table} aria-busy={isTurning}>
      <caption className={styles.caption}>{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.integration}</th>
          <th scope="col">{words.started}</th>
          <th scope="col">{words.duration}</th>
          <th scope="col">{words.outcome}</th>
          {COUNTS.map((one) => (
            <th key={one} scope="col" className={styles.number}>
              {words[one]}
            </th>
          ))}
          <th scope="col">{words.by}</th>
          <th scope="col">{words.actions}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((run) => (
          <Row key={run.id} run={run} told={told} isBusy={isBusy} actions={actions} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ run, told, isBusy, actions }: { run: Run; told: Told; isBusy: boolean; actions: RunActions }): ReactNode {
  return (
    <tr>
      <th scope="row" className={styles.run}>
        <button type="button" className={styles.name} aria-haspopup="dialog" onClick={() => actions.onOpen(run)}>
          <bdi>{run.name}</bdi>
        </button>
        <span className={styles.subtle}>
          {run.issue !== null && (
            <>
              <span className={styles.whole}>{run.issue}</span>
              {' · '}
            </>
          )}
          <Say phrase={trigger(run.trigger)} />
        </span>
      </th>
      <td data-label={words.started} className={styles.started}>
        <Moment at={run.startedAt}>{when(run.startedAt, told)}</Moment>
      </td>
      <td data-label={words.duration} className={styles.whole}>
        {duration((run.endedAt ?? told.now) - run.startedAt)}
      </td>
      <td className={styles.outcome}>
        <OutcomeLozenge outcome={run.outcome} />
        {run.outcome === 'running' && <progress className={styles.bar} aria-label={words.progress(run.name)} />}
        {run.shared !== null && <span className={styles.subtle}>{words.shared}</span>}
      </td>
      {COUNTS.map((one) => (
        <td key={one} data-label={words[one]} className={styles.number}>
          {number(run.counts[one])}
        </td>
      ))}
      <td data-label={words.by} className={styles.by}>
        {byWhom(run)}
      </td>
      <td className={styles.actions}>
        <RunMenu run={run} told={told} isBusy={isBusy} actions={actions} />
      </td>
    </tr>
  );
}
