/**
 * Handing a change off: somebody else allows, who can sign in as the account.
 */
import type { ChangeView, FailedTry, LinkView, Person } from '../api/generated/api.ts';
import { control, joined, say, type Phrase } from '../phrase.tsx';
import { momentInZone } from '../time.ts';
import { denial } from './denial.ts';
import { NOTHING_CHANGED, when, type Told } from './words.ts';

export const handOff = {
  begin: (as: Person) => `Somebody else signs in as ${as.displayName}`,
  beginHint: (as: Person) =>
    say`Somebody else can sign in as ${as}? You get a link for them. They need no administrator rights and tell nobody a password.`,
  title: 'Somebody else signs in',
  send: (as: Person) => say`Send this link to the person who can sign in as ${as}. Tell them to sign in as ${as} and to select ${control('Allow')}.`,
  safe: (as: Person) =>
    say`It is for this change only, and used up as soon as ${as} has allowed with it: opening it, or allowing as another account, does not use it up. What they allow waits here for you, for 48 hours: nothing changes before you come back.`,
  once: 'This link is shown only now. Whoever has it can open the page, so send it to that person alone.',
  gone: say`The link cannot be shown again. If it is lost, select ${control('Create a new link')}: the old one stops working.`,
  goneForOthers: 'The link was shown to whoever made it, and cannot be shown again.',
  noMore: 'This change has had all its links. If none of them helps, cancel it and begin again.',
  link: 'Link for the person who signs in',
  copy: 'Copy link',
  copied: 'Link copied.',
  notCopied: 'Your browser did not copy the link. Select it and copy it from here.',
  allowed: 'The account allowed',
  finish: 'Finish the change',
  renew: 'Create a new link',
  revoke: 'Revoke link',
  expires: ({ expiresAt }: LinkView, told: Told) => say`The link expires on ${momentInZone(expiresAt, told.calendar)}.`,
  lastTry: ({ at, denial: why }: FailedTry, intended: Person, told: Told): Phrase =>
    joined([say`The last try, at ${when(at, told)}, came to nothing:`, denial(why, intended), [NOTHING_CHANGED]]),
  afterExpiry: say`Try again when whoever signs in as the account is at hand: they have 48 hours from then.`,
};

/** Where a change, or the test of an account, stands that somebody else is to allow. */
export function handedOffSentence({ intended }: Pick<ChangeView, 'intended'>, { standing, failed }: LinkView): Phrase {
  switch (standing) {
    case 'open':
      return failed === null
        ? say`Waiting for somebody to sign in as ${intended}.`
        : joined([say`Still waiting for somebody to sign in as ${intended}.`, denial(failed.denial, intended)]);
    case 'revoked':
      return say`The link for ${intended} is revoked: nobody can use it. ${NOTHING_CHANGED}`;
    case 'spent':
      return say`The link for ${intended} was opened too often and does not work any more. ${NOTHING_CHANGED}`;
  }
}
