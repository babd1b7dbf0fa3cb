//! A comment in the caller's own name: posted, or kept until they have authorized, and never beyond what they may do.

use crate::api::{CommentResult, ErrorCode, Reply, Whom};
use crate::domain::account::AccountId;
use crate::domain::adf;
use crate::domain::grant::Grant;
use crate::domain::personal::{Held as HeldComment, Personal};
use crate::domain::standing::Standing;
use crate::jira::{self, Issue, JiraRefused};
use crate::ports::{Keep, Principal, StoreError, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Called;
use crate::url::hex;
use futures_util::join;

use super::held::{Held, with_grant};
use super::personal::{Mine, mine, view};
use super::{ask, caller, check, forget, grants};

/// Longest comment, in characters.
const LONGEST: usize = 10_000;

/// Answers [`crate::api::Request::Comment`].
///
/// # Errors
/// [`ErrorCode`]; nothing is posted or kept.
pub async fn comment<W: World>(
    called: &Called<'_, W>,
    issue_id: &str,
    text: &str,
    internal: bool,
) -> Result<Reply, ErrorCode> {
    let issue_id: u64 = issue_id.parse().map_err(|_| ErrorCode::InvalidRequest)?;
    let text = within_bounds(text)?;
    let (mine, issue) = join!(mine(called), reachable(called, issue_id));
    let (mine, issue) = (mine?, issue?);
    // Nobody but the people of a service project can hide a comment, and elsewhere everybody would read it.
    if internal && !issue.of_service_project {
        return Err(ErrorCode::InvalidRequest);
    }
    let now = called.world.now();
    if let Some(held) = mine.personal.value.held.as_ref().filter(|held| now < held.expires_at()) {
        let posting = held.busy(now);
        return Err(if posting {
            ErrorCode::Conflict
        } else {
            ErrorCode::AnotherWaits { issue_key: held.issue_key.clone() }
        });
    }
    within_main(called, &mine, issue_id).await?;
    let held = HeldComment {
        id: hex(&called.world.random()[..16]),
        issue_id,
        issue_key: issue.key,
        internal,
        updated: issue.updated,
        at: now,
        sent: false,
        busy_until: None,
    };
    if !usable(&mine) {
        keep(called, &mine, held, text).await?;
        return wanted(called, &mine).await;
    }
    // It is kept before Jira gets it, as sent, so that whatever breaks off loses no text and posts none twice.
    let kept = keep(called, &mine, held.taken(true, now), text).await?;
    match send(called, &mine, &called.caller, &kept, text, None).await {
        Ok(result) => reply(called, result).await,
        Err(Failed::NoGrant) => {
            put_back(called, &kept, false).await?;
            mendable(called, &mine).await?;
            wanted(called, &mine).await
        }
        Err(Failed::Unknown(_)) => {
            put_back(called, &kept, true).await?;
            waits(called).await
        }
        // The page still has the text: nothing has to wait.
        Err(Failed::Refused(error)) => {
            clear(called, &kept).await?;
            Err(error)
        }
    }
}

/// Answers [`crate::api::Request::PostHeld`].
///
/// # Errors
/// [`ErrorCode`]; the comment waits on.
pub async fn post_held<W: World>(called: &Called<'_, W>, text: Option<&str>) -> Result<Reply, ErrorCode> {
    let mine = mine(called).await?;
    let (held, kept) = match waiting(called, &mine).await? {
        Waiting::Kept(held, kept) => (held, kept),
        Waiting::Expired(result) => return reply(called, result).await,
    };
    if held.busy(called.world.now()) {
        return reply(called, CommentResult::Posting).await;
    }
    if !usable(&mine) {
        return waits(called).await;
    }
    let issue = reachable(called, held.issue_id).await?;
    within_main(called, &mine, held.issue_id).await?;
    if text.is_none() && !held.sent && issue.updated != held.updated {
        // Another tab's own posting would be such a change.
        still(called, &held).await?;
        return reply(called, CommentResult::HandedBack { text: kept.reveal().to_owned() }).await;
    }
    let edited = text.map(within_bounds).transpose()?;
    finish(called, mine, held, &kept, edited, None).await
}

/// Answers [`crate::api::Request::PostForMe`]: through the main authorized user, only where the administrator permits it and
/// the caller may comment so themselves. Whoever has authorized meanwhile posts it in their own name.
///
/// # Errors
/// [`ErrorCode`]; the comment waits on.
pub async fn post_for_me<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let mine = mine(called).await?;
    if usable(&mine) {
        return post_held(called, None).await;
    }
    let (held, kept) = match waiting(called, &mine).await? {
        Waiting::Kept(held, kept) => (held, kept),
        Waiting::Expired(result) => return reply(called, result).await,
    };
    if held.busy(called.world.now()) {
        return reply(called, CommentResult::Posting).await;
    }
    if !mine.settings.fallback || held.internal {
        return Err(ErrorCode::NotForOthers);
    }
    let main = mine.connection.main.as_ref().ok_or(ErrorCode::NotConnected)?.account.person.account_id.clone();
    let (issue, author) = join!(reachable(called, held.issue_id), caller::myself(called));
    let (issue, footer) = (issue?, adf::attribution(&author?, held.at));
    if issue.of_service_project && !answers_customers(called, held.issue_id).await? {
        return Err(ErrorCode::NotForOthers);
    }
    finish(called, mine, held, &kept, None, Some((main, footer))).await
}

