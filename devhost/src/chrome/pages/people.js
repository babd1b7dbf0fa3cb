// @ts-check
import { html } from '../html.js';
import { avatar } from '../layout.js';
import { canSignIn, whyNot } from '../people.js';

/** @typedef {import('../people.js').Person} Person */
/** @typedef {import('../html.js').Fragment} Fragment */

/** @param {Person} person */
function facts({ accountId, emailAddress, accountType, active }) {
  return html`<dl>
<dt>Account ID</dt><dd><code>${accountId}</code></dd>
<dt>Email</dt><dd>${emailAddress}</dd>
<dt>Account type</dt><dd>${accountType}</dd>
<dt>State</dt><dd>${active ? 'Active' : 'Deactivated'}</dd>
</dl>`;
}

/** @param {Person} person */
export function profilePage(person) {
  return html`<h1>${person.displayName}</h1>${facts(person)}`;
}

/**
 * @param {Person} person
 * @param {{ title: string, path: string }[]} appPages
 */
export function personalSettingsPage(person, appPages) {
  return html`<h1>Personal settings</h1>
${facts(person)}
<h2>Apps</h2>
${appPages.length === 0
  ? html`<p class="empty">No app has settings for you here.</p>`
  : html`<ul class="rows">${appPages.map(({ title, path }) => html`<li><a href="${path}">${title}</a></li>`)}</ul>`}`;
}

/**
 * @param {Person[]} people
 * @param {string} back path to go to afterwards
 * @param {string | null} notice
 */
export function signInPage(people, back, notice) {
  return html`<h1>Who are you in Jira?</h1>
${notice && html`<p class="notice notice-warning" role="status">${notice}</p>`}
<form method="post" action="/account">
<input type="hidden" name="back" value="${back}">
<ul class="rows people">${people.map(
    (person) => html`<li>${
      canSignIn(person)
        ? html`<button name="account" value="${person.accountId}">${avatar(person)}<span>${person.displayName}</span></button>`
        : html`<div class="unavailable">${avatar(person)}<span>${person.displayName}<small>${whyNot(person)}</small></span></div>`
    }</li>`,
  )}</ul>
</form>`;
}
