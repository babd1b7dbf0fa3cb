// @ts-check
/// <reference lib="dom" />
/**
 * The host's end of the bridge: puts the app's frames into the page, and gives each a port of its own.
 */
import { createCalls } from './bridge-calls.js';
import { ExtensionFrame } from './extension-frame.js';
import { theme } from './theme-state.js';

/** @type {Set<ExtensionFrame>} */
const frames = new Set();

/**
 * @param {HTMLElement} container
 * @param {import('./extension-frame.js').Slot} slot
 * @param {import('./extension-frame.js').Dialog | null} dialog
 */
function mount(container, slot, dialog) {
  const frame = new ExtensionFrame(container, slot, dialog, serve);
  frames.add(frame);
  return frame;
}

/** @param {ExtensionFrame} frame */
function unmount(frame) {
  frames.delete(frame);
  frame.remove();
}

const serve = createCalls({ frames, mount, unmount });

window.addEventListener('message', (event) => {
  if (event.data !== 'forge-bridge:hello') return;
  for (const frame of frames) if (frame.sent(event)) frame.welcome();
});

new MutationObserver(() => {
  for (const frame of frames) frame.applyTheme?.(theme());
}).observe(document.documentElement, { attributeFilter: ['data-color-mode'] });

for (const container of document.querySelectorAll('[data-slot]')) {
  if (container instanceof HTMLElement) mount(container, JSON.parse(container.dataset.slot ?? ''), null);
}
