/**
 * Why nobody allowed.
 */
import type { Denial, Person } from '../api/generated/api.ts';
import { control, say, type Phrase } from '../phrase.tsx';
import { missingScopes, sitesReached } from './checks.ts';

/** Why allowing as `intended` yielded nothing. */
export function denial(why: Denial, intended: Person): Phrase {
  switch (why.type) {
    case 'declined':
      return say`${control('Cancel')} was selected on Jira’s page instead of ${control('Allow')}.`;
    case 'authorizationError':
      return say`Jira’s page ended with an error instead of ${control('Allow')}.`;
    case 'codeRefused':
      return say`Atlassian did not honour what its own page had returned: it was too old or used already.`;
    case 'clientSecretRejected':
      return say`Atlassian refused the client secret of Integration+ itself.`;
    case 'scopesMissing':
      return say`${intended} was to grant more than was selected.${missingScopes(why.missing)}`;
    case 'siteNotCovered':
      return say`Another site was chosen on Jira’s page. ${sitesReached(why.covered)}`;
    case 'malformedAnswer':
      return say`Atlassian’s answer could not be used. Nothing of it was kept.`;
    case 'unreachable':
      return say`Atlassian could not be reached after ${control('Allow')} was selected.`;
    case 'wrongAccount':
      return say`${why.allowed} allowed instead.`;
  }
}

/** The next step after a denial. */
export function afterDenial(why: Denial): Phrase {
  switch (why.type) {
    case 'declined':
      return say`If that was a slip, try again.`;
    case 'authorizationError':
    case 'codeRefused':
    case 'malformedAnswer':
    case 'unreachable':
      return say`Try again. If it comes back, give the code below to support.`;
    case 'clientSecretRejected':
      return say`Whoever deploys Integration+ sets ${control('CLIENT_SECRET')} anew. Until then, trying again does not help.`;
    case 'scopesMissing':
      return say`Try again, and leave everything selected on Jira’s page.`;
    case 'siteNotCovered':
      return say`Try again, and choose this site on Jira’s page.`;
    case 'wrongAccount':
      return say`Try again, and switch accounts on Jira’s page before you select ${control('Allow')}.`;
  }
}
