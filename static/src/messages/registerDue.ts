/**
 * How much is due of service accounts. Apart from the section's words, because the script that shows flags carries it too.
 */
import { counted } from './words.ts';

/** How much is due, as a sentence on the status page. */
export const registerDue = {
  line: (n: number) => `${registerDueTitle(n)}.`,
  open: 'Open Service accounts',
};

/** The same, without its full stop. */
export function registerDueTitle(n: number): string {
  return `${counted(n, 'review or rotation', 'reviews or rotations')} of service accounts ${n === 1 ? 'is' : 'are'} due`;
}
