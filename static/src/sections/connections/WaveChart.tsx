import { type ReactNode } from 'react';
import type { Day, Tally } from '../../api/generated/api.ts';
import { shade, wave as words, type Told } from '../../messages.ts';
import { DayChart } from '../DayChart.tsx';
import { everybody, SHADES, shadesOf } from './shades.ts';
import shadeStyles from './shades.module.css';

/** How people stood at the end of each of the last days, stacked as in the bar. */
export function WaveChart({ days, tally, told }: { days: readonly Day[]; tally: Tally; told: Told }): ReactNode {
  return (
    <DayChart
      days={days.map((one) => ({ day: one.day, counts: shadesOf(one) }))}
      series={SHADES.map((key) => ({ key, label: shade(key), look: shadeStyles[key] }))}
      words={{
        described: words.described(tally, everybody(tally)),
        numbers: words.numbers,
        table: words.table,
        day: words.day,
        note: words.short(days),
      }}
      told={told}
    />
  );
}
