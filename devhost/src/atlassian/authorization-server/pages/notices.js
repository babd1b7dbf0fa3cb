// @ts-check
/**
 * What the authorization server says instead of doing something.
 *
 * @typedef {{ title: string, sentence: string, nextStep: string }} Notice
 */

const START_AGAIN = 'Go back to the app and start again.';

/** @satisfies {Record<string, Notice>} */
export const NOTICES = {
  outOfDate: {
    title: 'This page is out of date',
    sentence:
      'It waited too long, was used already, or this browser is logged in as somebody else by now. Nothing has been allowed.',
    nextStep: START_AGAIN,
  },
  failed: {
    title: 'Something went wrong',
    sentence: 'The authorization server failed. Nothing has been allowed.',
    nextStep: START_AGAIN,
  },
  down: {
    title: 'Logging in does not work at the moment',
    sentence: 'The authorization server is down, because the controls of the local Jira say so.',
    nextStep: 'Switch the fault off and try again.',
  },
  noPage: {
    title: 'There is no page here',
    sentence: 'The address is not one that the authorization server knows.',
    nextStep: START_AGAIN,
  },
};

/**
 * @param {string} sentence
 * @returns {Notice}
 */
export const appAtFault = (sentence) => ({
  title: 'This app cannot be connected',
  sentence,
  nextStep: 'Go back to the app. If it happens again, tell the people who make it.',
});
