/**
 * A run as a text file. Times are ISO 8601, in UTC.
 */
import type { Run, RunItem, Timestamp } from '../../api/generated/api.ts';
import { byWhom, countsSentence, itemName, itemSentence, itemWord, lostSentence, postedBy, runDialog, runOutcome, trigger } from '../../messages.ts';
import { counted, number } from '../../messages/words.ts';
import { plain } from '../../phrase.tsx';

/** The first lines: what the run was. */
export function logHead(run: Run): string {
  const facts: ReadonlyArray<readonly [string, string]> = [
    [runDialog.id, run.id],
    ['Integration', `${run.name} (${run.integration})`],
    [runDialog.trigger, plain(trigger(run.trigger))],
    [runDialog.started, iso(run.startedAt)],
    [runDialog.ended, run.endedAt === null ? runDialog.notEnded : iso(run.endedAt)],
    ['Outcome', runOutcome(run.outcome)],
    [runDialog.counts, countsSentence(run.counts)],
    [runDialog.points, number(run.counts.points)],
    [runDialog.by, byWhom(run)],
  ];
  return `${facts.map(([name, value]) => `${name}: ${oneLine(value)}\n`).join('')}\n`;
}

/** The line of one comment. */
export function logLine(item: RunItem): string {
  const why = [plain(itemSentence(item.outcome, item.about)), postedBy(item), lostSentence(item.lost)].filter((part) => part !== '').join(' ');
  return `${iso(item.at)}  ${itemWord(item.outcome.type)}  ${oneLine(itemName(item))}  ${oneLine(why)}  ${counted(item.points, 'point')}\n`;
}

function iso(at: Timestamp): string {
  return new Date(at).toISOString();
}

/** Jira's words and people's names may hold line breaks, which would make a line of their own in the log. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
