// @ts-check
/** Where the focus is. @import { Page } from 'playwright-core' */
import assert from 'node:assert/strict';

/** The focus comes to what is called so or says so, and stays there. @param {Page} page @param {string} words */
export async function focusStays(page, words) {
  const here = (/** @type {string} */ text) => (document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent) === text;
  await page.waitForFunction(here, words, { timeout: 10_000 });
  await page.waitForTimeout(200);
  assert.ok(await page.evaluate(here, words), words);
}
