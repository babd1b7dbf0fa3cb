// @ts-check
// The manifest as Atlassian's own tools read it: the committed one, or a copy with a fault planted into it.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './compile-once.mjs';

const require = createRequire(import.meta.url);
const { ProcessorBuilder, ValidationTypes } = require('@forge/manifest');

/** Absolute path of the clone. */
export const root = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(join(root, 'manifest.yml'), 'utf8');

/**
 * What a validation of `@forge/manifest` says about the manifest in the current folder.
 * @param {'BASIC' | 'FULL' | 'PRODUCT_TRIGGER'} type
 */
export const validate = (type) =>
  ProcessorBuilder.instance().withValidation(ValidationTypes[type]).withOptions({ deprecatedRuntimes: [] }).build().process();

/** The manifest in the current folder, unchecked. */
export async function manifest() {
  const { manifestObject } = await validate('BASIC');
  return /** @type {any} */ (manifestObject?.typedContent ?? manifestObject?.yamlContent);
}

/**
 * Works in a folder that holds the app with one thing replaced in its manifest. The tools read the current folder.
 * @template T
 * @param {string | RegExp} sound
 * @param {string} faulty
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFault(sound, faulty, work) {
  const planted = text.replace(sound, faulty);
  if (planted === text) throw new Error(`manifest.yml holds no ${sound} to put a fault in its place.`);
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  const before = process.cwd();
  try {
    writeFileSync(join(folder, 'manifest.yml'), planted);
    cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true, filter: (path) => !path.endsWith('.rs') });
    mkdirSync(join(folder, 'static'));
    for (const built of ['static/dist', 'static/dist-prompt']) symlinkSync(join(root, built), join(folder, built));
    process.chdir(folder);
    return await work();
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Works in the clone.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inClone(work) {
  const before = process.cwd();
  try {
    process.chdir(root);
    return await work();
  } finally {
    process.chdir(before);
  }
}
