// @ts-check
/**
 * The app's end of the bridge, inside the Custom UI frame.
 */
import { Peer } from './rpc.js';

/** @typedef {{ pathname: string, search: string, hash: string, state: unknown, key: string }} Location */

/**
 * @param {string} hostOrigin the only origin this frame talks to
 * @returns {Promise<(name: string, payload: unknown) => Promise<unknown>>} `callBridge`
 */
export async function connect(hostOrigin) {
  const host = new Peer(await handshake(hostOrigin), (name) => {
    throw new Error(`The app does not answer "${name}".`);
  });
  reportHeight(host);
  forwardEscape(host);
  return (name, payload) => {
    if (name === 'enableTheming') return enableTheming(host);
    if (name === 'createHistory') return createHistory(host);
    return host.call(name, payload);
  };
}

/**
 * @param {string} hostOrigin
 * @returns {Promise<MessagePort>}
 */
function handshake(hostOrigin) {
  return new Promise((resolve, reject) => {
    if (window.parent === window) {
      reject(new Error('This page is a part of Jira and works only inside it.'));
      return;
    }
    window.addEventListener('message', function welcome(event) {
      if (event.source !== window.parent || event.origin !== hostOrigin || event.data !== 'forge-bridge:welcome') return;
      window.removeEventListener('message', welcome);
      resolve(/** @type {MessagePort} */ (event.ports[0]));
    });
    window.parent.postMessage('forge-bridge:hello', hostOrigin);
  });
}

/**
 * The frame is as high as what it shows, menus that hang below the page included.
 *
 * @param {Peer} host
 */
function reportHeight(host) {
  let reported = -1;
  let waiting = false;
  const measure = () => {
    waiting = false;
    const height = Math.max(document.documentElement.offsetHeight, document.body?.scrollHeight ?? 0);
    if (height === reported) return;
    reported = height;
    void host.call('resize', height);
  };
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(measure);
  };
  new ResizeObserver(soon).observe(document.documentElement);
  new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true, attributes: true });
  window.addEventListener('load', soon);
  soon();
}

/**
 * A dialog of the host page closes on Escape, also while the focus is in here.
 *
 * @param {Peer} host
 */
function forwardEscape(host) {
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) void host.call('escape');
  });
}

/** @param {Peer} host */
async function enableTheming(host) {
  /** @param {{ attributes: Record<string, string> }} theme of the host's page */
  const apply = ({ attributes }) => {
    for (const [name, value] of Object.entries(attributes)) document.documentElement.setAttribute(name, value);
  };
  apply(await host.call('enableTheming', { apply }));
  await tokensLoaded();
}

/** @type {Promise<void> | undefined} */
let tokens;

function tokensLoaded() {
  tokens ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL('./tokens.css', import.meta.url).href;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error('The design tokens could not be loaded.'));
    document.head.append(link);
  });
  return tokens;
}

/**
 * The shape of the `history` package's object, version 4, over the path below the module's page.
 *
 * @param {Peer} host
 */
async function createHistory(host) {
  /** @type {Set<(location: Location, action: string) => void>} */
  const listeners = new Set();
  const history = {
    action: 'POP',
    length: 1,
    /** @type {Location} */
    location: await host.call('createHistory', {
      /**
       * @param {Location} location
       * @param {string} action
       */
      changed(location, action) {
        history.location = location;
        history.action = action;
        for (const listener of listeners) listener(location, action);
      },
    }),
    /** @param {(location: Location, action: string) => void} listener */
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** @param {{ pathname?: string, search?: string, hash?: string }} location */
    createHref: ({ pathname = '/', search = '', hash = '' }) => pathname + search + hash,
    /**
     * @param {string | Partial<Location>} to
     * @param {unknown} [state]
     */
    push: (to, state) => host.call('history', 'PUSH', to, state),
    /**
     * @param {string | Partial<Location>} to
     * @param {unknown} [state]
     */
    replace: (to, state) => host.call('history', 'REPLACE', to, state),
    /** @param {number} steps */
    go: (steps) => host.call('history', 'GO', steps),
    goBack: () => host.call('history', 'GO', -1),
    goForward: () => host.call('history', 'GO', 1),
  };
  return history;
}
