// @ts-check
import { html } from '../html.js';

/** @typedef {import('../html.js').Fragment} Fragment */

/**
 * A page that belongs to a module of the app.
 *
 * @param {object} parts
 * @param {import('../modules.js').UiModule} parts.module
 * @param {Fragment} parts.slot
 * @param {boolean} parts.administrator whether the person is one
 */
export function appPage({ module, slot, administrator }) {
  return html`${module.type === 'jira:adminPage' && !administrator && html`<p class="notice">Jira shows this page to administrators only. The local Jira shows it to everybody, so that you can see what the app says to others.</p>`}
<h1 class="visually-hidden">${module.title}</h1>
${slot}`;
}

/**
 * @param {number} status
 * @param {string} sentence
 */
export function errorPage(status, sentence) {
  return html`<h1>${status === 404 ? 'There is nothing here' : 'That did not work'}</h1>
<p>${sentence}</p>
<p><a class="button" href="/">To the front page</a> <a class="button" href="/local">Local controls</a></p>`;
}
