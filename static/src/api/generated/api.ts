// Generated from src/api.rs by `cargo xtask codegen`. Do not edit.

/**
 * Which version runs where.
 */
export type About = { 
/**
 * The app's version.
 */
version: string, 
/**
 * Names this installation to support.
 */
instanceId: string, 
/**
 * Forge's `environmentType`.
 */
environment: string, 
/**
 * The address of the door for support; absent when Forge does not say.
 */
door: string | null, };

/**
 * What limits the app.
 */
export type Access = { 
/**
 * When this was true, in milliseconds since 1970-01-01T00:00:00Z.
 */
now: Timestamp, 
/**
 * Who asks.
 */
caller: Person, 
/**
 * Names this state: whoever changes it says which one they saw.
 */
edition: number, 
/**
 * What the two lists mean.
 */
kind: LimitKind, 
/**
 * Projects that are listed.
 */
projects: Array<ListedProject>, 
/**
 * Categories that are listed.
 */
categories: Array<Category>, 
/**
 * Every category that Jira has, at most 500.
 */
allCategories: Array<Category>, 
/**
 * Who may administer the app; every Jira administrator when absent.
 */
administrators: Array<Person> | null, 
/**
 * Whom on that list Jira says to be no administrators, so that it gives them nothing. Asked when the list is saved and
 * told in the answer to that; absent else. Who is not in it may be one, or Jira gave no answer.
 */
withoutRights: Array<Person> | null, 
/**
 * Requests to administer it, the newest first.
 */
requests: Array<AccessRequest>, 
/**
 * What was changed, the newest first, at most 40.
 */
changes: Array<AccessChange>, 
/**
 * How much the lists hold.
 */
bounds: Bounds, };

/**
 * One change, and who made it.
 */
export type AccessChange = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * Who.
 */
by: Person, 
/**
 * What.
 */
what: AccessChanged, };

/**
 * What was changed. Names are those of that time.
 */
export type AccessChanged = { "type": "projects", 
/**
 * What the lists mean from then on.
 */
kind: LimitKind, 
/**
 * Names of projects and categories that came onto the lists, at most five.
 */
added: Array<string>, 
/**
 * Names of those that left them, at most five.
 */
removed: Array<string>, 
/**
 * How many more came or left.
 */
more: number, } | { "type": "administrators", 
/**
 * Whether there is a list from then on.
 */
limited: boolean, 
/**
 * People who came onto it, at most five.
 */
added: Array<Person>, 
/**
 * People who left it, at most five.
 */
removed: Array<Person>, 
/**
 * How many more came or left.
 */
more: number, } | { "type": "requested" } | { "type": "approved", 
/**
 * Whose.
 */
person: Person, } | { "type": "declined", 
/**
 * Whose.
 */
person: Person, } | { "type": "tookOver" };

/**
 * Somebody's request to administer the app.
 */
export type AccessRequest = { 
/**
 * Who asks.
 */
person: Person, 
/**
 * When.
 */
at: Timestamp, 
/**
 * What was decided; nothing yet when absent.
 */
decision: Decision | null, };

/**
 * What Jira says of an account: the reply of `/myself`, `/user` and `/user/search`.
 */
export type Account = { 
/**
 * Which kind of account.
 */
accountType: AccountType, 
/**
 * Whether the account may sign in.
 */
active: boolean, 
/**
 * Who.
 */
accountId: AccountId, 
/**
 * The name that Jira shows, at most 255 characters.
 */
displayName: string, 
/**
 * Address of a picture, when Jira gave one.
 */
avatarUrl: string | null, };

/**
 * Atlassian's `accountId`: opaque, at most 128 characters of a small alphabet.
 *
 * <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/>
 */
export type AccountId = string;

/**
 * Jira's `accountType`.
 */
export type AccountType = "atlassian" | "app" | "customer" | "unknown";

/**
 * What the caller may ask for now.
 */
export type Action = "connect" | "change" | "takeOver" | "reopenAuthorization" | "renewHandOff" | "revokeHandOff" | "continueChange" | "acceptAccount" | "switchNow" | "cancelChange" | "checkNow" | "rollBack";

/**
 * What people are told of a scheduled change that will ask them to allow again.
 */
export type Announcement = { 
/**
 * Which change: whoever was told of it is not told again.
 */
change: SessionKey, 
/**
 * When it is to switch.
 */
at: Timestamp, };

/**
 * What is known of one of the three.
 */
export type Answer = "yes" | "no" | "unknown";

/**
 * What the three say.
 */
export type Answers = { 
/**
 * The person's own rights.
 */
person: Answer, 
/**
 * The app's settings.
 */
settings: Answer, 
/**
 * The main authorized user's rights.
 */
main: Answer, };

/**
 * What support asks for. All texts are support's own: one line each, shown as text.
 */
export type Asked = { 
/**
 * Who asks, at most 100 characters.
 */
who: string, 
/**
 * For which ticket, at most 100 characters.
 */
ticket: string, 
/**
 * Why, at most 255 characters.
 */
reason: string, 
/**
 * Until when access is wanted.
 */
until: Timestamp, };

/**
 * Whom an issue was assigned to.
 */
export type Assigned = { "type": "counterpart" } | { "type": "nobody" } | { "type": "noCounterpart", 
/**
 * Why not.
 */
why: NoCounterpart, };

/**
 * Two accounts of one person.
 */
export type Assignees = { 
/**
 * On this site.
 */
here: AccountId, 
/**
 * On the other.
 */
there: AccountId, };

/**
 * Health in one word.
 */
export type Badge = "notConnected" | "connected" | "actionNeeded" | "degraded" | "disconnected" | "unchecked";

/**
 * How much the lists of [`Access`] hold.
 */
export type Bounds = { 
/**
 * Projects.
 */
projects: number, 
/**
 * Categories.
 */
categories: number, 
/**
 * Administrators.
 */
administrators: number, };

/**
 * A person who could be meant.
 */
export type Candidate = { 
/**
 * Who.
 */
account: Account, 
/**
 * Why not, if not: shown beside the name, not hidden.
 */
unsuitable: Unsuitable | null, 
/**
 * Whether this is the main authorized user now.
 */
isMain: boolean, 
/**
 * Whether it looks like an ordinary person's: people leave, and their access leaves with them.
 */
looksPersonal: boolean, };

/**
 * A category of projects.
 */
export type Category = { 
/**
 * Its number.
 */
id: JiraNumber, 
/**
 * Its name; absent when Jira has no such category any more.
 */
name: string | null, };

/**
 * A change, as far as the caller may know it.
 */
export type ChangeView = { 
/**
 * Its name.
 */
key: SessionKey, 
/**
 * First connection or change.
 */
purpose: Purpose, 
/**
 * Who began it.
 */
initiator: Person, 
/**
 * Whether that is the caller.
 */
mine: boolean, 
/**
 * The account that is meant.
 */
intended: Person, 
/**
 * When it began.
 */
beganAt: Timestamp, 
/**
 * Until when it may go on without an answer.
 */
expiresAt: Timestamp, 
/**
 * Whether somebody else was to allow.
 */
handedOff: boolean, 
/**
 * For when it is scheduled, if it is.
 */
scheduledFor: Timestamp | null, 
/**
 * What it asks of people.
 */
policy: ReauthorizationPolicy, 
/**
 * Where it stands.
 */
stage: StageView, 
/**
 * The six steps of the tracker, in order.
 */
steps: Array<StepView>, };

/**
 * One check.
 */
export type Check = { 
/**
 * What was looked at.
 */
name: CheckName, 
/**
 * What was found.
 */
result: CheckResult, };

/**
 * Why a check failed: each has its sentence and its one next step in the panel.
 */
export type CheckFailure = { "type": "grantDead", 
/**
 * The cause, as far as Atlassian tells.
 */
reason: ReauthorizationReason, } | { "type": "clientSecretRejected" } | { "type": "accountInactive" } | { "type": "accountNotHuman", 
/**
 * What it is.
 */
accountType: AccountType, } | { "type": "noProductAccess" } | { "type": "notAdministrator" } | { "type": "scopesMissing", 
/**
 * The missing ones.
 */
missing: Array<string>, } | { "type": "siteNotCovered", 
/**
 * Names of the sites that it reaches.
 */
covered: Array<string>, } | { "type": "noProjects" } | { "type": "webhooksMissing", 
/**
 * How many Jira lists.
 */
registered: number, 
/**
 * How many there should be.
 */
wanted: number, } | { "type": "webhooksFull", 
/**
 * How many are in use.
 */
used: number, 
/**
 * How many Jira allows.
 */
limit: number, } | { "type": "webhookRefused", 
/**
 * Jira's own words, cut to 200 characters.
 */
message: string, };

/**
 * What is looked at, in the order in which it is shown.
 */
export type CheckName = "grantWorks" | "accountActive" | "productAccess" | "jiraAdministrator" | "scopesComplete" | "siteCovered" | "webhooksRegistered";

/**
 * What one check found.
 */
export type CheckResult = { "type": "passed" } | { "type": "failed", 
/**
 * Why.
 */
failure: CheckFailure, } | { "type": "unknown", 
/**
 * Why not.
 */
because: Unreachable, };

/**
 * Atlassian's `cloudId`: a UUID in its 36-character form.
 */
export type CloudId = string;

/**
 * What became of a comment.
 */
export type CommentResult = { "type": "posted", 
/**
 * On which issue.
 */
issueKey: string, 
/**
 * Whether through the main authorized user.
 */
forCaller: boolean, } | { "type": "posting" } | { "type": "held", 
/**
 * Why; absent when the caller never connected their account.
 */
reason: ReauthorizationReason | null, } | { "type": "postedBefore", 
/**
 * On which issue.
 */
issueKey: string, 
/**
 * Whether through the main authorized user.
 */
forCaller: boolean, 
/**
 * The edited text, which is not posted; absent when the comment was to be thrown away.
 */
edited: string | null, } | { "type": "handedBack", 
/**
 * The text.
 */
text: string, 
/**
 * Why.
 */
why: HandedBackFor, } | { "type": "expired", 
/**
 * On which issue.
 */
issueKey: string, 
/**
 * Whether it may have been posted before, and Jira does not say.
 */
unsure: boolean, } | { "type": "discarded", 
/**
 * Whether it may have been posted before, and Jira does not say.
 */
unsure: boolean, };

/**
 * One person of the list.
 */
export type ConnectionRow = { 
/**
 * Who.
 */
person: Person, 
/**
 * Where they stand.
 */
standing: Standing, 
/**
 * Since when.
 */
since: Timestamp, 
/**
 * When they last did something with it.
 */
usedAt: Timestamp | null, 
/**
 * When an administrator last reminded them.
 */
remindedAt: Timestamp | null, };

/**
 * One page of people, and all of them counted.
 */
export type Connections = { 
/**
 * When this was true, in milliseconds since 1970-01-01T00:00:00Z.
 */
now: Timestamp, 
/**
 * Everybody, counted.
 */
tally: Tally, 
/**
 * The job that tries people's grants, if there was one since the last change.
 */
job: JobView | null, 
/**
 * How people stood at the end of each of the last 14 days, oldest first; today as it is now.
 */
days: Array<Day>, 
/**
 * The page.
 */
rows: Array<ConnectionRow>, 
/**
 * Where the next page begins, if there is one.
 */
next: string | null, 
/**
 * How the job may be steered now.
 */
steering: Array<SteeringOffer>, 
/**
 * In how many milliseconds to ask again; absent while nothing moves.
 */
pollAfterMs: number | null, };

