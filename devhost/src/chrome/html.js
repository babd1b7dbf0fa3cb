// @ts-check
/**
 * Text that is HTML already. Everything else that meets {@link html} is escaped.
 */
export class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/** @typedef {Markup | string | number | false | null | undefined} Leaf */
/** @typedef {Leaf | readonly (Leaf | readonly Leaf[])[]} Fragment a list may hold lists, once */

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[/** @type {keyof typeof ENTITIES} */ (character)]);

/**
 * @param {Fragment} value
 * @returns {string}
 */
function rendered(value) {
  if (value === false || value === null || value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return value.map(rendered).join('');
}

/**
 * A template tag: `false`, `null` and `undefined` vanish, lists are joined, text is escaped.
 *
 * @param {TemplateStringsArray} strings
 * @param {...Fragment} values
 */
export function html(strings, ...values) {
  return new Markup(strings.reduce((text, part, index) => text + rendered(values[index - 1]) + part));
}
