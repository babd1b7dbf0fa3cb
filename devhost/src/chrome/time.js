// @ts-check
import { html } from './html.js';

const FORMAT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/**
 * An instant in words, in the time zone of everybody here.
 *
 * @param {string | number} instant
 */
export function time(instant) {
  const date = new Date(instant);
  return html`<time datetime="${date.toISOString()}">${FORMAT.format(date)} UTC</time>`;
}
