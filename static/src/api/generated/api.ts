// Generated from src/api.rs by `cargo xtask codegen`. Do not edit.

/**
 * What Jira says of an account: the reply of `/myself`, `/user` and `/user/search`.
 */
export type Account = { 
/**
 * Who.
 */
person: Person, 
/**
 * Which kind of account.
 */
account_type: AccountType, 
/**
 * Whether the account may sign in.
 */
active: boolean, };

/**
 * Atlassian's `accountId`: opaque, at most 128 characters of a small alphabet.
 *
 * <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/>
 */
export type AccountId = string;

/**
 * Jira's `accountType`.
 */
export type AccountType = "Atlassian" | "App" | "Customer" | "Unknown";

/**
 * What the caller may ask for now.
 */
export type Action = "Connect" | "Change" | "TakeOver" | "ReopenAuthorization" | "ContinueChange" | "AcceptAccount" | "CancelChange" | "CheckNow";

/**
 * Health in one word.
 */
export type Badge = "NotConnected" | "Connected" | "ActionNeeded" | "Degraded" | "Disconnected" | "Unchecked";

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
is_main: boolean, };

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
began_at: Timestamp, 
/**
 * Until when it may go on without an answer.
 */
expires_at: Timestamp, 
/**
 * Where it stands.
 */
stage: StageView, 
/**
 * The four steps of the tracker.
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
export type CheckFailure = { "type": "GrantDead", 
/**
 * The cause, as far as Atlassian tells.
 */
reason: ReauthorizationReason, } | { "type": "ClientSecretRejected" } | { "type": "AccountInactive" } | { "type": "AccountNotHuman", 
/**
 * What it is.
 */
account_type: AccountType, } | { "type": "NotAdministrator" } | { "type": "ScopesMissing", 
/**
 * The missing ones.
 */
missing: Array<string>, } | { "type": "SiteNotCovered", 
/**
 * Names of the sites that it reaches.
 */
covered: Array<string>, } | { "type": "WebhooksMissing", 
/**
 * How many Jira lists.
 */
registered: number, 
/**
 * How many there should be.
 */
wanted: number, } | { "type": "WebhooksFull", 
/**
 * How many are in use.
 */
used: number, 
/**
 * How many Jira allows.
 */
limit: number, } | { "type": "WebhookRefused", 
/**
 * Jira's own words, cut to 200 characters.
 */
message: string, };

/**
 * What is looked at, in the order in which it is shown.
 */
export type CheckName = "GrantWorks" | "AccountActive" | "JiraAdministrator" | "ScopesComplete" | "SiteCovered" | "WebhooksRegistered";

/**
 * What one check found.
 */
export type CheckResult = { "type": "Passed" } | { "type": "Failed", 
/**
 * Why.
 */
failure: CheckFailure, } | { "type": "Unknown", 
/**
 * Why not.
 */
because: Unreachable, };

/**
 * Why an authorization yielded nothing.
 */
export type Denial = { "type": "Declined" } | { "type": "AuthorizationError" } | { "type": "CodeRefused" } | { "type": "ClientSecretRejected" } | { "type": "ScopesMissing", 
/**
 * The missing ones.
 */
missing: Array<string>, } | { "type": "SiteNotCovered", 
/**
 * Names of the sites that it reaches.
 */
covered: Array<string>, } | { "type": "MalformedAnswer" } | { "type": "Unreachable" };

/**
 * Why nothing was done.
 */
export type ErrorCode = { "NotAdministrator": { 
/**
 * People who set the integration up and may be able to help, latest first, at most five.
 */
helpers: Array<Person>, } } | "NotSignedIn" | "InvalidRequest" | { "NotConfigured": { 
/**
 * Their names.
 */
missing: Array<string>, } } | "AccountNotFound" | { "AccountUnsuitable": { 
/**
 * Why.
 */
reason: Unsuitable, } } | { "ChangeUnderWay": { 
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
replaceable: boolean, } } | "NoSuchChange" | { "NotInitiator": { 
/**
 * Who began it.
 */
by: Person, } } | "WrongStage" | "AccountMismatch" | "Conflict" | { "JiraUnavailable": { 
/**
 * For how many seconds, if Jira said.
 */
retry_after_s: number | null, } } | { "AuthorizationServerUnavailable": { 
/**
 * For how many seconds, if it said.
 */
retry_after_s: number | null, } } | "StorageUnavailable" | "CorruptRecord";

/**
 * Figures that the checks came upon, shown beside them.
 */
export type Facts = { 
/**
 * When the grant was last obtained or refreshed.
 */
refreshed_at: Timestamp | null, 
/**
 * When the grant dies if it is never used again: 90 days after its last refresh.
 */
idles_out_at: Timestamp | null, 
/**
 * How many of the required scopes were granted.
 */
scopes_granted: number | null, 
/**
 * Address of the site, as Atlassian names it.
 */
site_url: string | null, 
/**
 * How many webhooks Jira lists.
 */
webhooks: number | null, 
/**
 * When the first of them expires unless it is renewed.
 */
webhooks_expire_at: Timestamp | null, };

