/**
 * A person's own authorization: the personal settings page, and what the issue panel says of it.
 */
import type { Consent, Denial, Me, Needed, Standing } from '../api/generated/api.ts';
import { control, say, type Phrase } from '../phrase.tsx';
import { countdown, day, momentInZone } from '../time.ts';
import { MEANING, REAUTHORIZE, reasonForPerson } from './reauthorize.ts';
import { list, NOTHING_CHANGED, type Told } from './words.ts';

export const personal = {
  heading: 'Integration+ and your account',
  loading: 'Loading where you stand.',
  slow: 'Still loading. Jira takes longer than usual.',
  reauthorize: REAUTHORIZE,
  connect: 'Connect',
  disconnect: 'Disconnect',
  inYourName: 'What is done in your name',
  doneInYourName: [
    'Comments that you write in Integration+ on an issue are posted as yours.',
    'Where an administrator joined an issue with one on another Jira site, comments that you write on it are mirrored there as yours, if you allowed Integration+ on that site as well. When you edit or delete yours, its mirror follows.',
    'Integration+ asks Jira who you are, and whether you may see the issue and comment on it. It never reaches further than you do.',
    'Nothing is written in your name that you did not start.',
    'After the main authorized user changes, Integration+ may try quietly whether your connection still works, with one question to Jira: whether you may browse projects. Nothing else is read, and nothing is changed.',
  ],
  doneAsMain: [
    'As the main authorized user, your account also registers and renews the webhooks of Integration+, and reads the comments of issues that are joined with those of another site.',
    'Comments of people who have not connected on the other site are mirrored under your account, with their name in the footer.',
    'If your administrator permits it, comments of others go out under your account until they re-authorize, with their name in the footer.',
  ],
  whatWeKeep: 'What we keep',
  kept: [
    'Your Atlassian account ID, your display name and the address of your picture.',
    'The tokens with which Atlassian lets Integration+ act as you: encrypted, and never shown to anybody, also not to administrators.',
    'When you connected, when Integration+ last acted in your name, and when you were last asked.',
    'A comment that waits for you: encrypted, for a day at most.',
  ],
  password: 'Your password is never shared with Integration+.',
  scopes: (names: readonly string[]) => `You granted: ${list(names)}.`,
  connectedAt: (at: string) => `Connected since ${at}.`,
  idle: (at: string) => `Stays valid while it is used; otherwise Atlassian ends it on ${at}.`,
  main: 'Your account is also the one that Integration+ acts as for the whole site.',
  former: (until: string) =>
    `Your account was the one that Integration+ acts as for the whole site. Its tokens are kept until ${until}, so that an administrator can go back to it. Disconnect, and they are deleted at once.`,
  siteNotConnected: 'Integration+ is not connected on this site yet, so there is nothing to allow. Ask your Jira administrator.',
  atlassian: 'Connected apps of your Atlassian account',
  atlassianHint: 'There you can see what Atlassian itself has on record, and end it.',
};

/** A word for where the person stands, and a sentence. */
export function myState(me: Me, told: Told): { word: string; text: string } {
  if (me.standing === null) {
    return {
      word: 'Not connected',
      text: `Connect your account, and what you do through Integration+ carries your name. ${personal.password}`,
    };
  }
  return standing(me.standing, me, told);
}

/** Why the person is asked to allow again; empty when they are not. */
export function whyAsked({ standing: is, everyoneAskedAt }: Me, told: Told): string {
  switch (is?.type) {
    case 'toReauthorize':
    case 'neverUsed':
    case 'wrongAccount':
      return reasonForPerson(is.reason, everyoneAskedAt, told);
    case 'working':
    case 'unverified':
    case 'deactivated':
    case undefined:
      return '';
  }
}

function standing(is: Standing, me: Me, told: Told): { word: string; text: string } {
  switch (is.type) {
    case 'working':
    case 'unverified':
      return { word: 'Working', text: 'What you do through Integration+ carries your name.' };
    case 'toReauthorize':
    case 'neverUsed':
      return { word: 'To re-authorize', text: `${reasonForPerson(is.reason, me.everyoneAskedAt, told)} ${MEANING}` };
    case 'wrongAccount':
      return {
        word: 'Wrong account',
        text: `${is.allowed.displayName} allowed instead of you, and nothing was kept of it. ${reasonForPerson(is.reason, me.everyoneAskedAt, told)} ${MEANING}`,
      };
    case 'deactivated':
      return { word: 'Deactivated', text: 'Your account was deactivated when Integration+ last used it. If it is active again, allow once more.' };
  }
}

