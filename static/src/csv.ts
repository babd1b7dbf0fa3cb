/**
 * Comma-separated values, after RFC 4180, for programs that calculate with what they open.
 */

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