/**
 * The caller's authorization.
 */
export type Consent = { "type": "awaiting", 
/**
 * Until when.
 */
expiresAt: Timestamp, } | { "type": "verifying" } | { "type": "wrongAccount", 
/**
 * Who.
 */
allowed: Person, } | { "type": "denied", 
/**
 * Why.
 */
denial: Denial, } | { "type": "expired" };

/**
 * What a change does beside projects.
 */
export type Consequences = { 
/**
 * How many webhooks move.
 */
webhooks: number, 
/**
 * How many people connected their own accounts.
 */
people: number, 
/**
 * How many of them must re-authorize already.
 */
toReauthorize: number, 
/**
 * Scopes that the main authorized user granted, and the account will be asked for.
 */
scopes: Array<string>, 
/**
 * Scopes that the account will be asked for, and the main authorized user did not grant.
 */
newScopes: Array<string>, };

/**
 * An issue type at each end, as which the counterparts of the other end's new issues are created.
 */
export type Counterparts = { 
/**
 * For new issues of the other site, on this one; none are created here when absent.
 */
here: JiraNumber | null, 
/**
 * For new issues of this site, on the other; none are created there when absent.
 */
there: JiraNumber | null, };

/**
 * People by label.
 */
export type Counts = { 
/**
 * [`Label::Working`].
 */
working: number, 
/**
 * [`Label::ToReauthorize`].
 */
toReauthorize: number, 
/**
 * [`Label::WrongAccount`].
 */
wrongAccount: number, 
/**
 * [`Label::NeverUsed`].
 */
neverUsed: number, 
/**
 * [`Label::Deactivated`].
 */
deactivated: number, };

/**
 * How people stood at the end of a day.
 */
export type Day = { 
/**
 * The beginning of the day, in UTC.
 */
day: Timestamp, 
/**
 * Those who were looked at.
 */
fresh: Counts, 
/**
 * Those who were not yet.
 */
unverified: number, };

/**
 * What was decided of a request.
 */
export type Decision = { 
/**
 * Whether it was approved.
 */
approved: boolean, 
/**
 * Who decided.
 */
by: Person, 
/**
 * When.
 */
at: Timestamp, };

/**
 * Why an authorization yielded nothing.
 */
export type Denial = { "type": "declined" } | { "type": "authorizationError" } | { "type": "codeRefused" } | { "type": "clientSecretRejected" } | { "type": "scopesMissing", 
/**
 * The missing ones.
 */
missing: Array<string>, } | { "type": "siteNotCovered", 
/**
 * Names of the sites that it reaches.
 */
covered: Array<string>, } | { "type": "malformedAnswer" } | { "type": "unreachable" } | { "type": "wrongAccount", 
/**
 * Who.
 */
allowed: Person, };

/**
 * What an administrator writes down about an account.
 */
export type Details = { 
/**
 * What it is for, at most 200 characters.
 */
purpose: string, 
/**
 * Systems that it serves, at most 20 of at most 200 characters.
 */
systems: Array<string>, 
/**
 * Who answers for it.
 */
owner: Person | null, 
/**
 * Address of its documentation: `https://`, at most 500 characters.
 */
documentation: string | null, 
/**
 * The day on which it is to be looked at again: its beginning in UTC.
 */
reviewOn: Timestamp | null, 
/**
 * After how many days its credentials are to be replaced, from 1 to 3,650.
 */
rotateEveryDays: number | null, 
/**
 * The day on which they were replaced last.
 */
rotatedOn: Timestamp | null, 
/**
 * Anything else, at most 2,000 characters.
 */
notes: string, };

/**
 * Why a change that waited for days does not switch: the world is not as it was foreseen.
 */
export type Deviation = { "type": "mainUserChanged" } | { "type": "grantDead", 
/**
 * The cause, as far as Atlassian tells.
 */
reason: ReauthorizationReason, } | { "type": "checksFailed", 
/**
 * Every check.
 */
checks: Array<Check>, } | { "type": "initiatorInactive" } | { "type": "initiatorNotAdministrator" } | { "type": "initiatorNotListed" } | { "type": "moreIsLost", 
/**
 * How many projects would be lost.
 */
lost: number, 
/**
 * In how many projects something required is missing, lost ones among them.
 */
failing: number, 
/**
 * Keys of projects that were not acknowledged, at most ten; none where only their number is known.
 */
projects: Array<string>, } | { "type": "noAnswer" } | { "type": "tooLate" };

/**
 * Which way comments go.
 */
export type Direction = "out" | "in" | "both";

/**
 * Why the door for support stays closed. All look the same from outside.
 */
export type DoorRefusal = "malformed" | "unknownCode" | "expired" | "revoked" | "noKey" | "badSignature" | "elsewhere" | "stale" | "replayed" | "full" | "notShared";

/**
 * One of the two ends of an integration.
 */
export type End = "here" | "there";

/**
 * An account in the register.
 */
export type EntryView = { 
/**
 * Which.
 */
account: Account, 
/**
 * Whether it is the main authorized user.
 */
isMain: boolean, 
/**
 * Whether it looks like an ordinary person's: people leave.
 */
looksPersonal: boolean, 
/**
 * What is written down, if anything is.
 */
details: Details | null, 
/**
 * When its credentials are to be replaced.
 */
rotateOn: Timestamp | null, 
/**
 * When that was last changed.
 */
changedAt: Timestamp | null, 
/**
 * By whom.
 */
changedBy: Person | null, 
/**
 * Names what is on the screen when it is changed.
 */
revision: number | null, 
/**
 * The latest test, if there was one.
 */
lastTest: LastTest | null, 
/**
 * When the next test is due, if there is a schedule.
 */
nextTestAt: Timestamp | null, 
/**
 * Where the app holds its grant for tests only: since when, and by whose link.
 */
held: TestUse | null, };

/**
 * Why nothing was done.
 */
export type ErrorCode = { "code": "notAdministrator", 
/**
 * People who set the integration up and may be able to help, latest first, at most five.
 */
helpers: Array<Person>, } | { "code": "notListed", 
/**
 * Who is.
 */
administrators: Array<Person>, 
/**
 * What the caller asked, if they did.
 */
request: AccessRequest | null, } | { "code": "noAdministratorLeft" } | { "code": "noSuchRun" } | { "code": "noSuchIntegration" } | { "code": "integrationDisabled" } | { "code": "integrationRefused", 
/**
 * Why.
 */
problem: IntegrationProblem, } | { "code": "integrationChanged", 
/**
 * Who.
 */
by: Person, 
/**
 * When.
 */
at: Timestamp, } | { "code": "issueElsewhere", 
/**
 * At which.
 */
end: End, } | { "code": "noSuchIssue", 
/**
 * At which.
 */
end: End, } | { "code": "alreadyPaired", 
/**
 * At which.
 */
end: End, } | { "code": "noSuchPair" } | { "code": "mainGrantDead" } | { "code": "worksNowhere" } | { "code": "accessChanged", 
/**
 * Who.
 */
by: Person, 
/**
 * When.
 */
at: Timestamp, } | { "code": "listFull", 
/**
 * How much it holds.
 */
most: number, } | { "code": "askedTooSoon", 
/**
 * When they may ask again.
 */
againAt: Timestamp, } | { "code": "noSuchPlace" } | { "code": "notSignedIn" } | { "code": "invalidRequest" } | { "code": "notConfigured", 
/**
 * Their names.
 */
missing: Array<string>, } | { "code": "accountNotFound" } | { "code": "accountUnsuitable", 
/**
 * Why.
 */
reason: Unsuitable, } | { "code": "entryRefused", 
/**
 * Where.
 */
field: Field, } | { "code": "registerFull" } | { "code": "notRegistered" } | { "code": "grantInUse" } | { "code": "projectLeftOut" } | { "code": "rehearsalNeeded" } | { "code": "acknowledgementNeeded", 
/**
 * How many projects would be lost.
 */
lost: number, 
/**
 * In how many projects something required is missing, lost ones among them.
 */
failing: number, } | { "code": "changeUnderWay", 
/**
 * Who began it.
 */
by: Person, 
/**
 * When.
 */
since: Timestamp, 
/**
 * Its name: a request may ask to replace it.
 */
change: SessionKey, 
/**
 * Whether it may still be replaced.
 */
replaceable: boolean, 
/**
 * For when it is scheduled, while it waits for that.
 */
scheduledFor: Timestamp | null, } | { "code": "switchTimeOutOfBounds", 
/**
 * The earliest that is possible.
 */
earliest: Timestamp, 
/**
 * The latest.
 */
latest: Timestamp, } | { "code": "notAsForeseen", 
/**
 * What.
 */
because: Deviation, } | { "code": "stillRehearsing" } | { "code": "noSuchChange" } | { "code": "notInitiator", 
/**
 * Who began it.
 */
by: Person, } | { "code": "wrongStage" } | { "code": "accountMismatch" } | { "code": "nothingToRollBack" } | { "code": "notConnected" } | { "code": "issueOutOfReach", 
/**
 * What stops.
 */
whom: Whom, } | { "code": "commentLength" } | { "code": "nothingHeld" } | { "code": "anotherWaits", 
/**
 * On which issue.
 */
issueKey: string, } | { "code": "formerFailsChecks", 
/**
 * Every check.
 */
checks: Array<Check>, } | { "code": "formerGrantDead", 
/**
 * Why.
 */
reason: ReauthorizationReason, } | { "code": "noInternalNotes" } | { "code": "notForOthers" } | { "code": "commentRefused", 
/**
 * Jira's own words, cut to 200 characters.
 */
message: string, } | { "code": "supportSettled" } | { "code": "supportUntil" } | { "code": "conflict" } | { "code": "jiraUnavailable", 
/**
 * For how many seconds, if Jira said.
 */
retryAfterS: number | null, } | { "code": "authorizationServerUnavailable", 
/**
 * For how many seconds, if it said.
 */
retryAfterS: number | null, } | { "code": "storageUnavailable" } | { "code": "corruptRecord" };

/**
 * Which limit keeps somebody from a place.
 */
export type Explanation = { 
/**
 * Whom it is about.
 */
person: Person, 
/**
 * Whether that is the caller.
 */
mine: boolean, 
/**
 * The project.
 */
project: NamedProject, 
/**
 * The issue's key, if it is about an issue.
 */
issueKey: string | null, 
/**
 * The main authorized user, if there is one and an administrator asks.
 */
main: Person | null, 
/**
 * Whether there is a main authorized user.
 */
connected: boolean, 
/**
 * What each of the three says.
 */
answers: Answers, 
/**
 * What follows.
 */
verdict: Verdict, 
/**
 * Whether Jira lets the person comment there.
 */
comments: Answer, 
/**
 * Why something is not known; absent when everything is.
 */
because: Unestablished | null, };

/**
 * Figures that the checks came upon, shown beside them.
 */
