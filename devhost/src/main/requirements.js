// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../platform/manifest.js';
import { Stop } from './stop.js';

/** Where the bundler puts the app's functions, seen from the root. */
export const BUNDLE = 'dist/app';

/**
 * @param {string} root of the repository
 * @throws {Stop} naming what is missing and the command that makes it
 */
export function checkRequirements(root) {
  const resources = /** @type {{ key: string, path: string }[]} */ (readManifest(join(root, 'manifest.yml')).document.resources ?? []);
  const needed = [
    { file: `${BUNDLE}/index.cjs`, what: 'The bundle of the app' },
    ...resources.map(({ key, path }) => ({ file: `${path}/index.html`, what: `The resource ${key}` })),
    { file: 'devhost/generated/sandbox.js', what: 'The sandbox' },
    { file: 'devhost/generated/sandbox_wasm.js', what: 'The sandbox' },
  ];
  const missing = needed.find(({ file }) => !existsSync(join(root, file)));
  if (missing !== undefined) {
    throw new Stop(`${missing.what} has not been built (${missing.file} is missing): run \`cargo xtask build\` first.`);
  }
}
