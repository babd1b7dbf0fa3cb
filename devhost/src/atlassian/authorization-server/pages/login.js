// @ts-check
/**
 * @import { Markup } from '../../../chrome/html.js'
 * @import { Account } from '../../sandbox.js'
 */
import { html } from '../../../chrome/html.js';
import { layout, person } from './layout.js';

/**
 * @param {object} page
 * @param {string} page.action where the form goes
 * @param {string} page.csrf
 * @param {string} page.appName
 * @param {Account[]} page.people
 * @param {number} page.hidden how many more there are
 * @param {string} page.find by which they were looked for
 * @param {Account} [page.refused] who tried to log in and may not
 * @returns {Markup}
 */
export const renderLogin = ({ action, csrf, appName, people, hidden, find, refused }) =>
  layout({
    title: 'Log in to continue',
    content: html`
      <h1>Log in to continue</h1>
      ${refused && refusal(refused)}
      <p>Choose the Atlassian account that ${appName} is to act as.</p>
      ${(hidden > 0 || find !== '') && search(action, find)}
      <form method="post" action="${action}">
        <input type="hidden" name="csrf" value="${csrf}" />
        <h2 id="people">Log in as</h2>
        <ul class="people" aria-labelledby="people">
          ${people.map(
            (account) => html`
              <li>
                <button class="choice" type="submit" name="account" value="${account.accountId}">
                  <span class="unseen">Log in as</span>
                  ${person(account)} ${kind(account)}
                </button>
              </li>
            `,
          )}
        </ul>
        ${people.length === 0 && html`<p>Nobody has such a name or email address.</p>`}
        ${hidden > 0 && html`<p class="hint">${hidden} more. Find them by name or email address.</p>`}
      </form>
    `,
  });

/**
 * @param {string} action
 * @param {string} find
 */
const search = (action, find) => html`
  <form method="get" action="${action}" role="search">
    <label class="label" for="find">Find an account by name or email address</label>
    <div class="find">
      <input class="input" id="find" name="find" type="search" autocomplete="off" value="${find}" />
      <button class="button" type="submit">Find</button>
    </div>
  </form>
`;

/** @param {Account} account */
function kind({ status, accountType }) {
  if (status === 'inactive') return html`<span class="lozenge">Deactivated</span>`;
  if (status === 'closed') return html`<span class="lozenge">Closed</span>`;
  return accountType === 'customer' && html`<span class="lozenge">Customer</span>`;
}

/** @param {Account} account */
const refusal = ({ name, status }) => html`
  <div class="message message-error" role="alert">
    <p>
      ${status === 'closed'
        ? `The account of ${name} is closed for good. Log in as somebody else.`
        : `The account of ${name} is deactivated and cannot log in. An organization administrator can activate it again.`}
    </p>
  </div>
`;
