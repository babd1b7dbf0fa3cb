// @ts-check
/**
 * The built panel about access of support and about itself, as a person and a screen reader find it. Needs `static/dist`
 * and Chromium.
 * @import { Page } from 'playwright-core'
 * @import { State } from './states.mjs'
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CODE } from '../dev/scenes-of-support.mjs';
import { focusStays } from './focus.mjs';
import { goTo } from './people-states.mjs';
import { look } from './state.mjs';
import { press } from './states.mjs';
import { asked, NARROW, opened, visit } from './visit.mjs';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const INSTANCE = '0123456789abcdef0123456789abcdef';

/** @param {Page} page */
async function toSupport(page) {
  await goTo(page, 'Settings');
  await press(page, 'Account Access');
}

/** @param {Page} page */
const toAbout = (page) => goTo(page, 'About');

/** @param {Page} page @param {string} name */
const part = (page, name) => page.getByRole('region', { name, exact: true });

/** @type {State[]} */
const STATES = [
  {
    name: 'a request: who, ticket, reason, until, what would be seen, and what to do',
    scene: 'support',
    reach: toSupport,
    roles: [
      ['heading', 'Settings'],
      ['heading', 'Account Access'],
      ['heading', 'SUP-4711'],
      ['region', 'What support would see'],
      ['radio', /^As asked: 26 Aug 2026/],
      ['button', 'Approve access'],
      ['button', 'Decline'],
      ['button', 'Grant access first'],
      ['button', 'Refresh'],
    ],
    words: ['Nora Lindgren', 'Comments stopped on Tuesday', 'Nobody may look now.', INSTANCE, 'Grant works: passed', 'Jira administrator: failed', 'Webhooks: not known', /^Nothing has ended yet/],
    absent: [['button', 'Revoke']],
  },
  {
    name: 'nothing asked and nothing granted: what will be here',
    scene: 'supportEmpty',
    reach: toSupport,
    words: [/^Support has not asked for access\./, 'None yet', 'Every Jira administrator', 'In every project.'],
    absent: [['button', 'Approve access'], ['button', 'Revoke']],
  },
  { name: 'no request can come: why, and what to do instead', scene: 'supportDeaf', reach: toSupport, words: [/SUPPORT_KEY of Integration\+ is not set\. You can grant access first\./] },
  {
    name: 'everything at once: long words, open access, views, what is over, who was turned away',
    scene: 'supportFull',
    reach: async (page) => {
      await toSupport(page);
      await page.getByText('Looked at 9 times').click();
      await page.getByText('Turned away at the address for support (at least 55)').click();
      await page.getByText('Show it as support gets it (JSON)').click();
    },
    roles: [['button', 'Revoke'], ['region', 'What support would get, as JSON'], ['heading', 'SUP-1'], ['heading', /^No ticket, /]],
    words: [
      'Open',
      'Declined',
      'Revoked',
      'Expired',
      'Lapsed',
      'Nobody looked.',
      /^Granted by Maria Keller, 13:05\. Open until 26 Aug 2026/,
      /Revoked by Tom Okafor, 14:05\.$/,
      /^Configuration 24 Aug 2026, 14:03, 3 times within a minute$/,
      '5 views before these.',
      'i1',
      'i2',
      'Number of the project on the other site',
      '20001',
      'on the other site',
      'Days that runs are kept',
      '1: r1',
      'A request of support was meant for another installation.',
    ],
  },
  {
    name: 'loading, and slow',
    scene: 'supportLoading',
    reach: async (page) => {
      await toSupport(page);
      await page.getByText('Still loading. Forge’s storage takes longer than usual.').last().waitFor();
    },
  },
  { name: 'reading failed', scene: 'supportFails', reach: toSupport, roles: [['heading', 'Stored data could not be read'], ['button', 'Try again']] },
  {
    name: 'reading again failed: what was read stays',
    scene: 'supportStale',
    reach: async (page) => {
      await toSupport(page);
      await press(page, 'Refresh');
      await page.getByRole('heading', { name: 'Jira did not answer' }).waitFor();
    },
    roles: [['button', 'Approve access'], ['button', 'Try again']],
  },
  {
    name: 'the code, once',
    scene: 'support',
    reach: async (page) => {
      await toSupport(page);
      await press(page, 'Approve access');
    },
    roles: [['dialog', 'Access is open'], ['textbox', 'Access code'], ['textbox', 'Address for support'], ['button', 'Copy Access code'], ['button', 'Copy both']],
    words: [/^This code is shown only now\./],
  },
  {
    name: 'granting first, in a dialog',
    scene: 'support',
    reach: async (page) => {
      await toSupport(page);
      await press(page, 'Grant access first');
    },
    roles: [['dialog', 'Grant access first'], ['textbox', 'Ticket'], ['radio', '72 hours'], ['button', 'Grant access'], ['button', 'Cancel']],
    absent: [['radio', 'As asked']],
  },
  {
    name: 'granting first came to nothing: what was typed stays',
    scene: 'supportUntil',
    reach: async (page) => {
      await toSupport(page);
      await press(page, 'Grant access first');
      await page.getByRole('textbox', { name: 'Ticket' }).fill('SUP-9');
      await press(page, 'Grant access');
      await page.getByRole('dialog').getByText(/^Access ends between now and 30 days from now\./).waitFor();
      assert.equal(await page.getByRole('textbox', { name: 'Ticket' }).inputValue(), 'SUP-9');
    },
  },
  {
    name: 'About: version, instance, environment, address',
    scene: 'support',
    reach: toAbout,
    roles: [
      ['dialog', 'About Integration+'],
      ['textbox', 'Version'],
      ['textbox', 'Instance ID'],
      ['textbox', 'Environment'],
      ['textbox', 'Address for support'],
      ['button', 'Copy Instance ID'],
      ['button', 'Copy all'],
      ['link', 'Help for Jira administrators, opens another page'],
    ],
  },
  {
    name: 'About, slow',
    scene: 'aboutSlow',
    reach: async (page) => {
      await toAbout(page);
      await page.getByText('Still loading. Forge takes longer than usual.').last().waitFor();
    },
  },
  {
    name: 'About failed, and without an address the second time',
    scene: 'aboutFails',
    reach: async (page) => {
      await toAbout(page);
      await press(page, 'Try again');
      await page.getByText('Forge did not tell it. Close this and open it again.').waitFor();
    },
    roles: [['textbox', 'Instance ID']],
    absent: [['textbox', 'Address for support']],
  },
];

