// @ts-check
// An account of the register is tested: everything is really done in Jira, as that account, and deleted again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../browser/chromium.mjs';
import { PATIENCE_MS, comeBack, person, signInAs, startLocalJira, violations } from './local-jira.mjs';

/** @type {Awaited<ReturnType<typeof startLocalJira>>} */
let local;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof person>>} */
let maria;

before(async () => {
  [local, browser] = await Promise.all([startLocalJira('demo'), launch()]);
  maria = await person(browser, local.address, 'Maria Keller');
});

after(async () => {
  await browser?.close();
  await local?.stop();
});

/** The keys of the issues that Jira shows in a project. */
async function issues() {
  const page = await maria.context.newPage();
  await page.goto(`${local.address}/jira/projects/MOB`);
  const keys = await page.getByText(/^MOB-\d+$/).allTextContents();
  await page.close();
  return keys.sort();
}

test('an administrator tests the main authorized user in a project, and nothing is left there', async () => {
  const there = await issues();
  assert.ok(there.length > 0);
  const panel = await maria.open();
  await panel.getByRole('link', { name: 'Service accounts' }).or(panel.getByRole('button', { name: 'Service accounts' })).first().click();
  await panel.getByRole('button', { name: 'Test Tom Okafor' }).click();
  await panel.getByText(/No test project is chosen, so nothing is written in Jira/).waitFor();
  await panel.getByRole('searchbox', { name: 'Test project: search by name or key' }).fill('mob');
  await panel.getByRole('button', { name: /^Use .*\(MOB\)$/ }).click();
  await panel.getByText(/it creates one issue in/).waitFor();
  assert.deepEqual(await violations(maria.jira), []);
  await panel.getByRole('button', { name: 'Test account', exact: true }).click();
  await panel.getByText(/^Tested .* for Maria Keller\. 9 passed\.$/).first().waitFor({ timeout: PATIENCE_MS });
  assert.equal(await panel.getByRole('img', { name: 'Passed', exact: true }).count(), 9);
  assert.deepEqual(await violations(maria.jira), []);
  assert.deepEqual(await issues(), there);
  await panel.getByRole('button', { name: 'Close dialog' }).click();
  await panel.getByRole('row', { name: /Tom Okafor/ }).getByText('Passed').waitFor();
});

test('somebody in another browser allows by a link, and the account is tested that Integration+ could not sign in as', async () => {
  const SERVICE = 'Jira service account';
  const panel = await maria.open();
  await panel.getByRole('link', { name: 'Service accounts' }).or(panel.getByRole('button', { name: 'Service accounts' })).first().click();
  const test = panel.getByRole('button', { name: `Test ${SERVICE}` });
  await panel.getByRole('row', { name: /Tom Okafor/ }).waitFor();
  if ((await test.count()) === 0) {
    await panel.getByRole('button', { name: 'Add account' }).click();
    await panel.getByRole('combobox').first().fill(SERVICE);
    await panel.getByRole('option', { name: new RegExp(SERVICE) }).click();
    await panel.getByRole('button', { name: 'Save' }).click();
  }
  await test.click();
  await panel.getByRole('button', { name: 'Test account', exact: true }).click();
  await panel.getByText('Not run: This account has not allowed Integration+.').first().waitFor({ timeout: PATIENCE_MS });
  await panel.getByRole('button', { name: 'Create a link for somebody else' }).click();
  const link = await panel.getByRole('textbox', { name: 'Link for the person who signs in' }).inputValue();
  assert.deepEqual(await violations(maria.jira), []);

  const context = await browser.newContext({ viewport: { width: 400, height: 900 } });
  context.setDefaultTimeout(PATIENCE_MS);
  const holder = await context.newPage();
  await holder.goto(link);
  await holder.getByRole('heading', { name: `Allow Integration+ to test ${SERVICE}?` }).waitFor();
  for (const words of ['Maria Keller', 'deletes it again', 'Connected apps']) await holder.getByText(words).first().waitFor();
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await holder.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(holder), []);
  }
  assert.ok((await holder.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  await holder.keyboard.press('Tab');
  await holder.keyboard.press('Enter');
  await signInAs(holder, SERVICE);
  await holder.getByRole('button', { name: 'Allow' }).click();
  await holder.getByText('tests the account in Jira').first().waitFor();
  await holder.goto(link);
  await holder.getByRole('heading', { name: 'This link has been used' }).waitFor();
  await context.close();

  await comeBack(maria.jira);
  await panel.getByText(/Integration\+ holds tokens of Jira service account, by a link of Maria Keller/).first().waitFor({ timeout: PATIENCE_MS });
  assert.deepEqual(await violations(maria.jira), []);
  await panel.getByRole('button', { name: 'Run again' }).click();
  await panel.getByRole('listitem').filter({ hasText: 'Can sign in' }).getByRole('img', { name: 'Passed', exact: true }).waitFor({ timeout: PATIENCE_MS });
  await panel.getByText(/^Tested .* for Maria Keller\. \d passed/).first().waitFor({ timeout: PATIENCE_MS });
  await panel.getByRole('button', { name: 'Close dialog' }).click();
  await panel.getByRole('row', { name: new RegExp(SERVICE) }).getByText(/tokens held for tests since/).waitFor();
});
