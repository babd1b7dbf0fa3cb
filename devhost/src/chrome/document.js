// @ts-check
/**
 * Atlassian documents (ADF), shown.
 */
import { html } from './html.js';

/** @typedef {import('./typed.js').Node} Node */
/** @typedef {import('./html.js').Fragment} Fragment */
/** @typedef {import('./html.js').Markup} Markup */

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
    case 'table':
      // On a narrow screen it scrolls by itself, also by keyboard.
      return html`<div class="table" role="region" aria-label="Table" tabindex="0"><table><tbody>${inner}</tbody></table></div>`;
    case 'tableRow':
      return html`<tr>${inner}</tr>`;
    case 'tableHeader':
      return html`<th>${inner}</th>`;
    case 'tableCell':
      return html`<td>${inner}</td>`;
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
