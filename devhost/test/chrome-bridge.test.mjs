// @ts-check
/// <reference lib="dom" />
/** The bridge in a real browser: the real `@forge/bridge` in a frame of another origin, under the policy of Forge. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { violations } from '../../tests/browser/axe.mjs';
import { launch } from '../../tests/browser/chromium.mjs';
import { buildFixture } from './chrome-fixture.mjs';
import { startWorld } from './chrome-standins.mjs';

/** @typedef {typeof import('@forge/bridge')} Bridge */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

/**
 * Stands for the global of that name inside the frame, where the functions that use it run.
 *
 * @type {{ bridge: Bridge } & Record<string, any>}
 */
const app = /** @type {any} */ (globalThis);

/** @type {Awaited<ReturnType<typeof buildFixture>>} */
let fixture;
/** @type {import('./chrome-standins.mjs').World} */
let world;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Page} */
let page;
/** @type {Frame} */
let frame;

before(async () => {
  fixture = await buildFixture();
  world = await startWorld({ dist: fixture.dist });
  browser = await launch();
  page = await (await browser.newContext({ colorScheme: 'light' })).newPage();
});
after(async () => {
  await browser?.close();
  await world?.close();
  await fixture?.remove();
});
beforeEach(async () => {
  world.invocations.length = 0;
  world.resolve = ({ payload }) => payload;
  frame = await open('/jira/settings/apps/fixture');
});
afterEach(startAfresh);

/** The window is kept, because a new one starts three programs; what it remembers and what a test did to it is not. */
async function startAfresh() {
  const context = page.context();
  await Promise.all(context.pages().filter((other) => other !== page).map((other) => other.close()));
  await context.unrouteAll();
  await context.clearCookies();
  await page.emulateMedia({ colorScheme: 'light' });
}

/**
 * @param {string} path
 * @returns {Promise<Frame>} the frame of the app
 */
async function open(path) {
  await page.goto(`${world.origins.jira}${path}`);
  await page.locator('.extension[data-state="ready"]').waitFor();
  return appFrame();
}

async function appFrame() {
  const found = page.frames().findLast((candidate) => candidate.url().startsWith(world.origins.content));
  assert.ok(found, 'there is no frame of the app');
  await found.waitForFunction(() => 'bridge' in globalThis);
  return found;
}

/** @param {string} account */
const signIn = (account) =>
  page.context().addCookies([{ name: 'local_jira_account', value: account, url: world.origins.jira }]);

test('invoke answers with what the resolver returned, and rejects with what it threw', async () => {
  assert.deepEqual(await frame.evaluate(() => app.bridge.invoke('door', { type: 'status', list: [1, null] })), {
    type: 'status',
    list: [1, null],
  });
  world.resolve = () => {
    throw new TypeError('no such door');
  };
  assert.equal(
    await frame.evaluate(() => app.bridge.invoke('door').catch((error) => `${error.name}: ${error.message}`)),
    'Error: There was an error invoking the function - no such door',
  );
  assert.deepEqual(world.invocations.map(({ functionKey, accountId }) => [functionKey, accountId]), [
    ['door', 'maria'],
    ['door', 'maria'],
  ]);
});

test('invoke with metadata wraps the answer', async () => {
  const answer = await frame.evaluate(() => app.bridge.invoke('door', { a: 1 }, { rateLimitProperties: true }));
  assert.deepEqual(answer, { body: { a: 1 }, metadata: {} });
});

test('invoke refuses more than 500 KB', async () => {
  const refusal = await frame.evaluate(() => app.bridge.invoke('door', { text: 'x'.repeat(600 * 1024) }).catch((error) => error.message));
  assert.equal(refusal, 'There was an error invoking the function - The request is larger than 512000 bytes.');
  assert.equal(world.invocations.length, 0);
});

test('the context names the person, the site and the module', async () => {
  const context = await frame.evaluate(() => app.bridge.view.getContext());
  assert.equal(context.accountId, 'maria');
  assert.equal(context.siteUrl, 'https://example.atlassian.net');
  assert.equal(context.locale, 'en-US');
  assert.equal(context.moduleKey, 'fixture');
  assert.equal(context.environmentType, 'DEVELOPMENT');
  assert.deepEqual(context.extension, { type: 'jira:adminPage' });
  assert.equal(context.theme?.colorMode, 'light');
});

test('the context is that of the account that is signed in', async () => {
  await signIn('ana');
  frame = await open('/jira/settings/apps/fixture');
  assert.equal((await frame.evaluate(() => app.bridge.view.getContext())).accountId, 'ana');
  assert.equal(await page.getByText('Jira shows this page to administrators only.').count(), 1);
});

