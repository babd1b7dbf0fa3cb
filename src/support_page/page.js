'use strict';
const form = document.querySelector('form');
const field = document.getElementById('code');
const said = document.getElementById('said');
const shown = document.getElementById('shown');

const ANSWERS = {
  403: 'This code opens nothing. It may be mistyped, expired or taken back. Nothing was shown. Ask the administrator who granted it.',
  404: 'No run of this name is shared. Nothing was shown. Choose one from the list.',
  503: 'The app could not reach its storage. Nothing was shown. Try again in a minute.',
};

/** The element with these texts and elements in it: what came over the wire is only ever text. */
const element = (name, ...content) => {
  const made = document.createElement(name);
  made.append(...content);
  return made;
};

/** What is shown, in this order, and as what. Anything else follows under the name that it came with. */
const LABELS = {
  id: 'Id',
  integration: 'Integration',
  outcome: 'Outcome',
  cause: 'Cause',
  startedAt: 'Started',
  endedAt: 'Ended',
  took: 'Took',
  counts: 'Items',
  read: 'Read',
  created: 'Created',
  updated: 'Updated',
  skipped: 'Skipped',
  failed: 'Failed',
  points: 'Points of Jira’s budget',
  version: 'Version',
  instanceId: 'Instance ID',
  environment: 'Environment',
  installedAt: 'Installed',
  badge: 'Health',
  connected: 'Has a main authorized user',
  generation: 'Changes of main authorized user',
  changing: 'Change under way',
  checkedAt: 'Checked',
  checks: 'Checks',
  webhooks: 'Webhooks',
  settings: 'Settings',
  policy: 'After a change',
  graceDays: 'Days to roll back',
  fallback: 'Comments through the main authorized user',
  runsDays: 'Days that runs are kept',
  projects: 'Projects',
  administrators: 'Administrators',
  integrations: 'Integrations',
  enabled: 'Enabled',
  here: 'Number of the project on this site',
  there: 'Number of the project on the other site',
  direction: 'Direction',
  which: 'Which comments',
  toCustomers: 'Customers see them',
  creates: 'Creates issues',
  following: 'Assignees',
  assignees: 'People in the table',
  restrictions: 'Restrictions in the table',
  pairs: 'Pairs of issues',
};

/** What it means that nothing is told, where it means more than that. */
const NOTHING = {
  administrators: 'every Jira administrator',
  following: 'each issue keeps its own',
  endedAt: 'not yet',
  checkedAt: 'never',
  webhooks: 'not known',
};

/** `grantWorks` as `grant works`. */
const words = (text) => text.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

const label = (key) => {
  if (key in LABELS) return LABELS[key];
  const text = words(key);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const place = (key) => {
  const at = Object.keys(LABELS).indexOf(key);
  return at < 0 ? Infinity : at;
};

const moment = (ms) => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

const scalar = (key, value) => {
  if (value === null) return NOTHING[key] ?? 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  // Points in time are told by their names: those that end with `At`, and `at`.
  if (typeof value === 'number' && /(At|^at)$/.test(key)) return moment(value);
  // The app's own words, and no ids: those hold no capitals.
  return /^[a-z]+([A-Z][a-z]+)+$/.test(value) ? words(value) : String(value);
};

const drawn = (key, value) => {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    return element('ul', ...value.map((item) => element('li', drawn(key, item))));
  }
  if (typeof value !== 'object' || value === null) return scalar(key, value);
  return key === 'checks' ? `${words(value.name)}: ${words(value.found)}` : fields(value);
};

const fields = (values) => {
  const rows = Object.entries(values).sort(([one], [other]) => place(one) - place(other) || 0);
  return element('dl', ...rows.flatMap(([key, value]) => [element('dt', label(key)), element('dd', drawn(key, value))]));
};

/** How long a run took. */
const took = ({ startedAt, endedAt }) => (endedAt === null ? {} : { took: `${((endedAt - startedAt) / 1000).toFixed(1)} s` });

const run = (shared) => {
  const button = element('button', `Show run ${shared.id}`);
  button.type = 'button';
  button.addEventListener('click', () => void open(shared.id));
  return element('li', fields({ ...shared, ...took(shared) }), button);
};

const draw = ({ until, preview, run: details }) => {
  const end = element('p', `Open until ${moment(until)}.`);
  if (details !== undefined) {
    const back = element('button', 'Back to the configuration');
    back.type = 'button';
    back.addEventListener('click', () => void open());
    return [end, back, element('h2', `Run ${details.run.id}`), fields({ ...details.run, ...took(details.run) }), element('h2', 'Steps'), drawn('steps', details.steps)];
  }
  const { runs, ...configuration } = preview;
  const shared = runs.length === 0 ? element('p', 'No run is shared.') : element('ul', ...runs.map(run));
  return [end, element('h2', 'Configuration'), fields(configuration), element('h2', 'Shared runs'), shared];
};

const say = (words, bad) => {
  said.textContent = words;
  said.toggleAttribute('data-bad', bad);
};

/** Asks for one run, or for the configuration. The code goes as a header, so that it is in no address and no history. */
async function open(id) {
  const query = id === undefined ? '' : `?run=${encodeURIComponent(id)}`;
  say('Asking.', false);
  try {
    const answer = await fetch(location.pathname + query, { headers: { 'X-Support-Code': field.value.trim() }, cache: 'no-store', credentials: 'omit' });
    if (!answer.ok) {
      say(ANSWERS[answer.status] ?? 'The app did not answer as expected. Nothing was shown. Try again in a minute.', true);
      if (answer.status === 403) {
        shown.replaceChildren();
        field.focus();
      }
      return;
    }
    shown.replaceChildren(...draw(await answer.json()));
    say('Shown below. The administrators see that you looked.', false);
    shown.focus();
  } catch {
    say('No answer came. Nothing was shown. Check the connection, then try again.', true);
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void open();
});
