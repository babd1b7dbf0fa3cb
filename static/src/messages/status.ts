/**
 * The Status section: the main authorized user and how it stands.
 */
import type { AccountType, Badge, Person, Timestamp } from '../api/generated/api.ts';
import { say, type Phrase } from '../phrase.tsx';
import { age, day } from '../time.ts';
import { when, type Told } from './words.ts';

export const status = {
  heading: 'Integration+ Status',
  loading: 'Loading the status.',
  slow: 'Still loading. Jira takes longer than usual.',
  mainUserIs: 'Main authorized user is',
  change: 'change',
  connect: 'Connect',
  notConnectedTitle: 'Not connected yet',
  notConnected:
    'Integration+ acts in Jira as one account, the main authorized user. Once an account has allowed it, its name and everything Integration+ checks are shown here.',
  support: (code: string) => `Code for support: ${code}`,
  tryAgain: 'Try again',
  stale: (at: Timestamp, told: Told) => `What you see is as of ${when(at, told)}, ${age(at, told.now)}. Nothing of it is lost.`,
};

export function badge(is: Badge): string {
  switch (is) {
    case 'notConnected':
      return 'Not connected';
    case 'connected':
      return 'Connected';
    case 'actionNeeded':
      return 'Action needed';
    case 'degraded':
      return 'Not confirmed';
    case 'disconnected':
      return 'Disconnected';
    case 'unchecked':
      return 'Not checked yet';
  }
}

export function accountType(is: AccountType): string {
  switch (is) {
    case 'atlassian':
      return 'Atlassian account';
    case 'app':
      return 'App account';
    case 'customer':
      return 'Customer account';
    case 'unknown':
      return 'Account of an unknown kind';
  }
}

export function since(at: Timestamp, told: Told): string {
  return `since ${day(at, told.now, told.calendar)}`;
}

export function changedBy(who: Person): Phrase {
  return say`changed by ${who}`;
}
