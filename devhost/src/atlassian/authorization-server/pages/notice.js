// @ts-check
/**
 * @import { Markup } from '../../../chrome/html.js'
 * @import { Notice } from './notices.js'
 */
import { html } from '../../../chrome/html.js';
import { layout } from './layout.js';

/**
 * @param {Notice} notice
 * @returns {Markup}
 */
export const renderNotice = ({ title, sentence, nextStep }) =>
  layout({
    title,
    content: html`
      <h1>${title}</h1>
      <p>${sentence}</p>
      <p>${nextStep}</p>
    `,
  });
