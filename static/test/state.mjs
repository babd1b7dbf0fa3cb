// @ts-check
/**
 * One state of a page, looked at: what is there and what is not, for everybody, wide and narrow, light and dark.
 * @import { Page } from 'playwright-core'
 * @import { State } from './states.mjs'
 */
import assert from 'node:assert/strict';
import { accessible, NARROW } from './visit.mjs';

/**
 * @param {Page} page
 * @param {State} state
 */
export async function look(page, { reach, roles = [], words = [], absent = [] }) {
  await page.getByRole('main').waitFor();
  await reach?.(page);
  for (const [role, label] of roles) {
    const options = label === '' ? {} : { name: label, exact: typeof label === 'string' };
    await page.getByRole(role, options).first().waitFor();
  }
  for (const text of words) {
    await page.getByText(text, { exact: true }).or(page.locator('p, li, span', { hasText: text })).first().waitFor();
  }
  for (const [role, label] of absent) {
    assert.equal(await page.getByRole(role, { name: label, exact: true }).count(), 0, `${role} ${label}`);
  }
  await accessible(page);
  await page.setViewportSize(NARROW.viewport);
  await page.evaluate(() => (document.documentElement.dataset['colorMode'] = 'dark'));
  await accessible(page, ['color-contrast', 'target-size', 'scrollable-region-focusable']);
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overhang <= 0, `${overhang} pixels of horizontal scroll`);
}
