// @ts-check
// An account of the register is tested: everything is really done in Jira, as that account, and deleted again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../browser/chromium.mjs';
import { PATIENCE_MS, person, startLocalJira, violations } from './local-jira.mjs';

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
  await panel.getByRole('button', { name: 'Choose a test project' }).click();
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
