// @ts-check
/**
 * Flags: short messages over the lower left corner, newest first, read out as they appear.
 */

/**
 * @typedef {object} FlagOptions
 * @property {string | number} id
 * @property {string} [title]
 * @property {string} [description]
 * @property {'info' | 'success' | 'warning' | 'error'} type
 * @property {'info' | 'success' | 'warning' | 'error'} [appearance] given: bold
 * @property {{ text: string, onClick: () => void }[]} [actions]
 * @property {boolean} [isAutoDismiss]
 */

const AUTO_DISMISS_MS = 8000;
const MEANINGS = { info: 'Information', success: 'Success', warning: 'Warning', error: 'Error' };

/** @type {Map<string, HTMLElement>} */
const shown = new Map();

/**
 * A flag with the id of one that is shown takes its place.
 *
 * @param {FlagOptions} options
 */
export function showFlag({ id, title, description, type, appearance, actions = [], isAutoDismiss = false }) {
  const flag = document.createElement('article');
  const meaning = appearance ?? type;
  flag.className = `flag flag-${meaning}${appearance === undefined ? '' : ' flag-bold'}`;

  const heading = document.createElement('h2');
  const spoken = document.createElement('span');
  spoken.className = 'visually-hidden';
  spoken.textContent = `${MEANINGS[meaning]}: `;
  heading.append(spoken, title ?? '');
  flag.append(heading);
  if (description !== undefined) {
    const text = document.createElement('p');
    text.textContent = description;
    flag.append(text);
  }
  if (actions.length > 0) {
    const buttons = document.createElement('div');
    buttons.className = 'flag-actions';
    for (const action of actions) {
      const button = document.createElement('button');
      button.textContent = action.text;
      button.addEventListener('click', () => action.onClick());
      buttons.append(button);
    }
    flag.append(buttons);
  }
  const dismiss = document.createElement('button');
  dismiss.className = 'flag-dismiss';
  dismiss.setAttribute('aria-label', 'Dismiss');
  dismiss.textContent = '×';
  dismiss.addEventListener('click', () => closeFlag(id));
  flag.append(dismiss);

  closeFlag(id);
  shown.set(String(id), flag);
  document.querySelector('#flags')?.prepend(flag);
  if (isAutoDismiss) {
    setTimeout(() => {
      if (shown.get(String(id)) === flag) closeFlag(id);
    }, AUTO_DISMISS_MS);
  }
}

/**
 * @param {string | number} id
 * @returns {boolean} whether there was one
 */
export function closeFlag(id) {
  const flag = shown.get(String(id));
  flag?.remove();
  return shown.delete(String(id));
}
