/**
 * Testing an account of the register: what is tried, what was found, and how it is mended.
 */
import type {
  LastTest,
  LeftView,
  NamedProject,
  Person,
  Repeat,
  RunView,
  TestUse,
  Tested,
  Timestamp,
  TrialBecause,
  TrialFailure,
  TrialItem,
  TrialVerdict,
  TrialView,
} from '../api/generated/api.ts';
import { control, named, say, type Phrase } from '../phrase.tsx';
import { age, roughly } from '../time.ts';
import { reasonShort } from './people.ts';
import { counted, list, number, when, type Told } from './words.ts';

export const trial = {
  button: 'Test account',
  buttonOf: (name: string) => `Test ${name}`,
  again: 'Run again',
  title: (of: Person) => say`Test ${of}`,
  close: 'Close dialog',
  loading: 'Reading what is known of this account.',
  slow: 'Still reading. Forge’s storage or Jira takes longer than usual.',
  stale: 'What you see is kept. This is tried again by itself.',
  testing: 'Testing the account.',
  bar: 'Test',
  progress: ({ checks, next, projects }: RunView) =>
    next === 'permissions' && projects !== null
      ? `${number(checks.length)} of 9 checks are made. Looked at ${counted(projects, 'project')}.`
      : `${number(checks.length)} of 9 checks are made.`,
  closable: 'You can close this dialog: the test goes on by itself, and deletes what it created.',
  waits: (until: Timestamp, told: Told) => `Jira asked to wait. The test goes on by itself at ${when(until, told)}, in ${roughly(until - told.now)}.`,
  checks: 'Checks',
  latest: 'Latest result',
  running: 'Test under way',
  never: 'This account has not been tested yet.',
  what: 'What will happen',
  looks: 'Integration+ looks whether the account can sign in, is active and licensed, and what it may do in every project in use. That changes nothing.',
  writes: (account: Person, { key, name }: NamedProject): Phrase =>
    say`Then it acts as ${account}: it creates one issue in ${named(name)} (${named(key)}), comments on it, transitions it, attaches a small file, and deletes it with everything on it. Jira may notify people who watch that project, and its automation may act on the issue.`,
  writesNothing: 'No test project is chosen, so nothing is written in Jira.',
  noGrantTitle: 'Integration+ cannot act as this account',
  noGrant: (account: Person): Phrase => say`${account} has not allowed Integration+. Without that, signing in and everything in the test project is not run. ${connectOrLink()}`,
  noDeleteTitle: 'The test issue would stay',
  noDelete: (account: Person, { name }: NamedProject): Phrase =>
    say`${account} lacks ${control('Delete Issues')} in ${named(name)}. The test can run, and its issue stays there until it may be deleted. Give the permission first, or choose another project.`,
  noCreateTitle: 'The test would fail there',
  noCreate: (account: Person, { name }: NamedProject): Phrase => say`${account} lacks ${control('Create Issues')} in ${named(name)}, so the test will fail there.`,
  projectHeading: 'Where and how often',
  project: 'Test project',
  noProject: 'None is chosen.',
  chooseFirst: 'Choose a test project',
  chooseWhy: 'Without one the test only looks: whether the account can really create, comment, transition and attach is not found out. You can test without one all the same.',
  chooseOther: 'Choose another project',
  without: 'Test without a project',
  search: 'Test project: search by name or key',
  searchHint: 'Choose one that is made for trying things: an issue is created there and deleted.',
  searching: 'Searching Jira.',
  found: (n: number) => `${counted(n, 'project')} found.`,
  noneFound: (query: string) => `No project matches “${query}”, or you may not see it. Try fewer letters.`,
  pick: ({ name, key }: NamedProject) => `Use ${name} (${key})`,
  keep: 'Keep it as it is',
  repeat: 'Repeat',
  dueAt: (at: Timestamp, told: Told) => (at <= told.now ? 'The next test begins within minutes.' : `The next test begins about ${when(at, told)}.`),
  saved: 'Saved.',
  lacking: 'Projects where something required is missing',
  lackingMore: (n: number) => `${counted(n, 'project')} more lack${n === 1 ? 's' : ''} something. Mend these first, then run the test again.`,
  leftTitle: 'Test issues that may still be there',
  showIssue: (key: string) => `Open ${key} in Jira`,
  passed: 'Passed',
  failed: 'Failed',
  notRun: 'Not run',
  waiting: 'Not yet',
  current: 'Being tried',
  chartHeading: 'Results over time',
  chartEmpty: 'Each result is drawn here, once there is one.',
  numbers: 'Show the results as a table',
  table: 'Results of this account’s tests, latest first',
  at: 'When',
  startedBy: 'Started by',
  schedule: 'the schedule',
  result: 'Result',
  noTest: 'Not tested',
  next: (at: Timestamp, told: Told) => (at <= told.now ? 'next within minutes' : `next about ${when(at, told)}`),
};

