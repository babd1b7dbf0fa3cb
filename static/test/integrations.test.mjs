// @ts-check
/**
 * The built panel about integrations, as a person and a screen reader find it. Needs `static/dist` and Chromium.
 * @import { Page } from 'playwright-core'
 * @import { State } from './states.mjs'
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LONG, TOM } from '../dev/people.mjs';
import { MOBILE, PARTNER } from '../dev/scenes-of-integrations.mjs';
import { focusStays } from './focus.mjs';
import { goTo } from './people-states.mjs';
import { look } from './state.mjs';
import { press } from './states.mjs';
import { asked, visit } from './visit.mjs';

/** @param {Page} page */
const toIntegrations = (page) => goTo(page, 'Integrations');

/** Selects a control of the first integration. @param {Page} page @param {string} name */
async function first(page, name) {
  await toIntegrations(page);
  await page.getByRole('article', { name: 'Mobile and DEMO' }).getByRole('button', { name, exact: true }).click();
}

/** Whether words stand in the window, and in the part of the dialog that is scrolled to. @param {Page} page @param {string} words */
async function inView(page, words) {
  return page.getByRole('dialog').getByText(words).first().evaluate((one) => {
    const { left, top, height } = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(left + 5, top + height / 2));
  });
}

/** Enters a new integration. @param {Page} page */
async function enter(page) {
  await toIntegrations(page);
  await press(page, 'Create integration');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('New one');
  await page.getByRole('searchbox', { name: /^Project on this site/ }).fill('mob');
  await press(page, 'Mobile (MOB)');
  await page.getByRole('combobox', { name: 'Other site' }).selectOption('partner');
  await page.getByRole('searchbox', { name: /^Project on the other site/ }).fill('demo');
  await press(page, 'Demo (DEMO)');
  await page.getByRole('radio', { name: 'Those that hold a word' }).check();
  await page.getByRole('textbox', { name: 'Word', exact: true }).fill('#sync');
  await page.getByRole('textbox', { name: 'Restricted comments' }).fill('role Developers = group partner-devs');
}

