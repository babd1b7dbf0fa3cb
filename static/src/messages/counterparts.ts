/**
 * Pairs that come to be by themselves: by issue properties, and by counterparts that are created.
 */
import type { Counterparts, End } from '../api/generated/api.ts';
import { at } from './ends.ts';
import { list } from './words.ts';

export const counterpartField = {
  label: {
    here: 'For new issues there, create one here as',
    there: 'For new issues here, create one there as',
  } satisfies Record<End, string>,
  off: 'Nothing: no issues are created',
  hint: 'The main authorized user creates and reports them. Issues that are there already get none.',
  none: {
    here: 'The main authorized user may create no issues in the project on this site. Give that account the permission, then open this again.',
    there: 'The main authorized user may create no issues in the project on the other site. Give that account the permission there, then open this again.',
  } satisfies Record<End, string>,
  gone: 'The main authorized user may not create this type there any more. Choose another, or nothing.',
  number: (id: string) => `Type number ${id}`,
  wants: (name: string, wants: readonly string[]) => `${name}: also wants ${list(wants)}`,
  loading: 'Loading the types of issue.',
  slow: 'Still loading. The site takes longer than usual.',
};

/** For which new issues others are created. */
export function newIssues(of: Counterparts | null): string {
  const { here, there } = of ?? { here: null, there: null };
  if (here !== null && there !== null) {
    return 'Created on either site for the other';
  }
  if (there !== null) {
    return 'Those of this site are created on the other, too';
  }
  return here === null ? 'Not created on the other side' : 'Those of the other site are created on this one, too';
}

export const propertyHelp = {
  summary: 'Join issues by an issue property',
  what: 'Two issues that name each other in this property are a pair, and none once one of them does so no more. One alone is not enough: whoever may edit an issue may set its properties. Whoever may edit both sets one on each, through Jira’s API or an automation rule. Where Jira tells nobody, it is found the next time the issue is updated, within a quarter of an hour.',
  key: 'Property key',
  here: 'Property value here',
  there: 'Property value there',
  exampleHere: 'APP-1',
  exampleThere: 'DEMO-346',
};

export const parkedIssues = {
  heading: 'Issues that are not joined',
  issue: (id: string, end: End) => `Issue number ${id} ${at(end)}.`,
  again: 'Try these issues again',
  tried: 'These issues are looked at again.',
};

export const parting = {
  title: (here: string, there: string) => `Part ${here} and ${there}`,
  means: 'Comments are not mirrored between them any more. What was mirrored stays where it is, and is neither updated nor deleted with its original. Both issues stay.',
  byProperty: 'They name each other in an issue property. Take that away, too, or they are joined again the next time one of them is looked at.',
  button: 'Part issues',
  cancel: 'Cancel',
  untouched: 'Nothing was parted.',
};