/**
 * The last run of all checks.
 */
export type Health = { 
/**
 * When they ran.
 */
checked_at: Timestamp, 
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
changed_by: Person, 
/**
 * Address of this site.
 */
site_url: string, };

/**
 * How a change ended.
 */
export type Outcome = { "type": "Completed", 
/**
 * Webhooks of the old account that could not be removed, because its grant is dead: they expire by
 * themselves, and what they deliver is dropped.
 */
webhooks_left: number, } | { "type": "Refreshed" } | { "type": "Cancelled", 
/**
 * Who.
 */
by: Person, } | { "type": "Expired" } | { "type": "Superseded", 
/**
 * Who began that one.
 */
by: Person, } | { "type": "WrongAccount", 
/**
 * Who allowed.
 */
allowed: Person, } | { "type": "Denied", 
/**
 * Why.
 */
denial: Denial, } | { "type": "ChecksFailed", 
/**
 * Every check.
 */
checks: Array<Check>, } | { "type": "WebhooksFailed", 
/**
 * Why.
 */
failure: CheckFailure, } | { "type": "Interrupted" };

/**
 * How a person is shown: Jira decides how much of this the reader may see.
 */
export type Person = { 
/**
 * Who.
 */
account_id: AccountId, 
/**
 * The name that Jira shows, at most 255 characters.
 */
display_name: string, 
/**
 * Address of a picture, when Jira gave one.
 */
avatar_url: string | null, };

/**
 * What the authorization is for. It is bound at the start, so that a grant never serves another purpose.
 */
export type Purpose = "FirstConnect" | "ChangeMainUser" | "Reauthorize";

/**
 * Why a person must consent again. Closed: every reason has its sentence.
 */
export type ReauthorizationReason = "RevokedOrPasswordChanged" | "Idle" | "ScopesMissing" | "NotRenewable";

/**
 * Why a redirect was turned away. All look the same from outside.
 */
export type RedirectRefusal = "Malformed" | "UnknownState" | "Expired" | "AlreadyUsed" | "Superseded" | "Elsewhere" | "WrongIssuer";

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
first_at: Timestamp, 
/**
 * When the last came.
 */
last_at: Timestamp, 
/**
 * How many came.
 */
count: number, };

/**
 * The answer to a [`Request`].
 */
export type Reply = { "Status": { 
/**
 * The status.
 */
status: Status, } } | { "Accounts": { 
/**
 * In Jira's order.
 */
accounts: Array<Candidate>, } } | { "Authorization": { 
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
status: Status, } } | { "Refused": { 
/**
 * Why.
 */
error: ErrorCode, } };

/**
 * What the panel asks. Every request but [`Request::Status`] is answered with the status that it leaves behind, so
 * that the panel never has to ask again.
 */
export type Request = { "Status": { 
/**
 * The change that the panel follows: saves a round trip.
 */
watching: SessionKey | null, } } | { "FindAccounts": { 
/**
 * At most 100 characters.
 */
query: string, } } | { "BeginChange": { 
/**
 * The account that is meant.
 */
intended: AccountId, 
/**
 * The change of another administrator that this one replaces.
 */
instead_of: SessionKey | null, } } | { "ReopenAuthorization": { 
/**
 * Which change.
 */
change: SessionKey, } } | { "ContinueChange": { 
/**
 * Which change.
 */
change: SessionKey, } } | { "AcceptAccount": { 
/**
 * Which change.
 */
change: SessionKey, 
/**
 * The account that the administrator saw on the screen.
 */
account_id: AccountId, } } | { "CancelChange": { 
/**
 * Which change.
 */
change: SessionKey, } } | { "CheckNow": Record<symbol, never> };

/**
 * The name of a session: the lower-case hexadecimal SHA-256 of its `state`. It is no secret.
 */
export type SessionKey = string;

/**
 * Where a change stands.
 */
export type StageView = "AwaitingConsent" | "Verifying" | "Interrupted" | "Allowed" | { "AllowedByOther": { 
/**
 * Who.
 */
allowed: Person, } } | { "Denied": { 
/**
 * Why.
 */
denial: Denial, } } | "Expired" | { "Working": { 
/**
 * Whether an invocation is at it.
 */
active: boolean, } } | { "Undoing": { 
/**
 * Whether an invocation is at it.
 */
active: boolean, } } | { "Ended": { 
/**
 * How.
 */
outcome: Outcome, 
/**
 * When.
 */
at: Timestamp, } };

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
last_delivery_at: Timestamp | null, 
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
poll_after_ms: number | null, };

/**
 * The steps of a change, in order.
 */
export type Step = "Consent" | "Checks" | "NewWebhooks" | "Switch" | "OldWebhooks" | "OldGrant";

/**
 * How far a step is.
 */
export type StepState = "Waiting" | "Current" | "Done" | "Skipped" | "Failed";

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
export type Unreachable = "Jira" | "AuthorizationServer" | "EarlierCheck";

/**
 * Why an account cannot be the main authorized user.
 */
export type Unsuitable = "Inactive" | "NotHuman";
