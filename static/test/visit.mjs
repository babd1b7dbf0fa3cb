// @ts-check
/**
 * Visits to the built pages. Needs `static/dist`, `static/dist-prompt` and Chromium.
 * @import { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
 */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { violations } from '../../tests/browser/axe.mjs';
import { launch } from '../../tests/browser/chromium.mjs';
import { serve } from '../dev/serve.mjs';

/** @type {Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/**
 * Windows that have loaded the panel before: they load it again in a third of the time. One page a window, because a
 * tab behind another is not drawn, and waiting for it takes seconds.
 * @type {Map<BrowserContextOptions, Page[]>}
 */
const idle = new Map();

before(async () => {
  [browser, server] = await Promise.all([launch(), serve(0)]);
});

after(async () => {
  await browser?.close();
  server?.close();
});

// Motion would only make the tests wait.
export const WIDE = /** @type {const} */ ({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } });
export const NARROW = /** @type {const} */ ({ ...WIDE, viewport: { width: 400, height: 800 } });

/**
 * Opens a scene, hands its page to `look`, and fails on any fault that the page reports.
 * @param {string} scene
 * @param {(page: Page) => Promise<void>} look
 * @param {BrowserContextOptions} [as]
 */
export async function visit(scene, look, as = WIDE) {
  const page = idle.get(as)?.pop() ?? (await (await browser.newContext(as)).newPage());
  // Bounds a hang, and asserts nothing about speed.
  page.setDefaultTimeout(30_000);
  await page.setViewportSize(as.viewport ?? WIDE.viewport);
  /** @type {string[]} */
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      faults.push(message.text());
    }
  });
  try {
    await page.goto(addressOf(scene));
    await look(page);
    assert.deepEqual(faults, []);
  } finally {
    page.removeAllListeners();
    idle.set(as, [...(idle.get(as) ?? []), page]);
  }
}

/**
 * @param {Page} page
 * @param {string[]} [rules] which of axe's rules to apply; all of them unless told
 */
export async function accessible(page, rules) {
  assert.deepEqual(await violations(page, rules), []);
}

/** @param {Page} page */
export function requests(page) {
  return page.evaluate(() => /** @type {any} */ (globalThis).__fixture.requests);
}

/**
 * The requests of these kinds, in the order in which they were made.
 * @param {Page} page
 * @param {string[]} types
 * @returns {Promise<any[]>}
 */
export async function asked(page, ...types) {
  return (await requests(page)).filter((/** @type {any} */ { type }) => types.includes(type));
}

/** @param {Page} page */
export function opened(page) {
  return page.evaluate(() => /** @type {any} */ (globalThis).__fixture.opened);
}

/**
 * Loads the page anew with a clock that stands still: what passes by is seen however slow the machine is. The window is of
 * no use to other tests afterwards, so it must be visited as somebody of its own.
 * @param {Page} page
 */
export async function standStill(page) {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.reload();
}

/**
 * Lets a clock that stands still go on, little by little, until something is there.
 * @param {Page} page
 * @param {Locator} is
 */
export async function goOnUntil(page, is) {
  for (let steps = 0; steps < 500 && !(await is.isVisible()); steps += 1) {
    await page.clock.runFor(20);
  }
  await is.waitFor();
}

/** Where the pages are served. */
export function address() {
  return server.address;
}

/** @param {string} scene with more parameters of the fixture after `&`; of the background script after `prompt/` */
function addressOf(scene) {
  return scene.startsWith('prompt/') ? `${server.address}prompt/?scene=${scene.slice('prompt/'.length)}` : `${server.address}?scene=${scene}`;
}
