// @ts-check
/**
 * The scopes that an app may ask for, and what the consent page says of each.
 * Names: https://developer.atlassian.com/cloud/jira/platform/scopes-for-oauth-2-3LO-and-forge-apps/
 */

/** @typedef {{ product: 'account' | 'jira', title: string, sentence: string }} Scope */

/** @type {Readonly<Record<string, Scope>>} */
export const SCOPES = {
  'read:me': {
    product: 'account',
    title: 'View your profile',
    sentence: 'Your name, email address, picture and other details of your Atlassian account.',
  },
  offline_access: {
    product: 'account',
    title: 'Stay connected',
    sentence: 'Keep this access while you are not using the app, until you take it away.',
  },
  'report:personal-data': {
    product: 'account',
    title: 'Report the personal data it stores',
    sentence: 'Ask Atlassian which of the accounts that the app knows were closed or changed.',
  },
  'read:jira-user': {
    product: 'jira',
    title: 'View user profiles',
    sentence: 'Names, email addresses and pictures of people in Jira, as far as you may see them.',
  },
  'read:jira-work': {
    product: 'jira',
    title: 'View Jira issue data',
    sentence: 'Projects and issues that you may see, with their comments, attachments and worklogs.',
  },
  'write:jira-work': {
    product: 'jira',
    title: 'Create and manage issues',
    sentence: 'Create, change and delete issues, and post comments and worklogs in your name.',
  },
  'manage:jira-webhook': {
    product: 'jira',
    title: 'Manage Jira webhooks',
    sentence: 'Register, list and remove the webhooks through which Jira tells the app of changes.',
  },
  'manage:jira-project': {
    product: 'jira',
    title: 'Manage project settings',
    sentence: 'Change the settings of projects that you administer, such as components and versions.',
  },
  'manage:jira-configuration': {
    product: 'jira',
    title: 'Manage Jira global settings',
    sentence: 'Do what only a Jira administrator may do, such as managing groups and workflows.',
  },
  'read:servicedesk-request': {
    product: 'jira',
    title: 'View service management requests',
    sentence: 'Requests of customers, with their comments, participants and approvals.',
  },
  'write:servicedesk-request': {
    product: 'jira',
    title: 'Create and manage service management requests',
    sentence: 'Create requests, answer them and move them on in your name.',
  },
};

/**
 * @param {Iterable<string>} scopes
 * @returns {string[]} those that belong to Jira, in their order
 */
export const ofJira = (scopes) => [...scopes].filter((scope) => SCOPES[scope]?.product === 'jira');
