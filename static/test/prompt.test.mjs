// @ts-check
/**
 * The built background script: what it asks, when, and what its flags say.
 * @import { Page } from 'playwright-core'
 */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { press } from './states.mjs';
import { goOnUntil, opened, requests, standStill, visit, WIDE } from './visit.mjs';

const HOUR = 3_600_000;
/** How long a prompt stands before it counts as read, in milliseconds. */
const READ_MS = 2000;
const UNDELIVERED = 'integration-plus.undelivered.5b10a2844c20165700ede21g';
const KEY = 'integration-plus.prompt.5b10a2844c20165700ede21g';

/**
 * Every test is another person's browser: nothing is kept in it.
 * @param {string} scene
 * @param {(page: Page) => Promise<void>} look
 */
function open(scene, look) {
  return visit(`prompt/${scene}`, look, { ...WIDE });
}

/** @param {Page} page @param {string} type */
async function count(page, type) {
  return (await requests(page)).filter((/** @type {any} */ request) => request.type === type).length;
}

/** @param {Page} page */
function answer(page) {
  return page.waitForFunction((key) => {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null');
    return kept !== null && kept.askAgainAt > kept.askedAt ? kept : null;
  }, KEY);
}

/** @param {Page} page @param {string} key */
function stored(page, key) {
  return page.evaluate((name) => localStorage.getItem(name), key);
}

/**
 * As though the app had been asked so long ago, in milliseconds, and its answer held until then.
 * @param {Page} page @param {number} ago @param {number} until
 */
async function askedBefore(page, ago, until) {
  await page.evaluate(
    ([key, askedAt, askAgainAt]) => localStorage.setItem(String(key), JSON.stringify({ askedAt: Date.now() + Number(askedAt), askAgainAt: Date.now() + Number(askAgainAt), risk: null })),
    [KEY, -ago, until],
  );
  await page.reload();
  await page.waitForLoadState('networkidle');
}