export const disconnecting = {
  title: 'Disconnect your account?',
  deletes: 'Our copy is deleted: your tokens, and a comment that waits for you.',
  deletesOwn: 'What is yours alone is deleted: that you connected, and a comment that waits for you. Your tokens stay.',
  stays: 'Comments that were posted stay. You can connect again at any time.',
  atlassian: 'Atlassian keeps its own record of what you allowed. End it there too:',
  cancel: 'Cancel',
  done: 'Our copy is deleted. Nothing is done in your name any more.',
  doneOwn: 'You are disconnected. Your tokens stay for what Integration+ does for the whole site.',
};

/** Whether the person's tokens stay when they disconnect. */
export function tokensStay(needed: Needed | null): boolean {
  return needed !== null && needed.type !== 'former';
}

/** What disconnecting means for the whole site; nothing where the site does without the account. */
export function forTheSite(needed: Needed | null): string | null {
  switch (needed?.type) {
    case 'main':
      return 'Your account is also the one that Integration+ acts as for the whole site. That stays as it is; only an administrator changes it.';
    case 'change':
      return 'A change of the main authorized user is under way and uses your tokens. When it is over, this page says whether they are still kept.';
    case 'former':
      return 'Your account was the one that Integration+ acts as for the whole site. No administrator can go back to it then.';
    case undefined:
      return null;
  }
}

export const consent = {
  waitingTitle: 'Select Allow in the other tab',
  waiting: say`Sign in to Jira as yourself in the tab that opened, then select ${control('Allow')}. This page notices by itself.`,
  left: (ms: number) => `Time left: ${countdown(ms)}`,
  verifying: say`${control('Allow')} was selected. Asking Atlassian which account it was.`,
  again: 'Open a new page',
  notOpened: 'The page did not open. Open it with this link:',
  link: 'Jira’s page',
};

/** How the last authorization failed; nothing while it is under way. */
export function consentFailure(is: Consent): { title: string; text: Phrase } | null {
  switch (is.type) {
    case 'awaiting':
    case 'verifying':
      return null;
    case 'wrongAccount':
      return {
        title: 'Another account allowed',
        text: say`${is.allowed} allowed instead of you. Nothing was kept of it. ${NOTHING_CHANGED} Try again, and switch accounts on Jira’s page before you select ${control('Allow')}.`,
      };
    case 'denied':
      return { title: 'Not allowed', text: [...denied(is.denial), ` ${NOTHING_CHANGED}`] };
    case 'expired':
      return { title: 'The time is over', text: say`Nobody selected ${control('Allow')} within ten minutes, or the answer was lost. ${NOTHING_CHANGED} Try again.` };
  }
}

function denied(why: Denial): Phrase {
  switch (why.type) {
    case 'declined':
      return say`${control('Cancel')} was selected on Jira’s page. If that was a slip, try again.`;
    case 'scopesMissing':
      return say`Less was granted than Integration+ needs. Try again, and leave everything selected on Jira’s page.`;
    case 'siteNotCovered':
      return say`Another site was chosen on Jira’s page. Try again, and choose this one.`;
    case 'clientSecretRejected':
      return say`Atlassian refused Integration+ itself, not you. Your administrator has to mend that; trying again does not help.`;
    case 'authorizationError':
    case 'codeRefused':
    case 'malformedAnswer':
    case 'unreachable':
      return say`Atlassian’s page did not end as it should. Try again in a moment.`;
    case 'wrongAccount':
      return say`${why.allowed} allowed instead of you. Try again, and switch accounts on Jira’s page.`;
  }
}

export const waitingComment = {
  title: 'A comment of yours waits',
  text: (issueKey: string, until: number, told: Told) => say`Your comment on ${issueKey} is kept until ${momentInZone(until, told.calendar)}, then it is deleted.`,
  next: say`Re-authorize, then open the issue: it is posted there under your name.`,
  nextWorking: say`Open the issue: it is posted there under your name.`,
  open: (issueKey: string) => `Open ${issueKey}`,
  titleExpired: (unsure: boolean) => (unsure ? 'A comment of yours may have been posted' : 'A comment of yours was not posted'),
  dismiss: 'Dismiss',
  discard: 'Discard comment',
};

/** A day in full sentences. */
export function onDay(at: number, told: Told): string {
  return day(at, told.now, told.calendar);
}