/** @type {State[]} */
const STATES = [
  {
    name: 'integrations: state, projects, direction, what waits',
    scene: 'integrations',
    reach: toIntegrations,
    roles: [['heading', 'Integrations'], ['article', 'Mobile and DEMO'], ['button', 'Create integration'], ['button', 'Disable'], ['button', 'Enable'], ['button', 'Pairs of issues'], ['button', 'Edit'], ['button', 'Remove']],
    words: [/It covers what was written since then\./, 'Not created on the other side', 'Nothing is carried. What was carried stays where it is.'],
  },
  { name: 'none yet', scene: 'integrationsNone', reach: toIntegrations, roles: [['heading', 'There is no integration yet']], words: [/^Create one to mirror comments/] },
  { name: 'nobody is connected', scene: 'integrationsApart', reach: toIntegrations, roles: [['heading', 'No main authorized user is connected'], ['button', 'Open Status']], words: [/^Nothing is carried: no main authorized user is connected\./] },
  { name: 'the other sites do not answer', scene: 'integrationsUnnamed', reach: toIntegrations, roles: [['heading', 'The other sites did not answer']], absent: [['button', 'Open Status']] },
  {
    name: 'the main authorized user has to allow again: nothing is carried, and names are not known',
    scene: 'integrationsDead',
    reach: toIntegrations,
    roles: [['heading', 'The main authorized user has to allow again'], ['button', 'Open Status']],
    words: [/^Nothing is carried: the main authorized user has to allow again\. It is enabled since/, 'Last looked at 13:05', 'project number 20001, its name is not known just now, on a site whose name is not known just now'],
  },
  {
    name: 'loading, and slow',
    scene: 'integrationsLoading',
    reach: async (page) => {
      await toIntegrations(page);
      await page.getByText('Still loading. The other sites take longer than usual.').last().waitFor();
    },
  },
  { name: 'reading failed', scene: 'integrationsFail', reach: toIntegrations, roles: [['heading', 'Stored data could not be read'], ['button', 'Try again']] },
  { name: 'editing', scene: 'integrations', reach: (page) => first(page, 'Edit'), roles: [['dialog', 'Edit Mobile and DEMO'], ['group', 'Who is whom'], ['radio', 'Stay as they are on each site'], ['checkbox', 'Show comments to customers of a service project'], ['button', 'Save']] },
  {
    name: 'a search for people that fails, and one that finds nobody',
    scene: 'integrationsPeopleFail',
    reach: async (page) => {
      await first(page, 'Edit');
      await page.getByRole('combobox', { name: /^Person on the other site/ }).fill('tom');
      await page.getByRole('heading', { name: 'The other site could not be asked' }).waitFor();
      await page.getByRole('combobox', { name: /^Person on this site/ }).fill('nobody');
    },
    roles: [['heading', 'The other site could not be asked'], ['button', 'Try again']],
    words: [/nobody/],
  },
  {
    name: 'a search for people that takes long',
    scene: 'integrationsPeopleLoading',
    reach: async (page) => {
      await first(page, 'Edit');
      await page.getByRole('combobox', { name: /^Person on the other site/ }).fill('tom');
    },
    roles: [['combobox', /^Person on this site/]],
    words: [/still|searching/i],
  },
  { name: 'editing while the types of issue are read', scene: 'integrationsTypesLoading', reach: (page) => first(page, 'Edit'), roles: [['combobox', 'For new issues here, create one there as']], words: ['Loading the types of issue.'] },
  { name: 'editing where the types of issue cannot be read', scene: 'integrationsTypesFail', reach: (page) => first(page, 'Edit'), roles: [['heading', 'The other site could not be asked'], ['button', 'Try again']] },
  { name: 'parting: what it means', scene: 'integrations', reach: async (page) => { await first(page, 'Pairs of issues'); await press(page, 'Part number 3 and number 4'); }, roles: [['dialog', 'Part number 3 and number 4'], ['button', 'Part issues']], words: [/They name each other in an issue property\. Take that away, too/] },
  { name: 'disabling: what it means', scene: 'integrations', reach: (page) => first(page, 'Disable'), roles: [['dialog', 'Disable Mobile and DEMO']], words: [/^Nothing is mirrored from now on\./] },
  { name: 'removing: what becomes of mirrors', scene: 'integrations', reach: (page) => first(page, 'Remove'), roles: [['dialog', 'Remove Mobile and DEMO']], words: [/its 2 pairs of issues are removed\. Comments that it mirrored stay where they are/] },
  {
    name: 'pairs of issues',
    scene: 'integrations',
    reach: (page) => first(page, 'Pairs of issues'),
    roles: [['button', 'Part MOB-1 and DEMO-346'], ['button', 'Try again what was not carried between MOB-1 and DEMO-346'], ['button', 'Join issues']],
    words: ['3 pairs, of at most 1,000.', /One was created for the other/, /^Issue number 20017 on the other site\. Jira did not take it\. It says: “Team is required\.”/, /^Comment 26888 from this site was not carried\. The main authorized user may not comment there\./, /^The assignee was not carried\. Jira does not let the person be assigned/],
  },
];

describe('every state of Integrations', { concurrency: 3 }, () => {
  for (const state of STATES) {
    test(state.name, () => visit(state.scene, (page) => look(page, state)));
  }
});

