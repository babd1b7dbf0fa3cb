// @ts-check
/**
 * The frame around every page: top bar, navigation, and the places for flags and notices.
 */
import { html } from './html.js';
import { THEME_NAMES } from './tokens.js';

/** @typedef {import('./html.js').Fragment} Fragment */
/** @typedef {import('./html.js').Markup} Markup */
/** @typedef {import('./people.js').Person} Person */
/** @typedef {'light' | 'dark' | 'auto'} ThemePreference */
/** @typedef {{ path: string, label: string }} Link */
/** @typedef {{ heading: string | null, links: Link[] }} LinkGroup */

/**
 * @typedef {object} LayoutFrame
 * @property {ThemePreference} theme
 * @property {Person} person who is signed in
 * @property {Person[]} people who may sign in
 * @property {{ name: string, url: string, base: string }} site
 * @property {LinkGroup[]} navigation
 * @property {string[]} conditions what is not as on an ordinary day, in a few words each
 * @property {string} path of this page
 * @property {object} surroundings what scripts need to know of the sites and the app's pages
 */

/** @type {{ value: ThemePreference, label: string }[]} */
const THEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'Same as system' },
];

/**
 * @param {LayoutFrame} frame
 * @param {{ title: string, content: Fragment, scripts?: string[] }} page
 * @returns {Markup}
 */
export function layout(frame, { title, content, scripts = [] }) {
  const { theme, person, site, surroundings, conditions } = frame;
  return html`<!doctype html>
${head(theme, `${title} - ${site.name} - Jira`, ['page.js', ...scripts])}
<body data-account="${person.accountId}" data-surroundings="${JSON.stringify(surroundings)}">
<a class="skip" href="#content">Skip to content</a>
<header class="top">
<details class="menu navigation-menu"><summary aria-label="Navigation">☰</summary>
<div class="menu-sheet">${navigation(frame, 'Navigation menu')}</div></details>
<a class="product" href="${site.base}/"><svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><rect x="2" y="2" width="20" height="20" rx="5"/><path d="M7 12.5l3.5 3.5L17 8.5"/></svg>Jira</a>
<span class="site-name">${site.name}</span>
<span class="lozenge" title="A pretend Jira on this machine">local</span>
<span class="spring"></span>
${conditions.length > 0 && html`<a class="conditions" href="/local">${conditions.map((condition) => html`<span class="lozenge lozenge-on">${condition}</span>`)}</a>`}
${themeMenu(theme)}
${accountMenu(frame)}
</header>
<div class="columns">
<div class="side">${navigation(frame, 'Navigation')}</div>
<main id="content" tabindex="-1">
<p id="account-changed" class="notice notice-warning" role="status" hidden>You switched accounts in another tab. This page still shows what ${person.displayName} sees. <a href="">Load it again</a></p>
${content}
</main>
</div>
<section id="flags" aria-label="Flags" aria-live="polite"></section>
</body>
</html>
`;
}

/**
 * @param {LayoutFrame} frame
 * @param {string} label two lists of the same links need two names
 */
function navigation({ navigation: groups, path }, label) {
  return html`<nav aria-label="${label}">${groups.map(
    ({ heading, links }) => html`${heading && html`<h2>${heading}</h2>`}<ul>${links.map(
      (link) => html`<li><a href="${link.path}"${isCurrent(link.path, path) && html` aria-current="page"`}>${link.label}</a></li>`,
    )}</ul>`,
  )}</nav>`;
}

/**
 * @param {string} link
 * @param {string} path
 */
function isCurrent(link, path) {
  return path === link || (link.split('/').length > 2 && path.startsWith(`${link}/`));
}

/** @param {ThemePreference} current */
function themeMenu(current) {
  return html`<details class="menu"><summary>Theme</summary><form id="theme-form" class="menu-sheet" method="post" action="/preferences/theme">
${THEMES.map(({ value, label }) => html`<button name="theme" value="${value}" aria-pressed="${value === current ? 'true' : 'false'}">${label}</button>`)}
</form></details>`;
}

/** @param {LayoutFrame} frame */
function accountMenu({ person, people, path, site }) {
  return html`<details class="menu account-menu"><summary aria-label="Account: ${person.displayName}">${avatar(person)}</summary>
<div class="menu-sheet">
<div class="account-now">${avatar(person)}<div><strong>${person.displayName}</strong><span>${person.emailAddress}</span></div></div>
<a href="${site.base}/jira/settings/personal">Personal settings</a>
<form method="post" action="/account" aria-label="Switch account">
<h2>Switch account</h2>
<input type="hidden" name="back" value="${path}">
${people.map(
  (other) => html`<button name="account" value="${other.accountId}" aria-pressed="${other.accountId === person.accountId ? 'true' : 'false'}">${avatar(other)}<span>${other.displayName}</span></button>`,
)}
</form>
<p class="hint">This is who you are in Jira. The authorization page keeps a login of its own.</p>
</div></details>`;
}

/** @param {Pick<Person, 'accountId' | 'displayName'>} person */
export function avatar({ accountId, displayName }) {
  const initials = displayName
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? '')
    .join('')
    .toUpperCase();
  const hue = [...accountId].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 6, 0);
  return html`<span class="avatar avatar-${hue}" aria-hidden="true">${initials}</span>`;
}

/**
 * A page without a person: for choosing who to be.
 *
 * @param {ThemePreference} theme
 * @param {{ title: string, content: Fragment }} page
 */
export function bareLayout(theme, { title, content }) {
  return html`<!doctype html>
${head(theme, `${title} - Jira`, [])}
<body><main class="bare" id="content">${content}</main></body>
</html>
`;
}

/**
 * @param {ThemePreference} theme
 * @param {string} title
 * @param {string[]} scripts modules
 */
function head(theme, title, scripts) {
  return html`<html lang="en" data-preference="${theme}" data-color-mode="${theme === 'dark' ? 'dark' : 'light'}" data-theme="${THEME_NAMES}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/tokens.css">
<link rel="stylesheet" href="/assets/chrome.css">
<script src="/assets/theme.js"></script>
${scripts.map((script) => html`<script type="module" src="/assets/${script}"></script>\n`)}</head>`;
}