export type Facts = { 
/**
 * When the grant was last obtained or refreshed.
 */
refreshedAt: Timestamp | null, 
/**
 * When the grant dies if it is never used again: 90 days after its last refresh.
 */
idlesOutAt: Timestamp | null, 
/**
 * How many of the required scopes were granted.
 */
scopesGranted: number | null, 
/**
 * Address of the site, as Atlassian names it.
 */
siteUrl: string | null, 
/**
 * How many webhooks Jira lists.
 */
webhooks: number | null, 
/**
 * When the first of them expires unless it is renewed.
 */
webhooksExpireAt: Timestamp | null, };

/**
 * A try that came to nothing.
 */
export type FailedTry = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * Why.
 */
denial: Denial, };

/**
 * What of [`Details`] cannot be taken as it is.
 */
export type Field = "purpose" | "systems" | "documentation" | "reviewOn" | "rotateEveryDays" | "rotatedOn" | "notes";

/**
 * How an assignee's counterpart on the other site is found.
 */
export type Following = "byTable" | "byTableOrAccount";

/**
 * What the administrator knew of a change before it began: its rehearsal in short.
 */
export type Foreseen = { 
/**
 * Names the rehearsal.
 */
rehearsal: string, 
/**
 * When it was done.
 */
at: Timestamp, 
/**
 * How many projects both accounts saw.
 */
kept: number, 
/**
 * How many only the account before saw.
 */
lost: number, 
/**
 * How many only the account since saw.
 */
gained: number, 
/**
 * In how many projects something required was missing, lost ones among them.
 */
failing: number, 
/**
 * Keys of the lost projects, at most 50.
 */
losses: Array<string>, 
/**
 * Projects that are not lost where something required was missing, at most 50. Absent in receipts of earlier versions,
 * whose seals hold without it.
 */
lacking?: Array<Lacking>, 
/**
 * Whether the losses, or what was missing, were acknowledged; there was nothing to acknowledge otherwise.
 */
acknowledged: boolean, 
/**
 * How many people had connected their own accounts.
 */
people: number, 
/**
 * How many of them had to re-authorize already.
 */
toReauthorize: number, };

/**
 * The previous main authorized user.
 */
export type FormerView = { 
/**
 * Who.
 */
person: Person, 
/**
 * Until when the site can go back.
 */
until: Timestamp, };

/**
 * What a check found, in one word.
 */
export type Found = "passed" | "failed" | "unknown";

/**
 * Why a comment that waited is handed back.
 */
export type HandedBackFor = "issueChanged" | "noInternalNotes";

/**
 * The last run of all checks.
 */
export type Health = { 
/**
 * The generation of the connection that was looked at.
 */
generation: number, 
/**
 * When they began.
 */
checkedAt: Timestamp, 
/**
 * Every check, in the order of [`CheckName`]; without product access where Jira says nothing of it.
 */
checks: Array<Check>, 
/**
 * Figures beside them.
 */
facts: Facts, };

/**
 * A comment that waits.
 */
export type HeldView = { 
/**
 * Jira's number of the issue.
 */
issueId: string, 
/**
 * Its key, as it was.
 */
issueKey: string, 
/**
 * Whether it is an internal note.
 */
internal: boolean, 
/**
 * When it was written.
 */
at: Timestamp, 
/**
 * Until when it waits.
 */
expiresAt: Timestamp, 
/**
 * Whether it was handed to Jira and no answer came: then it may be on the issue.
 */
sent: boolean, };

/**
 * One ended change, as history shows it.
 */
export type HistoryRow = { 
/**
 * When it ended.
 */
at: Timestamp, 
/**
 * First connection or change.
 */
purpose: Purpose, 
/**
 * The main authorized user before it.
 */
from: Person | null, 
/**
 * The account that was meant.
 */
to: Person, 
/**
 * Who began it.
 */
by: Person, 
/**
 * How it ended.
 */
outcome: Outcome, 
/**
 * Number of its receipt, if the main authorized user changed.
 */
receipt: number | null, 
/**
 * For when it was scheduled, if it was.
 */
scheduledFor: Timestamp | null, 
/**
 * When the main authorized user became another; absent where that did not happen, and in rows of earlier versions.
 */
switchedAt: Timestamp | null, };

/**
 * Random name of an integration: 32 hexadecimal digits.
 */
export type IntegrationId = string;

/**
 * Why an integration cannot be as it is asked for.
 */
export type IntegrationProblem = { "type": "name" } | { "type": "sites" } | { "type": "word" } | { "type": "assignees" } | { "type": "restrictions" } | { "type": "counterparts" } | { "type": "issueType", 
/**
 * At which end.
 */
end: End, } | { "type": "large" } | { "type": "joined", 
/**
 * How that is called.
 */
name: string, } | { "type": "paired" } | { "type": "noSuchProject", 
/**
 * Which.
 */
end: End, } | { "type": "siteOutOfReach" };

/**
 * An integration.
 */
export type IntegrationView = { 
/**
 * Its id.
 */
id: IntegrationId, 
/**
 * What was settled.
 */
terms: Terms, 
/**
 * The other site; absent where the main authorized user's grant does not reach it, or nobody could say.
 */
site: Site | null, 
/**
 * The project on this site; absent when Jira has none of its number any more, or does not show it to the caller.
 */
here: NamedProject | null, 
/**
 * The project on the other; absent when the main authorized user does not see it, or nobody could say.
 */
there: NamedProject | null, 
/**
 * People of the table of assignees, as far as they are known, in no order. Those who are not among them are shown by
 * their ids.
 */
people: Array<Person>, 
/**
 * Since when it is enabled; it is disabled when absent.
 */
enabledSince: Timestamp | null, 
/**
 * Who changed it last.
 */
changedBy: Person, 
/**
 * When. Whoever changes it says by this what they saw.
 */
changedAt: Timestamp, 
/**
 * How many pairs of issues it has.
 */
pairs: number, 
/**
 * In how many of them something waits to be carried.
 */
waiting: number, 
/**
 * How many comments could not be carried, and how many issues could not be made pairs or got no counterpart, and are not
 * tried again by themselves; absent where there are so many pairs that only their pages tell.
 */
parked: number | null, 
/**
 * How the other site is listened to; absent where it is not, or not yet.
 */
listening: ListeningView | null, };

/**
 * All integrations.
 */
export type IntegrationsView = { 
/**
 * When this was true, in milliseconds since 1970-01-01T00:00:00Z.
 */
now: Timestamp, 
/**
 * This site; absent while nobody is connected, for then nobody tells its name.
 */
here: Site | null, 
/**
 * Whether there is a main authorized user: without one nothing is carried, and no other site can be chosen.
 */
connected: boolean, 
/**
 * Why the other sites did not tell the names of what is there; absent where they did.
 */
unnamed: Unestablished | null, 
/**
 * In the order in which they were created.
 */
rows: Array<IntegrationView>, 
/**
 * How many there may be.
 */
most: number, };

/**
 * A type of issue that the main authorized user may create in a project.
 */
export type IssueTypeRow = { 
/**
 * Its number.
 */
id: JiraNumber, 
/**
 * How it is called.
 */
name: string, 
/**
 * Names of fields without which no issue of it can be created, and which the app does not know: it cannot be chosen
 * where there is one.
 */
wants: Array<string>, };

/**
 * What an item of a run is about, where that is no comment.
 */
export type ItemAbout = "assignee" | "issue";

/**
 * Why a comment could not be mirrored, or an assignee not be carried.
 */
export type ItemFailure = { "type": "noAnswer" } | { "type": "notConnected" } | { "type": "originOutOfReach" } | { "type": "targetOutOfReach" } | { "type": "mayNotComment" } | { "type": "mayNotAssign" } | { "type": "notAssignable" } | { "type": "mayNotCreate" } | { "type": "alreadyPaired" } | { "type": "pairsFull" } | { "type": "mirrorOutOfSight" } | { "type": "refused", 
/**
 * Jira's own words, at most 200 characters.
 */
message: string, };

/**
 * What became of a comment, or of an assignee.
 */
export type ItemOutcome = { "type": "created", 
/**
 * The mirror's number.
 */
comment: JiraNumber, } | { "type": "updated", 
/**
 * The mirror's number.
 */
comment: JiraNumber, } | { "type": "withdrawn", 
/**
 * The number that it had.
 */
comment: JiraNumber, 
/**
 * Why, where the comment itself was not deleted.
 */
why: Skipped | null, } | { "type": "assigned", 
/**
 * To whom.
 */
to: Assigned, 
/**
 * Whether its assignee had been changed there, too, and earlier.
 */
overrules: boolean, } | { "type": "counterpartCreated", 
/**
 * The counterpart's number.
 */
issue: JiraNumber, } | { "type": "joined", 
/**
 * The other's number.
 */
issue: JiraNumber, } | { "type": "parted", 
/**
 * The other's number.
 */
issue: JiraNumber, } | { "type": "skipped", 
/**
 * Why.
 */
why: Skipped, } | { "type": "waits", 
/**
 * What went wrong, if anything did.
 */
why: ItemFailure | null, } | { "type": "failed", 
/**
 * Why.
 */
why: ItemFailure, };

/**
 * Jira's number of a project or of a category. It is text on the wire, as Jira writes it.
 */
export type JiraNumber = string;

/**
 * How far the job is.
 */
export type JobState = "running" | "paused" | "cancelled" | "done";

/**
 * The job that tries people's grants.
 */
export type JobView = { 
/**
 * How far it is.
 */
state: JobState, 
/**
 * How many grants it has tried.
 */
tried: number, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * When it began.
 */
startedAt: Timestamp, 
/**
 * About when it will be done at the pace that Jira allows; while it runs only.
 */
doneAbout: Timestamp | null, 
/**
 * Until when Jira asked to wait, if it did.
 */
waitsUntil: Timestamp | null, };

/**
 * How two issues came to be a pair.
 */
export type Joined = "byHand" | "byProperty" | "created";

/**
 * A standing as it is counted and sorted by.
 */
export type Label = "working" | "toReauthorize" | "wrongAccount" | "neverUsed" | "deactivated";

/**
 * A project that stays, where something required is missing.
 */
export type Lacking = { 
/**
 * Its key.
 */
project: string, 
/**
 * What is missing.
 */
permissions: Array<Permission>, };

/**
 * A result in short.
 */
export type LastTest = { 
/**
 * When the test was through.
 */
at: Timestamp, 
/**
 * What came of it.
 */
verdict: TrialVerdict, 
/**
 * How many checks failed.
 */
failed: number, };

/**
 * A test issue that is still there, or may be.
 */
export type LeftView = { 
/**
 * Its key; absent where Jira's answer was lost, and nobody knows whether it was created.
 */
issueKey: string | null, 
/**
 * The key of its project.
 */
projectKey: string, 
/**
 * When it was created, or about to be.
 */
at: Timestamp, 
/**
 * When the app tries again to delete it.
 */
againAt: Timestamp, 
/**
 * Whether Jira refused to delete it.
 */
refused: boolean, };

/**
 * What limits a person, in the order in which it is named.
 *
 * The person's own rights come first: what they may not see, they learn nothing about, not even whether the app would let
 * others through. The settings come next: the app knows them for certain and whoever administers it can change them at
 * once. The main authorized user comes last: its rights are changed elsewhere, and its answer is the one that can be
 * missing.
 */
export type Limit = "person" | "settings" | "main";

/**
 * What the lists of a [`ProjectLimit`] mean.
 */
export type LimitKind = "everything" | "only" | "except";

