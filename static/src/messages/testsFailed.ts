/**
 * That accounts failed the tests of their schedule. Apart from the words of tests, because the script that shows flags
 * carries it too.
 */
import { counted } from './words.ts';

export const testsFailed = {
  line: (n: number) => `${testsFailedTitle(n)}.`,
  open: 'Open the register',
};

/** The same, without its full stop. */
export function testsFailedTitle(n: number): string {
  return `${counted(n, 'service account')} failed the latest test`;
}
