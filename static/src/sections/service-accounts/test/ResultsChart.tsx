import type { ReactNode } from 'react';
import type { Tested, TrialView } from '../../../api/generated/api.ts';
import { Moment } from '../../../Moment.tsx';
import { trial as words, trialDrawing, trialItem, trialResult, trialVerdict, type Told } from '../../../messages.ts';
import { list } from '../../../messages/words.ts';
import { moment } from '../../../time.ts';
import { Axis } from '../../Axis.tsx';
import chartStyles from '../../DayChart.module.css';
import styles from './ResultsChart.module.css';
import { verdictOf } from './verdict.ts';

/** The drawing's own units: it scales with the page. One row a check. */
const CELL = 10;
const STEP = 24;
const COLUMN = 18;

/** So many columns are drawn at least, so that the first few are not as wide as the page. */
const LEAST = 15;

/**
 * What each test found: one column a test, oldest first, one cell a check in the order of the checks. A cell that failed
 * is filled, with a bar across; one that was not run is an outline. The results are in a table under it, too.
 */
export function ResultsChart({ trial, told }: { trial: TrialView; told: Told }): ReactNode {
  const results = [...trial.results].reverse();
  const [first] = results;
  const last = results.at(-1);
  const rows = Math.max(1, ...results.map(({ checks }) => checks.length));
  return (
    <figure className={chartStyles.chart}>
      <svg
        role="img"
        aria-label={trialDrawing(trial)}
        className={styles.drawing}
        viewBox={`0 0 ${STEP * Math.max(results.length, LEAST)} ${rows * CELL}`}
        preserveAspectRatio="xMinYMid meet"
      >
        {results.map(({ checks, at }, i) => (
          <g key={at}>
            {checks.map(({ item, finding }, row) => {
              const x = i * STEP + (STEP - COLUMN) / 2;
              const y = row * CELL + 1;
              return (
                <g key={item}>
                  <rect className={styles[finding.type]} x={x} y={y} width={COLUMN} height={CELL - 2} rx={1} />
                  {finding.type === 'failed' && <line className={styles.bar} x1={x + 3} y1={y + CELL - 4} x2={x + COLUMN - 3} y2={y + 2} />}
                </g>
              );
            })}
          </g>
        ))}
      </svg>
      {first !== undefined && last !== undefined && (
        <Axis
          first={moment(first.at, told.calendar)}
          last={results.length > 1 ? moment(last.at, told.calendar) : null}
          isFull={results.length >= LEAST}
        />
      )}
      <ul className={styles.legend} aria-hidden="true">
        {(['passed', 'failed', 'notRun'] as const).map((one) => (
          <li key={one}>
            <svg className={styles.key} viewBox={`0 0 ${COLUMN} ${CELL}`}>
              <rect className={styles[one]} x={1} y={1} width={COLUMN - 2} height={CELL - 2} rx={1} />
              {one === 'failed' && <line className={styles.bar} x1={4} y1={CELL - 3} x2={COLUMN - 4} y2={3} />}
            </svg>
            {words[one]}
          </li>
        ))}
      </ul>
      <details className={chartStyles.numbers}>
        <summary className={chartStyles.summary}>{words.numbers}</summary>
        <div className={chartStyles.scroll} role="region" aria-label={words.table} tabIndex={0}>
          <table className={`${chartStyles.table} ${styles.table}`}>
            <caption className={chartStyles.caption}>{words.table}</caption>
            <thead>
              <tr>
                <th scope="col">{words.at}</th>
                <th scope="col">{words.startedBy}</th>
                <th scope="col">{words.result}</th>
                <th scope="col">{words.failed}</th>
              </tr>
            </thead>
            <tbody>
              {trial.results.map((result) => (
                <tr key={result.at}>
                  <th scope="row">
                    <Moment at={result.at}>{moment(result.at, told.calendar)}</Moment>
                  </th>
                  <td>{result.by === null ? words.schedule : <bdi>{result.by.displayName}</bdi>}</td>
                  <td>
                    {trialVerdict(verdictOf(result.checks))}: {trialResult(result)}
                  </td>
                  <td>{list(failedOf(result))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function failedOf({ checks }: Tested): string[] {
  return checks.filter(({ finding }) => finding.type === 'failed').map(({ item }) => trialItem(item));
}