/**
 * One account in an exported report.
 */
export type Link = { 
/**
 * 1 for the first, rising by one.
 */
number: number, 
/**
 * Which account.
 */
account: Account, 
/**
 * Whether it is the main authorized user.
 */
isMain: boolean, 
/**
 * What is written down, if anything is.
 */
details: Details | null, 
/**
 * When that was last changed, and by whom.
 */
changedAt: Timestamp | null, 
/**
 * By whom.
 */
changedBy: Person | null, 
/**
 * The latest test of the account, if there was one.
 */
lastTest: LastTest | null, 
/**
 * When the report was made.
 */
reportedAt: Timestamp, 
/**
 * The seal of the link before; of the first link, of the report before, and empty for the first report.
 */
previous: string, };

/**
 * Whether a hand-off link may be used.
 */
export type LinkStanding = "open" | "revoked" | "spent";

/**
 * A hand-off link, without its code.
 */
export type LinkView = { 
/**
 * When it was made.
 */
madeAt: Timestamp, 
/**
 * Until when it may be used.
 */
expiresAt: Timestamp, 
/**
 * Whether it may be used.
 */
standing: LinkStanding, 
/**
 * The last try that came to nothing.
 */
failed: FailedTry | null, 
/**
 * How many more links this change may have. That of tests may have any number.
 */
more: number, };

/**
 * A project on a list.
 */
export type ListedProject = { 
/**
 * Its number.
 */
id: JiraNumber, 
/**
 * What it is called; absent when Jira has no such project any more, or does not show it to the caller.
 */
project: NamedProject | null, };

/**
 * How another site is listened to.
 */
export type ListeningView = { 
/**
 * When its webhooks were last looked at.
 */
lookedAt: Timestamp, 
/**
 * How many there are: one, if all is as it should be.
 */
webhooks: number, 
/**
 * When the first of them expires, unless it is renewed.
 */
expiresAt: Timestamp | null, 
/**
 * Why it is not as wanted, if so. What happens there is then found by the catch-up of every quarter of an hour.
 */
failure: CheckFailure | null, };

/**
 * A lost project.
 */
export type LossView = { 
/**
 * Which.
 */
project: RehearsedProject, 
/**
 * People who may browse it, at most ten; absent where nobody was asked.
 */
people: Array<Person> | null, 
/**
 * How many more were found.
 */
more: number, 
/**
 * Of how many of the site's people these are, where not everybody was looked at: the search ends once more are found
 * than are named, and with the thousandth, for Jira looks at no more.
 */
among: number | null, };

/**
 * What could not be carried.
 */
export type Lost = { 
/**
 * Files and pictures.
 */
attachments: number, 
/**
 * Macros and other extensions.
 */
macros: number, 
/**
 * Links to addresses that mean nothing elsewhere.
 */
links: number, 
/**
 * Anything else.
 */
other: number, 
/**
 * Whether its end is missing, because it was too long or too deep.
 */
shortened: boolean, };

/**
 * The main authorized user.
 */
export type MainUserView = { 
/**
 * Who.
 */
account: Account, 
/**
 * Since when.
 */
since: Timestamp, 
/**
 * Who changed it.
 */
changedBy: Person, 
/**
 * Address of this site.
 */
siteUrl: string, };

/**
 * Where the caller stands.
 */
export type Me = { 
/**
 * When this was true, in milliseconds since 1970-01-01T00:00:00Z.
 */
now: Timestamp, 
/**
 * Where; absent when the caller never connected their account.
 */
standing: Standing | null, 
/**
 * Since when the account is connected.
 */
connectedAt: Timestamp | null, 
/**
 * When the grant dies if it is never used again.
 */
idlesOutAt: Timestamp | null, 
/**
 * The scopes that were granted.
 */
scopes: Array<string>, 
/**
 * Whether the caller's account is the main authorized user.
 */
isMain: boolean, 
/**
 * What the app itself holds the caller's tokens for, if it does.
 */
needed: Needed | null, 
/**
 * Whether the site has a main authorized user.
 */
siteConnected: boolean, 
/**
 * A scheduled change that will ask the caller to allow again.
 */
announcement: Announcement | null, 
/**
 * When an administrator changed the main authorized user and asked everyone to allow anew, the last time.
 */
everyoneAskedAt: Timestamp | null, 
/**
 * The caller's authorization under way, or how the last one failed.
 */
consent: Consent | null, 
/**
 * The comment that waits.
 */
held: HeldView | null, 
/**
 * Whether that comment may be posted through the main authorized user.
 */
fallback: boolean, 
/**
 * In how many milliseconds to ask again; absent while nothing is under way.
 */
pollAfterMs: number | null, };

/**
 * A project by the names that it has now.
 */
export type NamedProject = { 
/**
 * Its number.
 */
id: JiraNumber, 
/**
 * Its key.
 */
key: string, 
/**
 * Its name.
 */
name: string, };

/**
 * Why the app holds tokens of an account beside its person's own use of them.
 */
export type Needed = { "type": "main" } | { "type": "change" } | { "type": "former", 
/**
 * Until when.
 */
until: Timestamp, };

/**
 * Why an assignee has no counterpart on the other site.
 */
export type NoCounterpart = "notInTable" | "addressHidden" | "notFound" | "several";

/**
 * How people are sorted.
 */
export type Order = "name" | "since";

/**
 * How a change ended.
 */
export type Outcome = { "type": "completed", 
/**
 * Webhooks of the old account that could not be removed, because its grant is dead: they expire by
 * themselves, and what they deliver is dropped.
 */
webhooksLeft: number, 
/**
 * Until when the account before can be restored; absent when its tokens are deleted.
 */
restorableUntil: Timestamp | null, } | { "type": "refreshed" } | { "type": "cancelled", 
/**
 * Who.
 */
by: Person, } | { "type": "expired" } | { "type": "superseded", 
/**
 * Who began that one.
 */
by: Person, } | { "type": "wrongAccount", 
/**
 * Who allowed.
 */
allowed: Person, } | { "type": "denied", 
/**
 * Why.
 */
denial: Denial, } | { "type": "checksFailed", 
/**
 * Every check.
 */
checks: Array<Check>, } | { "type": "webhooksFailed", 
/**
 * Why.
 */
failure: CheckFailure, } | { "type": "interrupted" } | { "type": "stopped", 
/**
 * What was not.
 */
because: Deviation, };

/**
 * Which page of people.
 */
export type PageOfPeople = { 
/**
 * Only those under this label.
 */
label: Label | null, 
/**
 * Sorted by what.
 */
order: Order, 
/**
 * From the end.
 */
descending: boolean, 
/**
 * Only those whose name begins so, whatever the case; with [`Order::Name`] only.
 */
query: string | null, 
/**
 * Where the page begins: [`Connections::next`] of the page before.
 */
cursor: string | null, };

/**
 * Which runs to list.
 */
export type PageOfRuns = { 
/**
 * Only those that ended so.
 */
outcome: RunOutcome | null, 
/**
 * Only those of this integration.
 */
integration: IntegrationId | null, 
/**
 * Only the run of this id, or the runs that began with the issue of this key. Goes before the others.
 */
search: string | null, 
/**
 * Where the page begins: [`Runs::next`] of the page before.
 */
cursor: string | null, };

/**
 * A pair of issues.
 */
export type PairRow = { 
/**
 * The number of the issue on this site.
 */
here: JiraNumber, 
/**
 * Its key; absent where it is gone, or the caller may not see it.
 */
hereKey: string | null, 
/**
 * The number of the issue on the other.
 */
there: JiraNumber, 
/**
 * Its key; absent where it is gone, the main authorized user may not see it, or nobody could say.
 */
thereKey: string | null, 
/**
 * How they came to be a pair.
 */
joined: Joined, 
/**
 * When. What was written before is not carried.
 */
at: Timestamp, 
/**
 * How many comments wait.
 */
waiting: number, 
/**
 * Until when they wait, if Jira or a failure wants that.
 */
waitsUntil: Timestamp | null, 
/**
 * Comments that could not be carried and are not tried again by themselves, each with its reason.
 */
parked: Array<Parked>, };

/**
 * One page of the pairs of an integration.
 */
export type PairsView = { 
/**
 * When this was true, in milliseconds since 1970-01-01T00:00:00Z.
 */
now: Timestamp, 
/**
 * Of which integration.
 */
integration: IntegrationId, 
/**
 * At most 25, the latest first.
 */
rows: Array<PairRow>, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * How many there may be.
 */
most: number, 
/**
 * Where the next page begins, if there is one.
 */
next: number | null, 
/**
 * Why the other site did not tell the keys of its issues; absent where it did.
 */
unnamed: Unestablished | null, 
/**
 * The key of the issue property by which two issues name each other.
 */
property: string, 
/**
 * Issues that could not be made pairs, or got no counterpart, and are not looked at again by themselves.
 */
parked: Array<ParkedIssue>, };

/**
 * A comment that could not be mirrored, or an assignee that could not be carried, and is not tried again by itself.
 */
export type Parked = { 
/**
 * At which end it was written.
 */
end: End, 
/**
 * Which comment; absent for the assignee.
 */
comment: JiraNumber | null, 
/**
 * Why.
 */
why: ItemFailure, 
/**
 * Since when.
 */
at: Timestamp, };

/**
 * An issue that could not be made one of a pair, or got no counterpart.
 */
export type ParkedIssue = { 
/**
 * At which end it is.
 */
end: End, 
/**
 * Its number.
 */
issue: JiraNumber, 
/**
 * Why.
 */
why: ItemFailure, 
/**
 * Since when.
 */
at: Timestamp, };

/**
 * What the main authorized user should be able to do in a project.
 */
export type Permission = "browseProjects" | "createIssues" | "addComments" | "editIssues" | "transitionIssues" | "createAttachments" | "serviceDeskAgent" | "assignIssues" | "linkIssues";

/**
 * How a person is shown: Jira decides how much of this the reader may see.
 */
export type Person = { 
/**
 * Who.
 */
accountId: AccountId, 
/**
 * The name that Jira shows, at most 255 characters.
 */
displayName: string, 
/**
 * Address of a picture, when Jira gave one.
 */
avatarUrl: string | null, };

/**
 * In whose name a mirror is posted.
 */
export type Poster = { 
/**
 * With whose grant.
 */
account: AccountId, 
/**
 * Whether that is the main authorized user's, and a footer names the author.
 */
forAuthor: boolean, };

/**
 * What support sees: how the app is set up, and the runs that were shared. No names, addresses or ids of people, no
 * secrets, no keys or texts of issues.
 */
export type Preview = { 
/**
 * The app's version.
 */
version: string, 
/**
 * Names this installation.
 */
instanceId: string, 
/**
 * Forge's `environmentType`.
 */
environment: string, 
/**
 * When the app was installed.
 */
installedAt: Timestamp, 
/**
 * Health in one word.
 */
badge: Badge, 
/**
 * Whether there is a main authorized user. Who that is, support does not see.
 */
connected: boolean, 
/**
 * How often the main authorized user became another.
 */
generation: number, 
/**
 * Whether a change is under way.
 */
changing: boolean, 
/**
 * When the checks were made; absent before the first.
 */
checkedAt: Timestamp | null, 
/**
 * The checks.
 */
checks: Array<PreviewCheck>, 
/**
 * How many webhooks Jira lists, where that was looked at.
 */
webhooks: number | null, 
/**
 * The settings.
 */
settings: PreviewSettings, 
/**
 * To which projects the app is limited.
 */
projects: PreviewProjects, 
/**
 * To how many administrators it is limited; absent where every Jira administrator may.
 */
administrators: number | null, 
/**
 * Its integrations.
 */
integrations: Array<PreviewIntegration>, 
/**
 * Runs that were shared.
 */
runs: Array<SharedRun>, };

