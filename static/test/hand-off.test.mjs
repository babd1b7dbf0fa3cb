// @ts-check
/**
 * A change that somebody else is to allow, in the built panel, as a person and a screen reader find it.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { focusStays } from './focus.mjs';
import { choose, press } from './states.mjs';
import { look } from './state.mjs';
import { opened, requests, visit } from './visit.mjs';

/** @import { Page } from 'playwright-core' */

const SERVICE = 'Jira service account';
const BEGIN = `Somebody else signs in as ${SERVICE}`;

/** @param {Page} page */
const open = (page) => press(page, 'Open');

/** The link that the dialog shows. @param {Page} page */
const shown = (page) => page.getByRole('textbox', { name: 'Link for the person who signs in' });

/** @type {import('./states.mjs').State[]} */
const STATES = [
  {
    name: 'both ways are offered, and what the second one is',
    scene: 'handOffBegins',
    reach: (page) => choose(page),
    roles: [['button', BEGIN], ['button', 'Continue to Jira'], ['button', 'Back']],
    words: [/Somebody else can sign in as Jira service account\? You get a link for them\. They need no administrator rights and tell nobody a password\./],
  },
  {
    name: 'the link is shown with what to say, what happens and until when',
    scene: 'handOffBegins',
    reach: async (page) => {
      await choose(page);
      await press(page, BEGIN);
    },
    roles: [
      ['heading', 'Somebody else signs in'],
      ['textbox', 'Link for the person who signs in'],
      ['button', 'Copy link'],
      ['button', 'Create a new link'],
      ['button', 'Revoke link'],
      ['button', 'Cancel change'],
      ['button', 'Close dialog'],
    ],
    words: [
      `Waiting for somebody to sign in as ${SERVICE}.`,
      /The link expires on/,
      /Tell them to sign in as Jira service account and to select Allow\./,
      /This link is shown only now/,
      /nothing changes before you come back/,
    ],
  },
  {
    name: 'a time that was chosen is told while somebody is waited for',
    scene: 'handedOffPlanned',
    reach: open,
    words: [/Planned to switch on 26 Aug 2026/],
  },
  {
    name: 'the account allowed: nothing has changed, and who began it finishes it',
    scene: 'handedOffAllowed',
    reach: open,
    roles: [['heading', 'The account allowed'], ['button', 'Finish the change'], ['button', 'Cancel change']],
    words: [/Jira service account allowed\. Nothing has changed\. Select Finish the change/, /Planned to switch on 26 Aug 2026/],
  },
  {
    name: 'after a reload: it waits, and the link cannot be shown again',
    scene: 'handedOff',
    reach: open,
    roles: [['button', 'Create a new link'], ['button', 'Revoke link']],
    words: [/The link cannot be shown again\./, /The link expires on/],
    absent: [['button', 'Copy link'], ['textbox', 'Link for the person who signs in']],
  },
  {
    name: 'the status says who is waited for and until when',
    scene: 'handedOff',
    roles: [['button', 'Open'], ['button', 'Revoke link'], ['heading', 'Change under way']],
    words: [/Waiting for somebody to sign in as Jira service account\. You began it at .* The link expires on/],
  },
  {
    name: 'what the last try came to',
    scene: 'handedOffTried',
    reach: open,
    words: [/Still waiting for somebody to sign in as Jira service account\. Narrow service account allowed instead\./, /The last try, at .*, came to nothing: Narrow service account allowed instead\. Nothing has changed\./],
  },
  {
    name: 'revoked: nobody can use it, and what comes next',
    scene: 'handedOffRevoked',
    reach: open,
    roles: [['button', 'Create a new link'], ['button', 'Cancel change']],
    words: [/The link for Jira service account is revoked: nobody can use it\. Nothing has changed\./],
    absent: [['button', 'Revoke link']],
  },
  {
    name: 'opened too often',
    scene: 'handedOffSpent',
    reach: open,
    roles: [['button', 'Create a new link']],
    words: [/was opened too often and does not work any more\. Nothing has changed\./],
  },
  {
    name: 'the last link of a change',
    scene: 'handedOffLastLink',
    reach: open,
    roles: [['button', 'Revoke link']],
    words: [/This change has had all its links\./],
    absent: [['button', 'Create a new link']],
  },
  {
    name: 'somebody else’s: another administrator may revoke, cancel or take over, and not make a link',
    scene: 'handedOffByOther',
    roles: [['button', 'Revoke link'], ['button', 'Cancel change'], ['button', 'Take over']],
    words: [/Tom Okafor began it at/],
    absent: [['button', 'Open'], ['button', 'Create a new link']],
  },
  {
    name: 'nobody came in time',
    scene: 'handedOffExpired',
    reach: open,
    roles: [['button', 'Try again']],
    words: [/Nobody allowed Integration\+ as Jira service account in time\. Nothing has changed\./, /they have 48 hours from then/],
  },
];

describe('every state of a change that is handed off', { concurrency: 3 }, () => {
  for (const state of STATES) {
    test(state.name, () => visit(state.scene, (page) => look(page, state)));
  }
});

