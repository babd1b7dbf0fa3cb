/**
 * Checks of the main authorized user, and why one failed.
 */
import type { Check, CheckFailure, CheckName, Facts, Person, ReauthorizationReason, Timestamp, Unreachable } from '../api/generated/api.ts';
import { control, say, type Phrase } from '../phrase.tsx';
import { age, day } from '../time.ts';
import { accountType } from './status.ts';
import { counted, list, type Told } from './words.ts';

export const checks = {
  heading: 'Checks',
  checkNow: 'Check now',
  checking: 'Checking',
  slow: 'Asking Atlassian and Jira. This takes a few seconds.',
  done: 'The checks are done.',
  never: 'Nothing has been checked yet.',
  neverNext: 'Integration+ checks by itself once a day.',
  checked: (at: Timestamp, told: Told) => `checked ${age(at, told.now)}`,
  passed: 'Passed',
  failed: 'Failed',
  unknown: 'Not known',
};

export function checkName(is: CheckName): string {
  switch (is) {
    case 'grantWorks':
      return 'Grant works';
    case 'accountActive':
      return 'Account is active';
    case 'productAccess':
      return 'Product access';
    case 'jiraAdministrator':
      return 'Jira administrator';
    case 'scopesComplete':
      return 'Permissions granted to Integration+';
    case 'siteCovered':
      return 'This site is covered';
    case 'webhooksRegistered':
      return 'Webhooks';
  }
}

