// @ts-check
/**
 * The question before an app opens a page outside the site. The link in it is a real one, so that the new tab opens by
 * the person's own click, whatever the browser thinks of tabs that scripts open.
 */

/**
 * @param {URL} url
 * @returns {Promise<void>} rejects when the person declines
 */
export function confirmLeaving(url) {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog dialog-small';
  dialog.setAttribute('aria-labelledby', 'leaving-title');

  const title = document.createElement('h2');
  title.id = 'leaving-title';
  title.textContent = 'Open a page outside Jira?';
  const sentence = document.createElement('p');
  sentence.textContent = 'An app wants to open this address in a new tab:';
  const shown = document.createElement('p');
  shown.className = 'address';
  shown.textContent = `${url.origin}${url.pathname}`;
  const stay = document.createElement('button');
  stay.className = 'button';
  stay.textContent = 'Stay here';
  const open = document.createElement('a');
  open.className = 'button button-primary';
  open.href = url.href;
  open.target = '_blank';
  open.rel = 'noopener noreferrer';
  open.textContent = 'Open page';
  const buttons = document.createElement('div');
  buttons.className = 'dialog-buttons';
  buttons.append(stay, open);
  dialog.append(title, sentence, shown, buttons);
  document.body.append(dialog);
  dialog.showModal();
  open.focus();

  return new Promise((resolve, reject) => {
    open.addEventListener('click', () => {
      resolve();
      dialog.close();
    });
    stay.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      reject(new Error('The person stayed on the page.'));
    });
  });
}
