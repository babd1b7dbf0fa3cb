// @ts-check
import { html } from '../html.js';
import { avatar } from '../layout.js';
import { isHuman } from '../people.js';
import { supportDesk } from './support-desk.js';

/** @typedef {import('../html.js').Fragment} Fragment */
/** @typedef {import('../people.js').Person} Person */
/** @typedef {import('../../atlassian/faults.js').Fault} Fault */

/**
 * @typedef {object} PersonState
 * @property {Person} person
 * @property {boolean | null} administrator of the site with the app; `null` for accounts that cannot be
 */

const STEPS = [
  { value: 'hour', label: '+1 hour' },
  { value: 'day', label: '+1 day' },
  { value: 'days30', label: '+30 days' },
  { value: 'days91', label: '+91 days' },
];

const PASSAGES = [
  { value: 'passDay', label: 'Let a day pass' },
  { value: 'passWeek', label: 'Let a week pass' },
];

/** @type {Record<string, string>} */
const INTERVALS = { fiveMinute: 'five minutes', hour: 'hour', day: 'day', week: 'week' };

/** @type {Record<string, string>} */
const OUTCOMES = {
  delivered: 'was delivered',
  willRetry: 'was not taken and will be tried again',
  givenUp: 'was given up',
  dropped: 'was dropped: its address is no web trigger of this machine',
};

/**
 * @param {object} state
 * @param {string | null} state.notice
 * @param {{ now: Fragment, ahead: string | null }} state.clock how far from this machine's clock
 * @param {Fault[]} state.faults
 * @param {PersonState[]} state.people
 * @param {{ key: string, interval: string, last: Fragment }[]} state.triggers
 * @param {string} state.appVersion
 * @param {boolean} state.leeway whether a refresh token may be used once more for ten minutes
 * @param {{ at: Fragment, event: string | null, outcome: string, status: number | null }[]} state.deliveries
 * @param {{ at: Fragment, directive: string, blocked: string }[]} state.violations
 * @param {string} state.door the address of the door for support
 */
export function controlsPage({ notice, clock, faults, people, triggers, appVersion, leeway, deliveries, violations, door }) {
  return html`<h1>Local controls</h1>
<p class="lead">What Atlassian, other people and bad luck would do. None of this exists in a real Jira.</p>
${notice !== null && html`<p class="notice" role="status">${notice}</p>`}

<section class="panel" aria-labelledby="clock"><h2 id="clock">Clock</h2>
<p>It is <strong>${clock.now}</strong>${clock.ahead === null ? ', as on this machine.' : html`, ${clock.ahead} this machine.`}</p>
<form method="post" action="/local/clock" class="buttons">
${STEPS.map(({ value, label }) => html`<button class="button" name="step" value="${value}">${label}</button>`)}
<button class="button" name="step" value="reset"${clock.ahead === null && html` disabled`}>Back to this machine’s time</button>
</form>
<p>A jump leaves out what would have happened on the way. Time that passes does not: scheduled triggers and waiting work run in each of its hours, which takes some seconds.</p>
<form method="post" action="/local/clock" class="buttons">
${PASSAGES.map(({ value, label }) => html`<button class="button" name="step" value="${value}">${label}</button>`)}
</form></section>

<section class="panel" aria-labelledby="faults"><h2 id="faults">Faults</h2>
<ul class="rows faults">${faults.map(faultRow)}</ul>
<form method="post" action="/local/faults/clear"><button class="button"${faults.every(({ armed }) => armed === null) && html` disabled`}>Switch all off</button></form>
</section>

<section class="panel" aria-labelledby="accounts"><h2 id="accounts">Accounts</h2>
<ul class="rows people">${people.map(personRow)}</ul></section>

<section class="panel" aria-labelledby="authorization"><h2 id="authorization">Authorization server</h2>
<p>A refresh token that was used already ${leeway ? 'is taken once more within ten minutes, as Atlassian does.' : 'is refused at once, and its grant is revoked.'}</p>
<form method="post" action="/local/leeway"><button class="button" name="leeway" value="${leeway ? 'off' : 'on'}">${leeway ? 'Refuse reuse at once' : 'Allow reuse for ten minutes'}</button></form></section>

<section class="panel" aria-labelledby="triggers"><h2 id="triggers">Scheduled triggers</h2>
${triggers.length === 0
  ? html`<p class="empty">The app has none.</p>`
  : html`<ul class="rows">${triggers.map(
      ({ key, interval, last }) => html`<li><div><strong>${key}</strong><small>every ${INTERVALS[interval]}; ${last}</small></div><form method="post" action="/local/triggers/run"><button class="button" name="key" value="${key}" aria-label="Run ${key} now">Run now</button></form></li>`,
    )}</ul>`}</section>

<section class="panel" aria-labelledby="webhooks"><h2 id="webhooks">Webhooks</h2>
${deliveries.length === 0
  ? html`<p class="empty">None was sent since the local Jira started. A comment on an issue sends one, once the app is connected.</p>`
  : html`<ul class="rows">${deliveries.map(
      ({ event, outcome, status, at }) => html`<li><div><code>${event ?? 'unknown event'}</code> ${OUTCOMES[outcome]}${status !== null && html` (${status})`}<small>${at}</small></div></li>`,
    )}</ul>`}</section>

<section class="panel" aria-labelledby="app"><h2 id="app">App</h2>
<p>Forge counts this installation as version ${appVersion}. The version that the app itself tells is that of its changelog.</p>
<form method="post" action="/local/upgrade"><button class="button">Upgrade to the next version</button></form>
<h3>Blocked by the content security policy</h3>
${violations.length === 0
  ? html`<p class="empty">Nothing so far.</p>`
  : html`<ul class="rows">${violations.map(({ at, directive, blocked }) => html`<li><div><code>${directive}</code> <span class="wrap">${blocked}</span><small>${at}</small></div></li>`)}</ul>`}</section>

${supportDesk(door)}

<section class="panel" aria-labelledby="over"><h2 id="over">Start over</h2>
<p>Deletes everything that this local Jira knows: the app’s storage, grants, comments, the clock. Then it is as on the first day.</p>
<form method="post" action="/local/reset" data-confirm="Delete everything and start over?"><button class="button button-danger">Reset all</button></form></section>`;
}

