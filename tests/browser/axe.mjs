// @ts-check
/**
 * What axe finds on a page, asked in the page itself. `@axe-core/playwright` opens a second window for each reading, which
 * pays for pages whose frames are to be looked into; here no frame is.
 * @import { Page } from 'playwright-core'
 * @import { AxeResults } from 'axe-core'
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The small build, because every page that is loaded compiles it anew.
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * @param {Page} page
 * @param {string[]} [rules] which of axe's rules to apply; all of them unless told
 * @returns {Promise<string[]>} a line for each rule that is broken, with the elements that break it
 */
export async function violations(page, rules) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const found = await look(page, rules);
  if (!found.some((line) => line.startsWith('color-contrast:'))) return found;
  // On a busy machine a change of theme can begin late. Contrast that is wrong is wrong a second later, too.
  await page.waitForTimeout(1000);
  return look(page, rules);
}

/** @param {Page} page @param {string[]} [rules] */
function look(page, rules) {
  return page.evaluate(async (runOnly) => {
    // Colours that are still on their way to another theme are nobody's contrast.
    await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    const axe = /** @type {typeof import('axe-core')} */ (/** @type {any} */ (globalThis).axe);
    /** @type {AxeResults} */
    const found = await axe.run({ exclude: [['iframe']] }, { resultTypes: ['violations'], ...(runOnly && { runOnly }) });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, rules);
}
