/**
 * Why something that was asked for came to nothing.
 */
import type { ErrorCode, Whom } from '../api/generated/api.ts';
import type { Silence, Trouble } from '../api/door.ts';
import { control, say, type Phrase } from '../phrase.tsx';
import { momentInZone } from '../time.ts';
import { notListed } from './access.ts';
import { blocked, unsuitable } from './changeDialog.ts';
import { checkName, failedChecks } from './checks.ts';
import { comment as commentWords } from './comment.ts';
import { integrationTrouble, integrationTroubleTitle } from './integrationTrouble.ts';
import { unforeseen } from './outcome.ts';
import { reasonShort } from './people.ts';
import { fieldRefused } from './register.ts';
import { lossSentence } from './rehearsal.ts';
import { planning, scheduled } from './schedule.ts';
import { supportTrouble } from './support.ts';
import { counted, list, NOTHING_CHANGED, when, type Told } from './words.ts';

export const noPermission = {
  title: 'You cannot see this page',
  helpers: 'They set Integration+ up and may be able to help:',
  noHelpers: 'Ask a Jira administrator of this site.',
};

export function troubleTitle(trouble: Trouble): string {
  if (trouble.from === 'door') {
    return 'Integration+ did not answer';
  }
  switch (trouble.error.code) {
    case 'notAdministrator':
    case 'notSignedIn':
      return noPermission.title;
    case 'notListed':
      return notListed.title;
    case 'accessChanged':
      return 'Somebody else was first';
    case 'notConfigured':
      return 'Integration+ is not set up';
    case 'changeUnderWay':
      return blocked.title;
    case 'switchTimeOutOfBounds':
      return 'That time cannot be chosen';
    case 'notAsForeseen':
      return 'Not everything is as foreseen';
    case 'stillRehearsing':
      return 'The projects are still being looked at';
    case 'jiraUnavailable':
      return 'Jira did not answer';
    case 'authorizationServerUnavailable':
      return 'Atlassian did not answer';
    case 'storageUnavailable':
    case 'corruptRecord':
      return 'Stored data could not be read';
    case 'notConnected':
      return 'Integration+ is not connected';
    case 'rehearsalNeeded':
      return 'The change has to be rehearsed first';
    case 'acknowledgementNeeded':
      return 'What is lost has to be acknowledged first';
    case 'formerFailsChecks':
    case 'formerGrantDead':
      return 'Rolling back is not possible';
    case 'entryRefused':
    case 'registerFull':
      return 'The entry was not saved';
    case 'noSuchRun':
      return 'There is no such run';
    case 'notRegistered':
    case 'projectLeftOut':
      return 'The account was not tested';
    case 'issueOutOfReach':
    case 'commentLength':
    case 'commentRefused':
    case 'anotherWaits':
    case 'noInternalNotes':
    case 'notForOthers':
      return 'The comment was not posted';
    case 'noSuchIntegration':
    case 'integrationDisabled':
    case 'integrationRefused':
    case 'integrationChanged':
    case 'issueElsewhere':
    case 'noSuchIssue':
    case 'alreadyPaired':
    case 'noSuchPair':
    case 'mainGrantDead':
      return integrationTroubleTitle(trouble.error);
    case 'nothingToRollBack':
    case 'nothingHeld':
    case 'invalidRequest':
    case 'accountNotFound':
    case 'accountUnsuitable':
    case 'noSuchChange':
    case 'notInitiator':
    case 'wrongStage':
    case 'accountMismatch':
    case 'worksNowhere':
    case 'noAdministratorLeft':
    case 'listFull':
    case 'askedTooSoon':
    case 'noSuchPlace':
    case 'supportSettled':
    case 'supportUntil':
    case 'grantInUse':
    case 'conflict':
      return 'That was not possible';
  }
}

export function troubleSentence(trouble: Trouble, told: Told | null): Phrase {
  return trouble.from === 'door' ? silence(trouble.silence) : errorSentence(trouble.error, told);
}

/** A short code that tells support which of these sentences was shown. */
export function supportCode(trouble: Trouble): string {
  return trouble.from === 'door' ? `door/${trouble.silence}` : `app/${trouble.error.code}`;
}

function silence(is: Silence): Phrase {
  switch (is) {
    case 'offline':
      return say`Your browser is offline. Nothing was lost: what is under way is finished or undone, and this page shows which. Try again when you are connected.`;
    case 'broken':
      return say`The app could not be run just now. Nothing was lost: what is under way is finished or undone. Try again in a moment.`;
    case 'tooLate':
      return say`No answer came for 30 seconds. What you asked may still take effect; nothing was lost. Try again to see where it stands.`;
    case 'unreadable':
      return say`The answer came from another version of the app than this page. Nothing was lost. Reload the page.`;
  }
}

