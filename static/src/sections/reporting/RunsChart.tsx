import type { ReactNode } from 'react';
import type { Runs } from '../../api/generated/api.ts';
import { runsChart as words, type Told } from '../../messages.ts';
import { DayChart, type Series } from '../DayChart.tsx';
import { everyDay } from './days.ts';
import styles from './RunsChart.module.css';

/** Both kinds of runs, from the bottom of a column up. */
const SERIES: ReadonlyArray<Series<'failed' | 'well'>> = [
  { key: 'failed', label: words.failed, look: styles.failed },
  { key: 'well', label: words.well, look: styles.well },
];

/** Runs and failures by the day on which they ended. */
export function RunsChart({ runs, told }: { runs: Runs; told: Told }): ReactNode {
  const days = everyDay(runs.days, runs.now);
  const all = days.reduce((sum, one) => sum + one.runs, 0);
  const failures = days.reduce((sum, one) => sum + one.failures, 0);
  return (
    <div className={styles.chart}>
      <ul className={styles.legend} aria-hidden="true">
        {SERIES.map(({ key, label, look }) => (
          <li key={key}>
            <span className={`${styles.swatch} ${look}`} />
            {label}
          </li>
        ))}
      </ul>
      <DayChart
        days={days.map((one) => ({ day: one.day, counts: { failed: one.failures, well: one.runs - one.failures } }))}
        series={SERIES}
        words={{
          described: words.described(all, failures, days.length),
          numbers: words.numbers,
          table: words.table,
          day: words.day,
          note: words.note(days.length),
        }}
        told={told}
      />
    </div>
  );
}
