// @ts-check
import { shownDocument } from '../document.js';
import { html } from '../html.js';
import { avatar } from '../layout.js';
import { HOW_TO_FORMAT } from '../typed.js';

/** @typedef {import('../html.js').Fragment} Fragment */

/**
 * @param {object} parts
 * @param {import('../site.js').Site} parts.site
 * @param {import('../site.js').Issue} parts.issue
 * @param {Awaited<ReturnType<import('../site.js').Site['comments']>>} parts.comments
 * @param {Fragment} parts.panels modules of the app
 * @param {(instant: string) => Fragment} parts.time
 */
export function issuePage({ site, issue, comments, panels, time }) {
  const { fields, key } = issue;
  const description = shownDocument(fields.description);
  const project = key.slice(0, key.lastIndexOf('-'));
  return html`<nav class="trail" aria-label="Where you are"><a href="${site.placed.base}/jira/projects">Projects</a> / <a href="${site.placed.base}/jira/projects/${project}">${project}</a> / <span aria-current="page">${key}</span></nav>
<h1>${fields.summary}</h1>
<div class="issue">
<div class="issue-main">
<h2>Description</h2>
${description ?? html`<p class="empty">No description.</p>`}
${panels}
<h2>Comments</h2>
${comments.length === 0
  ? html`<p class="empty">No comment yet. Yours would be the first.</p>`
  : html`<ol class="comments">${comments.map(
      ({ id, author, body, created }) => html`<li id="comment-${id}">${avatar(author)}<div><p class="comment-head"><strong>${author.displayName}</strong> ${time(created)}</p>${shownDocument(body)}</div></li>`,
    )}</ol>`}
<form method="post" action="${site.placed.base}/browse/${key}/comments" class="stack">
<label for="comment">Add a comment</label>
<textarea id="comment" name="comment" rows="4" required aria-describedby="how-to-format"></textarea>
<p id="how-to-format" class="hint">${HOW_TO_FORMAT}</p>
<div><button class="button button-primary">Save</button></div>
</form>
</div>
<aside aria-label="Details">
<h2>Details</h2>
<dl>
<dt>Status</dt><dd><span class="lozenge">${fields.status?.name}</span></dd>
<dt>Type</dt><dd>${fields.issuetype?.name}</dd>
<dt>Assignee</dt><dd>${fields.assignee ? fields.assignee.displayName : 'Unassigned'}</dd>
<dt>Reporter</dt><dd>${fields.reporter?.displayName ?? 'Unknown'}</dd>
${fields.priority && html`<dt>Priority</dt><dd>${fields.priority.name}</dd>`}
${fields.labels?.length > 0 && html`<dt>Labels</dt><dd>${fields.labels.join(', ')}</dd>`}
${fields.created && html`<dt>Created</dt><dd>${time(fields.created)}</dd>`}
</dl>
</aside>
</div>`;
}
