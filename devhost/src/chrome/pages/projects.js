// @ts-check
import { html } from '../html.js';

/** @typedef {import('../site.js').Site} Site */

/** @param {Site} site */
export async function projectsPage(site) {
  const projects = await site.projects();
  return html`<h1>Projects</h1>
${projects.length === 0
  ? html`<p class="empty">No project is open to you. An administrator of ${site.placed.name} can change that.</p>`
  : html`<ul class="rows">${projects.map(
      ({ key, name }) => html`<li><a href="${site.placed.base}/jira/projects/${key}"><span class="key">${key}</span>${name}</a></li>`,
    )}</ul>`}`;
}

/**
 * @param {Site} site
 * @param {string} projectKey
 */
export async function projectPage(site, projectKey) {
  const { name } = await site.project(projectKey);
  const issues = await site.issues(projectKey);
  return html`<nav class="trail" aria-label="Where you are"><a href="${site.placed.base}/jira/projects">Projects</a></nav>
<h1>${name}</h1>
${issues.length === 0
  ? html`<p class="empty">No issue here is open to you.</p>`
  : html`<ul class="rows">${issues.map(
      ({ key, fields }) =>
        html`<li><a href="${site.placed.base}/browse/${key}"><span class="key">${key}</span>${fields.summary}<span class="spring"></span><span class="lozenge">${fields.status?.name}</span></a></li>`,
    )}</ul>`}`;
}
