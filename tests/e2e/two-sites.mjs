// @ts-check
// What tests of integrations share: consents on both sites, and an integration of MOB here with INT on the other site.
import { comeBack, continueToJira, leaveForJira, openSection, signInAs } from './local-jira.mjs';

/** @import { FrameLocator, Locator, Page } from 'playwright-core' */
/** @typedef {Awaited<ReturnType<typeof import('./local-jira.mjs').person>>} Somebody */

/** The other site, as the authorization server names it. */
export const PARTNER = 'partner.atlassian.net';

/**
 * Allows on a site, at the authorization server.
 *
 * @param {Page} consent
 * @param {string} name
 * @param {string} [site] the first one unless it is named
 */
async function allow(consent, name, site) {
  await signInAs(consent, name);
  if (site !== undefined) await consent.getByLabel('Use app on').selectOption({ label: site });
  await consent.getByRole('button', { name: 'Allow' }).click();
  await consent.getByText(`You allowed Integration+ as ${name}`).waitFor();
  await consent.close();
}

/**
 * Connects an own account on the personal settings page.
 *
 * @param {string} address
 * @param {Somebody} somebody
 * @param {string} name
 * @param {string} [site]
 */
export async function connect(address, { jira }, name, site) {
  await comeBack(jira);
  await jira.goto(`${address}/jira/settings/personal`);
  await jira.getByRole('main').getByRole('link', { name: 'Integration+' }).click();
  const page = jira.frameLocator('iframe[title="Integration+"]');
  await page.getByRole('button', { name: /^(Connect|Re-authorize)$/ }).click();
  await allow(await leaveForJira(jira), name, site);
  await comeBack(jira);
  await page.getByText('Working', { exact: true }).waitFor();
}

/**
 * Makes an administrator the main authorized user, and has them allow on the other site, too.
 *
 * @param {string} address
 * @param {Somebody} administrator
 * @param {string} name
 */
export async function connectMain(address, administrator, name) {
  const { jira } = administrator;
  const panel = await administrator.open();
  await allow(await continueToJira(jira, panel, 'Connect', name), name);
  await comeBack(jira);
  await panel.getByText('Main authorized user is').locator('..').getByText(name).first().waitFor();
  await connect(address, administrator, name, PARTNER);
}

/**
 * Opens Integrations and enters a new one: MOB here, INT there, all comments both ways.
 *
 * @param {string} address
 * @param {Page} jira
 * @param {string} name
 * @returns {Promise<{ panel: FrameLocator, dialog: Locator }>}
 */
export async function enterIntegration(address, jira, name) {
  const panel = await openSection(jira, address, 'Integrations');
  await panel.getByText('There is no integration yet').waitFor();
  await panel.getByRole('button', { name: 'Create integration' }).click();
  const dialog = panel.getByRole('dialog', { name: 'Create integration' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('searchbox', { name: /^Project on this site/ }).fill('MOB');
  await dialog.getByRole('button', { name: 'Mobile app (MOB)' }).click();
  await dialog.getByRole('combobox', { name: 'Other site' }).selectOption({ label: 'partner' });
  await dialog.getByRole('searchbox', { name: /^Project on the other site/ }).fill('INT');
  await dialog.getByRole('button', { name: 'Integration (INT)' }).click();
  await dialog.getByRole('radio', { name: 'Both ways' }).check();
  await dialog.getByRole('radio', { name: 'All, each as visible as it is' }).check();
  return { panel, dialog };
}

/**
 * Creates what was entered.
 *
 * @param {FrameLocator} panel
 * @param {Locator} dialog
 * @param {string} name
 * @returns {Promise<Locator>} its card
 */
export async function createIntegration(panel, dialog, name) {
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await panel.getByText(`${name} is created. It is disabled: join issues, then enable it.`).waitFor();
  return panel.getByRole('article', { name });
}

/**
 * @param {FrameLocator} panel
 * @param {string} name
 */
export async function enableIntegration(panel, name) {
  await panel.getByRole('article', { name }).getByRole('button', { name: 'Enable' }).click();
  await panel.getByRole('dialog', { name: `Enable ${name}` }).getByRole('button', { name: 'Enable' }).click();
  await panel.getByText(`${name} is enabled. It covers what is written from now on.`).waitFor();
}

/**
 * Rows of runs with this outcome in Reporting.
 *
 * @param {FrameLocator} panel
 * @param {string} name of the integration
 * @param {string} outcome
 */
export const runsOf = (panel, name, outcome) =>
  panel.getByRole('row').filter({ hasText: name }).filter({ has: panel.getByText(outcome, { exact: true }) });

/**
 * A round of every five minutes, now.
 *
 * @param {string} address
 * @param {Page} controls a page in a browser profile of its own
 */
export async function runUpkeep(address, controls) {
  await controls.goto(`${address}/local`);
  await controls.getByRole('button', { name: 'Run upkeep now' }).click();
  await controls.getByRole('status').waitFor();
}
