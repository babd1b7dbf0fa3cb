/**
 * Why a person is asked to allow again, in the words that the person reads. Plain text: a flag shows nothing else, and
 * the script that shows it carries these words and no others.
 */
import type { Prompt, ReauthorizationReason, Risk, Timestamp } from '../api/generated/api.ts';
import { day, moment } from '../time.ts';
import { registerDueTitle } from './registerDue.ts';
import { testsFailedTitle } from './testsFailed.ts';
import type { Told } from './words.ts';

/** The one control that asks a person to allow again. Its name is the same everywhere. */
export const REAUTHORIZE = 'Re-authorize';

/** What happened; `changedAt` is when the main authorized user became another, if that is known to be the reason. */
export function reasonForPerson(reason: ReauthorizationReason, changedAt: Timestamp | null, told: Told): string {
  switch (reason) {
    case 'replacedPolicy': {
      const on = changedAt === null ? '' : ` on ${day(changedAt, told.now, told.calendar)}`;
      return `Your administrator changed the account that Integration+ uses${on}, and asks everybody to allow it again.`;
    }
    case 'revokedOrPasswordChanged':
      return 'You revoked the access of Integration+, or your Atlassian password was changed, so Atlassian ended it.';
    case 'idle':
      return 'Integration+ did nothing in your name for 90 days, so Atlassian ended its access.';
    case 'scopesMissing':
      return 'Integration+ needs permissions that you have not granted to it yet.';
    case 'notRenewable':
      return 'What you allowed has run out, and the means to renew it did not arrive at Integration+. Nobody revoked it.';
    case 'accountClosed':
      return 'Your Atlassian account was closed or deactivated for a time, and what you had allowed ended with that.';
  }
}

/** What it means, and what it does not. */
export const MEANING = 'Until you allow it again, what you do through Integration+ does not carry your name. Your password is never shared.';

export const flag = {
  title: 'Re-authorize Integration+',
  text: (prompt: Prompt, told: Told) => `${reasonForPerson(prompt.reason, prompt.changedAt, told)} ${MEANING}`,
  tomorrow: 'Remind me tomorrow',
  waitingTitle: 'Select Allow in the other tab',
  waiting: 'Jira asks you there whether Integration+ may act in your name. This message goes by itself when you have answered.',
  openPage: 'Open the page',
  notOpenedTitle: 'The page did not open',
  notOpened: 'Your browser did not open Jira’s page. Nothing has changed. Open it with the button below.',
  doneTitle: 'Integration+ acts in your name again',
  done: 'Nothing else is needed.',
  doneHeld: (issueKey: string) => `Your comment on ${issueKey} is still kept. Open the issue, and it is posted there under your name.`,
  stoppedTitle: 'Integration+ was not allowed',
  wrongAccount: (name: string) => `${name} allowed instead of you. Nothing was kept of it, and nothing has changed. Try again, and switch accounts on Jira’s page.`,
  denied: 'Jira’s page ended without your permission. Nothing has changed. Try again when you like.',
  expired: 'Nobody selected Allow within ten minutes. Nothing has changed. Try again when you like.',
  failedTitle: 'That did not work',
  failed: (code: string) => `Nothing has changed. Try again in a moment, or use Integration+ in your personal settings. Code for support: ${code}`,
};

/** What an administrator should know before it stops the integration, or when it has. */
export function risk(is: Risk, told: Told): { title: string; text: string; next: string } {
  switch (is.type) {
    case 'idlesOut':
      return {
        title: `Integration+ stops on ${day(is.at, told.now, told.calendar)} unless somebody acts`,
        text: 'The connection of the main authorized user could not be renewed lately, and Atlassian ends it then. Everything works until that day.',
        next: 'Select Check now. If that does not help, allow again as the main authorized user.',
      };
    case 'webhooksExpire':
      return {
        title: `Jira stops telling Integration+ of changes on ${day(is.at, told.now, told.calendar)}`,
        text: 'The webhooks could not be renewed lately, and Jira removes them then. Everything works until that day.',
        next: 'Select Check now: that renews them.',
      };
    case 'notAdministrator':
      return {
        title: 'The main authorized user is no Jira administrator any more',
        text: 'Integration+ cannot renew its webhooks, and stops when they expire. Nothing was deleted.',
        next: 'Give the account the permission Administer Jira, or change the main authorized user.',
      };
    case 'noProductAccess':
      return {
        title: 'The main authorized user has no access to Jira any more',
        text: 'Its product access was taken away, so Jira may refuse what Integration+ does as this account. Nothing was deleted.',
        next: 'Give the account product access to Jira, or change the main authorized user.',
      };
    case 'scopesMissing':
      return {
        title: 'The main authorized user has not granted everything that Integration+ needs',
        text: 'Some of what Integration+ does fails. Nothing was deleted.',
        next: 'Allow again as the main authorized user, and leave everything selected.',
      };
    case 'clientSecretRejected':
      return {
        title: 'Atlassian refuses Integration+ itself',
        text: 'The client secret of the app is not honoured, so nothing is carried over. No account is the cause, and nobody has to allow anything again.',
        next: 'Whoever deploys Integration+ sets CLIENT_SECRET anew. Then select Check now.',
      };
    case 'registerDue':
      return {
        title: registerDueTitle(is.count),
        text: 'What runs on these accounts goes on working. Nothing has changed.',
        next: 'Open Service accounts in Integration+, do what is due, and write down the new dates.',
      };
    case 'scheduleStopped':
      return {
        title: 'A scheduled change was stopped',
        text: 'Something was not as foreseen, so the main authorized user is who it was and goes on working.',
        next: 'Open Integration+: it says why, and what to do.',
      };
    case 'allowedByLink':
      return {
        title: `${is.account.displayName} allowed Integration+`,
        text: 'Somebody used the link that you made. Nothing has changed yet: only you can finish it.',
        next: `Finish the change in Integration+ before ${moment(is.until, told.calendar)}, or cancel it there.`,
      };
    case 'testsFailed':
      return {
        title: testsFailedTitle(is.count),
        text: 'What the account may do in Jira is less than it was, or it cannot sign in. Nothing was changed by Integration+.',
        next: 'Open Service accounts in Integration+, and look at the test of each: it says what to mend.',
      };
    case 'disconnected':
      return {
        title: 'Integration+ is disconnected',
        text: 'The connection or the account of the main authorized user is gone, so nothing is carried over any more. Nothing was deleted.',
        next: 'Allow again as the main authorized user, or change it.',
      };
  }
}

export const riskFlag = {
  open: 'Open Integration+',
};
