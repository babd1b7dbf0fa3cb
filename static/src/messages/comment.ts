/**
 * The issue panel: one comment, in the person's own name.
 */
import type { Timestamp } from '../api/generated/api.ts';
import { moment } from '../time.ts';
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
  expired: (issueKey: string) => `Your comment on ${issueKey} waited for longer than a day and was deleted. Nothing was posted. Write it again if it is still wanted.`,
  remains: 'What you typed in this tab besides is still in the field below.',
  discarded: 'The comment was discarded. Nothing was posted.',
};

export const kept = {
  reauthorize: 'Your comment is kept. Re-authorize, and it is posted here under your name.',
  connect: 'Your comment is kept. Connect your account, and it is posted here under your name.',
  connectOnce: 'That is needed once. Your password is never shared.',
  until: (at: Timestamp, told: Told) => `It is kept until ${moment(at, told.calendar)}, then deleted.`,
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
  post: 'Post',
  discard: 'Discard comment',
  gone: 'No comment waits any more: it was posted or discarded in another tab.',
};
