// @ts-check
/**
 * The dialog that `new Modal(...).open()` puts a frame of the app into.
 */

/**
 * @typedef {object} ModalOptions
 * @property {string | null} resource
 * @property {(payload?: unknown) => void} onClose
 * @property {string | { width: string, height?: string }} size
 * @property {unknown} context
 * @property {boolean} closeOnEscape
 * @property {boolean} closeOnOverlayClick
 * @property {string} title
 */

/**
 * @param {ModalOptions} options
 * @param {(container: HTMLElement, dialog: { close(payload?: unknown): void }) => { closed(payload?: unknown): Promise<void> }} fill `closed` ends when the frame may go
 */
export function openModal({ size, closeOnEscape, closeOnOverlayClick, title }, fill) {
  const dialog = document.createElement('dialog');
  dialog.className = `dialog modal modal-${typeof size === 'string' ? size : 'custom'}`;
  if (typeof size !== 'string') {
    dialog.style.width = size.width;
    dialog.style.height = size.height ?? 'auto';
  }
  dialog.setAttribute('aria-label', title || 'App dialog');
  if (title) {
    const heading = document.createElement('h2');
    heading.textContent = title;
    dialog.append(heading);
  }
  const container = document.createElement('div');
  container.className = 'extension';
  dialog.append(container);
  document.body.append(dialog);

  /** @type {unknown} */
  let result;
  const content = fill(container, {
    close(payload) {
      result = payload;
      dialog.close();
    },
  });
  // The event `cancel` cannot always be held back; the key can.
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !closeOnEscape) event.preventDefault();
  });
  dialog.addEventListener('frame-escape', () => {
    if (closeOnEscape) dialog.close();
  });
  dialog.addEventListener('click', (event) => {
    if (closeOnOverlayClick && event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => void content.closed(result).finally(() => dialog.remove()));
  dialog.showModal();
}
