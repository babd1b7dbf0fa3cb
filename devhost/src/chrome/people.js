// @ts-check
/**
 * The people of the sandbox, as the chrome needs them.
 *
 * @import { Account } from '../atlassian/sandbox.js'
 */

/**
 * @typedef {object} Person
 * @property {string} accountId
 * @property {string} displayName
 * @property {string} emailAddress
 * @property {Account['accountType']} accountType
 * @property {boolean} active
 * @property {string[]} sites `cloudId` of each site that the person may use
 */

/**
 * @param {Account} account
 * @returns {Person}
 */
const personOf = ({ accountId, name, email, accountType, active, sites }) => ({
  accountId,
  displayName: name,
  emailAddress: email,
  accountType,
  active,
  sites,
});

/** @param {Person} person */
export const isHuman = ({ accountType }) => accountType === 'atlassian';

/**
 * @param {Account[]} accounts
 * @returns {Person[]} those of flesh and blood first
 */
export const peopleOf = (accounts) =>
  accounts.map(personOf).sort((one, other) => Number(isHuman(other)) - Number(isHuman(one)));

/** @param {Person} person */
export const canSignIn = (person) => isHuman(person) && person.active;

/**
 * @param {Person} person who cannot sign in
 * @returns {string}
 */
export function whyNot({ accountType }) {
  if (accountType === 'app') return 'An app’s own account: apps do not sign in.';
  if (accountType === 'customer') return 'A customer of the help desk, without access to Jira.';
  return 'Deactivated.';
}
