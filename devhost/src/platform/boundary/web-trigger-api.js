// @ts-check
/** `webTrigger.getUrl`, `deleteUrl` and `queryUrls`, which the SDK asks in GraphQL. */
import { json, readJson } from './answers.js';

/** @import { Handler } from '../boundary.js' */

const CREATES_PER_MINUTE = 500;
const DELETES_PER_MINUTE = 500;
const READS_PER_MINUTE = 1000;

/**
 * @param {{
 *   urls: import('../web-trigger-urls.js').WebTriggerUrls,
 *   manifest: import('../manifest.js').Manifest,
 *   installation: import('../installation.js').Installation,
 *   rates: ReturnType<typeof import('../rates.js').openRates>,
 * }} parts
 * @returns {Handler}
 */
export function openWebTriggerApi({ urls, manifest, installation, rates }) {
  /** @type {Record<string, { perMinute: number, answer: (variables: any) => unknown }>} */
  const fields = {
    createWebTriggerUrl: {
      perMinute: CREATES_PER_MINUTE,
      answer({ input, forceCreate }) {
        if (!isOurs(input)) throw new Error('The app is not installed in this context.');
        if (!manifest.webTriggers.some(({ key }) => key === input.triggerKey)) {
          throw new Error(`The manifest has no web trigger ${input.triggerKey}.`);
        }
        return { url: urls.urlOf(input.triggerKey, forceCreate === true) };
      },
    },
    deleteWebTriggerUrl: {
      perMinute: DELETES_PER_MINUTE,
      answer({ id }) {
        const success = urls.remove(String(id));
        return { success, message: success ? null : 'There is no such web trigger URL.' };
      },
    },
    webTriggerUrlsByAppContext: {
      perMinute: READS_PER_MINUTE,
      answer(variables) {
        if (!isOurs(variables)) throw new Error('The app is not installed in this context.');
        return urls.list();
      },
    },
  };

  /** @param {{ appId?: string, envId?: string, contextId?: string }} input */
  const isOurs = ({ appId, envId, contextId } = {}) =>
    appId === installation.appId && envId === installation.environmentId && contextId === installation.contextAri;

  return (request) => {
    const { query = '', variables = {} } = readJson(request) ?? {};
    const name = Object.keys(fields).find((field) => new RegExp(`\\b${field}\\(`).test(query));
    if (name === undefined) return json(200, { errors: [{ message: 'The local platform does not know this query.' }] });
    if (!rates(name, fields[name].perMinute, 60_000)) return json(429, { errors: [{ message: 'Too many requests.' }] });
    try {
      return json(200, { data: { [name]: fields[name].answer(variables) } });
    } catch (error) {
      return json(200, { data: { [name]: null }, errors: [{ message: /** @type {Error} */ (error).message }] });
    }
  };
}