/// Answers [`crate::api::Request::DiscardHeld`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn discard<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let mine = mine(called).await?;
    let held = mine.personal.value.held.clone().ok_or(ErrorCode::NothingHeld)?;
    if held.busy(called.world.now()) {
        return reply(called, CommentResult::Posting).await;
    }
    clear(called, &mine.personal).await?;
    reply(called, CommentResult::Discarded).await
}

/// Posts what waited, as its author or as `for_author`, once: whoever posts it has it in hand, and what was sent before is
/// looked for first.
async fn finish<W: World>(
    called: &Called<'_, W>,
    mine: Mine,
    held: HeldComment,
    kept: &Secret,
    edited: Option<&str>,
    for_author: Option<(AccountId, String)>,
) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let (account, footer) = match &for_author {
        Some((main, footer)) => (main.clone(), Some(footer.as_str())),
        None => (called.caller.clone(), None),
    };
    let sent_before = held.sent;
    let taken = held.taken(edited.is_none(), world.now());
    let Some(mut at) = save(called, &mine.personal, taken.clone()).await? else {
        return reply(called, CommentResult::Posting).await;
    };
    if sent_before && is_there(called, &account, &taken).await? {
        clear(called, &at).await?;
        return reply(called, CommentResult::Posted { issue_key: taken.issue_key, for_caller: footer.is_some() }).await;
    }
    if let Some(words) = edited {
        // The author's latest words rest before Jira gets them: whatever is posted later are these.
        world.keep_secret(&records::held_secret(&taken.id), &Secret::new(words.to_owned()), Keep::Day).await?;
        let Some(sent) = save(called, &at, taken.taken(true, world.now())).await? else {
            return reply(called, CommentResult::Posting).await;
        };
        at = sent;
    }
    match send(called, &mine, &account, &at, edited.unwrap_or_else(|| kept.reveal()), footer).await {
        Ok(result) => reply(called, result).await,
        Err(Failed::Unknown(error)) => {
            put_back(called, &at, true).await?;
            Err(error)
        }
        Err(Failed::Refused(error)) => {
            put_back(called, &at, false).await?;
            Err(error)
        }
        Err(Failed::NoGrant) => {
            put_back(called, &at, false).await?;
            if footer.is_some() {
                check::alarm(called, mine.connection.generation).await;
                return Err(ErrorCode::NotConnected);
            }
            mendable(called, &mine).await?;
            waits(called).await
        }
    }
}