/**
 * A check, and nothing of whom it is about.
 */
export type PreviewCheck = { 
/**
 * What was looked at.
 */
name: CheckName, 
/**
 * What was found.
 */
found: Found, };

/**
 * An integration, without its name, its people, its words, the other site and the keys of its issues.
 */
export type PreviewIntegration = { 
/**
 * Its id.
 */
id: string, 
/**
 * Whether it is enabled.
 */
enabled: boolean, 
/**
 * The number of its project on this site.
 */
here: JiraNumber, 
/**
 * The number of its project on the other.
 */
there: JiraNumber, 
/**
 * Which way comments go.
 */
direction: Direction, 
/**
 * Which comments go.
 */
which: PreviewWhich, 
/**
 * Whether customers see what comes from a project without customers.
 */
toCustomers: boolean, 
/**
 * At which ends issues are created for new ones of the other.
 */
creates: Array<End>, 
/**
 * How many people are mapped.
 */
assignees: number, 
/**
 * How the assignee of an issue follows that of the other; absent where each stays as it is.
 */
following: Following | null, 
/**
 * How many restrictions are mapped.
 */
restrictions: number, 
/**
 * How many pairs of issues it has.
 */
pairs: number, };

/**
 * To which projects the app is limited, by Jira's numbers: keys and names stay in Jira.
 */
export type PreviewProjects = { 
/**
 * What the lists mean.
 */
kind: LimitKind, 
/**
 * Numbers of projects.
 */
projects: Array<JiraNumber>, 
/**
 * Numbers of categories.
 */
categories: Array<JiraNumber>, };

/**
 * The settings.
 */
export type PreviewSettings = { 
/**
 * What a change asks of people.
 */
policy: ReauthorizationPolicy, 
/**
 * For how many days the previous main authorized user can be restored.
 */
graceDays: number, 
/**
 * Whether a comment may go out through the main authorized user.
 */
fallback: boolean, 
/**
 * For how many days runs are kept.
 */
runsDays: number, };

/**
 * Which comments an integration takes.
 */
export type PreviewWhich = "all" | "publicOnly" | "word";

/**
 * To which projects the app is limited.
 */
export type ProjectLimit = { 
/**
 * What the lists mean.
 */
kind: LimitKind, 
/**
 * Projects, at most 200.
 */
projects: Array<JiraNumber>, 
/**
 * Categories of projects, at most 50.
 */
categories: Array<JiraNumber>, };

/**
 * A prompt to authorize again.
 */
export type Prompt = { 
/**
 * Why.
 */
reason: ReauthorizationReason, 
/**
 * When the main authorized user last became another, if that is the reason.
 */
changedAt: Timestamp | null, };

/**
 * What the authorization is for. It is bound at the start, so that a grant never serves another purpose.
 */
export type Purpose = "firstConnect" | "changeMainUser" | "rollBack" | "reauthorize" | "test";

/**
 * What a change of main authorized user asks of the people who connected their own accounts.
 */
export type ReauthorizationPolicy = "verifyFirst" | "everyone";

/**
 * Why a person must consent again. Closed: every reason has its sentence.
 */
export type ReauthorizationReason = "revokedOrPasswordChanged" | "idle" | "scopesMissing" | "notRenewable" | "replacedPolicy" | "accountClosed";

/**
 * What is known of a change for good.
 */
export type Receipt = { 
/**
 * 1 for the first, rising by one.
 */
number: number, 
/**
 * First connection or change.
 */
purpose: Purpose, 
/**
 * The generation that it began.
 */
generation: number, 
/**
 * The main authorized user before.
 */
from: Person | null, 
/**
 * The main authorized user since.
 */
to: Person, 
/**
 * Who changed it.
 */
by: Person, 
/**
 * When it began.
 */
beganAt: Timestamp, 
/**
 * When the pointer moved.
 */
at: Timestamp, 
/**
 * The checks that were passed before.
 */
checks: Array<Check>, 
/**
 * What was known before; absent for a first connection and for going back.
 */
foreseen: Foreseen | null, 
/**
 * For when it was scheduled. Absent where it was not: the seals of receipts of earlier versions hold without it.
 */
scheduledFor?: Timestamp, 
/**
 * [`Receipt::seal`] of the receipt before; empty for the first.
 */
previous: string, };

/**
 * Why a redirect, or somebody with a hand-off link, was turned away.
 */
export type RedirectRefusal = "malformed" | "unknownState" | "expired" | "alreadyUsed" | "superseded" | "elsewhere" | "wrongIssuer" | "unknownLink";

/**
 * Refusals of one kind.
 */
export type RefusalRow<R = RedirectRefusal> = { 
/**
 * Why.
 */
reason: R, 
/**
 * When the first came.
 */
firstAt: Timestamp, 
/**
 * When the last came.
 */
lastAt: Timestamp, 
/**
 * How many came; at least so many, where a flood is counted by [`Refusals::with_few`].
 */
count: number, };

/**
 * The register of service accounts.
 */
export type RegisterView = { 
/**
 * When this was true, in milliseconds since 1970-01-01T00:00:00Z.
 */
now: Timestamp, 
/**
 * Every account; first the main authorized user, where nothing is written down of it.
 */
entries: Array<EntryView>, 
/**
 * The latest reports, newest first.
 */
reports: Array<Reported>, };

/**
 * What a change to an account would do.
 */
export type Rehearsal = { 
/**
 * When this was true, in milliseconds since 1970-01-01T00:00:00Z.
 */
now: Timestamp, 
/**
 * Names this result.
 */
id: string, 
/**
 * Who would be main authorized user.
 */
account: Account, 
/**
 * Who is.
 */
against: Person | null, 
/**
 * Whether that account is deactivated: Jira does not say what it saw, and every project counts.
 */
againstInactive: boolean, 
/**
 * Who asked for it.
 */
by: Person, 
/**
 * When it began.
 */
beganAt: Timestamp, 
/**
 * When it was done.
 */
doneAt: Timestamp | null, 
/**
 * Until when Jira asked to wait.
 */
waitsUntil: Timestamp | null, 
/**
 * How many projects were looked at.
 */
lookedAt: number, 
/**
 * Of how many, if that is known.
 */
total: number | null, 
/**
 * How many projects both see.
 */
kept: number, 
/**
 * How many only the main authorized user sees.
 */
lost: number, 
/**
 * How many only the account sees.
 */
gained: number, 
/**
 * In how many projects in use something required is missing, lost ones among them.
 */
failing: number, 
/**
 * Whether the account holds *Administer Jira*, once that is known.
 */
administers: boolean | null, 
/**
 * Permission by permission.
 */
permissions: Array<Tried>, 
/**
 * Lost projects, at most 50.
 */
losses: Array<LossView>, 
/**
 * Gained projects, at most 50.
 */
gains: Array<RehearsedProject>, 
/**
 * Projects in use, and not lost, where a permission is missing, at most 50: those where a required one is come first.
 */
misses: Array<RehearsedProject>, 
/**
 * What else the change would do.
 */
consequences: Consequences, 
/**
 * Whether it tells enough to begin a change: it is done, not a day old, and about the present main authorized user.
 */
current: boolean, 
/**
 * Whether a change needs what is lost or missing to be acknowledged.
 */
acknowledge: boolean, 
/**
 * In how many milliseconds to ask again; absent once it is done.
 */
pollAfterMs: number | null, };

/**
 * A project of a rehearsal.
 */
export type RehearsedProject = { 
/**
 * Its key.
 */
key: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether the main authorized user sees it.
 */
before: boolean, 
/**
 * Whether the account sees it.
 */
after: boolean, 
/**
 * What the account lacks there, if the project counts.
 */
lacking: Array<Permission>, };

/**
 * How often an account is tested without being asked for.
 */
export type Repeat = "off" | "daily" | "weekly";

/**
 * The answer to a [`Request`].
 */
export type Reply = { "type": "status", 
/**
 * The status.
 */
status: Status, } | { "type": "accounts", 
/**
 * In Jira's order.
 */
accounts: Array<Candidate>, } | { "type": "authorization", 
/**
 * Which change.
 */
change: SessionKey, 
/**
 * Atlassian's authorization page. Opens in a new tab or, copied, in a private window.
 */
url: string, 
/**
 * The status.
 */
status: Status, } | { "type": "handOff", 
/**
 * Which change.
 */
change: SessionKey, 
/**
 * The link. It is told this once.
 */
link: string, 
/**
 * The status.
 */
status: Status, } | { "type": "rehearsal", 
/**
 * What.
 */
rehearsal: Rehearsal | null, } | { "type": "rehearsedProjects", 
/**
 * The rehearsal.
 */
id: string, 
/**
 * At most 400.
 */
projects: Array<RehearsedProject>, 
/**
 * Which part comes next, if there is one.
 */
next: number | null, } | { "type": "register", 
/**
 * All of it.
 */
register: RegisterView, } | { "type": "trial", 
/**
 * All of it.
 */
trial: TrialView, } | { "type": "testLink", 
/**
 * The link. It is told this once.
 */
link: string, 
/**
 * All else that is known of its tests.
 */
trial: TrialView, } | { "type": "registerReport", 
/**
 * Account by account.
 */
links: Array<Link>, 
/**
 * The seal of the last of them; of the report before where there is none.
 */
seal: string, 
/**
 * When it was made.
 */
now: Timestamp, } | { "type": "receipts", 
/**
 * At most 20, in order.
 */
receipts: Array<Receipt>, 
/**
 * The number of the first that comes after these, if there is one.
 */
next: number | null, 
/**
 * The seal of the latest receipt of all; empty while there is none.
 */
seal: string, 
/**
 * When this was true.
 */
now: Timestamp, } | { "type": "runs", 
/**
 * One page of them, and all of them counted by day.
 */
runs: Runs, } | { "type": "run", 
/**
 * The run.
 */
run: Run, 
/**
 * At most 100 of its items, in order.
 */
items: Array<RunItem>, 
/**
 * Which part comes next, if there is one.
 */
next: number | null, 
/**
 * When this was true.
 */
now: Timestamp, 
/**
 * In how many milliseconds to ask again; absent once it has ended.
 */
pollAfterMs: number | null, } | { "type": "triedAgain", 
/**
 * How many comments or issues; none where each is through by now, or waits in no pair any more.
 */
comments: number, } | { "type": "integrations", 
/**
 * All of them.
 */
integrations: IntegrationsView, } | { "type": "otherSites", 
/**
 * In the order of their names.
 */
sites: Array<Site>, } | { "type": "issueTypes", 
/**
 * In Jira's order, at most 25.
 */
types: Array<IssueTypeRow>, } | { "type": "pairs", 
/**
 * One page of them.
 */
pairs: PairsView, } | { "type": "connections", 
/**
 * One page of them, and all of them counted.
 */
connections: Connections, } | { "type": "access", 
/**
 * What.
 */
access: Access, } | { "type": "projects", 
/**
 * In the order of their names.
 */
projects: Array<NamedProject>, } | { "type": "accessRequested", 
/**
 * Their request; absent when they may administer it already.
 */
request: AccessRequest | null, } | { "type": "explained", 
/**
 * Which.
 */
explanation: Explanation, } | { "type": "reminded", 
/**
 * How many will be prompted.
 */
reached: number, 
/**
 * How many were reminded within the last hour.
 */
tooSoon: number, 
/**
 * How many have nothing to do.
 */
nothingToDo: number, 
/**
 * How many could not be reached: storage did not answer for them, or they were acting at that very moment.
 */
failed: number, } | { "type": "support", 
/**
 * All of it.
 */
support: SupportView, } | { "type": "supportGranted", 
/**
 * The access.
 */
id: string, 
/**
 * What support comes in by. It is told this once and stored nowhere.
 */
code: string, 
/**
 * Access of support; absent where storage did not answer any more.
 */
support: SupportView | null, } | { "type": "about", 
/**
 * Which.
 */
about: About, } | { "type": "me", 
/**
 * Where.
 */
me: Me, } | { "type": "consent", 
/**
 * Atlassian's authorization page, to be opened in a new tab.
 */
url: string, 
/**
 * Where the caller stands.
 */
me: Me, } | { "type": "prompt", 
/**
 * What with.
 */
prompt: Prompt | null, 
/**
 * A scheduled change that will ask the caller to allow again, until they have read of it.
 */
announcement: Announcement | null, 
/**
 * What an administrator should know.
 */
risk: Risk | null, 
/**
 * Whether the caller is an administrator, where Jira was asked.
 */
administrator: boolean | null, 
/**
 * Nothing will be due before.
 */
askAgainAt: Timestamp, } | { "type": "comment", 
/**
 * What.
 */
result: CommentResult, 
/**
 * Where the caller stands.
 */
me: Me, } | { "type": "refused", 
/**
 * Why.
 */
error: ErrorCode, };

