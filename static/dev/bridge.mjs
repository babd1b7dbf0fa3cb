// @ts-check
/**
 * Stands where Forge's bridge stands in Jira, and answers from a scene: `?scene=connected&mode=dark`.
 */
import { sceneOf } from './all-scenes.mjs';

const asked = new URLSearchParams(location.search);
const { moduleKey, scene } = sceneOf(asked.get('scene') ?? 'connected');
const mode = asked.get('mode') === 'dark' ? 'dark' : 'light';

/** @type {Map<string, number>} */
const count = new Map();
/** Every request and every page that was opened, for tests to look at. */
const log = {
  requests: /** @type {unknown[]} */ ([]),
  opened: /** @type {string[]} */ ([]),
  navigated: /** @type {unknown[]} */ ([]),
  emitted: /** @type {unknown[]} */ ([]),
};

/** @type {Map<string, Set<(payload: unknown) => void>>} */
const listeners = new Map();

/** Flags as plain sections of the page. One of a name at a time, as in Jira. */
const flags = {
  /** @param {{ id: string, title: string, description: string, type: string, actions?: Array<{ text: string, onClick: () => void }> }} flag */
  show({ id, title, description, type, actions = [] }) {
    if (document.getElementById(id) !== null) {
      return;
    }
    const section = document.createElement('section');
    section.id = id;
    section.dataset['type'] = type;
    section.setAttribute('aria-label', title);
    const words = document.createElement('p');
    words.textContent = description;
    section.append(title, words);
    for (const { text, onClick } of actions) {
      const button = document.createElement('button');
      button.textContent = text;
      button.addEventListener('click', onClick);
      section.append(button);
    }
    document.body.append(section);
  },
  /** @param {string} id */
  close(id) {
    document.getElementById(id)?.remove();
  },
};

/** @type {Record<string, (payload: any) => Promise<unknown>>} */
const calls = {
  async invoke({ functionKey, payload }) {
    if (functionKey !== 'door') {
      throw new Error(`no such function: ${functionKey}`);
    }
    log.requests.push(payload);
    const nth = count.get(payload.type) ?? 0;
    count.set(payload.type, nth + 1);
    const answer = await scene(payload, nth);
    if (answer === 'breakdown') {
      throw new Error('the function did not answer');
    }
    return answer === 'silence' ? new Promise(() => undefined) : structuredClone(answer);
  },
  async enableTheming() {
    const html = document.documentElement;
    html.dataset['colorMode'] = mode;
    // The browser paints its own controls to match, as it does in Jira.
    html.style.colorScheme = mode;
    html.dataset['theme'] = 'light:light dark:dark spacing:spacing typography:typography shape:shape motion:motion';
  },
  async getContext() {
    return {
      accountId: asked.get('reader') ?? '5b10a2844c20165700ede21g',
      locale: 'en-GB',
      timezone: asked.get('timezone') ?? 'UTC',
      moduleKey: asked.get('module') ?? moduleKey,
      extension: { issue: { id: '10001', key: 'APP-1' }, project: { id: '10000', key: 'APP', type: asked.get('project') ?? 'software' } },
    };
  },
  async showFlag(flag) {
    flags.show(flag);
  },
  async closeFlag({ id }) {
    flags.close(id);
  },
  async on({ event, callback }) {
    const of = listeners.get(event) ?? new Set();
    listeners.set(event, of.add(callback));
    return { unsubscribe: () => of.delete(callback) };
  },
  async emit({ event, payload }) {
    log.emitted.push({ event, payload });
    for (const callback of listeners.get(event) ?? []) {
      callback(payload);
    }
  },
  async navigate({ url, type, ...target }) {
    if (type === 'same-tab') {
      log.navigated.push(url ?? target);
      return;
    }
    if (asked.has('noTabs')) {
      throw new Error('the browser opened no tab');
    }
    log.opened.push(url);
  },
};

Object.assign(globalThis, {
  __bridge: {
    /** @param {string} name @param {unknown} payload */
    callBridge: (name, payload) => calls[name]?.(payload) ?? Promise.reject(new Error(`no such call: ${name}`)),
  },
  __fixture: log,
});
