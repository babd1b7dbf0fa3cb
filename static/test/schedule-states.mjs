// @ts-check
/**
 * Every state of a change that waits for its time: how one comes there, and what a person finds, by role and name.
 * @import { Page } from 'playwright-core'
 * @import { State } from './states.mjs'
 */
import { previewed } from './rehearsal-states.mjs';
import { press } from './states.mjs';

/** The second step of the dialog, with a time to be chosen. @param {Page} page */
export async function later(page) {
  await previewed(page);
  await page.getByRole('radio', { name: 'Switch at a chosen time' }).check();
}

/** Selects a control that takes effect at once, and says so once more. @param {Page} page @param {string} control */
export async function surely(page, control) {
  await press(page, control);
  await page.getByRole('dialog').getByRole('button', { name: control, exact: true }).click();
}

/** @param {Page} page @param {string} date @param {string} time */
export async function fill(page, date, time) {
  await page.getByLabel('Date', { exact: true }).fill(date);
  await page.getByLabel('Time', { exact: true }).fill(time);
}

/** @type {State[]} */
export const SCHEDULE_STATES = [
  {
    name: 'scheduled by oneself: when, who, what happens until then, and the two ways out',
    scene: 'scheduled&timezone=Europe/Berlin',
    roles: [['heading', 'Change scheduled'], ['button', 'Switch now'], ['button', 'Cancel the scheduled change']],
    words: [
      /Main authorized user changes to Jira service account on 26 Aug 2026, 16:05 Europe\/Berlin, scheduled by Maria Keller\./,
      /Until then nothing changes\. .* People who will be asked to allow again are told now\./,
    ],
    absent: [['button', 'change'], ['button', 'Open'], ['button', 'Roll back']],
  },
  {
    name: 'scheduled by another administrator: it can be cancelled, and not hurried',
    scene: 'scheduledByOther',
    roles: [['heading', 'Change scheduled'], ['button', 'Cancel the scheduled change']],
    words: [/scheduled by Tom Okafor/, /People are told nothing beforehand\./],
    absent: [['button', 'Switch now'], ['button', 'Take over']],
  },
  {
    name: 'its time has come',
    scene: 'scheduledLooking',
    roles: [['heading', 'Change scheduled'], ['button', 'Cancel the scheduled change']],
    words: [/Everything is looked at once more before Jira service account becomes the main authorized user/],
    absent: [['button', 'Switch now']],
  },
  {
    name: 'what switching now does is said before it does',
    scene: 'scheduled',
    reach: (page) => press(page, 'Switch now'),
    roles: [['dialog', 'Switch now?'], ['button', 'Keep waiting'], ['button', 'Switch now']],
    words: [/Jira service account becomes the main authorized user at once, and not on 26 Aug 2026/],
  },
  {
    name: 'what cancelling a scheduled change deletes is said before it does',
    scene: 'scheduled',
    reach: (page) => press(page, 'Cancel the scheduled change'),
    roles: [['dialog', 'Cancel the scheduled change?'], ['button', 'Keep waiting']],
    words: [/What Jira service account allowed is deleted, and the main authorized user stays who it is/],
  },
  {
    name: 'switching before its time, while it takes longer than a second',
    scene: 'scheduledSlow',
    reach: (page) => surely(page, 'Switch now'),
    words: ['Looking at everything once more. This takes a few seconds.'],
  },
  {
    name: 'switching before its time is refused: why, what did not change, and what to do',
    scene: 'scheduledNotAsForeseen',
    reach: (page) => surely(page, 'Switch now'),
    roles: [['heading', 'Not everything is as foreseen'], ['heading', 'Change scheduled'], ['button', 'Switch now']],
    words: [/3 projects lost, and something required missing in 4\. Not acknowledged: BIL and LEG\. Nothing has changed\. The change still waits for its time\. Mend that, then select Switch now again\./],
  },
  {
    name: 'switching before its time on a large site: it takes minutes',
    scene: 'scheduledStillRehearsing',
    reach: (page) => surely(page, 'Switch now'),
    roles: [['heading', 'The projects are still being looked at']],
    words: [/It goes on by itself; try again in a minute\./],
  },
  {
    name: 'stopped: why, and the next step, on the page and in history',
    scene: 'scheduledStopped',
    roles: [['heading', 'The change was stopped'], ['button', 'Show details'], ['button', 'change']],
    words: [
      /The change to Jira service account was stopped\. More would be lost than was acknowledged: 3 projects lost.* Mend the permissions in Jira, or begin the change anew and acknowledge what is lost\./,
      /scheduled by Maria Keller for 24 Aug 2026/,
    ],
  },
  {
    name: 'stopped, in the dialog',
    scene: 'scheduledStopped',
    reach: (page) => press(page, 'Show details'),
    roles: [['heading', 'The change was stopped'], ['button', 'Try again'], ['button', 'Choose another account']],
    words: [/Mend the permissions in Jira/],
  },
  {
    name: 'stopped: every administrator is told, not only who scheduled it',
    scene: 'scheduledStoppedOfOther',
    roles: [['heading', 'The change was stopped']],
    words: [/Tom Okafor is no Jira administrator any more\. Nothing has changed\. Another administrator can begin the change anew\./],
  },
  { name: 'switched early, as history tells it', scene: 'scheduledSwitchedEarly', words: [/scheduled for 25 Aug 2026, 14:05 UTC, switched early on 24 Aug 2026, 13:05 UTC by Maria Keller · receipt 3/] },
  { name: 'done, as history tells it', scene: 'scheduledDone', words: [/scheduled by Maria Keller for 24 Aug 2026, 13:05 UTC · receipt 3/] },
  {
    name: 'choosing a time: the zone is named, and who is told beforehand',
    scene: 'schedules&timezone=Europe/Berlin',
    reach: async (page) => {
      await later(page);
      await fill(page, '2026-08-28', '20:00');
    },
    roles: [['group', 'When to switch'], ['radio', 'Switch now'], ['radio', 'Switch at a chosen time']],
    words: [
      /In your time zone, Europe\/Berlin\. That is 28 Aug 2026, 20:00 Europe\/Berlin\./,
      /Nobody is told beforehand: who will have to allow again shows only after the switch/,
    ],
  },
  {
    name: 'choosing a time when everyone re-authorizes: how many are told beforehand',
    scene: 'schedules',
    reach: async (page) => {
      await later(page);
      await page.getByRole('radio', { name: 'Everyone re-authorizes' }).check();
    },
    words: [/^51 people who connected their own account and use it are told beforehand, once/],
  },
  {
    name: 'no time chosen: what can be is said, and nothing has begun',
    scene: 'schedules',
    reach: async (page) => {
      await later(page);
      await press(page, 'Continue to Jira');
    },
    words: [/^Choose a date and time from 24 Aug 2026, 14:1[56] UTC to 23 Sept? 2026, 14:05 UTC\.$/],
  },
  {
    name: 'in the dialog once it is allowed',
    scene: 'schedules',
    reach: async (page) => {
      await later(page);
      await fill(page, '2026-08-26', '14:05');
      await press(page, 'Continue to Jira');
    },
    roles: [['heading', 'Change scheduled'], ['button', 'Cancel the scheduled change'], ['button', 'Close dialog']],
    words: ['The change is scheduled. You can close this dialog.'],
  },
  {
    name: 'a scheduled change is in the way: what to do about it',
    scene: 'blockedBySchedule',
    reach: async (page) => {
      await previewed(page);
      await press(page, 'Continue to Jira');
    },
    roles: [['heading', 'Another change is under way']],
    words: [/It is scheduled for 26 Aug 2026, 14:05 UTC, and no other can begin until it is over\. Cancel it on the Status page, or wait\./],
    absent: [['button', 'Take over']],
  },
];

/** @type {State[]} */
export const PERSONAL_STATES = [
  {
    name: 'one’s own page tells of a scheduled change',
    scene: 'personalAnnounced',
    roles: [['heading', 'Integration+ will ask you to allow it again']],
    words: [/On 26 Aug 2026, 14:05 UTC your administrator changes the account that Integration\+ uses\. You are asked then to allow it again, so that what you do keeps your name\. Nothing is to be done now\./],
  },
];
