/**
 * People as comma-separated values.
 */
import type { ConnectionRow, Timestamp } from '../../api/generated/api.ts';
import { line } from '../../csv.ts';
import { exporting, shade, standingWhy } from '../../messages.ts';
import { plain } from '../../phrase.tsx';

/** The first line. */
export function header(): string {
  return line(exporting.columns);
}

/** The line of one person. Times are ISO 8601, in UTC. */
export function personLine({ person, standing, since, usedAt, remindedAt }: ConnectionRow): string {
  return line([
    person.accountId,
    person.displayName,
    shade(standing.type),
    plain(standingWhy(standing)),
    iso(since),
    iso(usedAt),
    iso(remindedAt),
  ]);
}

function iso(at: Timestamp | null): string {
  return at === null ? '' : new Date(at).toISOString();
}