describe('handing a change off', { concurrency: 3 }, () => {
  test('opens nothing here, and says to nobody else what the link is', () =>
    visit('handOffBegins', async (page) => {
      await choose(page);
      await press(page, BEGIN);
      await shown(page).waitFor();
      assert.deepEqual(await opened(page), []);
      const types = (await requests(page)).map((/** @type {any} */ { type }) => type);
      assert.ok(types.includes('handOffChange') && !types.includes('beginChange'));
      const [asked] = (await requests(page)).filter((/** @type {any} */ { type }) => type === 'handOffChange');
      assert.deepEqual(asked, { type: 'handOffChange', intended: '712020:service-jira', insteadOf: null, policy: null, acknowledged: null, switchAt: null });
    }));

  test('nothing is finished before a word of who began it', () =>
    visit('handedOffAllowed', async (page) => {
      await page.getByText(/Select Finish the change/).first().waitFor();
      await page.waitForTimeout(1500);
      assert.deepEqual((await requests(page)).filter((/** @type {any} */ { type }) => type === 'continueChange'), []);
      await open(page);
      await press(page, 'Finish the change');
      await page.waitForFunction(() => /** @type {any} */ (globalThis).__fixture.requests.some((/** @type {any} */ { type }) => type === 'continueChange'));
    }));

  test('revoking leaves the focus to the control that makes another link', () =>
    visit('handedOff', async (page) => {
      await open(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke link' }).click();
      await page.getByText(/is revoked: nobody can use it/).first().waitFor();
      await focusStays(page, 'Create a new link');
    }));

  test('copies the link with a click and says so', () =>
    visit('handOffBegins', async (page) => {
      await choose(page);
      await press(page, BEGIN);
      await press(page, 'Copy link');
      await page.getByRole('status').getByText('Link copied.').waitFor();
      assert.equal(await shown(page).inputValue(), 'https://example.invalid/x1/hand-off?code=first');
    }));

  test('another link takes the place of the one that is shown', () =>
    visit('handOffBegins', async (page) => {
      await choose(page);
      await press(page, BEGIN);
      await shown(page).waitFor();
      await press(page, 'Create a new link');
      await page.waitForFunction(() => /** @type {HTMLInputElement | null} */ (document.querySelector('input[readonly]'))?.value.endsWith('=second'));
    }));

  test('a link that is revoked is shown no more', () =>
    visit('handOffBegins', async (page) => {
      await choose(page);
      await press(page, BEGIN);
      await shown(page).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke link' }).click();
      await page.getByText(/is revoked: nobody can use it/).first().waitFor();
      assert.equal(await shown(page).count(), 0);
    }));

  test('a link that is closed is gone: it is nowhere on the page, and is not shown again', () =>
    visit('handOffBegins', async (page) => {
      await choose(page);
      await press(page, BEGIN);
      await shown(page).waitFor();
      await press(page, 'Close dialog');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.equal((await page.content()).includes('code=first'), false);
      await open(page);
      await page.getByText(/The link cannot be shown again\./).waitFor();
    }));

  test('that does not begin says why, and nothing is lost', () =>
    visit('handOffRefused', async (page) => {
      await choose(page);
      await press(page, BEGIN);
      await page.getByText('Code for support: app/storageUnavailable').waitFor();
      assert.ok(await page.getByRole('button', { name: BEGIN }).isEnabled());
    }));

  test('revoking too late says so and leaves what was done', () =>
    visit('handedOffTooLate', async (page) => {
      await open(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke link' }).click();
      await page.getByText('Code for support: app/wrongStage').waitFor();
    }));

  test('another administrator revokes from the status page', () =>
    visit('handedOffByOther', async (page) => {
      await press(page, 'Revoke link');
      await page.getByText(/is revoked: nobody can use it/).first().waitFor();
    }));

  for (const control of ['Revoke link', 'Cancel change']) {
    test(`${control}, of a change that somebody else cancelled meanwhile: the page says so where it stood`, () =>
      visit('handedOffGone', async (page) => {
        await page.getByRole('button', { name: control }).focus();
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: control }).waitFor({ state: 'detached' });
        const gone = page.getByRole('alert').getByText('That change is over, or another took its place. Nothing was done.');
        await gone.waitFor({ timeout: 5000 });
        await focusStays(page, 'Integration+ Status');
        await look(page, { name: control, scene: 'handedOffGone', roles: [['alert', '']] });
        // Whoever goes on with something else is not told of it any more.
        await press(page, 'change');
        await page.getByRole('dialog').waitFor();
        await gone.waitFor({ state: 'detached' });
      }));
  }

  test('one that nobody used in time begins again with a choice of the way', () =>
    visit('handedOffExpired', async (page) => {
      await open(page);
      await press(page, 'Try again');
      await page.getByRole('button', { name: BEGIN }).waitFor();
      await page.getByRole('button', { name: 'Continue to Jira' }).waitFor();
      assert.equal((await requests(page)).some((/** @type {any} */ { type }) => type === 'beginChange'), false);
    }));
});
