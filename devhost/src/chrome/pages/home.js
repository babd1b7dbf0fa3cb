// @ts-check
import { html } from '../html.js';

/** @typedef {{ label: string, address: string, note: string }} Place */

/**
 * @param {object} facts
 * @param {string} facts.person display name
 * @param {{ title: string, path: string }[]} facts.adminPages
 * @param {string | null} facts.firstIssue key
 * @param {{ name: string, base: string }[]} facts.otherSites
 * @param {Place[]} facts.places
 */
export function homePage({ person, adminPages, firstIssue, otherSites, places }) {
  return html`<h1>A Jira to try things in</h1>
<p class="lead">Everything here is pretended and stays on this machine. You are signed in as ${person}.</p>
<h2>Things to try</h2>
<ul class="cards">
${adminPages.map(
  ({ title, path }) => html`<li><h3><a href="${path}">Open ${title}</a></h3><p>The app’s page for administrators: who the main authorized user is, and whether everything works.</p></li>`,
)}
<li><h3>Be somebody else</h3><p>Switch accounts in the menu at the top right. A member, a second administrator and a service account each see something else.</p></li>
${firstIssue !== null && html`<li><h3><a href="/browse/${firstIssue}">Comment on ${firstIssue}</a></h3><p>The comment is yours, and Jira delivers a webhook for it to whoever registered one.</p></li>`}
<li><h3><a href="/local">Make it a bad day</a></h3><p>Set the clock forward, let Jira be slow or refuse, deactivate an account, revoke a grant.</p></li>
${otherSites.map(
  ({ name, base }) => html`<li><h3><a href="${base}/">Visit ${name}</a></h3><p>Another site of the same people. The app is not installed there.</p></li>`,
)}
</ul>
<h2 id="places">Where things are</h2>
<div class="table-scroll" role="region" aria-labelledby="places" tabindex="0"><table>
<thead><tr><th scope="col">What</th><th scope="col">Here</th><th scope="col">Stands for</th></tr></thead>
<tbody>${places.map(
  ({ label, address, note }) => html`<tr><th scope="row">${label}</th><td><code>${address}</code></td><td>${note}</td></tr>`,
)}</tbody>
</table></div>`;
}

/**
 * The front page of a site without the app.
 *
 * @param {{ name: string, base: string }} site
 * @param {string} appSite name
 */
export function otherSiteHomePage({ name, base }, appSite) {
  return html`<h1>${name}</h1>
<p class="lead">A second site. The app is not installed here, so this site must never hear from it by mistake.</p>
<p><a class="button" href="${base}/jira/projects">Projects</a> <a class="button" href="/">Back to ${appSite}</a></p>`;
}
