/**
 * A comment that waits and that another tab, or another function of the app, has in hand.
 */
import type { Trouble } from '../api/door.ts';
import type { MyRequest } from '../me/Mine.ts';

/** That somebody else has it in hand. */
export interface Elsewhere {
  /** When the comment was written. */
  readonly of: number;
  /** Whether it is being posted, or somebody else merely was first. */
  readonly why: 'posting' | 'first';
  /** What was asked here. */
  readonly what: Extract<MyRequest, { type: 'comment' | 'postHeld' | 'postForMe' | 'discardHeld' }>;
  /** How often in a row it was found so. */
  readonly times: number;
}

/** A function has a comment in hand for 30 seconds at most: pauses of 2, 4, 8 and 16 seconds. */
const POSTING_TIMES = 4;
const POSTING_MS = 2000;

/** Whoever was first is done by then. */
const FIRST_MS = 3000;

/** In how many milliseconds the page looks again; nothing when it leaves that to the person. */
export function afterMs({ why, times }: Elsewhere): number | null {
  switch (why) {
    case 'posting':
      return times > POSTING_TIMES ? null : POSTING_MS * 2 ** (times - 1);
    case 'first':
      return times > 1 ? null : FIRST_MS;
  }
}

/** Whether the app may have kept a comment all the same: its storage gave no answer, or the page got none. */
export function mayBeKept(trouble: Trouble): boolean {
  return trouble.from !== 'app' || trouble.error.code === 'storageUnavailable';
}

/** Whether the trouble is only that somebody else dealt with the comment first. */
export function lostRace(trouble: Trouble): boolean {
  return trouble.from === 'app' && (trouble.error.code === 'conflict' || trouble.error.code === 'nothingHeld');
}
