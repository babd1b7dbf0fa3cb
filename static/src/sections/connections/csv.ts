/**
 * People as comma-separated values, after RFC 4180, for programs that calculate with what they open.
 */
import type { ConnectionRow, Timestamp } from '../../api/generated/api.ts';
import { exporting, shade, standingWhy } from '../../messages.ts';
import { plain } from '../../phrase.tsx';

/**
 * Excel takes a file without it for the computer's own encoding.
 *
 * <https://www.unicode.org/faq/utf_bom.html>
 */
export const BYTE_ORDER_MARK = '\uFEFF';

/** What begins a formula in one spreadsheet or another, also after what it skips, and in the full width of East Asia. */
const FORMULA = /^[\s\u0000-\u001F\u00A0\uFEFF]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u;

/**
 * One cell. A name is whatever its owner typed: an apostrophe before it keeps a spreadsheet from running it.
 *
 * <https://owasp.org/www-community/attacks/CSV_Injection>
 */
export function cell(value: string): string {
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** One line, with its end. */
export function line(values: readonly string[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

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