function errorSentence(error: ErrorCode, told: Told | null): Phrase {
  switch (error.code) {
    case 'notAdministrator':
      return say`Integration+ is managed by Jira administrators, and Jira says that you are not one. ${NOTHING_CHANGED}`;
    case 'notListed':
      return say`You are a Jira administrator. The administration of Integration+ is limited to a list, and you are not on it. ${NOTHING_CHANGED}`;
    case 'noAdministratorLeft':
      return say`Jira confirms nobody on this list as a Jira administrator, so nobody could administer Integration+ any more. ${NOTHING_CHANGED} Leave yourself on the list, or add a Jira administrator.`;
    case 'worksNowhere':
      return say`Nothing is listed, so Integration+ would work in no project at all. ${NOTHING_CHANGED} List something, or tick the box that says so.`;
    case 'accessChanged':
      return say`${error.by} changed this ${told === null ? 'meanwhile' : `meanwhile, ${when(error.at, told)}`}. Nothing of yours was saved. The page shows the latest.`;
    case 'listFull':
      return say`The list holds at most ${error.most}. ${NOTHING_CHANGED} Something must leave it first.`;
    case 'askedTooSoon':
      return say`Your last request was declined less than a day ago. ${NOTHING_CHANGED} Ask again ${told === null ? 'tomorrow' : `after ${momentInZone(error.againAt, told.calendar)}`}, or talk to somebody on the list.`;
    case 'noSuchPlace':
      return say`There is no such project or category, or you may not see it: Jira does not tell which. ${NOTHING_CHANGED} Choose another one.`;
    case 'notSignedIn':
      return say`Jira did not say who you are. ${NOTHING_CHANGED} Sign in to Jira, then reload this page.`;
    case 'invalidRequest':
      return say`This page and the app are of different versions. ${NOTHING_CHANGED} Reload the page.`;
    case 'notConfigured':
      return say`${list(error.missing)} ${error.missing.length === 1 ? 'is' : 'are'} not set. ${NOTHING_CHANGED} Whoever deploys Integration+ sets ${error.missing.length === 1 ? 'it' : 'them'} with ${control('forge variables set')} and deploys again.`;
    case 'accountNotFound':
      return say`Jira knows no such account, or does not show it to you. ${NOTHING_CHANGED} Choose another account.`;
    case 'accountUnsuitable':
      return say`This account is ${unsuitable(error.reason)}. ${NOTHING_CHANGED} Choose another account.`;
    case 'rehearsalNeeded':
      return say`No rehearsal of this account is recent enough, or the main authorized user became another since. ${NOTHING_CHANGED} Look at the new result, then go on.`;
    case 'acknowledgementNeeded':
      return say`By the latest rehearsal ${lossSentence(error.lost, error.failing)} ${NOTHING_CHANGED} Look at the new result and acknowledge it, then go on.`;
    case 'changeUnderWay':
      return told === null ? say`${error.by} has a change under way.` : blocked.who(error.by, error.since, told);
    case 'switchTimeOutOfBounds':
      return say`No change can be scheduled for that time. ${NOTHING_CHANGED} ${told === null ? 'Choose a time from ten minutes to 30 days ahead.' : planning.bounds(error.earliest, error.latest, told.calendar)}`;
    case 'notAsForeseen':
      return [...unforeseen(error.because, { to: null, by: null }), ...say` ${NOTHING_CHANGED} The change still waits for its time. Mend that, then select ${control(scheduled.switchNow)} again.`];
    case 'stillRehearsing':
      return say`Integration+ looks once more what the new account may do in each project, and this site has many. ${NOTHING_CHANGED} It goes on by itself; try again in a minute.`;
    case 'noSuchRun':
      return say`No run has this id, or it is older than runs are kept. ${NOTHING_CHANGED} Look for the id of another run, or for the key of an issue.`;
    case 'noSuchIntegration':
    case 'integrationDisabled':
    case 'integrationRefused':
    case 'integrationChanged':
    case 'issueElsewhere':
    case 'noSuchIssue':
    case 'alreadyPaired':
    case 'noSuchPair':
    case 'mainGrantDead':
      return integrationTrouble(error, told);
    case 'noSuchChange':
      return say`That change is over, or another took its place. Nothing was done. The page shows how it ended.`;
    case 'notInitiator':
      return say`${error.by} began this change, and nobody else can do this. ${NOTHING_CHANGED}`;
    case 'wrongStage':
      return say`The change stands elsewhere by now. Nothing was done. The page shows where.`;
    case 'accountMismatch':
      return say`Another account allowed than the one you saw. ${NOTHING_CHANGED} Look again before you accept it.`;
    case 'supportSettled':
      return say`${supportTrouble.settled}`;
    case 'supportUntil':
      return say`${supportTrouble.until}`;
    case 'conflict':
      return say`Somebody else, or another tab of yours, acted at the same moment and was first. Nothing of this was done. The page shows the latest; begin again if you still want to.`;
    case 'nothingToRollBack':
      return say`There is no account before to go back to, or its time is over. ${NOTHING_CHANGED} Change the main authorized user instead.`;
    case 'notConnected':
      return say`No account is connected that Integration+ could act as. Nothing was posted or changed. Ask your Jira administrator to connect one.`;
    case 'issueOutOfReach':
      return outOfReach(error.whom);
    case 'commentLength':
      return say`A comment needs words, and at most 10,000 characters of them. Nothing was posted; your text is still here. Shorten it, or write something.`;
    case 'entryRefused':
      return say`${fieldRefused(error.field)} Nothing was saved; what you typed is still here.`;
    case 'registerFull':
      return say`The register holds 100 accounts, and there is no room for another. Nothing was saved; what you typed is still here. Remove an account that is no longer used, then save again.`;
    case 'notRegistered':
      return say`This account is not in the register, and only accounts that are in it are tested. ${NOTHING_CHANGED} Add it first.`;
    case 'grantInUse':
      return say`Integration+ holds what this account allowed and uses it, so no link is needed, and nothing is deleted here. ${NOTHING_CHANGED} The page shows the latest.`;
    case 'projectLeftOut':
      return say`The settings of Integration+ leave this project out. ${NOTHING_CHANGED} Choose another project, or change that under ${control('Access')}.`;
    case 'nothingHeld':
      return say`No comment waits any more: it was posted or discarded, perhaps in another tab. Look at the comments of the issue.`;
    case 'anotherWaits':
      return say`Another comment of yours waits on ${error.issueKey}. This one was not posted; your text is still here. Post or discard the other one first.`;
    case 'formerFailsChecks':
      return say`The account before does not pass: ${list(failedChecks(error.checks).map(({ name }) => checkName(name)))}. ${NOTHING_CHANGED} Mend that in Jira, or change the main authorized user.`;
    case 'formerGrantDead':
      return say`The account before has to allow Integration+ again: ${reasonShort(error.reason)}. ${NOTHING_CHANGED} Change the main authorized user to it instead.`;
    case 'noInternalNotes':
      return say`Only service projects have internal notes, and this issue is in none: everybody who sees it would read yours. Nothing was posted; your text is still here. If everybody may read it, clear ${control(commentWords.internal)} and try again.`;
    case 'notForOthers':
      return say`Your administrator does not permit comments to be posted for somebody, or it is an internal note. Nothing was posted; your comment is kept. Re-authorize to post it yourself.`;
    case 'commentRefused':
      return say`Jira did not take the comment. It says: “${error.message}” Nothing was posted; your text is kept. Change it and try again.`;
    case 'jiraUnavailable':
      return say`Jira did not answer or is overloaded. ${NOTHING_CHANGED} ${tryAgainIn(error.retryAfterS)}`;
    case 'authorizationServerUnavailable':
      return say`Atlassian’s sign-in service did not answer or is overloaded. ${NOTHING_CHANGED} ${tryAgainIn(error.retryAfterS)}`;
    case 'storageUnavailable':
      return say`Forge’s storage did not answer. Nothing was lost. ${tryAgainIn(null)}`;
    case 'corruptRecord':
      return say`A stored record is not readable. Nothing was changed or deleted. Give the code below to support.`;
  }
}

function outOfReach(whom: Whom): Phrase {
  switch (whom) {
    case 'caller':
      return say`You may not comment on this issue, or not see it any more. Nothing was posted; your text is kept. Ask whoever manages the project.`;
    case 'settings':
      return say`The settings of Integration+ leave this project out, for everybody. Nothing was posted; your text is kept. Comment in Jira itself, or ask an administrator of Integration+, who can change that under ${control('Access')}.`;
    case 'main':
      return say`The account that Integration+ acts as does not see this issue, so nobody reaches it through Integration+. Nothing was posted; your text is kept. Comment in Jira itself, or ask your administrator.`;
  }
}

function tryAgainIn(seconds: number | null): string {
  return seconds === null ? 'Try again in a moment.' : `Try again in ${counted(seconds, 'second')}.`;
}
