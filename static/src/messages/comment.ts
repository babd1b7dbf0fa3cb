/**
 * The issue panel: one comment, in the person's own name.
 */
import type { Timestamp } from '../api/generated/api.ts';
import { momentInZone } from '../time.ts';
import { REAUTHORIZE } from './reauthorize.ts';
import { counted, type Told } from './words.ts';

export const comment = {
  heading: 'Comment through Integration+',
  label: 'Your comment',
  hint: 'Plain text. It is posted to this issue under your name.',
  internal: 'Internal note',
  internalHint: 'Customers do not see it.',
  post: 'Comment',
  left: (n: number) => (n >= 0 ? `${counted(n, 'character')} left` : `${counted(-n, 'character')} too many`),
  posted: 'Posted as you.',
  postedForYou: 'Posted through the main authorized user, with your name in the footer.',
  postedBefore: (issueKey: string, forCaller: boolean) => `Your comment on ${issueKey} had been posted already${forCaller ? ', through the main authorized user' : ''}.`,
  notDiscarded: 'Nothing was discarded. Delete it on the issue if it is not wanted.',
  notEdited: 'What you changed since is not posted; it is in the field below. Edit the comment on the issue instead, or post your words as another one.',
  expired: (issueKey: string, unsure: boolean) =>
    unsure
      ? `Your comment on ${issueKey} waited for longer than a day and was deleted. It may have been posted before that, and Jira has not said so. Look at the comments of the issue, and write it again if it is not there.`
      : `Your comment on ${issueKey} waited for longer than a day and was deleted. Nothing was posted. Write it again if it is still wanted.`,
  remains: 'What you typed in this tab besides is still in the field below.',
  discarded: (unsure: boolean) =>
    unsure
      ? 'The comment was discarded. It may have been posted before that, and Jira has not said so. Look at the comments of the issue.'
      : 'The comment was discarded. Nothing was posted.',
};

export const kept = {
  reauthorize: 'Your comment is kept. Re-authorize, and it is posted here under your name.',
  connect: 'Your comment is kept. Connect your account, and it is posted here under your name.',
  connectOnce: 'That is needed once. Your password is never shared.',
  until: (at: Timestamp, told: Told) => `It is kept until ${momentInZone(at, told.calendar)}, then deleted.`,
  posting: 'Posting your comment under your name.',
  again: 'Post it now',
  postingElsewhere: 'Your comment is being posted.',
  draft: 'What you typed in this tab is still here too. It is back in its field once this comment is posted or discarded.',
  dismiss: 'Dismiss',
  notYet: 'Your comment is kept. It could not be posted just now; nothing was lost.',
  postForMe: 'Post it for me with my name in the footer',
  discard: 'Discard comment',
  button: REAUTHORIZE,
  connectButton: 'Connect',
};

export const handedBack = {
  title: 'Look your comment over',
  text: 'The issue changed while you were away. Your comment is below; look it over and post it.',
  internal: 'It is an internal note: customers will not see it.',
  titleNoInternalNotes: 'Your internal note was not posted',
  noInternalNotes:
    'This was an internal note, and the issue is now in a project that has none: everybody who sees the issue would read it. Nothing was posted. Copy the words that you need from below, then discard the note.',
  post: 'Post',
  discard: 'Discard comment',
  gone: 'No comment waits any more: it was posted or discarded in another tab.',
};
