/**
 * What became of each change, and redirects that were turned away.
 */
import type { HistoryRow, Person, RedirectRefusal, RefusalRow } from '../api/generated/api.ts';
import { say, type Phrase } from '../phrase.tsx';
import { moment } from '../time.ts';
import { outcomeSentence } from './outcome.ts';
import { counted, type Told } from './words.ts';

export const history = {
  heading: 'History',
  empty: 'No change has been made yet. Each one is listed here with its outcome, also when nothing came of it.',
  all: (n: number) => `Show all ${n}`,
  fewer: 'Show fewer',
  begunBy: (who: Person) => say`begun by ${who}`,
  receipt: (n: number) => `receipt ${n}`,
  good: 'Succeeded',
  bad: 'Nothing changed',
};

export function historyRow(row: HistoryRow): Phrase {
  return outcomeSentence(row.outcome, row);
}

export const refusals = {
  heading: (n: number) => `Redirects turned away (${n})`,
  explanation:
    'Somebody opened the address to which Jira returns people after Allow, or a link for signing in as another account, with something that Integration+ did not accept. Nothing has changed by it.',
  // What came at the same moment as others may be missing from the count.
  many: (row: Pick<RefusalRow, 'count'>) => (row.count === 1 ? counted(1, 'time') : `at least ${counted(row.count, 'time')}`),
  when: (row: Omit<RefusalRow, 'reason'>, told: Told) =>
    row.count === 1
      ? moment(row.lastAt, told.calendar)
      : `${moment(row.firstAt, told.calendar)} to ${moment(row.lastAt, told.calendar)}`,
};

export function redirectRefusal(is: RedirectRefusal): string {
  switch (is) {
    case 'malformed':
      return 'Something was missing, repeated or contradictory in the address.';
    case 'unknownState':
      return 'It belonged to no change that was begun here.';
    case 'expired':
      return 'It came after its time was over.';
    case 'alreadyUsed':
      return 'It had been used before.';
    case 'superseded':
      return 'Its change had been cancelled or replaced.';
    case 'elsewhere':
      return 'It was meant for another site or environment.';
    case 'wrongIssuer':
      return 'It came from another sign-in service than Atlassian’s.';
    case 'unknownLink':
      return 'It was no link for signing in as another account that was made here.';
  }
}