describe('the background script', { concurrency: 3 }, () => {
  test('says who changed what and when, what happens if not, and that no password is shared', () =>
    open('prompt', async (page) => {
      const flag = page.getByRole('region', { name: 'Re-authorize Integration+' });
      await flag.getByText(/^Your administrator changed the account that Integration\+ uses on \d+ \w+, and asks everybody to allow it again\. Until you allow it again, what you do through Integration\+ does not carry your name\. Your password is never shared\.$/).waitFor();
      assert.deepEqual(await flag.getByRole('button').allInnerTexts(), ['Re-authorize', 'Remind me tomorrow']);
    }));

  test('asks once an hour, however many issues are opened', () =>
    open('promptNothing', async (page) => {
      await answer(page);
      for (let i = 0; i < 3; i += 1) {
        await page.reload();
        await page.waitForLoadState('networkidle');
        assert.equal(await count(page, 'prompt'), 0);
      }
      await askedBefore(page, HOUR + 1000, -1000);
      assert.equal(await count(page, 'prompt'), 1);
    }));

  test('asks once when two frames of one page begin together', () =>
    open('promptSlow', async (page) => {
      await answer(page);
      await page.evaluate((key) => localStorage.removeItem(key), KEY);
      const address = page.url();
      const asked = await page.evaluate(async (src) => {
        const frames = [0, 1].map(() => {
          const frame = document.createElement('iframe');
          frame.src = src;
          document.body.append(frame);
          return frame;
        });
        const asked = () => frames.map((frame) => /** @type {any} */ (frame.contentWindow)?.__fixture?.requests.length);
        // Until both are there and one has asked; then as long again as an answer takes in this scene.
        while (!asked().every((count) => count !== undefined) || !asked().some((count) => count > 0)) await new Promise((resolve) => setTimeout(resolve, 50));
        await new Promise((resolve) => setTimeout(resolve, 2000));
        return asked();
      }, address);
      assert.deepEqual(asked.toSorted(), [0, 1]);
    }));

  test('keeps to an hour by a clock that is ahead, and asks once a day by one that is behind', () =>
    open('promptNothing', async (page) => {
      await answer(page);
      await askedBefore(page, HOUR / 2, -5 * HOUR);
      assert.equal(await count(page, 'prompt'), 0, 'ahead, half an hour later');
      await askedBefore(page, HOUR * 23, 9000 * HOUR);
      assert.equal(await count(page, 'prompt'), 0, 'behind, on the same day');
      await askedBefore(page, HOUR * 25, 9000 * HOUR);
      assert.equal(await count(page, 'prompt'), 1, 'behind, a day later');
      await askedBefore(page, -HOUR, HOUR);
      assert.equal(await count(page, 'prompt'), 1, 'asked in the future');
    }));

  test('is gone once the person has re-authorized on the personal settings page, also where it was never read', () =>
    open('promptOnce', async (page) => {
      const flag = page.getByRole('region', { name: 'Re-authorize Integration+' });
      await page.waitForFunction((key) => localStorage.getItem(key) !== null, UNDELIVERED);
      // Left at once, for a page without a background script.
      await page.goto(new URL('/?scene=myAccountAllows', page.url()).href);
      await press(page, 'Re-authorize');
      await page.getByText('Working', { exact: true }).waitFor();
      await page.goto(new URL('/prompt/?scene=promptNothing', page.url()).href);
      await page.waitForFunction((key) => localStorage.getItem(key) === null, UNDELIVERED);
      assert.equal(await flag.count(), 0);
    }));

  test('stays where another page finds that there is something to ask', () =>
    open('prompt', async (page) => {
      const flag = page.getByRole('region', { name: 'Re-authorize Integration+' });
      await flag.waitFor();
      const other = await page.context().newPage();
      await other.goto(new URL('/?scene=myAccountWorsens', page.url()).href);
      await other.getByText('To re-authorize', { exact: true }).waitFor();
      // Word from one tab to another takes no longer than this one that follows it.
      await other.evaluate(() => localStorage.setItem('after', 'all'));
      await page.waitForFunction(() => localStorage.getItem('after') === 'all');
      assert.equal(await flag.count(), 1);
      await other.close();
    }));

  test('is not asked again and again while the app is down', () =>
    open('promptDown', async (page) => {
      await page.waitForFunction(() => /** @type {any} */ (globalThis).__fixture.requests.length === 1);
      await page.reload();
      await page.waitForLoadState('networkidle');
      assert.equal(await count(page, 'prompt'), 0);
    }));

  test('is shown on the next page when the first was left at once, and not once more when it was read', () =>
    open('promptOnce', async (page) => {
      const flag = page.getByRole('region', { name: 'Re-authorize Integration+' });
      await page.evaluate(() => localStorage.clear());
      await standStill(page);
      await goOnUntil(page, flag);
      assert.notEqual(await stored(page, UNDELIVERED), null);
      await page.reload();
      await goOnUntil(page, flag);
      assert.equal(await count(page, 'prompt'), 0);
      await page.clock.runFor(READ_MS);
      assert.equal(await stored(page, UNDELIVERED), null);
      await page.reload();
      await page.waitForLoadState('networkidle');
      await page.clock.runFor(READ_MS);
      assert.equal(await flag.count(), 0);
    }));

  for (const [why, button] of [['snoozed', 'Remind me tomorrow'], ['being dealt with', 'Re-authorize']]) {
    test(`is not shown on the next page when it is ${why}`, () =>
      open('promptOnce', async (page) => {
        await press(page, String(button));
        await page.reload();
        await page.waitForLoadState('networkidle');
        await page.waitForTimeout(300);
        assert.equal(await page.getByRole('region', { name: 'Re-authorize Integration+' }).count(), 0);
      }));
  }

  test('is not shown a day later, nor when another tab has settled it', () =>
    open('promptNothing', async (page) => {
      const flag = page.getByRole('region', { name: 'Re-authorize Integration+' });
      await answer(page);
      const left = (/** @type {number} */ ago) =>
        page.evaluate(([key, at]) => localStorage.setItem(String(key), JSON.stringify({ at, prompt: { reason: 'idle', changedAt: null } })), [UNDELIVERED, Date.now() - ago]);
      await left(25 * HOUR);
      await page.reload();
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(300);
      assert.equal(await flag.count(), 0, 'a day later');
      await left(HOUR);
      await page.reload();
      await flag.waitFor();
      await page.evaluate(() => dispatchEvent(new StorageEvent('storage', { key: 'integration-plus.settled.5b10a2844c20165700ede21g', newValue: 'another tab' })));
      await flag.waitFor({ state: 'detached' });
      await page.reload();
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(300);
      assert.equal(await flag.count(), 0, 'settled');
    }));

  test('asks nothing in a browser that keeps nothing', async () => {
    await open('promptNothing', async (page) => {
      await page.addInitScript(() => Object.defineProperty(globalThis, 'localStorage', { get: () => { throw new DOMException('blocked', 'SecurityError'); } }));
      await page.reload();
      await page.waitForLoadState('networkidle');
      assert.deepEqual(await requests(page), []);
    });
  });

  test('opens Jira’s page, waits, says that it is done, and that a comment waits', () =>
    open('promptAllows', async (page) => {
      await press(page, 'Re-authorize');
      await page.getByRole('region', { name: 'Select Allow in the other tab' }).waitFor();
      assert.equal((await opened(page)).length, 1);
      await page.getByRole('region', { name: 'Integration+ acts in your name again' }).getByText(/Your comment on APP-1 is still kept/).waitFor();
      const emitted = await page.evaluate(() => /** @type {any} */ (globalThis).__fixture.emitted.map((/** @type {any} */ { event }) => event));
      assert.deepEqual(emitted, ['integration-plus.settled']);
      assert.equal(await page.getByRole('region').count(), 1);
    }));

  test('names whoever allowed instead, and offers it once more', () =>
    open('promptWrong', async (page) => {
      await press(page, 'Re-authorize');
      await page.getByText(/Lena Gone allowed instead of you\. Nothing was kept of it, and nothing has changed/).waitFor();
      await page.getByRole('button', { name: 'Re-authorize' }).waitFor();
    }));

  test('gives the page to be opened where the browser did not', () =>
    open('prompt&noTabs=1', async (page) => {
      await press(page, 'Re-authorize');
      await page.getByRole('region', { name: 'The page did not open' }).getByRole('button', { name: 'Open the page' }).waitFor();
    }));

  test('says that nothing changed when it is refused', () =>
    open('promptRefused', async (page) => {
      await press(page, 'Re-authorize');
      await page.getByText(/^Nothing has changed\..*Code for support: app\/notConnected$/).waitFor();
    }));

  test('goes for a day, in the other tabs too', () =>
    open('prompt', async (page) => {
      await press(page, 'Remind me tomorrow');
      await page.getByRole('region').waitFor({ state: 'detached' });
      await page.waitForFunction(() => /** @type {any} */ (globalThis).__fixture.requests.some((/** @type {any} */ { type }) => type === 'snooze'));
    }));

  test('goes when another tab has settled it', () =>
    open('prompt', async (page) => {
      await page.getByRole('region', { name: 'Re-authorize Integration+' }).waitFor();
      const other = await page.context().newPage();
      await other.goto(new URL('/?scene=myAccountAllows', page.url()).href);
      await press(other, 'Re-authorize');
      await page.getByRole('region').waitFor({ state: 'detached' });
      await other.close();
    }));

  test('asks for risks once a day where the person is no administrator', () =>
    open('promptNoAdministrator', async (page) => {
      const asked = async () => (await requests(page)).map((/** @type {any} */ { risks }) => risks);
      const hours = async (/** @type {number} */ count) => {
        await page.evaluate(
          ([key, ms]) => {
            const kept = JSON.parse(localStorage.getItem(String(key)) ?? '{}');
            const earlier = (/** @type {number} */ at) => at - Number(ms);
            localStorage.setItem(String(key), JSON.stringify({ ...kept, askedAt: earlier(kept.askedAt), askAgainAt: earlier(kept.askAgainAt), noAdministratorAt: earlier(kept.noAdministratorAt) }));
          },
          [KEY, count * HOUR],
        );
        await page.reload();
        await answer(page);
      };
      await answer(page);
      assert.deepEqual(await asked(), [true]);
      await hours(2);
      assert.deepEqual(await asked(), [false]);
      await hours(23);
      assert.deepEqual(await asked(), [true]);
    }));

  test('tells administrators of a risk, each kind once a day', () =>
    open('promptRisk', async (page) => {
      const flag = page.getByRole('region', { name: /^Integration\+ stops on .* unless somebody acts$/ });
      await flag.waitFor();
      await page.evaluate((key) => {
        const kept = JSON.parse(localStorage.getItem(key) ?? '{}');
        localStorage.setItem(key, JSON.stringify({ ...kept, askedAt: kept.askedAt - 2 * 3_600_000, askAgainAt: kept.askAgainAt - 2 * 3_600_000 }));
      }, KEY);
      await page.reload();
      await page.waitForFunction(() => /** @type {any} */ (globalThis).__fixture.requests.length === 1);
      await page.waitForTimeout(300);
      assert.equal(await flag.count(), 0, 'an hour later');
      await page.evaluate((key) => {
        const kept = JSON.parse(localStorage.getItem(key) ?? '{}');
        localStorage.setItem(key, JSON.stringify({ askedAt: kept.askedAt - 2 * 3_600_000, askAgainAt: 0, risk: { ...kept.risk, shownAt: kept.risk.shownAt - 25 * 3_600_000 } }));
      }, KEY);
      await page.reload();
      await flag.waitFor();
      await press(page, 'Open Integration+');
      assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).__fixture.navigated), [{ target: 'module', moduleKey: 'integration-plus' }]);
    }));

  test('tells administrators that service accounts are due', () =>
    open('promptRegister', async (page) => {
      const flag = page.getByRole('region', { name: '2 reviews or rotations of service accounts are due', exact: true });
      await flag.waitFor();
      assert.match(await flag.innerText(), /goes on working\. Nothing has changed\. Open Service accounts in Integration\+/);
    }));

  test('tells whoever made a link that somebody allowed by it, and leads to where it is finished', () =>
    open('promptAllowed', async (page) => {
      const flag = page.getByRole('region', { name: 'Jira service account allowed Integration+', exact: true });
      await flag.waitFor();
      assert.match(await flag.innerText(), /Somebody used the link that you made\. Nothing has changed yet: only you can finish it\. Finish the change in Integration\+ before .+, or cancel it there\./);
      await press(page, 'Open Integration+');
      assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).__fixture.navigated), [{ target: 'module', moduleKey: 'integration-plus' }]);
    }));

  test('tells administrators that a service account failed its test', () =>
    open('promptTests', async (page) => {
      const flag = page.getByRole('region', { name: '1 service account failed the latest test', exact: true });
      await flag.waitFor();
      assert.match(await flag.innerText(), /Open Service accounts in Integration\+, and look at the test of each/);
    }));

  test('is small: every issue loads it', async (t) => {
    const folder = fileURLToPath(new URL('../dist-prompt/assets/', import.meta.url));
    const scripts = await Promise.all((await readdir(folder)).map((file) => readFile(new URL(file, `file://${folder}`))));
    const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
    t.diagnostic(`${bytes} bytes, compressed`);
    assert.ok(bytes < 8 * 1024, `${bytes} bytes, compressed`);
    assert.ok(scripts.every((script) => !/react/i.test(script.toString('utf8'))), 'it carries no React');
  });
});