/** @param {Fault} fault */
function faultRow({ name, sentence, lasts, value, choices = [], armed }) {
  const on = armed !== null;
  const label = `fault-${name}`;
  const field =
    value === 'milliseconds'
      ? html`<input type="number" name="value" min="1" step="1" value="3000" aria-label="Milliseconds" required>`
      : value === 'choice' && html`<select name="value" aria-label="How">${choices.map((choice) => html`<option value="${choice.value}">${choice.label}</option>`)}</select>`;
  return html`<li${on && html` class="on"`}><div><span id="${label}">${sentence}</span><small>${lasts === 'once' ? 'Happens once.' : 'Until switched off.'}</small></div>
<form method="post" action="/local/faults" class="buttons"><input type="hidden" name="name" value="${name}">
${on
  ? html`<span class="lozenge lozenge-on">On${armed !== true && html`: ${armed}`}</span><button class="button" name="on" value="no" aria-describedby="${label}">Switch off</button>`
  : html`${field}<button class="button" name="on" value="yes" aria-describedby="${label}">Switch on</button>`}
</form></li>`;
}

/** @param {PersonState} state */
function personRow({ person, administrator }) {
  const { accountId, displayName, accountType, active } = person;
  const human = isHuman(person);
  return html`<li>${avatar(person)}<div><strong>${displayName}</strong><small>${accountType}${!active && ', deactivated'}${administrator && ', Jira administrator'}</small></div>
<form method="post" action="/local/accounts" class="buttons"><input type="hidden" name="account" value="${accountId}">
${active ? action('deactivate', 'Deactivate', displayName) : action('activate', 'Activate', displayName)}
${human && action('revoke', 'Revoke the grant', displayName)}
${human && action('password', 'Change password', displayName)}
${human && administrator !== null && (administrator ? action('demote', 'Remove administrator', displayName) : action('promote', 'Make administrator', displayName))}
</form></li>`;
}

/**
 * @param {string} value
 * @param {string} label
 * @param {string} displayName
 */
const action = (value, label, displayName) =>
  html`<button class="button button-small" name="action" value="${value}" aria-label="${label}: ${displayName}">${label}</button>`;