test('theming brings the tokens, and follows the switch of the host', async () => {
  const look = () =>
    frame.evaluate(() => ({
      mode: document.documentElement.dataset.colorMode,
      names: document.documentElement.dataset.theme,
      text: getComputedStyle(document.documentElement).getPropertyValue('--ds-text'),
    }));
  assert.deepEqual(await look(), { mode: undefined, names: undefined, text: '' });
  await frame.evaluate(() => app.bridge.view.theme.enable());
  const light = await look();
  assert.equal(light.mode, 'light');
  assert.match(light.names ?? '', /dark:dark light:light .*spacing:spacing/);
  assert.match(light.text, /^#/);

  await page.getByText('Theme', { exact: true }).click();
  await page.getByRole('button', { name: 'Dark' }).click();
  await frame.waitForFunction(() => document.documentElement.dataset.colorMode === 'dark');
  assert.notEqual((await look()).text, light.text);
  frame = await open('/jira/settings/apps/fixture');
  assert.equal((await frame.evaluate(() => app.bridge.view.getContext())).theme?.colorMode, 'dark');
});

test('a flag shows its words, runs its actions and closes', async () => {
  await frame.evaluate(() => {
    app.clicks = 0;
    app.flag = app.bridge.showFlag({
      id: 'one',
      title: 'Saved <b>',
      description: 'All is well.',
      type: 'success',
      actions: [{ text: 'Undo', onClick: () => app.clicks++ }],
    });
  });
  const flags = page.getByRole('region', { name: 'Flags' });
  await flags.getByRole('heading', { name: 'Success: Saved <b>' }).waitFor();
  await flags.getByRole('button', { name: 'Undo' }).click();
  await flags.getByRole('button', { name: 'Undo' }).click();
  await frame.waitForFunction(() => app.clicks === 2);
  assert.equal(await frame.evaluate(() => app.flag.close()), true);
  await flags.getByText('All is well.').waitFor({ state: 'detached' });
});

test('a flag of the same id takes the place of the first; the person may dismiss it', async () => {
  await frame.evaluate(async () => {
    app.bridge.showFlag({ id: 1, title: 'First' });
    app.bridge.showFlag({ id: 1, title: 'Second', appearance: 'error' });
  });
  const flags = page.getByRole('region', { name: 'Flags' });
  await flags.getByText('Second').waitFor();
  assert.equal(await flags.getByRole('article').count(), 1);
  await flags.getByRole('button', { name: 'Dismiss' }).click();
  assert.equal(await flags.getByRole('article').count(), 0);
});

test('flags and dialogs have no fault that axe finds, by day and by night', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    frame = await open('/jira/settings/apps/fixture');
    await frame.evaluate(() => {
      for (const type of /** @type {const} */ (['info', 'success', 'warning', 'error'])) {
        const words = { title: `Title of ${type}`, description: 'Described.', actions: [{ text: 'Act', onClick: () => {} }] };
        app.bridge.showFlag({ id: type, type, ...words });
        app.bridge.showFlag({ id: `bold ${type}`, appearance: type, ...words });
      }
    });
    await page.getByText('Title of error').first().waitFor();
    assert.deepEqual(await violations(page), [], colorScheme);
    await frame.evaluate(() => void app.bridge.router.open('https://elsewhere.example/').catch(() => {}));
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(page), [], colorScheme);
    await page.keyboard.press('Escape');
    await frame.evaluate(() => void new app.bridge.Modal({ title: 'Titled' }).open());
    await page.getByRole('dialog', { name: 'Titled' }).waitFor();
    assert.deepEqual(await violations(page), [], colorScheme);
  }
});

test('requestJira asks as the person and gives a response', async () => {
  await signIn('ana');
  frame = await open('/jira/settings/apps/fixture');
  const answer = await frame.evaluate(async () => {
    const response = await app.bridge.requestJira('/rest/api/3/myself', { headers: { accept: 'application/json' } });
    return { status: response.status, body: await response.json() };
  });
  assert.deepEqual(answer, { status: 200, body: { accountId: 'ana', displayName: 'Ana Lima' } });
  const outside = await frame.evaluate(async () => {
    const response = await app.bridge.requestJira('/rest/api/3/issue/APP-1/comment', { method: 'POST', body: '{"body":{}}' });
    return { status: response.status, body: await response.json() };
  });
  assert.deepEqual(outside, { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } });
});

