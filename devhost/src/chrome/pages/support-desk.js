// @ts-check
import { html } from '../html.js';

/** For how many hours support may want access here. */
export const HOURS = [24, 72, 168];

/**
 * The support desk of the vendor, as far as it is needed to try support access.
 *
 * @param {string} door the address of the door for support
 */
export function supportDesk(door) {
  return html`<section class="panel" aria-labelledby="support"><h2 id="support">Support desk</h2>
<p>What the vendor’s support would do, far from this Jira. The Instance ID stands under About in the Integration+ panel.</p>
<form method="post" action="/local/support" class="stack">
<label>Instance ID <input name="instanceId" autocomplete="off" maxlength="64" required></label>
<label>Who <input name="who" value="Nora Lindgren, support" maxlength="100" required></label>
<label>Ticket <input name="ticket" value="SUP-4711" maxlength="100" required></label>
<label>Reason <input name="reason" value="Comments stopped being mirrored on Tuesday" maxlength="255" required></label>
<label>For <select name="hours">${HOURS.map((hours) => html`<option value="${hours}">${hours} hours</option>`)}</select></label>
<button class="button">Ask for access</button>
</form>
<p>With the code that an administrator granted, support opens <a href="${door}" target="_blank" rel="noopener noreferrer">the door for support</a>.</p></section>`;
}
