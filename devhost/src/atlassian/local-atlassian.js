// @ts-check
/**
 * The sandbox crate as this process sees it.
 *
 * @typedef {object} LocalAtlassian
 * @property {(cloudId: string, principal: string, request: string, nowMs: number) => string} jira JSON in, JSON out
 * @property {() => string} takeDeliveries a JSON list; taken once
 * @property {() => string} accounts a JSON list
 * @property {() => string} sites a JSON list
 * @property {() => string} save everything that it is, to be handed to the constructor again
 */

/** @typedef {(seed: string, saved?: string) => LocalAtlassian} OpenLocalAtlassian */

/** @type {OpenLocalAtlassian | undefined} */
let loaded;

/**
 * Loads the WebAssembly once in a process.
 *
 * @returns {Promise<OpenLocalAtlassian>}
 * @throws {Error} one sentence, when it has not been built
 */
export async function loadLocalAtlassian() {
  if (loaded) return loaded;
  const [glue, { default: base64 }] = await Promise.all([generated('sandbox.js'), generated('sandbox_wasm.js')]);
  glue.initSync({ module: Buffer.from(base64, 'base64') });
  loaded = (seed, saved) => new glue.LocalAtlassian(seed, saved);
  return loaded;
}

/**
 * @param {string} name
 */
async function generated(name) {
  const address = new URL(`../../generated/${name}`, import.meta.url).href;
  try {
    return await import(address);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error('The sandbox has not been built: run `cargo xtask build` first.', { cause: error });
  }
}