test('router.open asks before it leaves the site, and opens a tab without a hold on this one', async () => {
  await page.context().route('https://elsewhere.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title>' }),
  );
  await frame.getByRole('button', { name: 'Open a page' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open a page outside Jira?' });
  assert.equal(await dialog.locator('.address').textContent(), 'https://elsewhere.example/page');
  await dialog.getByRole('button', { name: 'Stay here' }).click();
  await frame.waitForFunction(() => app.opened === 'The person stayed on the page.');

  await frame.getByRole('button', { name: 'Open a page' }).click();
  const [tab] = await Promise.all([page.context().waitForEvent('page'), dialog.getByRole('link', { name: 'Open page' }).click()]);
  await frame.waitForFunction(() => app.opened === true);
  await tab.waitForURL('https://elsewhere.example/page?secret=1');
  assert.equal(await tab.evaluate(() => window.opener), null);
  assert.equal(await tab.evaluate(() => document.referrer), '');
});

test('router.open stays within the site without asking', async () => {
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    frame.evaluate(() => app.bridge.router.open('https://partner.atlassian.net/browse/PAR-1')),
  ]);
  await tab.waitForURL(`${world.origins.jira}/sites/partner/browse/PAR-1`);
});

test('router.navigate moves this tab, by path and by target', async () => {
  await frame.evaluate(() => void app.bridge.router.navigate('/browse/APP-1'));
  await page.waitForURL(`${world.origins.jira}/browse/APP-1`);
  frame = await appFrame();
  const target = await frame.evaluate(() => app.bridge.router.getUrl({ target: 'module', moduleKey: 'fixture' }).then(String));
  assert.equal(target, `${world.origins.jira}/jira/settings/apps/fixture`);
  await frame.evaluate(() => void app.bridge.router.navigate({ target: 'userProfile', accountId: 'ana' }));
  await page.waitForURL(`${world.origins.jira}/jira/people/ana`);
});

test('router refuses what is no page', async () => {
  for (const address of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd']) {
    const refusal = await frame.evaluate((url) => app.bridge.router.navigate(url).catch((error) => error.message), address);
    assert.match(refusal, /is no address of a page\.$/, address);
  }
});

test('router.reload loads the page anew', async () => {
  await page.evaluate(() => Object.assign(globalThis, { old: true }));
  await Promise.all([page.waitForEvent('load'), frame.evaluate(() => void app.bridge.router.reload())]);
  assert.equal(await page.evaluate(() => 'old' in globalThis), false);
});

test('history moves the address below the page, and hears the browser go back', async () => {
  await frame.evaluate(async () => {
    app.heard = [];
    app.past = await app.bridge.view.createHistory();
    app.past.listen((/** @type {any} */ location, /** @type {string} */ action) => app.heard.push([action, location.pathname + location.search]));
  });
  assert.equal(await frame.evaluate(() => app.past.location.pathname), '/');
  await frame.evaluate(() => app.past.push('/history?page=2', { from: 'test' }));
  assert.equal(page.url(), `${world.origins.jira}/jira/settings/apps/fixture/history?page=2`);
  assert.deepEqual(await frame.evaluate(() => app.past.location.state), { from: 'test' });
  await frame.evaluate(() => app.past.replace({ pathname: '/replaced' }));
  await page.goBack();
  await frame.waitForFunction(() => app.heard.length === 3);
  assert.deepEqual(await frame.evaluate(() => app.heard), [
    ['PUSH', '/history?page=2'],
    ['REPLACE', '/replaced'],
    ['POP', '/'],
  ]);
  assert.equal(await frame.evaluate(() => app.past.createHref({ pathname: '/a', search: '?b' })), '/a?b');
});

test('history cannot leave the page of the module', async () => {
  const at = await frame.evaluate(async () => {
    const history = await app.bridge.view.createHistory();
    await history.push('/../../../../local');
    return history.location.pathname;
  });
  assert.equal(at, '/local');
  assert.equal(page.url(), `${world.origins.jira}/jira/settings/apps/fixture/local`);
  assert.equal((await open('/jira/settings/apps/fixture/local')).url().startsWith(world.origins.content), true);
});

test('a module without a page of its own has no history', async () => {
  frame = await open('/browse/APP-1');
  const refusal = await frame.evaluate(() => app.bridge.view.createHistory().catch((error) => error.message));
  assert.equal(refusal, 'createHistory is not supported by this module.');
});

