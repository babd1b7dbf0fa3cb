// @ts-check
/// <reference lib="dom" />
/**
 * One frame of the app in a page of Jira: its element, its connection, and what is seen while there is none.
 */
import { Peer } from './rpc.js';

/** @typedef {import('./page-history.js').PageHistory} PageHistory */
/** @typedef {import('./theme-state.js').Theme} Theme */

/**
 * What the server says of one place where a module is shown.
 *
 * @typedef {object} Slot
 * @property {string} moduleKey
 * @property {string} title
 * @property {string} resource key of the static resource
 * @property {string} contentOrigin
 * @property {Record<string, any>} context the context of the module, without the theme
 * @property {Record<string, string>} place what the server needs to find the context again
 * @property {string | null} historyBase path of the page, where the app may put paths below it
 * @property {boolean} refreshable
 * @property {boolean} hidden a background script
 */

/** @typedef {{ close(payload?: unknown): void }} Dialog around a frame */
/** @typedef {(frame: ExtensionFrame, name: string, parameters: any[]) => unknown} Serve answers a call of the app */

/** As the policy of the frame's own page says. */
const SANDBOX = [
  'allow-scripts',
  'allow-same-origin',
  'allow-forms',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
  'allow-modals',
  'allow-downloads',
  'allow-pointer-lock',
].join(' ');

/** How long a frame may take from its load event to its first word. */
const PATIENCE_MS = 5000;

export class ExtensionFrame {
  /** @type {Peer | undefined} */
  #peer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience;
  /** Whether the document that is loading now has spoken. */
  #heard = false;
  /** @type {Map<string, Set<(payload: unknown) => void>>} */
  #listeners = new Map();

  /**
   * @param {HTMLElement} container
   * @param {Slot} slot
   * @param {Dialog | null} dialog
   * @param {Serve} serve
   */
  constructor(container, slot, dialog, serve) {
    this.container = container;
    this.slot = slot;
    this.dialog = dialog;
    this.serve = serve;
    this.id = crypto.randomUUID();
    /** @type {PageHistory | undefined} */
    this.history = undefined;
    /** @type {((theme: Theme) => void) | undefined} */
    this.applyTheme = undefined;
    /** @type {((payload?: unknown) => void) | undefined} */
    this.onClose = undefined;
    this.element = document.createElement('iframe');
    this.element.title = slot.title;
    this.element.setAttribute('sandbox', SANDBOX);
    this.element.src = `${slot.contentOrigin}/${slot.resource}/index.html`;
    this.element.addEventListener('load', () => this.#loaded());
    container.append(this.element, ...progress(slot.title));
    this.#show('loading');
  }

  /** @param {MessageEvent} event */
  sent(event) {
    return event.source === this.element.contentWindow && event.origin === this.slot.contentOrigin;
  }

  /**
   * A document in the frame asked for its port. A frame that loads another document begins anew.
   */
  welcome() {
    this.#disconnect();
    const { port1, port2 } = new MessageChannel();
    this.#peer = new Peer(port1, (name, parameters) => this.serve(this, name, parameters));
    this.element.contentWindow?.postMessage('forge-bridge:welcome', this.slot.contentOrigin, [port2]);
    this.#heard = true;
    this.#show('ready');
  }

  remove() {
    this.#disconnect();
    this.element.remove();
  }

  /** @param {number} height in pixels */
  resize(height) {
    if (!this.slot.hidden) this.element.style.height = `${height}px`;
  }

  /**
   * @param {string} event
   * @param {(payload: unknown) => void} callback
   */
  listen(event, callback) {
    const listeners = this.#listeners.get(event) ?? new Set();
    listeners.add(callback);
    this.#listeners.set(event, listeners);
    return { unsubscribe: () => void listeners.delete(callback) };
  }

  /**
   * @param {string} event
   * @param {unknown} payload
   */
  emit(event, payload) {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload);
  }

  #loaded() {
    clearTimeout(this.#patience);
    if (!this.#heard) this.#patience = setTimeout(() => this.#show('failed'), PATIENCE_MS);
    this.#heard = false;
  }

  #disconnect() {
    clearTimeout(this.#patience);
    this.#peer?.close();
    this.#peer = undefined;
    this.history?.close();
    this.history = undefined;
    this.applyTheme = undefined;
    this.onClose = undefined;
    this.#listeners.clear();
  }

  /** @param {'loading' | 'ready' | 'failed'} state */
  #show(state) {
    this.container.dataset.state = state;
    this.container.setAttribute('aria-busy', String(state === 'loading'));
  }
}

/**
 * What is seen in place of a frame that has not spoken yet, or does not.
 *
 * @param {string} title
 */
function progress(title) {
  const loading = document.createElement('p');
  loading.className = 'extension-loading';
  loading.textContent = `Loading ${title}…`;
  const failed = document.createElement('div');
  failed.className = 'extension-failed';
  failed.setAttribute('role', 'alert');
  const sentence = document.createElement('p');
  sentence.textContent = `${title} did not load. Nothing was lost.`;
  const again = document.createElement('button');
  again.className = 'button';
  again.textContent = 'Load again';
  again.addEventListener('click', () => location.reload());
  failed.append(sentence, again);
  return [loading, failed];
}
