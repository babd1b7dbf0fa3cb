/**
 * The register as comma-separated values.
 */
import type { EntryView, LastTest, Timestamp } from '../../api/generated/api.ts';
import { line } from '../../csv.ts';
import { registerCsv as words, trial, trialVerdict } from '../../messages.ts';
import { dayText } from './draft.ts';
import { isDue } from './due.ts';

/** The whole file. Days are ISO 8601; times too, in UTC. */
export function registerLines(entries: readonly EntryView[], now: Timestamp): string {
  return line(words.columns) + entries.map((entry) => entryLine(entry, now)).join('');
}

function entryLine({ account, isMain, details, rotateOn, changedAt, changedBy, lastTest }: EntryView, now: Timestamp): string {
  const yes = (is: boolean) => (is ? words.yes : words.no);
  return line([
    account.accountId,
    account.displayName,
    yes(isMain),
    details?.purpose ?? '',
    (details?.systems ?? []).join('\n'),
    details?.owner?.displayName ?? '',
    details?.owner?.accountId ?? '',
    details?.documentation ?? '',
    dayText(details?.reviewOn ?? null),
    yes(isDue(details?.reviewOn ?? null, now)),
    String(details?.rotateEveryDays ?? ''),
    dayText(details?.rotatedOn ?? null),
    dayText(rotateOn),
    yes(isDue(rotateOn, now)),
    details?.notes ?? '',
    changedAt === null ? '' : new Date(changedAt).toISOString(),
    changedBy?.displayName ?? '',
    lastTest === null ? '' : new Date(lastTest.at).toISOString(),
    lastTest === null ? trial.noTest : trialVerdict(lastTest.verdict),
    failed(lastTest),
  ]);
}

/** How many checks failed. What was not run counts as neither failed nor passed. */
function failed(test: LastTest | null): string {
  if (test === null) {
    return trial.noTest;
  }
  return test.verdict === 'incomplete' ? words.someNotRun(test.failed) : String(test.failed);
}
