// @ts-check
/// <reference lib="dom" />
/**
 * The first script in the head of every Custom UI page. `@forge/bridge` takes `callBridge` the moment it is loaded, so
 * this one is no module: it runs before any script of the app, and fetches the rest while calls wait.
 */
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const frameBridge = new URL('./frame-bridge.js', script.src).href;
  const connected = import(frameBridge).then(({ connect }) => connect(script.dataset.host));
  Object.defineProperty(globalThis, '__bridge', {
    value: Object.freeze({
      /**
       * @param {string} name
       * @param {unknown} payload
       */
      callBridge: async (name, payload) => (await connected)(name, payload),
    }),
  });
})();
