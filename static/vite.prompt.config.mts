import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/** What the script uses of Forge's bridge, by the file that holds it. The whole bridge is several times the script. */
const PARTS = {
  'bridge.js': 'getCallBridge',
  'events/events.js': 'events',
  'flag/flag.js': 'showFlag',
  'invoke/invoke.js': 'invoke',
  'router/router.js': 'router',
};

/**
 * Takes those files of the bridge alone, which its package does not offer one by one; anything else of it fails the
 * build. `view.getContext` carries tables of languages to write the locale in another form, which is not needed here.
 */
function partsOfTheBridge(): Plugin {
  const out = dirname(createRequire(import.meta.url).resolve('@forge/bridge'));
  const code = [
    ...Object.entries(PARTS).map(([file, name]) => `export { ${name} } from ${JSON.stringify(join(out, file))};`),
    `import { getCallBridge } from ${JSON.stringify(join(out, 'bridge.js'))};`,
    `export const view = { getContext: () => getCallBridge()('getContext') };`,
  ].join('\n');
  return {
    name: 'parts-of-the-bridge',
    enforce: 'pre',
    resolveId: (id) => (id === '@forge/bridge' ? PARTS_ID : null),
    load: (id) => (id === PARTS_ID ? code : null),
  };
}

const PARTS_ID = '\0parts-of-the-bridge';

/** The background script: small, because every issue loads it. */
export default defineConfig({
  root: fileURLToPath(new URL('prompt', import.meta.url)),
  // Forge serves the script from a path that is not known before it is deployed.
  base: './',
  publicDir: false,
  plugins: [partsOfTheBridge()],
  build: {
    outDir: fileURLToPath(new URL('dist-prompt', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