describe('every state of support access', { concurrency: 3 }, () => {
  for (const state of STATES) {
    test(state.name, () => visit(state.scene, (page) => look(page, state)));
  }
});

describe('support access', { concurrency: 3 }, () => {
  test('a request is approved by keyboard as it was asked, and only its own control closes the code', () =>
    visit('support', async (page) => {
      await toSupport(page);
      await page.getByRole('button', { name: 'Approve access' }).focus();
      await page.keyboard.press('Enter');
      const code = page.getByRole('textbox', { name: 'Access code' });
      assert.equal(await code.inputValue(), CODE);
      const [request] = await asked(page, 'approveSupport');
      assert.deepEqual(request, { type: 'approveSupport', id: 'a', until: Date.UTC(2026, 7, 24, 14, 5) + 2 * DAY });
      await page.keyboard.press('Escape');
      assert.equal(await code.count(), 1);
      await press(page, 'I have copied it');
      await code.waitFor({ state: 'detached' });
      assert.equal((await page.content()).includes(CODE), false, 'the code is gone from the page');
      await part(page, 'Open access').getByRole('button', { name: 'Revoke' }).waitFor();
      await focusStays(page, 'Access is open until 26 Aug 2026, 14:05. You can revoke it before.');
    }));

  test('the code and the address are copied, each and together', () =>
    visit('support', async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await toSupport(page);
      await press(page, 'Approve access');
      await press(page, 'Copy Access code');
      await page.getByText('Access code is copied.').waitFor();
      assert.equal(await clipboard(), CODE);
      await press(page, 'Copy both');
      await page.getByText('Everything is copied.').waitFor();
      assert.match(await clipboard(), /^Access code: (k3y)+Z\nAddress for support: https:.*\/x1\/support-address$/);
    }));

  test('access is granted first, for what was chosen', () =>
    visit(
      'support',
      async (page) => {
        await press(page, 'Menu');
        await toSupport(page);
        await press(page, 'Grant access first');
        await page.getByRole('textbox', { name: 'Ticket' }).fill('SUP-9');
        await page.getByRole('dialog').getByRole('radio', { name: '24 hours' }).check();
        await press(page, 'Grant access');
        await page.getByRole('textbox', { name: 'Access code' }).waitFor();
        const [request] = await asked(page, 'grantSupport');
        assert.equal(request.ticket, 'SUP-9');
        const hours = (request.until - Date.UTC(2026, 7, 24, 14, 5)) / HOUR;
        assert.ok(hours >= 24 && hours < 24.1, `${hours}`);
        await press(page, 'I have copied it');
        await focusStays(page, 'Access is open until 25 Aug 2026, 14:05. You can revoke it before.');
      },
      NARROW,
    ));

  test('where support asks for less than three days, that is proposed, and thirty days are never exceeded', () =>
    visit('support', async (page) => {
      await toSupport(page);
      assert.equal(await page.getByRole('radio', { name: /^As asked/ }).isChecked(), true);
      await page.getByRole('radio', { name: '30 days, the longest' }).check();
      await press(page, 'Approve access');
      await page.getByRole('textbox', { name: 'Access code' }).waitFor();
      const [request] = await asked(page, 'approveSupport');
      const days = (request.until - Date.UTC(2026, 7, 24, 14, 5)) / DAY;
      assert.ok(days >= 30 && days < 30.01, `${days}`);
    }));

  test('a declined request moves to what is over, and that is announced', () =>
    visit('support', async (page) => {
      await toSupport(page);
      await press(page, 'Decline');
      await page.getByRole('status').getByText('The request of Nora Lindgren is declined. Nothing was shown to them.').waitFor();
      await part(page, 'Earlier').getByText(/^Declined by Maria Keller, 14:05\.$/).waitFor();
      assert.deepEqual(await asked(page, 'declineSupport'), [{ type: 'declineSupport', id: 'a' }]);
      await focusStays(page, 'The request of Nora Lindgren is declined. Nothing was shown to them.');
    }));

  test('an access is revoked: what goes on is said, and then that nothing opens any more', () =>
    visit('supportOpen', async (page) => {
      await toSupport(page);
      await press(page, 'Revoke');
      const dialog = page.getByRole('dialog', { name: 'Revoke access?' });
      await dialog.getByText(/^The code of SUP-4711 opens nothing any more, also for whoever is looking now\./).waitFor();
      await press(page, 'Keep access open');
      await dialog.waitFor({ state: 'hidden' });
      assert.deepEqual(await asked(page, 'revokeSupport'), []);
      await press(page, 'Revoke');
      await press(page, 'Revoke access');
      await page.getByRole('status').getByText('Saving your decision. Jira is asked who you are.').waitFor();
      await page.getByRole('status').getByText('The access is revoked. Its code opens nothing any more.').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Revoke' }).count(), 0);
      await focusStays(page, 'The access is revoked. Its code opens nothing any more.');
    }));

  test('where somebody else was first, the latest is shown', () =>
    visit('supportSettled', async (page) => {
      await toSupport(page);
      await press(page, 'Approve access');
      await page.getByText(/^Somebody decided about this access before you/).waitFor();
      await part(page, 'Earlier').getByText(/Revoked by Tom Okafor/).waitFor();
    }));

  test('what was typed in the general settings stays while Account Access is looked at', () =>
    visit('support', async (page) => {
      await goTo(page, 'Settings');
      await page.getByRole('textbox', { name: 'Days during which you can roll back' }).fill('12');
      await press(page, 'Account Access');
      await press(page, 'General');
      assert.equal(await page.getByRole('textbox', { name: 'Days during which you can roll back' }).inputValue(), '12');
    }));

  test('About copies the Instance ID, gives the focus back, and leads to help', () =>
    visit('support', async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await toAbout(page);
      await press(page, 'Copy Instance ID');
      await page.getByRole('status').getByText('Instance ID is copied.').waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), INSTANCE);
      await press(page, 'Copy all');
      await page.getByText('Everything is copied.').waitFor();
      assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^Version: 0\.1\.0\nInstance ID: .*\nEnvironment: PRODUCTION\nAddress for support: https:/);
      await page.getByRole('link', { name: /^Help for Jira administrators/ }).click();
      assert.deepEqual(await opened(page), ['https://support.atlassian.com/jira-cloud-administration/']);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'About');
    }));

  test('the gear and the question mark stand at the lower left', () =>
    visit('connected', async (page) => {
      const navigation = page.getByRole('navigation', { name: 'Integration+ sections' });
      const [nav, settings, about, last] = await Promise.all([
        navigation.boundingBox(),
        navigation.getByRole('button', { name: 'Settings' }).boundingBox(),
        navigation.getByRole('button', { name: 'About' }).boundingBox(),
        navigation.getByRole('button', { name: 'Service accounts' }).boundingBox(),
      ]);
      assert.ok(nav && settings && about && last);
      assert.ok(about.y > settings.y && settings.y - (last.y + last.height) > 100, JSON.stringify({ settings, about, last }));
      assert.ok(nav.y + nav.height - (about.y + about.height) < 40, JSON.stringify({ nav, about }));
    }));

  test('who may not see anything is offered no About', () =>
    visit('outside', async (page) => {
      await page.getByRole('button', { name: 'Request access' }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'About' }).count(), 0);
    }));
});
