import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  // Forge serves the panel from a path that is not known before it is deployed.
  base: './',
  resolve: {
    alias: {
      '@atlaskit/feature-gate-js-client/feature-gates': fileURLToPath(new URL('src/closedGates.ts', import.meta.url)),
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Forge's content security policy is `script-src 'self'`: nothing may be inlined as a script.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
});