/**
 * A report that was exported.
 */
export type Reported = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * By whom.
 */
by: Person, 
/**
 * How many accounts it names.
 */
accounts: number, 
/**
 * The seal of its last link.
 */
seal: string, };

/**
 * What the pages ask. Every request is answered with what it leaves behind, so that no page has to ask again.
 */
export type Request = { "type": "status", 
/**
 * The change that the panel follows: saves a round trip.
 */
watching: SessionKey | null, } | { "type": "findAccounts", 
/**
 * At most 100 characters.
 */
query: string, } | { "type": "beginChange", 
/**
 * The account that is meant.
 */
intended: AccountId, 
/**
 * The change of another administrator that this one replaces.
 */
insteadOf: SessionKey | null, 
/**
 * What it asks of people; what the settings say when absent.
 */
policy: ReauthorizationPolicy | null, 
/**
 * The rehearsal whose losses and missing permissions the administrator acknowledges: [`Rehearsal::id`].
 */
acknowledged: string | null, 
/**
 * When it is to switch, from ten minutes to 30 days ahead; at once when absent.
 */
switchAt: Timestamp | null, } | { "type": "rehearse", 
/**
 * Which account.
 */
account: AccountId, 
/**
 * Whether only what failed in the last rehearsal is tried again.
 */
again: boolean, } | { "type": "rehearsal", 
/**
 * Which account.
 */
account: AccountId, } | { "type": "rehearsedProjects", 
/**
 * Which account.
 */
account: AccountId, 
/**
 * Which part, from 0.
 */
part: number, } | { "type": "handOffChange", 
/**
 * As with [`Request::BeginChange`].
 */
intended: AccountId, 
/**
 * As with [`Request::BeginChange`].
 */
insteadOf: SessionKey | null, 
/**
 * As with [`Request::BeginChange`].
 */
policy: ReauthorizationPolicy | null, 
/**
 * As with [`Request::BeginChange`].
 */
acknowledged: string | null, 
/**
 * As with [`Request::BeginChange`].
 */
switchAt: Timestamp | null, } | { "type": "renewHandOff", 
/**
 * Which change.
 */
change: SessionKey, } | { "type": "revokeHandOff", 
/**
 * Which change.
 */
change: SessionKey, } | { "type": "reopenAuthorization", 
/**
 * Which change.
 */
change: SessionKey, } | { "type": "continueChange", 
/**
 * Which change.
 */
change: SessionKey, } | { "type": "acceptAccount", 
/**
 * Which change.
 */
change: SessionKey, 
/**
 * The account that the administrator saw on the screen.
 */
accountId: AccountId, 
/**
 * As with [`Request::BeginChange`].
 */
acknowledged: string | null, } | { "type": "switchNow", 
/**
 * Which change.
 */
change: SessionKey, } | { "type": "cancelChange", 
/**
 * Which change.
 */
change: SessionKey, } | { "type": "checkNow", } | { "type": "rollBack", 
/**
 * As with [`Request::BeginChange`].
 */
acknowledged: string | null, } | { "type": "changeSettings", 
/**
 * All of it.
 */
settings: Settings, } | { "type": "register", } | { "type": "saveEntry", 
/**
 * Which account.
 */
account: AccountId, 
/**
 * What.
 */
details: Details, 
/**
 * The revision that was on the screen; absent where nothing was written down.
 */
revision: number | null, } | { "type": "removeEntry", 
/**
 * Which account.
 */
account: AccountId, 
/**
 * The revision that was on the screen.
 */
revision: number, } | { "type": "reportRegister", } | { "type": "trial", 
/**
 * Which account.
 */
account: AccountId, } | { "type": "settleTrial", 
/**
 * Which account.
 */
account: AccountId, 
/**
 * In which project an issue is created and deleted; none is when absent.
 */
project: JiraNumber | null, 
/**
 * How often.
 */
repeat: Repeat, } | { "type": "testAccount", 
/**
 * Which account.
 */
account: AccountId, } | { "type": "handOffTest", 
/**
 * Which account.
 */
account: AccountId, } | { "type": "revokeTestLink", 
/**
 * Which account.
 */
account: AccountId, } | { "type": "deleteTestGrant", 
/**
 * Which account.
 */
account: AccountId, } | { "type": "receipts", 
/**
 * The number of the first, from 1.
 */
from: number, } | { "type": "runs", 
/**
 * Which.
 */
page: PageOfRuns, } | { "type": "run", 
/**
 * Which run.
 */
id: RunId, 
/**
 * Which part, from 0.
 */
part: number, } | { "type": "shareRun", 
/**
 * Which run.
 */
id: RunId, 
/**
 * Whether they may.
 */
share: boolean, } | { "type": "runAgain", 
/**
 * Which run.
 */
id: RunId, } | { "type": "integrations", } | { "type": "createIntegration", 
/**
 * What is settled.
 */
terms: Terms, } | { "type": "changeIntegration", 
/**
 * Which.
 */
id: IntegrationId, 
/**
 * What the caller saw: [`IntegrationView::changed_at`].
 */
seen: Timestamp, 
/**
 * All of it.
 */
terms: Terms, } | { "type": "switchIntegration", 
/**
 * Which.
 */
id: IntegrationId, 
/**
 * As with [`Request::ChangeIntegration`].
 */
seen: Timestamp, 
/**
 * Whether it is to be enabled. It covers what happens from then on.
 */
on: boolean, } | { "type": "removeIntegration", 
/**
 * Which.
 */
id: IntegrationId, 
/**
 * As with [`Request::ChangeIntegration`].
 */
seen: Timestamp, } | { "type": "otherSites", } | { "type": "findProjectsThere", 
/**
 * Which site.
 */
site: CloudId, 
/**
 * At most 100 characters.
 */
query: string, } | { "type": "findPeopleThere", 
/**
 * Which site.
 */
site: CloudId, 
/**
 * At most 100 characters.
 */
query: string, } | { "type": "issueTypes", 
/**
 * On which site.
 */
site: CloudId, 
/**
 * In which project.
 */
project: JiraNumber, } | { "type": "tryIssuesAgain", 
/**
 * Of which integration.
 */
integration: IntegrationId, } | { "type": "pairs", 
/**
 * Of which integration.
 */
integration: IntegrationId, 
/**
 * Where the page begins: [`PairsView::next`] of the page before; at the latest when absent.
 */
from: number | null, } | { "type": "joinIssues", 
/**
 * In which integration.
 */
integration: IntegrationId, 
/**
 * The key of the issue on this site, as it is typed.
 */
here: string, 
/**
 * The key of the issue on the other.
 */
there: string, } | { "type": "partIssues", 
/**
 * In which integration.
 */
integration: IntegrationId, 
/**
 * The number of the issue on this site.
 */
here: JiraNumber, 
/**
 * The number of the issue on the other.
 */
there: JiraNumber, } | { "type": "tryPairAgain", 
/**
 * Of which integration.
 */
integration: IntegrationId, 
/**
 * The number of the issue on this site.
 */
here: JiraNumber, } | { "type": "connections", 
/**
 * Which.
 */
page: PageOfPeople, } | { "type": "remind", 
/**
 * At most 50.
 */
accounts: Array<AccountId>, } | { "type": "steerWave", 
/**
 * Which of these.
 */
to: Steering, } | { "type": "access", } | { "type": "findProjects", 
/**
 * At most 100 characters.
 */
query: string, } | { "type": "limitProjects", 
/**
 * What the caller saw: [`Access::edition`].
 */
edition: number, 
/**
 * All of it.
 */
limit: ProjectLimit, 
/**
 * Whether the caller knows that the app works nowhere from then on, where it is to work only in what is listed and
 * nothing is; no when absent.
 */
nowhere: boolean | null, } | { "type": "limitAdministrators", 
/**
 * What the caller saw: [`Access::edition`].
 */
edition: number, 
/**
 * Whom to; every Jira administrator when absent. At most 50.
 */
accounts: Array<AccountId> | null, } | { "type": "requestAccess", } | { "type": "decideAccess", 
/**
 * Whose.
 */
account: AccountId, 
/**
 * Whether it is approved.
 */
approve: boolean, } | { "type": "explain", 
/**
 * Whom; the caller when absent.
 */
account: AccountId | null, 
/**
 * The key of a project or of an issue, as it is typed.
 */
place: string, } | { "type": "support", } | { "type": "grantSupport", 
/**
 * The ticket that it is for, at most 100 characters; may be empty.
 */
ticket: string, 
/**
 * Until when, at most 30 days from now.
 */
until: Timestamp, } | { "type": "approveSupport", 
/**
 * Which access.
 */
id: string, 
/**
 * Until when, at most 30 days from now.
 */
until: Timestamp, } | { "type": "declineSupport", 
/**
 * Which access.
 */
id: string, } | { "type": "revokeSupport", 
/**
 * Which access.
 */
id: string, } | { "type": "about", } | { "type": "me", } | { "type": "authorize", } | { "type": "disconnect", } | { "type": "prompt", 
/**
 * Whether a risk is wanted, too: it is when absent. Whether the caller is an administrator costs a question to Jira,
 * so that a page which was told that they are none asks without it for a day.
 */
risks: boolean | null, } | { "type": "readAnnouncement", 
/**
 * Which change.
 */
change: SessionKey, } | { "type": "snooze", } | { "type": "comment", 
/**
 * Jira's number of the issue.
 */
issueId: string, 
/**
 * Plain text; a blank line begins a paragraph. At most 10,000 characters.
 */
text: string, 
/**
 * Whether customers may not see it; for service projects only.
 */
internal: boolean, } | { "type": "postHeld", 
/**
 * The edited text; as it was written when absent, and then only where the issue has not changed.
 */
text: string | null, } | { "type": "postForMe", 
/**
 * The edited text; as it was written when absent, and then only where the issue has not changed.
 */
text: string | null, } | { "type": "discardHeld", };

