// @ts-check
/// <reference lib="dom" />
/**
 * What `@forge/bridge` may ask of this page, call by call.
 */
import { address, navigate } from './addresses.js';
import { closeFlag, showFlag } from './flags.js';
import { openModal } from './modal.js';
import { PageHistory } from './page-history.js';
import { theme } from './theme-state.js';

/** @typedef {import('./extension-frame.js').ExtensionFrame} ExtensionFrame */
/** @typedef {import('./extension-frame.js').Dialog} Dialog */
/** @typedef {import('./extension-frame.js').Serve} Serve */
/** @typedef {import('./extension-frame.js').Slot} Slot */

/** How long a frame whose dialog was closed may go on working. */
const FAREWELL_MS = 5000;

/**
 * @param {object} parts
 * @param {Set<ExtensionFrame>} parts.frames of the app in this page
 * @param {(container: HTMLElement, slot: Slot, dialog: Dialog | null) => ExtensionFrame} parts.mount
 * @param {(frame: ExtensionFrame) => void} parts.unmount
 * @returns {Serve}
 */
export function createCalls({ frames, mount, unmount }) {
  return (frame, name, parameters) => {
    const [payload] = parameters;
    switch (name) {
      case 'resize':
        return frame.resize(Number(payload));
      case 'escape':
        return frame.container.dispatchEvent(new CustomEvent('frame-escape', { bubbles: true }));
      case 'getContext':
        return { ...frame.slot.context, theme: theme().state };
      case 'getFrameId':
        return frame.id;
      case 'invoke':
        return invoke(frame, payload);
      case 'fetchProduct':
        return fetchProduct(frame, payload);
      case 'enableTheming':
        frame.applyTheme = payload.apply;
        return theme();
      case 'createHistory':
        if (frame.slot.historyBase === null) throw new Error('createHistory is not supported by this module.');
        frame.history?.close();
        frame.history = new PageHistory(frame.slot.historyBase, payload.changed);
        return frame.history.location();
      case 'history':
        return frame.history?.move(parameters[0], parameters[1], parameters[2]);
      case 'changeWindowTitle':
        document.title = String(payload);
        return;
      case 'navigate':
        return navigate(payload);
      case 'getUrl':
        return address(payload).href;
      case 'reload':
        return location.reload();
      case 'showFlag':
        return showFlag(payload);
      case 'closeFlag':
        return closeFlag(payload.id);
      case 'openModal':
        return openFrameInModal(frame, payload);
      case 'close':
        frame.dialog?.close(payload);
        return frame.dialog !== null;
      case 'onClose':
        frame.onClose = payload;
        return frame.dialog !== null;
      case 'refresh':
        if (frame.slot.refreshable) location.reload();
        return frame.slot.refreshable;
      case 'submit':
      case 'open':
        return false;
      case 'on':
      case 'onPublic':
        return frame.listen(`${name}:${payload.event}`, payload.callback);
      case 'emit':
        for (const other of frames) other.emit(`on:${payload.event}`, payload.payload);
        return;
      case 'emitPublic':
        for (const other of frames) other.emit(`onPublic:${payload.event}`, payload.payload);
        return;
      case 'emitReadyEvent':
        return;
      case 'getCookieConsentPreferences':
        return null;
      case 'isRovoEnabled':
        return false;
      case 'initFeatureFlags':
        return { feature_flags: {} };
      default:
        throw new Error(`The local Jira does not offer the bridge call "${name}".`);
    }
  };

  /**
   * @param {ExtensionFrame} opener
   * @param {import('./modal.js').ModalOptions} options
   */
  function openFrameInModal(opener, options) {
    openModal(options, (container, dialog) => {
      const { slot } = opener;
      const frame = mount(
        container,
        {
          ...slot,
          resource: options.resource ?? slot.resource,
          title: options.title || slot.title,
          context: { ...slot.context, extension: { ...slot.context.extension, modal: options.context } },
          historyBase: null,
          hidden: false,
        },
        dialog,
      );
      return {
        /** @param {unknown} payload */
        async closed(payload) {
          options.onClose(payload);
          const farewell = new Promise((resolve) => setTimeout(resolve, FAREWELL_MS));
          await Promise.race([Promise.allSettled([frame.onClose?.(payload)]), farewell]);
          unmount(frame);
        },
      };
    });
    return true;
  }
}

/**
 * @param {ExtensionFrame} frame
 * @param {{ functionKey: string, payload: unknown, metadata?: unknown, invokeType?: string }} invocation
 */
async function invoke(frame, { functionKey, payload, metadata, invokeType }) {
  if (invokeType !== undefined) throw new Error('The local Jira has no Forge remotes and no containers.');
  const { body } = await post(frame, '/_forge/invoke', { functionKey, payload });
  return metadata === undefined ? body : { body, metadata: {} };
}

/**
 * @param {ExtensionFrame} frame
 * @param {Record<string, unknown>} request
 */
function fetchProduct(frame, request) {
  if (request.product !== 'jira') throw new Error('This site has no product but Jira.');
  return post(frame, '/_forge/product', request);
}

/**
 * @param {ExtensionFrame} frame
 * @param {string} path
 * @param {Record<string, unknown>} request
 */
async function post({ slot }, path, request) {
  const { moduleKey, place, context } = slot;
  const { modal } = context.extension;
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...request, moduleKey, place, ...(modal !== undefined && { modal }) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}
