// @ts-check
/**
 * The people of the fixture.
 * @import { Account, Person } from '../src/api/generated/api.ts'
 */

/**
 * @param {string} accountId
 * @param {string} displayName
 * @param {Partial<Account>} [more]
 * @returns {Account}
 */
function account(accountId, displayName, more = {}) {
  return { accountId, displayName, avatarUrl: null, accountType: 'atlassian', active: true, ...more };
}

/**
 * The person alone, as the app sends it where no more is known.
 * @param {Account} of
 * @returns {Person}
 */
export function person({ accountId, displayName, avatarUrl }) {
  return { accountId, displayName, avatarUrl };
}

export const MARIA = account('5b10a2844c20165700ede21g', 'Maria Keller');
export const TOM = account('5b10a2844c20165700ede22h', 'Tom Okafor');
export const SERVICE = account('712020:service-jira', 'Jira service account');
export const NARROW = account('712020:service-narrow', 'Narrow service account');
export const GONE = account('5b10ac8d82e05b22cc7d4efa', 'Lena Gone', { active: false });
export const APP = account('557058:app-account', 'Integration+ (app)', { accountType: 'app' });
/** A name of the length that Jira allows, without a place to break it. */
export const LONG = account('5b10ac8d82e05b22cc7d4ef9', `Wolfeschlegelsteinhausenbergerdorff${'x'.repeat(60)}`);