/**
 * Whom a comment is restricted to, in Jira's words.
 */
export type RestrictedTo = "group" | "role";

/**
 * A restriction of a comment.
 */
export type Restriction = { 
/**
 * To a group or to a role.
 */
to: RestrictedTo, 
/**
 * The name of it.
 */
name: string, };

/**
 * Which restriction on one site is the same as which on the other. An administrator says so: names alone prove nothing.
 */
export type Restrictions = { 
/**
 * On this site.
 */
here: Restriction, 
/**
 * On the other.
 */
there: Restriction, };

/**
 * What will stop the integration unless somebody acts, or has stopped it.
 */
export type Risk = { "type": "idlesOut", 
/**
 * When.
 */
at: Timestamp, } | { "type": "webhooksExpire", 
/**
 * When.
 */
at: Timestamp, } | { "type": "notAdministrator" } | { "type": "noProductAccess" } | { "type": "scopesMissing" } | { "type": "clientSecretRejected" } | { "type": "registerDue", 
/**
 * How many of either.
 */
count: number, } | { "type": "testsFailed", 
/**
 * How many.
 */
count: number, } | { "type": "disconnected" } | { "type": "scheduleStopped" } | { "type": "allowedByLink", 
/**
 * The account that allowed.
 */
account: Person, 
/**
 * Until when it waits.
 */
until: Timestamp, };

/**
 * A run.
 */
export type Run = { 
/**
 * Its name.
 */
id: RunId, 
/**
 * What started it.
 */
trigger: Trigger, 
/**
 * Of which integration.
 */
integration: IntegrationId, 
/**
 * How that was called at the time.
 */
name: string, 
/**
 * Of the pair with this issue on this site, by its number; of none where whole issues were looked at.
 */
here: JiraNumber | null, 
/**
 * The key of the issue that its first item is on, where Jira told it.
 */
issue: string | null, 
/**
 * When it started.
 */
startedAt: Timestamp, 
/**
 * When it last gave a sign of life.
 */
movedAt: Timestamp, 
/**
 * When it ended.
 */
endedAt: Timestamp | null, 
/**
 * How.
 */
outcome: RunOutcome, 
/**
 * What became of its items.
 */
counts: RunCounts, 
/**
 * How many of them were done as their author.
 */
asAuthor: number, 
/**
 * How many as the main authorized user, for their author.
 */
forAuthor: number, 
/**
 * How many items are written down.
 */
items: number, 
/**
 * That support may see it, if they may.
 */
shared: Shared | null, };

/**
 * How many comments became what.
 */
export type RunCounts = { 
/**
 * Looked at.
 */
read: number, 
/**
 * Created.
 */
created: number, 
/**
 * Updated, withdrawn or assigned.
 */
updated: number, 
/**
 * Skipped.
 */
skipped: number, 
/**
 * Failed.
 */
failed: number, 
/**
 * Points spent.
 */
points: number, };

/**
 * Runs of one day, counted when they ended.
 */
export type RunDay = { 
/**
 * The beginning of the day, in UTC.
 */
day: Timestamp, 
/**
 * All of them.
 */
runs: number, 
/**
 * Those that failed, in part or as a whole, or broke off.
 */
failures: number, };

/**
 * Random name of a run: 32 hexadecimal digits.
 */
export type RunId = string;

/**
 * One comment of a run, the assignee of an issue, or an issue as a whole.
 */
export type RunItem = { 
/**
 * At which end it was written, or the assignee was changed.
 */
end: End, 
/**
 * The key of its issue, if Jira told it.
 */
issue: string | null, 
/**
 * Its number: that of the comment, or of the issue where it is about that.
 */
comment: JiraNumber, 
/**
 * What it is about, where that is no comment.
 */
about: ItemAbout | null, 
/**
 * What became of it.
 */
outcome: ItemOutcome, 
/**
 * As whom something was done, if it was.
 */
by: Poster | null, 
/**
 * What of it could not be carried.
 */
lost: Lost, 
/**
 * Points of Jira's budget that it cost, as the app reckons them.
 */
points: number, 
/**
 * When it was through.
 */
at: Timestamp, };

/**
 * How a run ended.
 */
export type RunOutcome = "running" | "succeeded" | "waits" | "partly" | "failed" | "interrupted";

/**
 * A test under way.
 */
export type RunView = { 
/**
 * When it began.
 */
beganAt: Timestamp, 
/**
 * Who started it; the schedule when absent.
 */
by: Person | null, 
/**
 * What was found so far.
 */
checks: Array<TrialCheck>, 
/**
 * What is being tried.
 */
next: TrialItem | null, 
/**
 * How many projects were looked at, once that began.
 */
projects: number | null, 
/**
 * Until when Jira asked to wait.
 */
waitsUntil: Timestamp | null, };

/**
 * Runs.
 */
export type Runs = { 
/**
 * When this was true, in milliseconds since 1970-01-01T00:00:00Z.
 */
now: Timestamp, 
/**
 * One page, the latest first.
 */
rows: Array<Run>, 
/**
 * Where the next page begins, if there is one.
 */
next: string | null, 
/**
 * Runs by the day on which they ended, oldest first, at most 30.
 */
days: Array<RunDay>, 
/**
 * For how many days runs are kept.
 */
keptDays: number, 
/**
 * In how many milliseconds to ask again; absent while none of the page is running and none can begin on it.
 */
pollAfterMs: number | null, };

/**
 * The name of a session: the lower-case hexadecimal SHA-256 of its `state`. It is no secret.
 */
export type SessionKey = string;

/**
 * The settings.
 */
export type Settings = { 
/**
 * What a change asks of people, unless its initiator chooses otherwise.
 */
policy: ReauthorizationPolicy, 
/**
 * For how many days the previous main authorized user can be restored, from 0 to 30.
 */
graceDays: number, 
/**
 * Whether a comment may go out through the main authorized user, with its author named, until the author has
 * authorized again.
 */
fallback: boolean, 
/**
 * For how many days runs are kept, from 1 to 365; 30 when absent.
 */
runsDays: number | null, };

/**
 * That support may see a run.
 */
export type Shared = { 
/**
 * Who let them.
 */
by: Person, 
/**
 * When.
 */
at: Timestamp, };

/**
 * Figures of a run.
 */
export type SharedCounts = { 
/**
 * Looked at.
 */
read: number, 
/**
 * Created.
 */
created: number, 
/**
 * Updated.
 */
updated: number, 
/**
 * Skipped.
 */
skipped: number, 
/**
 * Failed.
 */
failed: number, 
/**
 * Points of Jira's budget.
 */
points: number, };

/**
 * A run that was shared.
 */
export type SharedRun = { 
/**
 * Its id.
 */
id: string, 
/**
 * The id of its integration.
 */
integration: string, 
/**
 * When it began.
 */
startedAt: Timestamp, 
/**
 * When it ended, if it did.
 */
endedAt: Timestamp | null, 
/**
 * How it ended, in a word of the app's own.
 */
outcome: string, 
/**
 * How many were read, created, updated, skipped, failed.
 */
counts: SharedCounts, };

/**
 * A project on a site.
 */
export type Side = { 
/**
 * The site.
 */
cloudId: CloudId, 
/**
 * The project's number there.
 */
project: JiraNumber, };

/**
 * A Jira site that a grant reaches: one row of `accessible-resources`.
 */
export type Site = { 
/**
 * Which site.
 */
cloudId: CloudId, 
/**
 * The name that Atlassian shows.
 */
name: string, 
/**
 * The site's address. It is shown, never fetched.
 */
url: string, };

/**
 * Why a comment is not mirrored, or an assignee not carried.
 */
export type Skipped = { "type": "echo" } | { "type": "anotherInstallation" } | { "type": "beforeEnabled" } | { "type": "notPublic" } | { "type": "noWord" } | { "type": "withheld", 
/**
 * Why not.
 */
why: Withheld, } | { "type": "outOfProject" } | { "type": "outOfReach", 
/**
 * What stops it.
 */
limit: Limit, } | { "type": "unchanged" } | { "type": "gone" } | { "type": "removedThere" } | { "type": "onAnotherIssue" } | { "type": "notKept", 
/**
 * What stood in the way of another.
 */
why: ItemFailure, } | { "type": "otherDirection" } | { "type": "notFollowing" } | { "type": "noCounterpart", 
/**
 * Why not.
 */
why: NoCounterpart, } | { "type": "notNamedBack" } | { "type": "securityLevel" };

/**
 * Where a change stands.
 */
export type StageView = { "type": "awaitingConsent" } | { "type": "handedOff", 
/**
 * The link, without its code.
 */
link: LinkView, } | { "type": "verifying" } | { "type": "interrupted" } | { "type": "allowed" } | { "type": "allowedByOther", 
/**
 * Who.
 */
allowed: Person, } | { "type": "denied", 
/**
 * Why.
 */
denial: Denial, } | { "type": "expired" } | { "type": "scheduled", 
/**
 * When that is.
 */
at: Timestamp, 
/**
 * Whether the time has come, or an invocation is at it: everything is looked at again.
 */
looking: boolean, 
/**
 * Whether an invocation is at it.
 */
active: boolean, } | { "type": "working", 
/**
 * Whether an invocation is at it.
 */
active: boolean, } | { "type": "undoing", 
/**
 * Whether an invocation is at it.
 */
active: boolean, } | { "type": "ended", 
/**
 * How.
 */
outcome: Outcome, 
/**
 * When.
 */
at: Timestamp, };

/**
 * Where a person stands.
 */
export type Standing = { "type": "working" } | { "type": "unverified" } | { "type": "toReauthorize", 
/**
 * Why.
 */
reason: ReauthorizationReason, } | { "type": "wrongAccount", 
/**
 * Why the person must allow again.
 */
reason: ReauthorizationReason, 
/**
 * Who allowed.
 */
allowed: Person, } | { "type": "neverUsed", 
/**
 * Why the grant is dead.
 */
reason: ReauthorizationReason, } | { "type": "deactivated" };

/**
 * Everything that the Status section shows.
 */
