// @ts-check
/** Chromium for the tests of the chrome, and the fixture app built as an app is built. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium's own sandbox does not run as root. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? [...ARGUMENTS, '--no-sandbox'] : ARGUMENTS,
  });

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