function connectIt(): string {
  return 'Connect the account: sign in to Jira as it, open Integration+ under personal settings, and allow it there.';
}

/** Somebody else allows, who can sign in as the account. */
export const testLink = {
  heading: 'Somebody else signs in as the account',
  make: 'Create a link for somebody else',
  safe: (as: Person) =>
    say`It is for tests of ${as} only, and used up as soon as ${as} has allowed with it: opening it, or allowing as another account, does not use it up. What they allow counts once an administrator opens this dialog: then the test can be run, now and on a schedule.`,
  expired: (as: Person) => say`The link for ${as} has expired. Nobody has used it.`,
  held: (of: Person, { since, by }: TestUse, told: Told): Phrase =>
    say`Since ${when(since, told)} Integration+ holds tokens of ${of}, by a link of ${by}. They serve its tests and nothing else, and are deleted when the account leaves the register.`,
  heldRow: ({ since, by }: TestUse, told: Told): Phrase => say`tokens held for tests since ${when(since, told)}, by a link of ${by}`,
  allowed: 'The account is allowed: Integration+ holds its tokens for tests.',
  remove: 'Delete these tokens',
  sure: (of: Person) => say`Without them, signing in and everything in the test project is not run until somebody allows as ${of} again.`,
  keep: 'Keep them',
  removal: 'The tokens that are held for its tests are deleted.',
};

function connectOrLink(): string {
  return `${connectIt()} Or create a link, and somebody else who can sign in as it allows with that.`;
}

/** What is tried, by the name of its row. */
export function trialItem(item: TrialItem): string {
  switch (item) {
    case 'signsIn':
      return 'Can sign in';
    case 'active':
      return 'Account is active';
    case 'productAccess':
      return 'Licensed for Jira';
    case 'permissions':
      return 'Required permissions';
    case 'creates':
      return 'Creates an issue';
    case 'comments':
      return 'Comments on it';
    case 'transitions':
      return 'Transitions it';
    case 'attaches':
      return 'Attaches a file';
    case 'cleansUp':
      return 'Deletes it again';
  }
}

/** The permission in Jira that a check needs, by Jira's name. */
function permission(item: TrialItem): string {
  switch (item) {
    case 'creates':
      return 'Create Issues';
    case 'comments':
      return 'Add Comments';
    case 'transitions':
      return 'Transition Issues';
    case 'attaches':
      return 'Create Attachments';
    case 'cleansUp':
      return 'Delete Issues';
    case 'signsIn':
    case 'active':
    case 'productAccess':
    case 'permissions':
      return 'Browse Projects';
  }
}

/** Why a check failed, and how that is mended. */
export function trialFailure(item: TrialItem, failure: TrialFailure, account: Person): { why: Phrase; next: Phrase } {
  switch (failure.type) {
    case 'grantDead':
      return { why: say`Atlassian no longer accepts what it allowed: ${reasonShort(failure.reason)}.`, next: say`${connectOrLink()}` };
    case 'turnedAway':
      return {
        why: say`Atlassian accepts what it allowed, and Jira turns the account away all the same.`,
        next: say`Look in Atlassian’s administration whether ${account} is active and may use this site.`,
      };
    case 'scopesMissing':
      return {
        why: failure.missing.length === 0 ? say`It did not grant everything that Integration+ needs.` : say`It did not grant ${list(failure.missing)}.`,
        next: say`${connectIt()} Leave everything selected.`,
      };
    case 'inactive':
      return { why: say`It is deactivated or closed, or Jira knows no such account.`, next: say`Activate it in Atlassian’s administration, or take it out of the register.` };
    case 'notHuman':
      return {
        why: failure.accountType === 'customer' ? say`It is a customer of a help centre.` : say`It is no account that somebody can sign in as.`,
        next: say`Use a service account that signs in like a person.`,
      };
    case 'noProductAccess':
      return { why: say`It has access to no product of Jira on this site.`, next: say`Give ${account} product access to Jira in Atlassian’s administration.` };
    case 'permissionsMissing':
      return {
        why: say`Something required is missing in ${number(failure.failing)} of ${counted(failure.of, 'project')} in use.`,
        next: say`Give what is missing in the permission scheme or a role of each project, as the list below says.`,
      };
    case 'projectUnseen':
      return {
        why: item === 'cleansUp' ? say`It does not see the test project any more, so the test issue may still be there.` : say`It does not see the test project.`,
        next: say`Give ${account} ${control('Browse Projects')} there, or choose another test project.`,
      };
    case 'permissionMissing':
      return {
        why: item === 'cleansUp' ? say`It lacks ${control(permission(item))} in the test project, so the test issue is still there.` : say`It lacks ${control(permission(item))} in the test project.`,
        next: say`Give ${account} ${control(permission(item))} in the project’s permission scheme or through a role.`,
      };
    case 'refused':
      return {
        why: say`Jira would not do it. It says: “${failure.message}”`,
        next: say`The permission is there: look at the project’s workflow and at what its issues require.`,
      };
  }
}