/// Hands a comment that is in hand to Jira, and forgets it when it is there.
async fn send<W: World>(
    called: &Called<'_, W>,
    mine: &Mine,
    account: &AccountId,
    at: &At<Personal>,
    words: &str,
    footer: Option<&str>,
) -> Result<CommentResult, Failed> {
    let held = at.value.held.as_ref().ok_or(Failed::Refused(ErrorCode::NothingHeld))?;
    post(called, account, held, words, footer).await?;
    if footer.is_none() {
        used(called, mine).await;
    }
    // Last of all, and should it fail: the next look finds the comment on the issue.
    let _ = clear(called, at).await;
    Ok(CommentResult::Posted { issue_key: held.issue_key.clone(), for_caller: footer.is_some() })
}

/// Records where the comment stands; `None` when another function of the same person moved the record.
async fn save<W: World>(
    called: &Called<'_, W>,
    at: &At<Personal>,
    held: HeldComment,
) -> Result<Option<At<Personal>>, StoreError> {
    let value = Personal { held: Some(held), ..at.value.clone() };
    match called.world.transact(vec![records::put(records::personal(&called.caller), at.expect, &value)]).await {
        Ok(()) => Ok(Some(At { expect: at.expect.next(), value })),
        Err(StoreError::Conflict) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Nobody is at it any more.
async fn put_back<W: World>(called: &Called<'_, W>, at: &At<Personal>, sent: bool) -> Result<(), StoreError> {
    settle(called, at, &|held| Some(held.left(sent))).await
}

/// Records what became of the comment in `at`. Prompts move the record of its person as well, so it is read anew where that
/// happened; a comment that is another by then is left alone.
async fn settle<W: World>(
    called: &Called<'_, W>,
    at: &At<Personal>,
    outcome: &dyn Fn(HeldComment) -> Option<HeldComment>,
) -> Result<(), StoreError> {
    let Some(ours) = at.value.held.as_ref().map(|held| held.id.clone()) else { return Ok(()) };
    let settled = |personal: Personal| {
        let held = personal.held.clone().filter(|held| held.id == ours)?;
        Some(Personal { held: outcome(held), ..personal })
    };
    records::amend(called.world, records::personal(&called.caller), at.clone(), &settled).await
}

/// The issue, if the caller may see it and comment on it, by Jira's own word.
async fn reachable<W: World>(called: &Called<'_, W>, issue_id: u64) -> Result<Issue, ErrorCode> {
    let (issue, rights) = (jira::issue(issue_id), jira::may_comment(issue_id));
    let (issue, rights) =
        join!(ask::forge(called, Principal::Caller, &issue), ask::forge(called, Principal::Caller, &rights));
    let stopped = ErrorCode::IssueOutOfReach { whom: Whom::Caller };
    let refused = |refused: JiraRefused| {
        let stops = matches!(refused, JiraRefused::NotFound | JiraRefused::Forbidden);
        if stops { stopped.clone() } else { caller::unavailable(&refused) }
    };
    let (issue, rights) = (issue.map_err(refused)?, rights.map_err(refused)?);
    if !jira::read_may_comment(&rights) {
        return Err(stopped);
    }
    jira::read_issue(&issue).map_err(|refused| caller::unavailable(&refused))
}

/// The main authorized user is the ceiling: what it may not see, nobody reaches through the app.
async fn within_main<W: World>(called: &Called<'_, W>, mine: &Mine, issue_id: u64) -> Result<(), ErrorCode> {
    let main = mine.connection.main.as_ref().ok_or(ErrorCode::NotConnected)?;
    let request = jira::issue(issue_id);
    let look = async |token: &Secret| match ask::jira(called, token, &request).await {
        Ok(_) => Ok(true),
        Err(JiraRefused::NotFound | JiraRefused::Forbidden) => Ok(false),
        Err(refused) => Err(refused),
    };
    match with_grant(called, &main.account.person.account_id, look).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(ErrorCode::IssueOutOfReach { whom: Whom::Main }),
        Err(held) => {
            // A wrong client secret is nobody's grant.
            if let Some(error) = held.passing() {
                return Err(error);
            }
            check::alarm(called, mine.connection.generation).await;
            Err(ErrorCode::NotConnected)
        }
    }
}

/// Whether the caller may answer customers of a service project. Whoever is no agent there comments internally only, and
/// gets no further through somebody else.
async fn answers_customers<W: World>(called: &Called<'_, W>, issue_id: u64) -> Result<bool, ErrorCode> {
    let rights = ask::forge(called, Principal::Caller, &jira::is_agent(issue_id)).await;
    rights.map(|rights| jira::read_is_agent(&rights)).map_err(|refused| caller::unavailable(&refused))
}

fn usable(mine: &Mine) -> bool {
    mine.standing().is_some_and(|standing| standing.usable())
}

/// Whether consent can mend that Jira turned the caller's grant away: not where Atlassian honours it still, as it stands
/// after a refresh may have moved it.
async fn mendable<W: World>(called: &Called<'_, W>, mine: &Mine) -> Result<(), ErrorCode> {
    let grant = records::load::<Grant>(called.world, &records::grant(&called.caller)).await?;
    let standing = grant.and_then(|at| Standing::of(&at.value, mine.connection.epoch()));
    let honoured = standing.is_some_and(|standing| standing.usable());
    if honoured { Err(ErrorCode::JiraUnavailable { retry_after_s: None }) } else { Ok(()) }
}

fn within_bounds(text: &str) -> Result<&str, ErrorCode> {
    let long = text.chars().count() > LONGEST;
    if long || text.trim().is_empty() { Err(ErrorCode::CommentLength) } else { Ok(text) }
}

/// Why a comment is not posted.
enum Failed {
    /// The account must allow first.
    NoGrant,
    /// Jira would not take it.
    Refused(ErrorCode),
    /// No answer came: it may be posted.
    Unknown(ErrorCode),
}

async fn post<W: World>(
    called: &Called<'_, W>,
    account: &AccountId,
    held: &HeldComment,
    text: &str,
    footer: Option<&str>,
) -> Result<(), Failed> {
    let body = adf::document(text, footer);
    let request = jira::add_comment(held.issue_id, &body, &held.id, held.internal);
    let sent = async |token: &Secret| match ask::jira(called, token, &request).await {
        Ok(_) => Ok(Ok(())),
        // A refresh says which scopes there are: only when that is fewer than needed must anybody allow again.
        Err(JiraRefused::Unauthenticated | JiraRefused::ScopeMissing) => Err(JiraRefused::Unauthenticated),
        Err(refused) => Ok(Err(refused)),
    };
    let whom = if footer.is_some() { Whom::Main } else { Whom::Caller };
    match with_grant(called, account, sent).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(JiraRefused::Unavailable { retry_after_s })) => {
            Err(Failed::Unknown(ErrorCode::JiraUnavailable { retry_after_s }))
        }
        Ok(Err(JiraRefused::Unexpected(message))) => Err(Failed::Refused(ErrorCode::CommentRefused { message })),
        Ok(Err(JiraRefused::Forbidden | JiraRefused::NotFound | JiraRefused::Unauthenticated)) => {
            Err(Failed::Refused(ErrorCode::IssueOutOfReach { whom }))
        }
        Ok(Err(JiraRefused::ScopeMissing)) | Err(Held::Gone(_)) => Err(Failed::NoGrant),
        Err(Held::Wait(error)) => Err(Failed::Refused(error)),
        Err(Held::Failed(_)) => Err(Failed::Refused(ErrorCode::AuthorizationServerUnavailable { retry_after_s: None })),
    }
}

