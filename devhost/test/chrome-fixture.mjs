// @ts-check
/** The fixture app of the tests of the chrome, built as an app is built. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * The fixture app, with the real `@forge/bridge` in it.
 *
 * @returns {Promise<{ dist: string, remove(): Promise<void> }>}
 */
export async function buildFixture() {
  const dist = await mkdtemp(join(tmpdir(), 'chrome-fixture-'));
  await build({
    root: fileURLToPath(new URL('./chrome-fixture/', import.meta.url)),
    base: './',
    configFile: false,
    logLevel: 'error',
    build: { outDir: dist, emptyOutDir: true, minify: false },
  });
  return { dist, remove: () => rm(dist, { recursive: true, force: true }) };
}
