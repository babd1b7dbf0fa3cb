// @ts-check
/// <reference lib="dom" />
/** Background scripts in a real browser: unseen frames that run beside what people look at, and speak through flags. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { runsOn } from '../src/chrome/modules.js';
import { launch } from '../../tests/browser/chromium.mjs';
import { buildFixture } from './chrome-fixture.mjs';
import { startWorld } from './chrome-standins.mjs';

/**
 * Stands for the global of that name inside a frame, where the functions that use it run.
 *
 * @type {{ bridge: typeof import('@forge/bridge') } & Record<string, any>}
 */
const app = /** @type {any} */ (globalThis);

/** @type {Awaited<ReturnType<typeof buildFixture>>} */
let fixture;
/** @type {import('./chrome-standins.mjs').World} */
let world;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('playwright-core').Page} */
let page;

before(async () => {
  fixture = await buildFixture();
  world = await startWorld({ dist: fixture.dist, app: 'background.yml' });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.close();
  await fixture?.remove();
});
beforeEach(async () => {
  world.invocations.length = 0;
  page = await (await browser.newContext()).newPage();
});
afterEach(() => page.context().close());

/**
 * The frames of the app in a page, by the key of their module.
 *
 * @param {string} path
 * @returns {Promise<Map<string, import('playwright-core').Frame>>}
 */
async function framesOf(path) {
  await page.goto(`${world.origins.jira}${path}`);
  const slots = page.locator('.extension');
  await page.waitForFunction(() => [...document.querySelectorAll('.extension')].every((slot) => slot.getAttribute('data-state') === 'ready'));
  const frames = page.frames().filter((frame) => frame.url().startsWith(world.origins.content));
  assert.equal(frames.length, await slots.count());
  const named = frames.map(async (frame) => {
    await frame.waitForFunction(() => 'bridge' in globalThis);
    const { moduleKey } = await frame.evaluate(() => app.bridge.view.getContext());
    return /** @type {const} */ ([moduleKey, frame]);
  });
  return new Map(await Promise.all(named));
}

test('an issue has its panel and its script, in a sandboxed frame each, and no script of other pages', async () => {
  const frames = await framesOf('/browse/APP-1');
  assert.deepEqual([...frames.keys()].sort(), ['panel-on-issue', 'script-on-issue']);
  const script = frames.get('script-on-issue');
  const { extension, accountId } = /** @type {any} */ (await script?.evaluate(() => app.bridge.view.getContext()));
  assert.equal(accountId, 'maria');
  assert.equal(extension.type, 'jira:issueViewBackgroundScript');
  assert.deepEqual([extension.issue.id, extension.issue.key], ['10001', 'APP-1']);
  const element = await script?.frameElement();
  assert.equal(await element?.isVisible(), false);
  assert.match(String(await element?.getAttribute('sandbox')), /^allow-scripts allow-same-origin /);
  assert.equal(await page.locator('.app-panel iframe').isVisible(), true);
});

test('the script of the site runs on the pages that its manifest names, for the site with the app', async () => {
  for (const path of ['/', '/jira/projects/APP']) assert.deepEqual([...(await framesOf(path)).keys()], ['script-on-boards'], path);
  for (const path of ['/jira/projects', '/jira/settings/personal', '/sites/partner/', '/sites/partner/browse/PAR-1']) {
    assert.deepEqual([...(await framesOf(path)).keys()], [], path);
  }
});

test('a page without a name of its own has the scripts that run everywhere', () => {
  const script = (/** @type {any[]} */ experiences) => /** @type {any} */ ({ experiences });
  assert.equal(runsOn(script(['all']), undefined), true);
  assert.equal(runsOn(script(['all']), 'issue-view'), true);
  assert.equal(runsOn(script(['board']), undefined), false);
  assert.equal(runsOn(script([]), 'board'), false);
});

test('a script asks the app for the person and the issue, and says the answer in a flag that acts', async () => {
  const script = (await framesOf('/browse/APP-1')).get('script-on-issue');
  await script?.evaluate(async () => {
    const answer = await app.bridge.invoke('door', { type: 'prompt' });
    const flag = app.bridge.showFlag({
      id: 'prompt',
      title: 'Asked for',
      type: 'warning',
      description: JSON.stringify(answer),
      isAutoDismiss: false,
      actions: [{ text: 'Do it', onClick: () => void app.bridge.invoke('door', { type: 'done' }).then(() => flag.close()) }],
    });
  });
  const flag = page.locator('#flags article', { hasText: 'Asked for' });
  await flag.getByText('{"type":"prompt"}').waitFor();
  await flag.getByRole('button', { name: 'Do it' }).click();
  await flag.waitFor({ state: 'detached' });
  assert.deepEqual(
    world.invocations.map(({ payload, context, accountId }) => [payload.type, context.moduleKey, context.extension.issue.key, accountId]),
    [
      ['prompt', 'script-on-issue', 'APP-1', 'maria'],
      ['done', 'script-on-issue', 'APP-1', 'maria'],
    ],
  );
});

test('a script hears what the panel beside it says', async () => {
  const frames = await framesOf('/browse/APP-1');
  await frames.get('script-on-issue')?.evaluate(() => app.bridge.events.on('satisfied', (payload) => Object.assign(globalThis, { heard: payload })));
  await frames.get('panel-on-issue')?.evaluate(() => app.bridge.events.emit('satisfied', { now: 1 }));
  await frames.get('script-on-issue')?.waitForFunction(() => 'heard' in globalThis);
  assert.deepEqual(await frames.get('script-on-issue')?.evaluate(() => app.heard), { now: 1 });
});