export type Status = { 
/**
 * The app's clock, against which the panel shows ages and countdowns.
 */
now: Timestamp, 
/**
 * Health in one word.
 */
badge: Badge, 
/**
 * The main authorized user.
 */
main: MainUserView | null, 
/**
 * The last checks, absent before the first.
 */
health: Health | null, 
/**
 * When Jira last delivered a webhook that proved true.
 */
lastDeliveryAt: Timestamp | null, 
/**
 * The change under way, or the last one for a day after its end.
 */
change: ChangeView | null, 
/**
 * The latest ended changes, newest first.
 */
history: Array<HistoryRow>, 
/**
 * Redirects that were turned away, newest first.
 */
refusals: Array<RefusalRow<RedirectRefusal>>, 
/**
 * Whether the last checks are so old that whoever shows this asks for new ones.
 */
checkDue: boolean, 
/**
 * What the site has settled.
 */
settings: Settings, 
/**
 * Whom the site can go back to.
 */
former: FormerView | null, 
/**
 * What will stop the integration unless somebody acts.
 */
risk: Risk | null, 
/**
 * How many reviews and rotations of service accounts are due.
 */
registerDue: number, 
/**
 * How many service accounts that are tested by a schedule failed the latest test.
 */
testsFailed: number, 
/**
 * What the caller may ask for now. The panel shows no other controls.
 */
actions: Array<Action>, 
/**
 * In how many milliseconds to ask again; absent while nothing is under way.
 */
pollAfterMs: number | null, };

/**
 * What an administrator does with the job.
 */
export type Steering = "pause" | "resume" | "cancel" | "restart";

/**
 * A way in which the job may be steered now.
 */
export type SteeringOffer = "pause" | "resume" | "cancel" | "restart";

/**
 * The steps of a change, in order.
 */
export type Step = "consent" | "checks" | "newWebhooks" | "switch" | "oldWebhooks" | "oldGrant";

/**
 * How far a step is.
 */
export type StepState = "waiting" | "current" | "done" | "skipped" | "failed";

/**
 * One step of the tracker.
 */
export type StepView = { 
/**
 * Which.
 */
step: Step, 
/**
 * How far.
 */
state: StepState, };

/**
 * An access.
 */
export type SupportAccessView = { 
/**
 * Its name.
 */
id: string, 
/**
 * When it was asked for, or granted first.
 */
at: Timestamp, 
/**
 * What support asked for; absent where an administrator granted first.
 */
asked: Asked | null, 
/**
 * The ticket that an administrator named who granted first.
 */
ticket: string | null, 
/**
 * Where it stands.
 */
standing: SupportStanding, 
/**
 * What support looked at, the latest first.
 */
views: Array<View>, 
/**
 * How many views there were before those.
 */
earlierViews: number, };

/**
 * Where an access stands.
 */
export type SupportStanding = { "type": "requested" } | { "type": "lapsed" } | { "type": "granted", 
/**
 * Who granted it.
 */
by: Person, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Until when.
 */
until: Timestamp, } | { "type": "expired", 
/**
 * Who granted it.
 */
by: Person, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Until when.
 */
until: Timestamp, } | { "type": "declined", 
/**
 * Who.
 */
by: Person, 
/**
 * When.
 */
at: Timestamp, } | { "type": "revoked", 
/**
 * Who granted it.
 */
grantedBy: Person, 
/**
 * When.
 */
grantedAt: Timestamp, 
/**
 * Who took it back.
 */
by: Person, 
/**
 * When.
 */
at: Timestamp, };

/**
 * Access of support.
 */
export type SupportView = { 
/**
 * When this was true, in milliseconds since 1970-01-01T00:00:00Z.
 */
now: Timestamp, 
/**
 * The address of the door; absent when Forge does not say.
 */
door: string | null, 
/**
 * Whether requests can be verified: the app's variable `SUPPORT_KEY` is set.
 */
hears: boolean, 
/**
 * Exactly what support sees.
 */
preview: Preview, 
/**
 * Accesses, the newest first.
 */
accesses: Array<SupportAccessView>, 
/**
 * Who was turned away at the door, newest first.
 */
refusals: Array<RefusalRow<DoorRefusal>>, };

/**
 * The sum of all shards in one generation.
 */
export type Tally = { 
/**
 * Those who were looked at in this generation.
 */
fresh: Counts, 
/**
 * Those who were not yet.
 */
unverified: number, };

/**
 * What an administrator settles about an integration.
 */
export type Terms = { 
/**
 * How it is called, at most 80 characters.
 */
name: string, 
/**
 * The project on this site.
 */
here: Side, 
/**
 * The project on the other.
 */
there: Side, 
/**
 * Which way.
 */
direction: Direction, 
/**
 * Which comments.
 */
which: Which, 
/**
 * Who is whom, at most 200.
 */
assignees: Array<Assignees>, 
/**
 * Which restriction is which, at most 50. A comment whose restriction is not in here is not sent.
 */
restrictions: Array<Restrictions>, 
/**
 * Whether comments of a project without customers are shown to the customers of a service project. Otherwise they
 * arrive there as internal notes.
 */
toCustomers: boolean, 
/**
 * How the assignee of an issue follows that of the other; absent where each stays as it is.
 */
following: Following | null, 
/**
 * As which type new issues get a counterpart on the other side, if they do.
 */
counterparts: Counterparts | null, };

/**
 * A grant that is held for tests of its account: somebody allowed by a hand-off link.
 */
export type TestUse = { 
/**
 * Since when.
 */
since: Timestamp, 
/**
 * Who made the link.
 */
by: Person, };

/**
 * A result.
 */
export type Tested = { 
/**
 * When the test began.
 */
beganAt: Timestamp, 
/**
 * When it was through.
 */
at: Timestamp, 
/**
 * Who started it; the schedule when absent.
 */
by: Person | null, 
/**
 * Every check, in the order of [`Item`].
 */
checks: Array<TrialCheck>, };

/**
 * Milliseconds since 1970-01-01T00:00:00Z.
 */
export type Timestamp = number;

/**
 * Why something was not tried, or not to its end. No sign that the account cannot do it.
 */
export type TrialBecause = { "type": "noGrant" } | { "type": "clientSecretRejected" } | { "type": "earlierCheck" } | { "type": "noProject" } | { "type": "projectGone" } | { "type": "issueGone" } | { "type": "projectLeftOut" } | { "type": "notRegistered" } | { "type": "requiredFields", 
/**
 * Names of what the first type wants, at most five.
 */
fields: Array<string>, } | { "type": "noIssueType" } | { "type": "noTransition" } | { "type": "tooManyLeft" } | { "type": "nobodyToAsk" } | { "type": "unanswered" };

/**
 * One check.
 */
export type TrialCheck = { 
/**
 * What was tried.
 */
item: TrialItem, 
/**
 * What was found.
 */
finding: TrialFinding, };

/**
 * Why a check failed: each has its sentence and its fix in the panel.
 */
export type TrialFailure = { "type": "grantDead", 
/**
 * The cause, as far as Atlassian tells.
 */
reason: ReauthorizationReason, } | { "type": "turnedAway" } | { "type": "scopesMissing", 
/**
 * The missing ones; none where only Jira said so.
 */
missing: Array<string>, } | { "type": "inactive" } | { "type": "notHuman", 
/**
 * What it is.
 */
accountType: AccountType, } | { "type": "noProductAccess" } | { "type": "permissionsMissing", 
/**
 * In how many.
 */
failing: number, 
/**
 * Of how many.
 */
of: number, } | { "type": "projectUnseen" } | { "type": "permissionMissing" } | { "type": "refused", 
/**
 * Jira's own words, cut to 200 characters.
 */
message: string, };

/**
 * What one check found.
 */
export type TrialFinding = { "type": "passed" } | { "type": "failed", 
/**
 * Why.
 */
failure: TrialFailure, } | { "type": "notRun", 
/**
 * Why not.
 */
because: TrialBecause, };

/**
 * What is tried, in the order in which it is tried and shown.
 */
export type TrialItem = "signsIn" | "active" | "productAccess" | "permissions" | "creates" | "comments" | "transitions" | "attaches" | "cleansUp";

/**
 * A result in one word.
 */
export type TrialVerdict = "passed" | "failed" | "incomplete";

/**
 * Tests of an account.
 */
export type TrialView = { 
/**
 * When this was true, in milliseconds since 1970-01-01T00:00:00Z.
 */
now: Timestamp, 
/**
 * Which account.
 */
account: Account, 
/**
 * In which project it is tested, by the names that it had when it was chosen.
 */
project: NamedProject | null, 
/**
 * How often without being asked for.
 */
repeat: Repeat, 
/**
 * When the next test is due.
 */
dueAt: Timestamp | null, 
/**
 * Whether the app holds a grant of the account.
 */
grant: boolean, 
/**
 * Where the app holds it for tests only: since when, and by whose link.
 */
held: TestUse | null, 
/**
 * Whether a link for whoever can sign in as it is of use: no grant that works is held.
 */
handsOff: boolean, 
/**
 * The latest link for whoever can sign in as it, until it is used.
 */
link: LinkView | null, 
/**
 * Whether the account may create issues in that project; absent where Jira does not say, or none is chosen.
 */
creates: boolean | null, 
/**
 * Whether it may delete them there: what it may not, stays.
 */
deletes: boolean | null, 
/**
 * The test under way.
 */
run: RunView | null, 
/**
 * The latest results, newest first, at most 30.
 */
results: Array<Tested>, 
/**
 * Projects where the latest test found something required missing, at most 20.
 */
lacking: Array<RehearsedProject>, 
/**
 * Test issues that are still there, or may be.
 */
left: Array<LeftView>, 
/**
 * In how many milliseconds to ask again; absent while nothing is under way.
 */
pollAfterMs: number | null, };

/**
 * In how many projects in use a permission is asked for and held.
 */
export type Tried = { 
/**
 * Which.
 */
permission: Permission, 
/**
 * Whether the integration needs it.
 */
required: boolean, 
/**
 * In how many projects it is asked for.
 */
asked: number, 
/**
 * In how many of them it is held.
 */
held: number, };

/**
 * What started a run.
 */
export type Trigger = { "type": "heard" } | { "type": "again", 
/**
 * Who.
 */
by: Person, 
/**
 * Which run.
 */
of: RunId, } | { "type": "triedAgain", 
/**
 * Who.
 */
by: Person, };

/**
 * Why an answer of an [`Explanation`] is not known.
 */
export type Unestablished = "mainGrantDead" | "noAnswer";

/**
 * Why nothing could be found out; never a reason to condemn anything.
 */
export type Unreachable = "jira" | "authorizationServer" | "renewal" | "storage" | "earlierCheck";

/**
 * Why an account cannot be the main authorized user.
 */
export type Unsuitable = "inactive" | "notHuman";

/**
 * What follows from them.
 */
export type Verdict = { "type": "reaches" } | { "type": "blocked", 
/**
 * The first that does not allow it.
 */
by: Limit, } | { "type": "open", 
/**
 * The first that is not known.
 */
unknown: Limit, };

/**
 * Views of one thing, within a minute.
 */
export type View = { 
/**
 * What was looked at.
 */
what: Viewed, 
/**
 * When first.
 */
firstAt: Timestamp, 
/**
 * When last.
 */
lastAt: Timestamp, 
/**
 * How often.
 */
count: number, };

/**
 * What support looks at.
 */
export type Viewed = { "type": "configuration" } | { "type": "run", 
/**
 * Which.
 */
id: string, };

/**
 * Which comments go.
 */
export type Which = { "type": "all" } | { "type": "publicOnly" } | { "type": "word", 
/**
 * For example `#sync`.
 */
word: string, };

/**
 * What keeps an action from an issue.
 */
export type Whom = "caller" | "main" | "settings";

/**
 * Why a comment cannot go without being shown to others than before.
 */
export type Withheld = { "type": "restricted", 
/**
 * To this.
 */
to: Restriction, } | { "type": "internal" };