test('a dialog shows the app with what it was handed, and gives back what it was closed with', async () => {
  await frame.evaluate(() => {
    new app.bridge.Modal({ size: 'small', title: 'Second view', context: { chosen: 7 }, onClose: (payload) => (app.closedWith = payload) }).open();
  });
  const dialog = page.getByRole('dialog', { name: 'Second view' });
  await dialog.locator('.extension[data-state="ready"]').waitFor();
  const inside = await appFrame();
  assert.notEqual(inside, frame);
  assert.deepEqual((await inside.evaluate(() => app.bridge.view.getContext())).extension, { type: 'jira:adminPage', modal: { chosen: 7 } });
  await inside.evaluate(() => app.bridge.invoke('door', {}));
  assert.deepEqual(world.invocations[0].context.extension.modal, { chosen: 7 });
  await inside.evaluate(() => void app.bridge.view.close({ saved: true }));
  await frame.waitForFunction(() => app.closedWith !== undefined);
  assert.deepEqual(await frame.evaluate(() => app.closedWith), { saved: true });
  await dialog.waitFor({ state: 'detached' });
});

test('a frame in a dialog hears that it is closed, and has time to act on it', async () => {
  await frame.evaluate(() => void new app.bridge.Modal({ title: 'Listening' }).open());
  const dialog = page.getByRole('dialog', { name: 'Listening' });
  await dialog.locator('.extension[data-state="ready"]').waitFor();
  const inside = await appFrame();
  await inside.evaluate(() =>
    app.bridge.view.onClose(async () => {
      await app.bridge.invoke('door', { lastWords: true });
    }),
  );
  await inside.locator('h1').click();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(world.invocations.map(({ payload }) => payload), [{ lastWords: true }]);
});

test('a frame that loads itself anew is connected anew', async () => {
  await Promise.all([frame.waitForNavigation(), frame.evaluate(() => location.reload())]);
  frame = await appFrame();
  assert.equal((await frame.evaluate(() => app.bridge.view.getContext())).accountId, 'maria');
});

test('Escape closes a dialog, from the host and from inside, unless the app forbids it', async () => {
  const opened = async (/** @type {{ title: string, closeOnEscape?: boolean, closeOnOverlayClick?: boolean }} */ options) => {
    await frame.evaluate((given) => void new app.bridge.Modal(given).open(), options);
    const dialog = page.getByRole('dialog', { name: options.title });
    await dialog.locator('.extension[data-state="ready"]').waitFor();
    return dialog;
  };
  const focusInside = async () => (await appFrame()).locator('h1').click();
  const focusHost = (/** @type {import('playwright-core').Locator} */ dialog) => dialog.getByRole('heading').first().click();

  const first = await opened({ title: 'Escapable' });
  await focusInside();
  await page.keyboard.press('Escape');
  await first.waitFor({ state: 'detached' });
  const second = await opened({ title: 'Escapable' });
  await focusHost(second);
  await page.keyboard.press('Escape');
  await second.waitFor({ state: 'detached' });

  const firm = await opened({ title: 'Firm', closeOnEscape: false, closeOnOverlayClick: false });
  await focusInside();
  await page.keyboard.press('Escape');
  await focusHost(firm);
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await page.waitForTimeout(100);
  assert.equal(await firm.isVisible(), true);
});

test('a page is neither closed nor submitted nor opened', async () => {
  const words = await frame.evaluate(async () => {
    const { view } = app.bridge;
    return Promise.all([view.close(), view.submit(), view.open(), view.refresh()].map((call) => call.then(String, (error) => error.message)));
  });
  assert.deepEqual(words, [
    "this resource's view is not closable.",
    "this resource's view is not submittable.",
    "this resource's view is not openable.",
    "this resource's view is not refreshable.",
  ]);
});

test('events reach every frame of the app, blobs included, until they are unsubscribed', async () => {
  await frame.evaluate(async () => {
    app.heard = [];
    app.subscription = await app.bridge.events.on('saved', async (payload) => app.heard.push([payload.n, await payload.blob?.text()]));
    await new app.bridge.Modal({ title: 'Other frame' }).open();
  });
  await page.getByRole('dialog', { name: 'Other frame' }).locator('.extension[data-state="ready"]').waitFor();
  const other = await appFrame();
  await other.evaluate(() => app.bridge.events.emit('saved', { n: 1, blob: new Blob(['inside']) }));
  await frame.waitForFunction(() => app.heard.length === 1);
  await frame.evaluate(() => app.subscription.unsubscribe());
  await other.evaluate(() => app.bridge.events.emit('saved', { n: 2 }));
  await page.waitForTimeout(100);
  assert.deepEqual(await frame.evaluate(() => app.heard), [[1, 'inside']]);
});

