// @ts-check
/**
 * Stands where Forge's bridge stands in Jira, and answers from a scene: `?scene=connected&mode=dark`.
 */
import { SCENES } from './scenes.mjs';

const asked = new URLSearchParams(location.search);
const scene = SCENES[asked.get('scene') ?? 'connected'] ?? (() => 'breakdown');
const mode = asked.get('mode') === 'dark' ? 'dark' : 'light';

/** @type {Map<string, number>} */
const count = new Map();
/** Every request and every page that was opened, for tests to look at. */
const log = { requests: /** @type {unknown[]} */ ([]), opened: /** @type {string[]} */ ([]) };

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
    return { accountId: asked.get('reader') ?? '5b10a2844c20165700ede21g', locale: 'en-GB', timezone: 'UTC' };
  },
  async navigate({ url }) {
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
