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

/** `installedAt` as `Installed at`. */
const label = (key) => {
  const words = key.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const scalar = (key, value) => {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  // Points in time are told by their names: `until`, and those that end with `At`.
  if (typeof value === 'number' && /(At|^at|^until)$/.test(key)) return new Date(value).toISOString();
  return String(value);
};

const drawn = (key, value) => {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    return element('ul', ...value.map((item) => element('li', drawn(key, item))));
  }
  if (typeof value === 'object' && value !== null) return fields(value);
  return scalar(key, value);
};

const fields = (values) =>
  element('dl', ...Object.entries(values).flatMap(([key, value]) => [element('dt', label(key)), element('dd', drawn(key, value))]));

const run = (shared) => {
  const button = element('button', `Show run ${shared.id}`);
  button.type = 'button';
  button.addEventListener('click', () => void open(shared.id));
  return element('li', fields(shared), button);
};

const draw = ({ until, preview, run: details }) => {
  const end = element('p', `Open until ${new Date(until).toISOString()}.`);
  if (details !== undefined) {
    const back = element('button', 'Back to the configuration');
    back.type = 'button';
    back.addEventListener('click', () => void open());
    return [end, back, element('h2', `Run ${details.run.id}`), fields(details.run), element('h2', 'Steps'), drawn('steps', details.steps)];
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
      if (answer.status === 403) shown.replaceChildren();
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