test('the window has the title that the app gives it', async () => {
  await frame.evaluate(() => app.bridge.view.changeWindowTitle('Fixture at work'));
  assert.equal(await page.title(), 'Fixture at work');
});

test('translations lie beside the page', async () => {
  assert.equal(await frame.evaluate(async () => (await app.bridge.i18n.createTranslationFunction('en-US'))('greeting')), 'Hello');
});

test('a call that the local Jira does not have is refused by name', async () => {
  const refusal = await frame.evaluate(() => app.bridge.requestRemote('elsewhere').catch((error) => error.message));
  assert.equal(refusal, 'The local Jira does not offer the bridge call "fetchRemote".');
});

test('the frame is as high as its content', async () => {
  await frame.evaluate(() => {
    const tall = document.querySelector('#tall');
    if (tall instanceof HTMLElement) tall.style.height = '3000px';
  });
  await page.waitForFunction(() => (document.querySelector('iframe')?.getBoundingClientRect().height ?? 0) > 3000);
  await frame.evaluate(() => document.querySelector('#tall')?.removeAttribute('style'));
  await page.waitForFunction(() => (document.querySelector('iframe')?.getBoundingClientRect().height ?? 0) < 1500);
});

test('the policy blocks what the manifest does not allow, and the local controls tell', async () => {
  assert.equal(await frame.evaluate(() => app.inlineScriptRan), true, 'an inline script of the page is allowed by its hash');
  const blocked = await frame.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injectedScriptRan = true';
    document.head.append(script);
    const network = await fetch('https://elsewhere.example/data').then(() => 'allowed', () => 'blocked');
    // Within the call from outside itself the browser lets evaluation pass.
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(new Function('return "allowed"')());
        } catch {
          resolve('blocked');
        }
      });
    });
    const wasm = await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'allowed', () => 'blocked');
    return { injected: app.injectedScriptRan === true, network, evaluated, wasm };
  });
  assert.deepEqual(blocked, { injected: false, network: 'blocked', evaluated: 'blocked', wasm: 'blocked' });
  await page.waitForTimeout(200);
  const told = world.violations().map(({ directive, blocked: what }) => `${directive} ${what}`);
  assert.ok(told.includes('connect-src https://elsewhere.example/data') || told.includes('connect-src https://elsewhere.example'), told.join());
  assert.ok(told.includes('script-src-elem inline'), told.join());
});

test('the frame cannot reach into the host, nor the host’s cookies', async () => {
  const reach = await frame.evaluate(() => {
    try {
      return window.parent.document.title;
    } catch (error) {
      return /** @type {Error} */ (error).name;
    }
  });
  assert.equal(reach, 'SecurityError');
  assert.equal(await frame.evaluate(() => document.cookie), '');
  const status = await frame.evaluate(
    (jira) => fetch(`${jira}/local/reset`, { method: 'POST', mode: 'no-cors', credentials: 'include' }).then(({ type }) => type, () => 'blocked'),
    world.origins.jira,
  );
  assert.ok(['opaque', 'blocked'].includes(status));
  assert.deepEqual(world.done.filter((line) => line === 'reset'), []);
});

test('a stranger who asks for the bridge neither gets it nor breaks it', async () => {
  const answered = await page.evaluate(
    () =>
      new Promise((resolve) => {
        window.addEventListener('message', (event) => event.data === 'forge-bridge:welcome' && resolve('welcomed'));
        window.postMessage('forge-bridge:hello', '*');
        setTimeout(() => resolve('ignored'), 300);
      }),
  );
  assert.equal(answered, 'ignored');
  const stillThere = await frame.evaluate(() =>
    Promise.race([app.bridge.view.getContext().then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 3000))]),
  );
  assert.equal(stillThere, true);
});

test('a frame that stays silent is said to have failed', async () => {
  await page.goto(`${world.origins.jira}/jira/settings/apps/broken`);
  await page.getByText('Broken did not load. Nothing was lost.').waitFor({ timeout: 10_000 });
  await page.getByRole('button', { name: 'Load again' }).waitFor();
});

test('a tab learns that another one switched accounts', async () => {
  const other = await page.context().newPage();
  await other.goto(`${world.origins.jira}/`);
  assert.equal(await page.locator('#account-changed').isVisible(), false);
  await other.locator('.account-menu summary').click();
  await other.getByRole('button', { name: 'Ana Lima' }).click();
  await page.getByText('You switched accounts in another tab.').waitFor();
});