/** Why something was not tried, and what would let it be. */
export function trialNotRun(because: TrialBecause): { why: Phrase; next: Phrase | null } {
  switch (because.type) {
    case 'noGrant':
      return { why: say`This account has not allowed Integration+.`, next: say`${connectOrLink()}` };
    case 'clientSecretRejected':
      return { why: say`Atlassian refuses Integration+ itself. The account is not the cause.`, next: say`Whoever deploys Integration+ sets CLIENT_SECRET anew.` };
    case 'earlierCheck':
      return { why: say`It needs a check above that failed.`, next: null };
    case 'noProject':
      return { why: say`No test project is chosen.`, next: null };
    case 'projectGone':
      return { why: say`The test project is deleted.`, next: say`Choose another test project.` };
    case 'issueGone':
      return { why: say`Somebody deleted the test issue meanwhile.`, next: say`Run the test again.` };
    case 'projectLeftOut':
      return { why: say`The settings of Integration+ leave the test project out.`, next: say`Choose another test project, or change that under ${control('Access')}.` };
    case 'notRegistered':
      return { why: say`Somebody took the account out of the register meanwhile.`, next: say`Add it again, then run the test again.` };
    case 'requiredFields':
      return { why: say`Every issue there wants ${list(because.fields)}, and Integration+ cannot know what to put there.`, next: say`Choose a test project without required fields.` };
    case 'noIssueType':
      return { why: say`The project has no type of issue that stands by itself.`, next: say`Choose another test project.` };
    case 'noTransition':
      return { why: say`The workflow offers no transition that needs nothing more.`, next: say`Choose a test project with a simpler workflow.` };
    case 'tooManyLeft':
      return { why: say`Ten test issues wait to be deleted already.`, next: say`Give the account ${control('Delete Issues')} where they are: they go by themselves then.` };
    case 'nobodyToAsk':
      return { why: say`Nobody who administers Jira was there to ask about the account.`, next: say`Run the test again from this page.` };
    case 'unanswered':
      return { why: say`Jira or Atlassian did not answer for an hour. That says nothing about the account.`, next: say`Run the test again later.` };
  }
}

/** A result in one word. */
export function trialVerdict(verdict: TrialVerdict): string {
  switch (verdict) {
    case 'passed':
      return 'Passed';
    case 'failed':
      return 'Failed';
    case 'incomplete':
      return 'Not complete';
  }
}

/** The latest result, for the row of the register. */
export function lastTest({ verdict, failed }: LastTest): string {
  return verdict === 'failed' ? `${counted(failed, 'check')} failed` : trialVerdict(verdict);
}

/** A result in one line. */
export function trialResult({ checks }: Tested): string {
  const passed = checks.filter(({ finding }) => finding.type === 'passed').length;
  const failed = checks.filter(({ finding }) => finding.type === 'failed').length;
  const idle = checks.length - passed - failed;
  const parts = [`${number(passed)} passed`, ...(failed > 0 ? [`${number(failed)} failed`] : []), ...(idle > 0 ? [`${number(idle)} not run`] : [])];
  return `${list(parts)}.`;
}

/** When and for whom a result was made. */
export function trialMade({ at, by }: Tested, told: Told): Phrase {
  return by === null ? say`Tested ${age(at, told.now)} by the schedule.` : say`Tested ${age(at, told.now)} for ${by}.`;
}

/** What is told of the drawing to whoever does not see it. */
export function trialDrawing({ results }: TrialView): string {
  const failed = results.filter(({ checks }) => checks.some(({ finding }) => finding.type === 'failed')).length;
  return `${counted(results.length, 'result')}, oldest first. In each column the checks that passed, failed and were not run. Something failed in ${number(failed)} of them.`;
}

/** What may still be there of a test. */
export function trialLeft({ issueKey, projectKey, refused, againAt }: LeftView, told: Told): Phrase {
  const again = againAt <= told.now ? 'within minutes' : `about ${when(againAt, told)}`;
  if (issueKey === null) {
    return say`Jira’s answer was lost when an issue was created in ${named(projectKey)}. Integration+ looks for it ${again}, and deletes it if it is there.`;
  }
  return refused
    ? say`${named(issueKey)} could not be deleted: Jira did not let the account. Integration+ tries again ${again}. You can delete it in Jira yourself.`
    : say`${named(issueKey)} could not be deleted yet. Integration+ tries again ${again}.`;
}

/** How often an account is tested without being asked for. */
export function repeatName(repeat: Repeat): string {
  switch (repeat) {
    case 'off':
      return 'Never';
    case 'daily':
      return 'Every day';
    case 'weekly':
      return 'Every week';
  }
}

export function repeatExplanation(repeat: Repeat): string {
  switch (repeat) {
    case 'off':
      return 'The account is tested when somebody asks for it here.';
    case 'daily':
    case 'weekly':
      return 'Integration+ tests it by itself and tells administrators when something fails.';
  }
}
