// @ts-check
/**
 * Chromium for the tests.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** The browser named by CHROMIUM, or the first `chromium` on PATH. */
function executable() {
  const named = process.env['CHROMIUM'];
  if (named !== undefined) {
    return named;
  }
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, 'chromium');
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  throw new Error('no Chromium: install it, or name it in CHROMIUM');
}

/** Starts Chromium. It runs as root in containers, and must not look for networks that are not there. */
export function launch() {
  return chromium.launch({
    executablePath: executable(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