/// Whether a comment that was sent is on the issue: told by the property that went with it.
async fn is_there<W: World>(
    called: &Called<'_, W>,
    account: &AccountId,
    held: &HeldComment,
) -> Result<bool, ErrorCode> {
    let request = jira::latest_comments(held.issue_id);
    let look = async |token: &Secret| ask::jira(called, token, &request).await;
    match with_grant(called, account, look).await {
        Ok(comments) => jira::read_has_action(&comments, &held.id).map_err(|refused| caller::unavailable(&refused)),
        Err(held) => Err(held.passing().unwrap_or(ErrorCode::JiraUnavailable { retry_after_s: None })),
    }
}

/// Keeps a comment: its text among the secrets, the rest in the person's record.
async fn keep<W: World>(
    called: &Called<'_, W>,
    mine: &Mine,
    held: HeldComment,
    text: &str,
) -> Result<At<Personal>, ErrorCode> {
    let world = called.world;
    let name = records::held_secret(&held.id);
    world.keep_secret(&name, &Secret::new(text.to_owned()), Keep::Day).await?;
    let Some(at) = save(called, &mine.personal, held).await? else {
        let _ = world.forget_secret(&name).await;
        return Err(ErrorCode::Conflict);
    };
    let expired = mine.personal.value.held.as_ref().map(|old| records::held_secret(&old.id));
    let _ = forget(world, &expired.into_iter().collect::<Vec<_>>()).await;
    Ok(at)
}

