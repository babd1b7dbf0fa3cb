/**
 * Why nothing was done about an integration.
 */
import type { ErrorCode, IntegrationProblem } from '../api/generated/api.ts';
import type { Trouble } from '../api/door.ts';
import { control, joined, say, type Phrase } from '../phrase.tsx';
import { at } from './ends.ts';
import { NOTHING_CHANGED, when, type Told } from './words.ts';

/** The refusals that concern an integration or its pairs. */
export type IntegrationError = Extract<
  ErrorCode,
  {
    code:
      | 'noSuchIntegration'
      | 'integrationDisabled'
      | 'integrationRefused'
      | 'integrationChanged'
      | 'issueElsewhere'
      | 'noSuchIssue'
      | 'alreadyPaired'
      | 'noSuchPair'
      | 'mainGrantDead';
  }
>;

export function integrationTroubleTitle(error: IntegrationError): string {
  switch (error.code) {
    case 'noSuchIntegration':
      return 'There is no such integration';
    case 'integrationDisabled':
      return 'The integration is disabled';
    case 'integrationRefused':
      return 'The integration was not saved';
    case 'integrationChanged':
      return 'Somebody else was first';
    case 'issueElsewhere':
    case 'noSuchIssue':
    case 'alreadyPaired':
      return 'The issues were not joined';
    case 'noSuchPair':
      return 'There is no such pair';
    case 'mainGrantDead':
      return 'The other site could not be asked';
  }
}

export function integrationTrouble(error: IntegrationError, told: Told | null): Phrase {
  switch (error.code) {
    case 'noSuchIntegration':
      return say`Somebody removed this integration, or it never was. ${NOTHING_CHANGED} Reload the page to see those there are.`;
    case 'integrationDisabled':
      return say`Nothing of a disabled integration is carried. ${NOTHING_CHANGED} Enable it under ${control('Integrations')}, then try again.`;
    case 'integrationRefused':
      return say`${integrationProblem(error.problem)} Nothing was saved; what you entered is still here.`;
    case 'integrationChanged':
      return joined([changedMeanwhile(error, told), say`Nothing of yours was saved; what you entered is still here. Select ${control('Cancel')} and open this again to see the latest, then begin again.`]);
    case 'issueElsewhere':
      return say`The issue ${at(error.end)} is not in the project of the integration there. ${NOTHING_CHANGED} Check its key.`;
    case 'noSuchIssue':
      return say`There is no such issue ${at(error.end)}, or ${error.end === 'here' ? 'you or the main authorized user do' : 'the main authorized user does'} not see it. ${NOTHING_CHANGED} Check its key.`;
    case 'alreadyPaired':
      return say`The issue ${at(error.end)} is in another pair of this integration. ${NOTHING_CHANGED} Part that pair first, or choose another issue.`;
    case 'noSuchPair':
      return say`Somebody parted these issues already. ${NOTHING_CHANGED} The list shows the latest.`;
    case 'mainGrantDead':
      return say`The main authorized user has to allow Integration+ again. ${NOTHING_CHANGED} See to that under ${control('Status')}, then try again.`;
  }
}

/**
 * What is said where something was only to be confirmed and somebody else changed the integration first: nothing was entered
 * that could have been saved. `untouched` says what did not happen. Of any other trouble it says nothing of its own.
 */
export function integrationOvertaken(trouble: Trouble | null, untouched: string, told: Told): Phrase | undefined {
  return trouble?.from === 'app' && trouble.error.code === 'integrationChanged'
    ? joined([changedMeanwhile(trouble.error, told), say`${untouched} Close this to see the latest, then decide again.`])
    : undefined;
}

function changedMeanwhile(error: Extract<IntegrationError, { code: 'integrationChanged' }>, told: Told | null): Phrase {
  return say`${error.by} changed this integration ${told === null ? 'meanwhile' : `meanwhile, ${when(error.at, told)}`}.`;
}

/** What is wrong with what was entered, and what to do. */
export function integrationProblem(is: IntegrationProblem): string {
  switch (is.type) {
    case 'name':
      return 'A name has 1 to 80 characters. Enter another one.';
    case 'sites':
      return 'One project must be on this site and the other on another. Choose another site.';
    case 'word':
      return 'The word is one word of at most 40 characters with a letter or digit in it, #sync for example. Enter another one.';
    case 'assignees':
      return 'At most 200 people are matched, each once on either site. Take out who is there twice.';
    case 'restrictions':
      return 'At most 50 restrictions are matched, each with a name of at most 255 characters and once on either site. Take out what is there twice.';
    case 'counterparts':
      return 'Issues cannot be created where nothing goes. Choose another direction, or have no issues created there.';
    case 'issueType':
      return `The main authorized user may not create issues of this type ${at(is.end)}, or the type wants fields that Integration+ does not know. Choose another type, or give that account the permission.`;
    case 'large':
      return 'With these tables, the integrations of this site hold more than Integration+ can store. Nothing was changed. Match fewer people here or in another integration, then save again.';
    case 'joined':
      return `“${is.name}” joins the same two projects already, and every comment would be carried twice. Choose another project.`;
    case 'paired':
      return 'Pairs of issues hold this integration to its two projects. Part them first, or create another integration.';
    case 'noSuchProject':
      return `The project ${at(is.end)} is not there, or not for whoever must see it. Choose another, or give the main authorized user the permission.`;
    case 'siteOutOfReach':
      return 'The main authorized user did not allow Integration+ on the other site. Choose another site, or have it allowed there.';
  }
}
