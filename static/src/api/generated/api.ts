// Generated from src/api.rs by `cargo xtask codegen`. Do not edit.

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
export type Action = "connect" | "change" | "takeOver" | "reopenAuthorization" | "continueChange" | "acceptAccount" | "cancelChange" | "checkNow";

/**
 * Health in one word.
 */
export type Badge = "notConnected" | "connected" | "actionNeeded" | "degraded" | "disconnected" | "unchecked";

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
isMain: boolean, };

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
accountType: AccountType, } | { "type": "notAdministrator" } | { "type": "scopesMissing", 
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
export type CheckName = "grantWorks" | "accountActive" | "jiraAdministrator" | "scopesComplete" | "siteCovered" | "webhooksRegistered";

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
covered: Array<string>, } | { "type": "malformedAnswer" } | { "type": "unreachable" };

/**
 * Why nothing was done.
 */
export type ErrorCode = { "code": "notAdministrator", 
/**
 * People who set the integration up and may be able to help, latest first, at most five.
 */
helpers: Array<Person>, } | { "code": "notSignedIn" } | { "code": "invalidRequest" } | { "code": "notConfigured", 
/**
 * Their names.
 */
missing: Array<string>, } | { "code": "accountNotFound" } | { "code": "accountUnsuitable", 
/**
 * Why.
 */
reason: Unsuitable, } | { "code": "changeUnderWay", 
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
replaceable: boolean, } | { "code": "noSuchChange" } | { "code": "notInitiator", 
/**
 * Who began it.
 */
by: Person, } | { "code": "wrongStage" } | { "code": "accountMismatch" } | { "code": "conflict" } | { "code": "jiraUnavailable", 
/**
 * For how many seconds, if Jira said.
 */
retryAfterS: number | null, } | { "code": "authorizationServerUnavailable", 
/**
 * For how many seconds, if it said.
 */
retryAfterS: number | null, } | { "code": "storageUnavailable" } | { "code": "corruptRecord" };

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
 * Every check, in the order of [`CheckName`].
 */
checks: Array<Check>, 
/**
 * Figures beside them.
 */
facts: Facts, };

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
receipt: number | null, };

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
 * How a change ended.
 */
export type Outcome = { "type": "completed", 
/**
 * Webhooks of the old account that could not be removed, because its grant is dead: they expire by
 * themselves, and what they deliver is dropped.
 */
webhooksLeft: number, } | { "type": "refreshed" } | { "type": "cancelled", 
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
failure: CheckFailure, } | { "type": "interrupted" };

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
 * What the authorization is for. It is bound at the start, so that a grant never serves another purpose.
 */
export type Purpose = "firstConnect" | "changeMainUser" | "reauthorize";

/**
 * Why a person must consent again. Closed: every reason has its sentence.
 */
export type ReauthorizationReason = "revokedOrPasswordChanged" | "idle" | "scopesMissing" | "notRenewable";

/**
 * Why a redirect was turned away. All look the same from outside.
 */
export type RedirectRefusal = "malformed" | "unknownState" | "expired" | "alreadyUsed" | "superseded" | "elsewhere" | "wrongIssuer";

/**
 * Refusals of one kind.
 */
export type RefusalRow = { 
/**
 * Why.
 */
reason: RedirectRefusal, 
/**
 * When the first came.
 */
firstAt: Timestamp, 
/**
 * When the last came.
 */
lastAt: Timestamp, 
/**
 * How many came.
 */
count: number, };

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
status: Status, } | { "type": "refused", 
/**
 * Why.
 */
error: ErrorCode, };

/**
 * What the panel asks. Every request but [`Request::Status`] is answered with the status that it leaves behind, so
 * that the panel never has to ask again.
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
insteadOf: SessionKey | null, } | { "type": "reopenAuthorization", 
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
accountId: AccountId, } | { "type": "cancelChange", 
/**
 * Which change.
 */
change: SessionKey, } | { "type": "checkNow", };

/**
 * The name of a session: the lower-case hexadecimal SHA-256 of its `state`. It is no secret.
 */
export type SessionKey = string;

/**
 * Where a change stands.
 */
export type StageView = { "type": "awaitingConsent" } | { "type": "verifying" } | { "type": "interrupted" } | { "type": "allowed" } | { "type": "allowedByOther", 
/**
 * Who.
 */
allowed: Person, } | { "type": "denied", 
/**
 * Why.
 */
denial: Denial, } | { "type": "expired" } | { "type": "working", 
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
refusals: Array<RefusalRow>, 
/**
 * What the caller may ask for now. The panel shows no other controls.
 */
actions: Array<Action>, 
/**
 * In how many milliseconds to ask again; absent while nothing is under way.
 */
pollAfterMs: number | null, };

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
 * Milliseconds since 1970-01-01T00:00:00Z.
 */
export type Timestamp = number;

/**
 * Why nothing could be found out; never a reason to condemn anything.
 */
export type Unreachable = "jira" | "authorizationServer" | "earlierCheck";

/**
 * Why an account cannot be the main authorized user.
 */
export type Unsuitable = "inactive" | "notHuman";