describe('integrations', { concurrency: 3 }, () => {
  test('one is created as it was entered', () =>
    visit('integrations', async (page) => {
      await enter(page);
      await press(page, 'Create');
      await page.getByRole('status').getByText(/^New one is created\. It is disabled/).waitFor();
      const [{ terms }] = await asked(page, 'createIntegration');
      assert.deepEqual(terms, {
        ...MOBILE.terms,
        name: 'New one',
        there: { cloudId: PARTNER.cloudId, project: '20001' },
        assignees: [],
        following: null,
      });
    }));

  test('issues are created on the other side as a type that wants nothing else, and only where something goes', () =>
    visit('integrations', async (page) => {
      await enter(page);
      const there = page.getByRole('combobox', { name: 'For new issues here, create one there as' });
      const here = page.getByRole('combobox', { name: 'For new issues there, create one here as' });
      await there.getByRole('option', { name: 'Task' }).waitFor({ state: 'attached' });
      assert.equal(await there.getByRole('option', { name: 'Bug: also wants Team' }).isDisabled(), true);
      await there.selectOption('Task');
      await here.selectOption('Task');
      await page.getByRole('radio', { name: 'From this site to the other' }).check();
      await here.waitFor({ state: 'detached' });
      await press(page, 'Create');
      await page.getByRole('status').getByText(/^New one is created\./).waitFor();
      const [{ terms }] = await asked(page, 'createIntegration');
      assert.deepEqual([terms.direction, terms.counterparts], ['out', { here: null, there: '10002' }]);
      assert.deepEqual((await asked(page, 'issueTypes')).map((/** @type {any} */ one) => one.site).sort(), [MOBILE.terms.here.cloudId, PARTNER.cloudId]);
    }));

  test('the property is shown with the value for each issue, to copy', () =>
    visit('integrations', async (page) => {
      await first(page, 'Pairs of issues');
      await page.getByText('Join issues by an issue property').click();
      await page.getByRole('textbox', { name: 'Issue on this site' }).fill('mob-7');
      assert.equal(await page.getByRole('textbox', { name: 'Property key' }).inputValue(), 'integration-plus.pair');
      const value = await page.getByRole('textbox', { name: 'Property value there' }).inputValue();
      assert.deepEqual(JSON.parse(value), { site: MOBILE.terms.here.cloudId, issue: 'MOB-7' });
      await press(page, 'Try these issues again');
      await page.getByRole('status').getByText('These issues are looked at again.').waitFor();
      assert.deepEqual(await asked(page, 'tryIssuesAgain'), [{ type: 'tryIssuesAgain', integration: MOBILE.id }]);
    }));

  test('what was entered stays when it is not taken', () =>
    visit('integrationsRefuse', async (page) => {
      await enter(page);
      await press(page, 'Create');
      await page.getByRole('dialog').getByText(/^“Older one” joins the same two projects already/).waitFor();
      assert.ok(await page.getByRole('alert').filter({ hasText: 'The integration was not saved' }).evaluate((alert) => document.activeElement?.contains(alert) === true && document.activeElement !== document.body));
      assert.ok(await inView(page, 'The integration was not saved'));
      assert.equal(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'New one');
    }));

  test('everything that is missing is marked beside its field at once, announced, and the first has the focus', () =>
    visit('integrations', async (page) => {
      await toIntegrations(page);
      await press(page, 'Create integration');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: 'Those that hold a word' }).check();
      await dialog.getByRole('textbox', { name: 'Restricted comments' }).fill('team x');
      await press(page, 'Create');
      await dialog.getByRole('alert').getByText('Nothing was saved. Look at Name, Project on this site, Other site, Project on the other site, Word, and Restricted comments again.').waitFor();
      for (const words of ['Enter a name of 1 to 80 characters.', 'Choose a site.', /^Enter one word of at most 40 characters/, /^Line 1 is not like/]) {
        await dialog.locator('p', { hasText: words }).first().waitFor();
      }
      assert.equal(await dialog.locator('p', { hasText: 'Choose a project from the list.' }).count(), 2);
      assert.equal(await dialog.locator('[aria-invalid=true]').count(), 6);
      const name = dialog.getByRole('textbox', { name: 'Name', exact: true });
      assert.ok(await name.evaluate((field) => field === document.activeElement));
      await name.fill('😀'.repeat(80));
      assert.equal(await dialog.locator('[aria-invalid=true]').count(), 5);
      assert.deepEqual(await asked(page, 'createIntegration'), []);
    }));

  for (const [what, wrong] of /** @type {const} */ ([
    ['a name of 81 characters', { name: 'Name', text: 'x'.repeat(81) }],
    ['no word', { name: 'Word', text: '' }],
    ['two words', { name: 'Word', text: 'two words' }],
    ['a word without a letter or digit', { name: 'Word', text: '#' }],
    ['a word of 41 characters', { name: 'Word', text: 'w'.repeat(41) }],
  ])) {
    test(`${what}: the field is marked, in view, and has the focus; nothing is asked`, () =>
      visit('integrations', async (page) => {
        await enter(page);
        const field = page.getByRole('textbox', { name: wrong.name, exact: true });
        await field.fill(wrong.text);
        await page.getByRole('checkbox').last().focus();
        await press(page, 'Create');
        await page.getByRole('alert').getByText(`Nothing was saved. Look at ${wrong.name} again.`).waitFor();
        assert.equal(await field.getAttribute('aria-invalid'), 'true');
        assert.ok(await field.evaluate((one) => one === document.activeElement));
        assert.ok(await inView(page, wrong.name === 'Name' ? 'Enter a name of' : 'Enter one word of'));
        assert.deepEqual(await asked(page, 'createIntegration'), []);
      }));
  }

  test('what is entered outlives that the dialog is closed, until it is taken back or saved', () =>
    visit('integrations', async (page) => {
      const name = page.getByRole('textbox', { name: 'Name', exact: true });
      const gone = () => page.getByRole('dialog').waitFor({ state: 'hidden' });
      const kept = page.getByText('What you typed here before is not saved yet.');
      await enter(page);
      await page.keyboard.press('Escape');
      await gone();
      await press(page, 'Create integration');
      await kept.waitFor();
      assert.equal(await name.inputValue(), 'New one');
      await press(page, 'Undo changes');
      assert.equal(await name.inputValue(), '');
      assert.equal(await page.getByRole('searchbox', { name: /^Project on this site/ }).inputValue(), '');
      await name.fill('Half');
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
      await gone();
      await press(page, 'Create integration');
      assert.equal(await name.inputValue(), 'Half');
      await press(page, 'Cancel');
      await gone();
      await press(page, 'Create integration');
      assert.equal(await name.inputValue(), '');
      await page.keyboard.press('Escape');
      await gone();
      await first(page, 'Edit');
      await name.fill('Another name');
      await page.keyboard.press('Escape');
      await gone();
      await first(page, 'Edit');
      await kept.waitFor();
      await press(page, 'Save');
      await page.getByRole('status').getByText('Another name is saved.').waitFor();
      await first(page, 'Edit');
      assert.equal(await kept.count(), 0);
      assert.equal(await name.inputValue(), 'Mobile and DEMO');
    }));

  test('what was entered before somebody else changed the integration is not saved over theirs unseen', () =>
    visit('integrationsOvertaken', async (page) => {
      await first(page, 'Edit');
      const name = page.getByRole('textbox', { name: 'Name', exact: true });
      await name.fill('Mine');
      await press(page, 'Save');
      await page.getByText(/Tom Okafor changed this integration meanwhile, .* Nothing of yours was saved; what you entered is still here\./).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('article', { name: 'Theirs' }).getByRole('button', { name: 'Edit' }).click();
      await page.getByText(/somebody changed the integration since\. Undo your changes/).waitFor();
      assert.equal(await name.inputValue(), 'Mine');
      await press(page, 'Save');
      await page.getByText(/^Tom Okafor changed this integration/).waitFor();
      assert.deepEqual((await asked(page, 'changeIntegration')).map(({ seen }) => seen), [MOBILE.changedAt, MOBILE.changedAt]);
      await press(page, 'Undo changes');
      assert.equal(await name.inputValue(), 'Theirs');
    }));

  test('who confirms what somebody else did first is told that nothing was switched, and not of fields', () =>
    visit('integrationsOvertaken', async (page) => {
      await first(page, 'Disable');
      await page.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click();
      await page.getByRole('dialog').getByText(/^Tom Okafor changed this integration meanwhile, .* Nothing was switched\. Close this/).waitFor();
      assert.equal(await page.getByText(/what you entered/).count(), 0);
    }));

  test('where nothing is carried, an enabled integration does not claim to, and leads to Status', () =>
    visit('integrationsDead', async (page) => {
      await toIntegrations(page);
      const card = page.getByRole('article', { name: 'Mobile and DEMO' });
      await card.getByText(/^Nothing is carried/).waitFor();
      for (const claim of [/It covers/, /Listened to/, /out of reach/, /not visible/]) {
        assert.equal(await card.getByText(claim).count(), 0, String(claim));
      }
      await card.getByRole('button', { name: 'Open Status' }).click();
      await page.getByRole('heading', { name: 'Integration+ Status' }).waitFor();
    }));

  test('a line that is not readable is named, and nothing is asked', () =>
    visit('integrations', async (page) => {
      await enter(page);
      await page.getByRole('textbox', { name: 'Restricted comments' }).fill('role Developers = group partner-devs\nteam x = role y');
      await press(page, 'Create');
      await page.getByText(/^Line 2 is not like/).waitFor();
      assert.deepEqual(await asked(page, 'createIntegration'), []);
    }));

  test('editing without a change saves what was there', () =>
    visit('integrations', async (page) => {
      await first(page, 'Edit');
      await page.getByRole('combobox', { name: 'Other site' }).getByRole('option', { name: 'partner' }).waitFor({ state: 'attached' });
      await press(page, 'Save');
      await page.getByRole('status').getByText('Mobile and DEMO is saved.').waitFor();
      assert.deepEqual(await asked(page, 'changeIntegration'), [{ type: 'changeIntegration', id: MOBILE.id, seen: MOBILE.changedAt, terms: MOBILE.terms }]);
    }));

  test('people are matched by searching both sites, by their names, and each once', () =>
    visit('integrations', async (page) => {
      await first(page, 'Edit');
      const dialog = page.getByRole('dialog');
      await dialog.getByText(`is ${TOM.displayName} on the other site`).waitFor();
      const here = page.getByRole('combobox', { name: /^Person on this site/ });
      const there = page.getByRole('combobox', { name: /^Person on the other site/ });
      await here.fill('long');
      await page.getByRole('option', { name: LONG.displayName }).click();
      await press(page, 'Save');
      await page.getByText(/^Only one of two people is chosen\. Nothing was saved/).waitFor();
      assert.deepEqual(await asked(page, 'changeIntegration'), []);
      await there.fill('tom');
      await page.getByRole('option', { name: TOM.displayName }).click();
      await page.getByRole('status').getByText(/^Nobody was matched/).waitFor();
      await here.fill('long');
      await page.getByRole('option', { name: LONG.displayName }).press('Enter').catch(() => undefined);
      await here.press('ArrowDown');
      await here.press('ArrowDown');
      await here.press('Enter');
      await there.fill('long');
      await page.getByRole('option', { name: LONG.displayName }).click();
      await page.getByRole('status').getByText(/ are matched\. Save to keep that\.$/).waitFor();
      await page.getByRole('radio', { name: 'Follow the other site, for people who are matched', exact: true }).check();
      await page.getByRole('combobox', { name: 'Other site' }).getByRole('option', { name: 'partner' }).waitFor({ state: 'attached' });
      await press(page, 'Save');
      await page.getByRole('status').getByText('Mobile and DEMO is saved.').waitFor();
      const [{ terms }] = await asked(page, 'changeIntegration');
      assert.deepEqual(terms, { ...MOBILE.terms, following: 'byTable', assignees: [...MOBILE.terms.assignees, { here: LONG.accountId, there: LONG.accountId }] });
      assert.deepEqual((await asked(page, 'findPeopleThere'))[0], { type: 'findPeopleThere', site: PARTNER.cloudId, query: 'tom' });
    }));

  test('a match is taken out', () =>
    visit('integrations', async (page) => {
      await first(page, 'Edit');
      await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByText('Nobody is matched yet.').waitFor();
      await page.getByRole('combobox', { name: 'Other site' }).getByRole('option', { name: 'partner' }).waitFor({ state: 'attached' });
      await press(page, 'Save');
      await page.getByRole('status').getByText('Mobile and DEMO is saved.').waitFor();
      assert.deepEqual((await asked(page, 'changeIntegration'))[0].terms.assignees, []);
    }));

  test('numbers are read again while something waits, and after issues are joined', () =>
    visit('integrationsMoving', async (page) => {
      await toIntegrations(page);
      const card = page.getByRole('article', { name: 'Mobile and DEMO' });
      await page.waitForFunction(() => document.body.textContent?.includes('Pairs3'), null, { timeout: 15_000 });
      await card.getByRole('button', { name: 'Pairs of issues' }).click();
      await page.getByRole('textbox', { name: 'Issue on this site' }).fill('MOB-9');
      await page.getByRole('textbox', { name: 'Issue on the other site' }).fill('DEMO-9');
      await press(page, 'Join issues');
      await page.waitForFunction(() => document.body.textContent?.includes('Pairs4'), null, { timeout: 15_000 });
    }));

  test('one is disabled and removed only after it was said what that means', () =>
    visit('integrations', async (page) => {
      await first(page, 'Disable');
      assert.deepEqual(await asked(page, 'switchIntegration'), []);
      await page.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click();
      await page.getByRole('status').getByText('Mobile and DEMO is disabled. Nothing is mirrored any more.').waitFor();
      assert.deepEqual(await asked(page, 'switchIntegration'), [{ type: 'switchIntegration', id: MOBILE.id, seen: MOBILE.changedAt, on: false }]);
      await first(page, 'Remove');
      await press(page, 'Remove integration');
      await page.getByRole('article', { name: 'Mobile and DEMO' }).waitFor({ state: 'detached' });
    }));

  test('whoever disables one by keyboard goes on from its control, and whoever removes it from the sentence that says so', () =>
    visit('integrations', async (page) => {
      await toIntegrations(page);
      const article = page.getByRole('article', { name: 'Mobile and DEMO' });
      /** @param {import('playwright-core').Locator} control */
      const select = async (control) => {
        await control.focus();
        await page.keyboard.press('Enter');
      };
      await select(article.getByRole('button', { name: 'Disable' }));
      await select(page.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.activeElement?.closest('article') !== null && document.activeElement?.textContent === 'Enable');
      await select(article.getByRole('button', { name: 'Remove' }));
      await select(page.getByRole('button', { name: 'Remove integration' }));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await article.waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'status', null, { timeout: 5000 });
      assert.match(await page.locator(':focus').innerText(), /^Mobile and DEMO is removed\./);
    }));

  for (const [control, confirm] of /** @type {const} */ ([['Remove', 'Remove integration'], ['Disable', 'Disable']])) {
    test(`${control}, of one that somebody else removed first: it is gone from the list, and the page says so`, () =>
      visit('integrationsGone', async (page) => {
        await toIntegrations(page);
        const article = page.getByRole('article', { name: 'Mobile and DEMO' });
        await article.getByRole('button', { name: control, exact: true }).focus();
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').getByRole('button', { name: confirm, exact: true }).focus();
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 5000 });
        const said = 'Mobile and DEMO had been removed already, by somebody else or in another tab. Nothing else has changed.';
        await page.getByRole('status').getByText(said).waitFor();
        assert.equal(await article.count(), 0);
        await focusStays(page, said);
        await look(page, { name: control, scene: 'integrationsGone', words: [said], absent: [['alert', '']] });
      }));
  }

  test('whoever edits one that somebody else removed, and gives up, goes on from the heading', () =>
    visit('integrationsGone', async (page) => {
      await first(page, 'Edit');
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine');
      await press(page, 'Save');
      await page.getByRole('dialog').getByRole('heading', { name: 'There is no such integration' }).waitFor();
      await press(page, 'Cancel');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(await page.getByRole('article', { name: 'Mobile and DEMO' }).count(), 0);
      await focusStays(page, 'Integrations');
    }));

  test('whoever creates the last one that there is room for goes on from the sentence that says so', () =>
    visit('integrationsOneMore', async (page) => {
      await enter(page);
      await press(page, 'Create');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.ok(await page.getByRole('button', { name: 'Create integration' }).isDisabled());
      await focusStays(page, 'New one is created. It is disabled: join issues, then enable it.');
      }));

  test('an issue that is gone is told of once, and not with each of its comments', () =>
    visit('integrationsIssueGone', async (page) => {
      await first(page, 'Pairs of issues');
      await page.getByText(/^122 comments from this site were not carried: 20000, 20001, .*20009, and 112 more\. The main authorized user does not see the issue/).waitFor();
      assert.equal(await page.getByText(/The main authorized user does not see the issue/).count(), 1);
    }));

  test('issues are joined, parted, and tried again', () =>
    visit('integrations', async (page) => {
      await first(page, 'Pairs of issues');
      await press(page, 'Join issues');
      await page.getByText('Enter the key of an issue.').first().waitFor();
      const here = page.getByRole('textbox', { name: 'Issue on this site' });
      assert.ok(await here.evaluate((field) => field === document.activeElement));
      assert.equal(await page.getByRole('dialog').locator('[aria-invalid=true]').count(), 2);
      await page.getByRole('textbox', { name: 'Issue on this site' }).fill(' MOB-9');
      await page.getByRole('textbox', { name: 'Issue on the other site' }).fill('DEMO-9');
      await press(page, 'Join issues');
      await page.getByRole('status').getByText(/^MOB-9 and DEMO-9 are joined\./).waitFor();
      assert.deepEqual(await asked(page, 'joinIssues'), [{ type: 'joinIssues', integration: MOBILE.id, here: 'MOB-9', there: 'DEMO-9' }]);
      await press(page, 'Try again what was not carried between MOB-1 and DEMO-346');
      await page.getByRole('status').getByText('What was not carried is tried again.').waitFor();
      await press(page, 'Part MOB-1 and DEMO-346');
      assert.deepEqual(await asked(page, 'partIssues'), []);
      await press(page, 'Part issues');
      await page.getByRole('status').getByText(/^MOB-1 and DEMO-346 are parted\./).waitFor();
      assert.deepEqual(await asked(page, 'partIssues'), [{ type: 'partIssues', integration: MOBILE.id, here: '1', there: '2' }]);
    }));

  test('keys that are not taken stay', () =>
    visit('integrationsRefuse', async (page) => {
      await first(page, 'Pairs of issues');
      await page.getByRole('textbox', { name: 'Issue on this site' }).fill('MOB-9');
      await page.getByRole('textbox', { name: 'Issue on the other site' }).fill('NONE-9');
      await press(page, 'Join issues');
      await page.getByText(/^There is no such issue on the other site/).waitFor();
      assert.equal(await page.getByRole('textbox', { name: 'Issue on the other site' }).inputValue(), 'NONE-9');
      assert.ok(await page.getByRole('alert').filter({ hasText: 'The issues were not joined' }).evaluate((alert) => document.activeElement?.contains(alert) === true && document.activeElement !== document.body));
    }));

  test('issues that are joined are named as Jira writes them, however they were typed', () =>
    visit('integrations', async (page) => {
      await first(page, 'Pairs of issues');
      await page.getByRole('textbox', { name: 'Issue on this site' }).fill('mob-1');
      await page.getByRole('textbox', { name: 'Issue on the other site' }).fill('demo-346');
      await press(page, 'Join issues');
      await page.getByRole('status').getByText(/^MOB-1 and DEMO-346 are joined\./).waitFor();
    }));
});
