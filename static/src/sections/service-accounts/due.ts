/**
 * What is due of an entry.
 */
import type { EntryView, Timestamp } from '../../api/generated/api.ts';

/** Whether a day has come. */
export function isDue(on: Timestamp | null, now: Timestamp): boolean {
  return on !== null && on <= now;
}

/** How many reviews and rotations of an entry are due. */
export function countDue({ details, rotateOn }: EntryView, now: Timestamp): number {
  return Number(isDue(details?.reviewOn ?? null, now)) + Number(isDue(rotateOn, now));
}
