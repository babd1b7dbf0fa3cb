import { type ReactNode } from 'react';
import type { Day, Tally } from '../../api/generated/api.ts';
import { shade, wave as words, type Told } from '../../messages.ts';
import { number } from '../../messages/words.ts';
import { day as written } from '../../time.ts';
import { everybody, SHADES, shadesOf } from './shades.ts';
import shadeStyles from './shades.module.css';
import styles from './WaveChart.module.css';

/** The drawing's own units: it scales with the page. */
const HEIGHT = 100;
const STEP = 30;
const COLUMN = 22;

/** A rectangle of one column. */
interface Piece {
  readonly y: number;
  readonly height: number;
}

/**
 * How people stood at the end of each of the last days: one column a day, stacked as in the bar. The numbers are in a
 * table under it, for whoever wants them exactly or does not see the drawing.
 */
export function WaveChart({ days, tally, told }: { days: readonly Day[]; tally: Tally; told: Told }): ReactNode {
  const most = Math.max(1, ...days.map(everybody));
  const dayName = (one: Day) => written(one.day, told.now, { ...told.calendar, timeZone: 'UTC' });
  const first = days[0];
  const last = days.at(-1);
  const growing = words.short(days);
  return (
    <figure className={styles.chart}>
      <div className={styles.plot}>
        <span className={styles.top} aria-hidden="true">
          {number(most)}
        </span>
        <svg
          role="img"
          aria-label={words.described(tally, everybody(tally))}
          className={styles.drawing}
          viewBox={`0 0 ${STEP * Math.max(days.length, 7)} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          {days.map((one, i) => (
            <g key={one.day}>
              {stacked(one, most).map(({ y, height }, n) => (
                <rect
                  key={SHADES[n]}
                  className={`${styles.piece} ${shadeStyles[SHADES[n] ?? 'working']}`}
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
        <p className={styles.axis} aria-hidden="true">
          <span>{dayName(first)}</span>
          {days.length > 1 && <span>{dayName(last)}</span>}
        </p>
      )}
      {growing !== '' && <p className={styles.note}>{growing}</p>}
      <details className={styles.numbers}>
        <summary className={styles.summary}>{words.numbers}</summary>
        <div className={styles.scroll} role="region" aria-label={words.table} tabIndex={0}>
          <table className={styles.table}>
            <caption className={styles.caption}>{words.table}</caption>
            <thead>
              <tr>
                <th scope="col">{words.day}</th>
                {SHADES.map((one) => (
                  <th key={one} scope="col">
                    {shade(one)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((one) => (
                <tr key={one.day}>
                  <th scope="row">{dayName(one)}</th>
                  {SHADES.map((name) => (
                    <td key={name}>{number(shadesOf(one)[name])}</td>
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
function stacked(day: Day, most: number): Piece[] {
  const counts = shadesOf(day);
  let below = 0;
  return SHADES.map((one) => {
    const height = (counts[one] / most) * HEIGHT;
    below += height;
    return { y: HEIGHT - below, height };
  });
}
