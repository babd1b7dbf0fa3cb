/**
 * Where people stand, in the words that administrators read.
 */
import type { Label, ReauthorizationReason, Standing } from '../api/generated/api.ts';
import { say, type Phrase } from '../phrase.tsx';

/** A label, and those whom nobody has looked at since the last change. */
export type Shade = Label | 'unverified';

export function shade(is: Shade): string {
  switch (is) {
    case 'working':
      return 'Working';
    case 'unverified':
      return 'Not verified yet';
    case 'toReauthorize':
      return 'To re-authorize';
    case 'wrongAccount':
      return 'Wrong account';
    case 'neverUsed':
      return 'Never used';
    case 'deactivated':
      return 'Deactivated';
  }
}

/** Why somebody has to allow again, as part of a sentence. */
export function reasonShort(is: ReauthorizationReason): string {
  switch (is) {
    case 'revokedOrPasswordChanged':
      return 'access revoked, or password changed';
    case 'idle':
      return 'not used for 90 days';
    case 'scopesMissing':
      return 'permissions missing';
    case 'notRenewable':
      return 'run out, and not renewable';
    case 'replacedPolicy':
      return 'the last change asks everybody to allow again';
    case 'accountClosed':
      return 'account was closed or deactivated';
  }
}

/** Why a person stands where they stand; nothing where nothing has to be said. */
export function standingWhy(is: Standing): Phrase {
  switch (is.type) {
    case 'working':
      return [];
    case 'unverified':
      return ['worked before the last change, and is used as it is'];
    case 'toReauthorize':
      return [reasonShort(is.reason)];
    case 'wrongAccount':
      return say`${is.allowed} allowed instead; ${reasonShort(is.reason)}`;
    case 'neverUsed':
      return [`${reasonShort(is.reason)}; not asked, because they never used it`];
    case 'deactivated':
      return ['account deactivated or closed; not asked'];
  }
}
