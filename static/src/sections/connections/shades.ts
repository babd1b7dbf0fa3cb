/**
 * How people are counted on this page: by label, and those who are not verified yet apart.
 */
import type { Counts, Label, Tally } from '../../api/generated/api.ts';
import type { Shade } from '../../messages.ts';

/** Every label, in the order in which it is shown. */
export const LABELS: readonly Label[] = ['working', 'toReauthorize', 'wrongAccount', 'neverUsed', 'deactivated'];

/** Every shade, in the order in which it is stacked. */
export const SHADES: readonly Shade[] = ['working', 'unverified', 'toReauthorize', 'wrongAccount', 'neverUsed', 'deactivated'];

/** How many people are of each shade. */
export function shadesOf({ fresh, unverified }: { fresh: Counts; unverified: number }): Readonly<Record<Shade, number>> {
  return { ...fresh, unverified };
}

/** How many people there are. */
export function everybody(tally: { fresh: Counts; unverified: number }): number {
  return Object.values(shadesOf(tally)).reduce((sum, n) => sum + n, 0);
}

/** How many people are listed under a label: who is not verified yet counts as working until it is tried. */
export function countUnder(label: Label, tally: Tally): number {
  return label === 'working' ? tally.fresh.working + tally.unverified : tally.fresh[label];
}
