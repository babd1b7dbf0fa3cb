// @ts-check
/**
 * The frame of every page of the authorization server.
 *
 * @import { Markup } from '../../../chrome/html.js'
 * @import { Account } from '../../sandbox.js'
 */
import { html } from '../../../chrome/html.js';

/**
 * @param {object} page
 * @param {string} page.title
 * @param {Markup} page.content
 * @returns {Markup}
 */
export const layout = ({ title, content }) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} – Atlassian account</title>
    <link rel="stylesheet" href="/style.css" />
    <link rel="icon" href="data:," />
  </head>
  <body>
    <header class="brand">Atlassian account</header>
    <main class="card">${content}</main>
    <footer class="foot">
      This is a local stand-in for auth.atlassian.com. Nothing you do here reaches Atlassian, and no password is asked for.
    </footer>
  </body>
</html>
`;

/**
 * The person's initials in a circle: the real picture would be fetched from elsewhere.
 *
 * @param {Account} account
 */
export function avatar({ accountId, name }) {
  const letters = name.split(/\s+/).flatMap((word) => /^\p{L}/u.exec(word)?.[0] ?? []);
  const initials = [letters[0] ?? '', letters.length > 1 ? letters.at(-1) : ''].join('');
  const colour = [...accountId].reduce((hash, character) => (hash * 31 + (character.codePointAt(0) ?? 0)) % 1009, 7) % 5;
  return html`<span class="avatar avatar-${colour}" aria-hidden="true">${initials.toUpperCase()}</span>`;
}

/** @param {Account} account */
export const person = (account) => html`
  ${avatar(account)}
  <span class="person">
    <span class="person-name">${account.name}</span>
    <span class="person-detail">${account.email}</span>
  </span>
`;