/// Whoever wants to do something with a grant uses the app, and is asked when it is dead.
async fn wanted<W: World>(called: &Called<'_, W>, mine: &Mine) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let _ = grants::amend(world, &called.caller, mine.connection.epoch(), &|grant| grant.wanted(world.now())).await;
    waits(called).await
}

/// The comment waits, and this is why.
async fn waits<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let mine = mine(called).await?;
    let reason = mine.standing().and_then(|standing| standing.reason());
    Ok(Reply::Comment { result: CommentResult::Held { reason }, me: Box::new(view(called, &mine)) })
}

enum Waiting {
    Kept(HeldComment, Secret),
    Expired(CommentResult),
}

async fn waiting<W: World>(called: &Called<'_, W>, mine: &Mine) -> Result<Waiting, ErrorCode> {
    let held = mine.personal.value.held.clone().ok_or(ErrorCode::NothingHeld)?;
    let in_time = called.world.now() < held.expires_at();
    match called.world.secret(&records::held_secret(&held.id)).await? {
        Some(kept) if in_time => return Ok(Waiting::Kept(held, kept)),
        // Another tab was through with it meanwhile.
        None if in_time => still(called, &held).await?,
        Some(_) | None => {}
    }
    clear(called, &mine.personal).await?;
    Ok(Waiting::Expired(CommentResult::Expired { issue_key: held.issue_key }))
}

/// Whether that comment waits still.
async fn still<W: World>(called: &Called<'_, W>, held: &HeldComment) -> Result<(), ErrorCode> {
    let now: At<Personal> = records::load_or_default(called.world, &records::personal(&called.caller)).await?;
    let waits = now.value.held.is_some_and(|other| other.id == held.id);
    if waits { Ok(()) } else { Err(ErrorCode::NothingHeld) }
}

/// Nothing waits any more.
async fn clear<W: World>(called: &Called<'_, W>, at: &At<Personal>) -> Result<(), StoreError> {
    let names: Vec<String> = at.value.held.iter().map(|held| records::held_secret(&held.id)).collect();
    settle(called, at, &|_| None).await?;
    forget(called.world, &names).await
}

/// Notes that the person used their grant, so that it works. The comment is posted, whatever comes of this.
async fn used<W: World>(called: &Called<'_, W>, mine: &Mine) {
    let (epoch, now) = (mine.connection.epoch(), called.world.now());
    let _ = grants::amend(called.world, &called.caller, epoch, &|grant| grant.verified(epoch).wanted(now)).await;
}

async fn reply<W: World>(called: &Called<'_, W>, result: CommentResult) -> Result<Reply, ErrorCode> {
    let mine = mine(called).await?;
    Ok(Reply::Comment { result, me: Box::new(view(called, &mine)) })
}
