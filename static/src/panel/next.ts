/**
 * Decisions of the panel about what it does by itself.
 */
import type { ChangeView, SessionKey, Status } from '../api/generated/api.ts';
import type { Trouble } from '../api/door.ts';

/** A change that the app wants carried on, at the point that it has reached. */
export interface Continuation {
  readonly change: SessionKey;
  /** Differs whenever the change has got further. */
  readonly point: string;
}

/** What the app wants carried on, if anything. */
export function continuation(status: Status): Continuation | null {
  const { change, actions } = status;
  // Whoever began a change and handed it off may be away: nothing switches before they say so.
  if (change === null || !actions.includes('continueChange') || waitsForWord(change)) {
    return null;
  }
  return { change: change.key, point: JSON.stringify([change.key, change.stage, change.steps]) };
}

/** Whether somebody else allowed, and the change waits for a word of who began it. */
export function waitsForWord({ handedOff, stage }: ChangeView): boolean {
  return handedOff && stage.type === 'allowed';
}

/** Whether a request that came to nothing may succeed by itself a little later. */
export function passing(trouble: Trouble): boolean {
  if (trouble.from === 'door') {
    return true;
  }
  switch (trouble.error.code) {
    case 'jiraUnavailable':
    case 'authorizationServerUnavailable':
    case 'storageUnavailable':
    case 'conflict':
    case 'stillRehearsing':
      return true;
    case 'notAdministrator':
    case 'notListed':
    case 'noAdministratorLeft':
    case 'worksNowhere':
    case 'accessChanged':
    case 'listFull':
    case 'askedTooSoon':
    case 'noSuchPlace':
    case 'notSignedIn':
    case 'invalidRequest':
    case 'notConfigured':
    case 'accountNotFound':
    case 'accountUnsuitable':
    case 'rehearsalNeeded':
    case 'acknowledgementNeeded':
    case 'changeUnderWay':
    case 'switchTimeOutOfBounds':
    case 'notAsForeseen':
    case 'noSuchChange':
    case 'noSuchRun':
    case 'noSuchIntegration':
    case 'integrationDisabled':
    case 'integrationRefused':
    case 'integrationChanged':
    case 'issueElsewhere':
    case 'noSuchIssue':
    case 'alreadyPaired':
    case 'noSuchPair':
    case 'mainGrantDead':
    case 'notInitiator':
    case 'wrongStage':
    case 'accountMismatch':
    case 'nothingToRollBack':
    case 'notConnected':
    case 'issueOutOfReach':
    case 'commentLength':
    case 'entryRefused':
    case 'registerFull':
    case 'notRegistered':
    case 'grantInUse':
    case 'projectLeftOut':
    case 'supportSettled':
    case 'supportUntil':
    case 'nothingHeld':
    case 'anotherWaits':
    case 'formerFailsChecks':
    case 'formerGrantDead':
    case 'noInternalNotes':
    case 'notForOthers':
    case 'commentRefused':
    case 'corruptRecord':
      return false;
  }
}

/** Whether the trouble is that this person may not use the page at all. */
export function barred(trouble: Trouble): boolean {
  return trouble.from === 'app' && ['notAdministrator', 'notListed', 'notSignedIn'].includes(trouble.error.code);
}

const LONGEST_PAUSE_MS = 60_000;

/**
 * How long to wait before the next try, in milliseconds: twice as long after each failure, or longer where the app asks for
 * it. Never less, for an overloaded Jira may say "0"; and never longer than a minute, for a change is good for ten.
 */
export function pause(failures: number, trouble: Trouble | null): number {
  const asked = trouble?.from === 'app' && 'retryAfterS' in trouble.error ? (trouble.error.retryAfterS ?? 0) : 0;
  return Math.min(LONGEST_PAUSE_MS, Math.max(1000 * 2 ** failures, asked * 1000));
}