/** The figures beside a check that passed. */
export function checkFigures(name: CheckName, facts: Facts, lastDeliveryAt: Timestamp | null, told: Told): string {
  switch (name) {
    case 'grantWorks': {
      if (facts.refreshedAt === null) {
        return '';
      }
      const idle = facts.idlesOutAt === null ? null : Math.round((facts.idlesOutAt - facts.refreshedAt) / 86_400_000);
      const refreshed = `refreshed ${age(facts.refreshedAt, told.now)}`;
      return idle === null ? refreshed : `${refreshed}, stays valid while used every ${counted(idle, 'day')}`;
    }
    case 'accountActive':
    case 'productAccess':
    case 'jiraAdministrator':
      return '';
    case 'scopesComplete':
      return facts.scopesGranted === null ? '' : `${facts.scopesGranted} of ${facts.scopesGranted}`;
    case 'siteCovered':
      return facts.siteUrl === null ? '' : facts.siteUrl.replace(/^https:\/\//, '');
    case 'webhooksRegistered':
      return webhookFigures(facts, lastDeliveryAt, told);
  }
}

function webhookFigures(facts: Facts, lastDeliveryAt: Timestamp | null, told: Told): string {
  if (facts.webhooks === 0) {
    return 'none needed: this account sees no project';
  }
  const renewed = facts.webhooksExpireAt === null ? '' : `renewed before ${day(facts.webhooksExpireAt, told.now, told.calendar)}`;
  const delivered = lastDeliveryAt === null ? 'waiting for the first delivery' : `last delivery ${age(lastDeliveryAt, told.now)}`;
  const registered = facts.webhooks === null ? '' : `${facts.webhooks} registered`;
  return [registered, renewed, delivered].filter((part) => part !== '').join(', ');
}

/** Why a check of the account `of` failed, and the one thing to do; `recheck` is the control that checks it again. */
export function checkFailure(failure: CheckFailure, of: Person, recheck: string): { why: Phrase; next: Phrase } {
  switch (failure.type) {
    case 'grantDead':
      return grantDead(failure.reason, of);
    case 'clientSecretRejected':
      return {
        why: say`Atlassian refused the client secret of Integration+ itself. The account is not the cause.`,
        next: say`Whoever deploys Integration+ sets ${control('CLIENT_SECRET')} anew. Nobody has to allow anything again.`,
      };
    case 'accountInactive':
      return {
        why: say`${of} is deactivated or closed, so Jira refuses everything that Integration+ does.`,
        next: say`Activate the account, or choose another one.`,
      };
    case 'accountNotHuman':
      return {
        why: say`${of} is no longer an account that signs in. Jira calls it: ${accountType(failure.accountType).toLowerCase()}.`,
        next: say`Choose another account.`,
      };
    case 'noProductAccess':
      return {
        why: say`${of} has no product access to Jira, so Jira may refuse what Integration+ does.`,
        next: say`Give the account product access to Jira in Atlassian Administration, then select ${control(recheck)}.`,
      };
    case 'notAdministrator':
      return {
        why: say`${of} lacks the permission ${control('Administer Jira')}.`,
        next: say`Give the account that permission under ${control('Global permissions')}, then select ${control(recheck)}.`,
      };
    case 'scopesMissing':
      return {
        why: say`${of} has not granted everything that Integration+ needs.${missingScopes(failure.missing)}`,
        next: say`Allow again as ${of}, and leave everything selected.`,
      };
    case 'siteNotCovered':
      return {
        why: say`What ${of} allowed does not reach this site. ${sitesReached(failure.covered)}`,
        next: say`Allow again as ${of}, and choose this site on Jira’s page.`,
      };
    case 'noProjects':
      return {
        why: say`${of} sees no project, so Jira has nothing to tell Integration+ of.`,
        next: say`Give the account the permission ${control('Browse projects')} in the projects that Integration+ serves, then select ${control(recheck)}.`,
      };
    case 'webhooksMissing':
      return {
        why: say`Jira lists ${failure.registered} of ${counted(failure.wanted, 'webhook')}. Changes made in Jira may go unnoticed.`,
        next: say`Select ${control(recheck)}: that registers them anew.`,
      };
    case 'webhooksFull':
      return {
        why: say`Jira allows ${of} ${counted(failure.limit, 'webhook')} for Integration+, and ${failure.used} are in use at other addresses.`,
        next: say`Choose another account, or remove what another copy of Integration+ has registered for this one.`,
      };
    case 'webhookRefused':
      return {
        why: say`Jira did not register a webhook. It says: “${failure.message}”`,
        next: say`Select ${control(recheck)} in a few minutes. If it stays so, give the words above to support.`,
      };
  }
}

export function grantDead(reason: ReauthorizationReason, of: Person): { why: Phrase; next: Phrase } {
  const next = say`Allow again as ${of}.`;
  switch (reason) {
    case 'revokedOrPasswordChanged':
      return { why: say`${of} revoked the access of Integration+, or changed the Atlassian password.`, next };
    case 'idle':
      return { why: say`Integration+ was not used for 90 days, so Atlassian let its access end.`, next };
    case 'scopesMissing':
      return { why: say`What ${of} allowed lacks permissions that Integration+ needs.`, next };
    case 'notRenewable':
      return { why: say`What ${of} allowed has run out, and the means to renew it did not arrive at Integration+. Nobody revoked it.`, next };
    case 'replacedPolicy':
      return { why: say`The last change of main authorized user asks everybody to allow again, and ${of} has not.`, next };
    case 'accountClosed':
      return { why: say`The account of ${of} was closed or deactivated, and what it allowed ended with that.`, next };
  }
}

export function missingScopes(scopes: readonly string[]): string {
  return scopes.length === 0 ? '' : ` Missing: ${list(scopes)}.`;
}

export function sitesReached(covered: readonly string[]): string {
  return covered.length === 0 ? 'It reaches no Jira site at all.' : `It reaches: ${list(covered)}.`;
}

export function unreachable(is: Unreachable): string {
  switch (is) {
    case 'jira':
      return 'Jira did not answer. That condemns nothing: select Check now to ask again.';
    case 'authorizationServer':
      return 'Atlassian’s sign-in service did not answer. That condemns nothing: select Check now to ask again.';
    case 'renewal':
      return 'The access was being renewed at that moment. That condemns nothing: select Check now to ask again.';
    case 'storage':
      return 'The app could not reach its storage. That condemns nothing: select Check now to ask again.';
    case 'earlierCheck':
      return 'Not checked, because it needs a check above that did not pass.';
  }
}

/** The checks that failed for certain. */
export function failedChecks(all: readonly Check[]): Array<{ name: CheckName; failure: CheckFailure }> {
  return all.flatMap(({ name, result }) => (result.type === 'failed' ? [{ name, failure: result.failure }] : []));
}

/** The control beside a failed check. */
export const mend = {
  allowAgain: (main: Person) => `Allow again as ${main.displayName}`,
  choose: 'Choose another account',
};
