// @ts-check
/**
 * Atlassian documents (ADF): shown, and made of what a person types.
 */
import { html } from './html.js';

/** @typedef {{ type: string, text?: string, attrs?: Record<string, any>, marks?: { type: string, attrs?: any }[], content?: Node[] }} Node */
/** @typedef {import('./html.js').Fragment} Fragment */
/** @typedef {import('./html.js').Markup} Markup */

/**
 * Paragraphs are separated by an empty line; a single line break stays one.
 *
 * @param {string} text
 */
export function documentOf(text) {
  const paragraphs = text.replaceAll('\r\n', '\n').trim().split(/\n{2,}/);
  return {
    type: 'doc',
    version: 1,
    content: paragraphs.map((paragraph) => ({
      type: 'paragraph',
      content: paragraph
        .split('\n')
        .flatMap((line, index) => [...(index > 0 ? [{ type: 'hardBreak' }] : []), ...(line ? [{ type: 'text', text: line }] : [])]),
    })),
  };
}

/**
 * @param {unknown} document `null` and plain text are taken too
 * @returns {Fragment}
 */
export function shownDocument(document) {
  if (document === null || document === undefined) return null;
  if (typeof document === 'string') return html`<p>${document}</p>`;
  return shown(/** @type {Node} */ (document));
}

/**
 * @param {Node} node
 * @returns {Markup}
 */
function shown(node) {
  const inner = (node.content ?? []).map(shown);
  switch (node.type) {
    case 'text':
      return (node.marks ?? []).reduce(marked, html`${node.text}`);
    case 'paragraph':
      return html`<p>${inner}</p>`;
    case 'heading':
      return html`<h3>${inner}</h3>`;
    case 'bulletList':
      return html`<ul>${inner}</ul>`;
    case 'orderedList':
      return html`<ol>${inner}</ol>`;
    case 'listItem':
      return html`<li>${inner}</li>`;
    case 'blockquote':
      return html`<blockquote>${inner}</blockquote>`;
    case 'codeBlock':
      return html`<pre><code>${inner}</code></pre>`;
    case 'rule':
      return html`<hr>`;
    case 'hardBreak':
      return html`<br>`;
    case 'mention':
      return html`<span class="mention">${node.attrs?.text ?? `@${node.attrs?.id}`}</span>`;
    case 'inlineCard':
      return link(node.attrs?.url, node.attrs?.url);
    default:
      // An unknown kind of node still shows the text inside it.
      return html`${inner}`;
  }
}

/**
 * @param {Markup} inner
 * @param {{ type: string, attrs?: any }} mark
 * @returns {Markup}
 */
function marked(inner, mark) {
  switch (mark.type) {
    case 'strong':
      return html`<strong>${inner}</strong>`;
    case 'em':
      return html`<em>${inner}</em>`;
    case 'code':
      return html`<code>${inner}</code>`;
    case 'strike':
      return html`<s>${inner}</s>`;
    case 'underline':
      return html`<u>${inner}</u>`;
    case 'link':
      return link(mark.attrs?.href, inner);
    default:
      return inner;
  }
}

/**
 * @param {unknown} address
 * @param {Fragment} inner
 */
function link(address, inner) {
  const safe = typeof address === 'string' && /^(https?:|mailto:|\/)/i.test(address);
  return safe ? html`<a href="${address}" rel="noopener noreferrer">${inner}</a>` : html`${inner}`;
}
