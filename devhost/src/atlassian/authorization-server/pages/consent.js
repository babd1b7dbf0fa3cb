// @ts-check
/**
 * @import { Markup } from '../../../chrome/html.js'
 * @import { Account, Site } from '../../sandbox.js'
 * @import { Consent } from '../consents.js'
 */
import { html } from '../../../chrome/html.js';
import { SCOPES } from '../scopes.js';
import { layout, person } from './layout.js';

/**
 * @typedef {object} ConsentPage
 * @property {string} action where the form goes
 * @property {string} csrf
 * @property {string} appName
 * @property {Account} account
 * @property {string[]} scopes
 * @property {Site[]} sites that the account may use
 * @property {Consent['level']} grantLevel
 */

/**
 * @param {ConsentPage} page
 * @returns {Markup}
 */
export function renderConsent({ action, csrf, appName, account, scopes, sites, grantLevel }) {
  const token = html`<input type="hidden" name="csrf" value="${csrf}" />`;
  return layout({
    title: `${appName} wants access`,
    content: html`
      <h1>${appName} wants access to your Atlassian account</h1>
      <form class="account" method="post" action="${action}/switch" aria-label="Account">
        ${token} ${person(account)}
        <button class="button button-quiet" type="submit">Switch account</button>
      </form>
      <form method="post" action="${action}">
        ${token} ${siteChoice(sites, grantLevel)}
        <h2>${appName} will be able to</h2>
        ${scopeList(scopes, 'jira', 'In Jira')} ${scopeList(scopes, 'account', 'In your Atlassian account')}
        <p class="hint">
          ${appName} can do what you yourself may do, and no more. You can take the access away at any time among the
          connected apps of your account.
        </p>
        <div class="buttons">
          ${sites.length > 0 && html`<button class="button button-primary" name="decision" value="allow">Allow</button>`}
          <button class="button" name="decision" value="cancel">Cancel</button>
        </div>
      </form>
    `,
  });
}

/**
 * @param {Site[]} sites
 * @param {Consent['level']} grantLevel
 */
function siteChoice(sites, grantLevel) {
  if (sites.length === 0) {
    return html`
      <div class="message message-error" role="alert">
        <p>This account cannot use any Jira site. Switch to an account that can.</p>
      </div>
    `;
  }
  if (grantLevel === 'account') {
    return html`
      <h2>Sites</h2>
      <p>Every Jira site that you can use, now and later: ${sites.map(({ url }) => new URL(url).host).join(', ')}.</p>
    `;
  }
  return html`
    <label class="label" for="site">Use app on</label>
    <select class="select" id="site" name="site">
      ${sites.map(({ cloudId, url }) => html`<option value="${cloudId}">${new URL(url).host}</option>`)}
    </select>
  `;
}

/**
 * @param {string[]} scopes
 * @param {'jira' | 'account'} product
 * @param {string} heading
 */
function scopeList(scopes, product, heading) {
  const listed = scopes.flatMap((scope) => (SCOPES[scope]?.product === product ? [SCOPES[scope]] : []));
  return (
    listed.length > 0 &&
    html`
      <h3>${heading}</h3>
      <ul class="scopes">
        ${listed.map(({ title, sentence }) => html`<li><strong>${title}</strong> <span>${sentence}</span></li>`)}
      </ul>
    `
  );
}
