/**
 * The Settings section.
 */
export const settings = {
  heading: 'Settings',
  afterChange: 'After a change of main authorized user',
  grace: 'Days during which you can roll back',
  graceHint: 'From 0 to 30. The tokens of the account before are kept for so long, then deleted. An account that you can go back to now keeps its date.',
  graceInvalid: 'Enter a whole number from 0 to 30.',
  comments: 'Comments',
  fallback: 'Post comments through the main authorized user, if their author wants it, until the author has re-authorized',
  fallbackHint: 'The comment names its author in a footer. It never goes where the author may not comment, and is never an internal note.',
  runs: 'Reporting',
  kept: 'Days for which runs are kept',
  keptHint: 'From 1 to 365. Older runs are deleted with everything that is written down of them, also those that support may see.',
  keptInvalid: 'Enter a whole number from 1 to 365.',
};
