import { type ReactNode } from 'react';
import type { Timestamp } from '../api/generated/api.ts';
import type { Told } from '../messages.ts';
import { number } from '../messages/words.ts';
import { day as written } from '../time.ts';
import { Axis } from './Axis.tsx';
import styles from './DayChart.module.css';

/** The drawing's own units: it scales with the page. */
const HEIGHT = 100;
const STEP = 30;
const COLUMN = 22;

/** So many columns are drawn at least, so that the first few are not as wide as the page. */
const LEAST = 7;

/** What is counted on each day: how it is called, and the class that gives its colour as `--shade`. */
export interface Series<Key extends string> {
  readonly key: Key;
  readonly label: string;
  readonly look: string | undefined;
}

/** One day, in UTC, and its counts. */
export interface CountedDay<Key extends string> {
  readonly day: Timestamp;
  readonly counts: Readonly<Record<Key, number>>;
}

/** What the chart is called and told in. */
interface Words {
  /** What the drawing shows, in a sentence. */
  readonly described: string;
  /** What opens the table. */
  readonly numbers: string;
  /** What is in the table. */
  readonly table: string;
  /** The head of its first column. */
  readonly day: string;
  /** What is said under the drawing; nothing when empty. */
  readonly note: string;
}

/** A rectangle of one column. */
interface Piece {
  readonly y: number;
  readonly height: number;
}

/**
 * Counts of the last days: one column a day, oldest first, stacked from the bottom up. The numbers are in a table under it,
 * for whoever wants them exactly or does not see the drawing.
 */
export function DayChart<Key extends string>({
  days,
  series,
  words,
  told,
}: {
  days: ReadonlyArray<CountedDay<Key>>;
  series: ReadonlyArray<Series<Key>>;
  words: Words;
  told: Told;
}): ReactNode {
  const sum = ({ counts }: CountedDay<Key>) => series.reduce((all, { key }) => all + counts[key], 0);
  const most = Math.max(1, ...days.map(sum));
  const dayName = (one: CountedDay<Key>) => written(one.day, told.now, { ...told.calendar, timeZone: 'UTC' });
  const first = days[0];
  const last = days.at(-1);
  return (
    <figure className={styles.chart}>
      <div className={styles.plot}>
        <span className={styles.top} aria-hidden="true">
          {number(most)}
        </span>
        <svg
          role="img"
          aria-label={words.described}
          className={styles.drawing}
          viewBox={`0 0 ${STEP * Math.max(days.length, LEAST)} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          {days.map((one, i) => (
            <g key={one.day}>
              {stacked(one, series, most).map(({ y, height }, n) => (
                <rect
                  key={series[n]?.key}
                  className={`${styles.piece} ${series[n]?.look}`}
                  x={i * STEP + (STEP - COLUMN) / 2}
                  width={COLUMN}
                  y={y}
                  height={height}
                />
              ))}
            </g>
          ))}
        </svg>
      </div>
      {first !== undefined && last !== undefined && (
        <Axis first={dayName(first)} last={days.length > 1 ? dayName(last) : null} isFull={days.length >= LEAST} />
      )}
      {words.note !== '' && <p className={styles.note}>{words.note}</p>}
      <details className={styles.numbers}>
        <summary className={styles.summary}>{words.numbers}</summary>
        <div className={styles.scroll} role="region" aria-label={words.table} tabIndex={0}>
          <table className={styles.table}>
            <caption className={styles.caption}>{words.table}</caption>
            <thead>
              <tr>
                <th scope="col">{words.day}</th>
                {series.map(({ key, label }) => (
                  <th key={key} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((one) => (
                <tr key={one.day}>
                  <th scope="row">{dayName(one)}</th>
                  {series.map(({ key }) => (
                    <td key={key}>{number(one.counts[key])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** The pieces of one column from the bottom up, in the drawing's units. */
function stacked<Key extends string>({ counts }: CountedDay<Key>, series: ReadonlyArray<Series<Key>>, most: number): Piece[] {
  let below = 0;
  return series.map(({ key }) => {
    const height = (counts[key] / most) * HEIGHT;
    below += height;
    return { y: HEIGHT - below, height };
  });
}
