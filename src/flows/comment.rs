//! A comment in the caller's own name: posted, or kept until they have authorized, and never beyond what they may do.

use crate::api::{CommentResult, ErrorCode, HandedBackFor, Reply, Whom};
use crate::domain::access_rule::{Answer, Answers};
use crate::domain::account::AccountId;
use crate::domain::adf;
use crate::domain::footer;
use crate::domain::grant::Grant;
use crate::domain::personal::Held as HeldComment;
use crate::domain::standing::Standing;
use crate::jira::{self, Issue, JiraRefused};
use crate::ports::{Keep, Principal, World};
use crate::records;
use crate::secret::Secret;
use crate::tenant::Called;
use crate::url::hex;
use futures_util::join;

use super::held::{Held, with_grant};
use super::kept::{Kept, Waiting, clear, keep, put_back, reply, save, still, waiting, waits};
use super::personal::{Mine, mine};
use super::{ask, caller, check, grants, limits};

/// Longest comment, in characters.
const LONGEST: usize = 10_000;

/// Answers [`crate::api::Request::Comment`].
///
/// # Errors
/// [`ErrorCode`]; nothing is posted, and nothing is kept unless storage did not say what became of it.
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
    if internal && !issue.project.service_project {
        return Err(ErrorCode::NoInternalNotes);
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
        let mine = keep(called, mine, held, text).await?;
        return Ok(wanted(called, mine).await);
    }
    // It is kept before Jira gets it, as sent, so that whatever breaks off loses no text and posts none twice.
    let mut mine = keep(called, mine, held.taken(true, now), text).await?;
    let refused = match send(called, &mut mine, &called.caller, text, None).await {
        Ok(result) => return Ok(reply(called, mine, result).await),
        Err(Failed::Unknown(_)) => {
            let _ = put_back(called, &mine.personal, true).await;
            return Ok(waits(called, mine).await);
        }
        Err(Failed::NoGrant) => match mendable(called, &mine).await {
            Ok(()) => {
                let _ = put_back(called, &mine.personal, false).await;
                return Ok(wanted(called, mine).await);
            }
            Err(error) => error,
        },
        Err(Failed::Refused(error)) => error,
    };
    // The page still has the text: nothing has to wait.
    clear(called, &mut mine).await?;
    Err(refused)
}

/// Answers [`crate::api::Request::PostHeld`].
///
/// # Errors
/// [`ErrorCode`]; the comment waits on.
pub async fn post_held<W: World>(called: &Called<'_, W>, text: Option<&str>) -> Result<Reply, ErrorCode> {
    let mine = mine(called).await?;
    let edited = text.map(within_bounds).transpose()?;
    let kept = match waiting(called, mine, edited).await? {
        Waiting::Kept(kept) => kept,
        Waiting::Over(reply) => return Ok(reply),
    };
    if !usable(&kept.mine) {
        return Ok(wanted(called, kept.mine).await);
    }
    let issue = reachable(called, kept.held.issue_id).await?;
    within_main(called, &kept.mine, kept.held.issue_id).await?;
    finish(called, *kept, issue, edited, None).await
}

/// Answers [`crate::api::Request::PostForMe`]: through the main authorized user, only where the administrator permits it and
/// the caller may comment so themselves. Whoever has authorized meanwhile posts it in their own name.
///
/// # Errors
/// [`ErrorCode`]; the comment waits on.
pub async fn post_for_me<W: World>(called: &Called<'_, W>, text: Option<&str>) -> Result<Reply, ErrorCode> {
    let mine = mine(called).await?;
    if usable(&mine) {
        return post_held(called, text).await;
    }
    let edited = text.map(within_bounds).transpose()?;
    let kept = match waiting(called, mine, edited).await? {
        Waiting::Kept(kept) => kept,
        Waiting::Over(reply) => return Ok(reply),
    };
    if !kept.mine.settings.fallback || kept.held.internal {
        return Err(ErrorCode::NotForOthers);
    }
    let main = kept.mine.connection.main.as_ref().ok_or(ErrorCode::NotConnected)?;
    let main = main.account.person.account_id.clone();
    let (issue, author) = join!(reachable(called, kept.held.issue_id), caller::myself(called));
    let (issue, footer) = (issue?, footer::attribution(&author?.display_name, kept.held.at));
    if issue.project.service_project && !answers_customers(called, kept.held.issue_id).await? {
        return Err(ErrorCode::NotForOthers);
    }
    finish(called, *kept, issue, edited, Some((main, footer))).await
}

/// Why a comment that waited may not be posted as it is, by what became of its issue meanwhile.
fn unfit(held: &HeldComment, issue: &Issue, edited: Option<&str>) -> Option<HandedBackFor> {
    if held.internal && !issue.project.service_project {
        return Some(HandedBackFor::NoInternalNotes);
    }
    (edited.is_none() && issue.updated != held.updated).then_some(HandedBackFor::IssueChanged)
}

/// Posts what waited, as its author or as `for_author`, once: whoever posts it has it in hand. It is handed back where it is
/// not what its author would post now.
async fn finish<W: World>(
    called: &Called<'_, W>,
    Kept { mut mine, held, text }: Kept,
    issue: Issue,
    edited: Option<&str>,
    for_author: Option<(AccountId, String)>,
) -> Result<Reply, ErrorCode> {
    if let Some(why) = unfit(&held, &issue, edited) {
        // Another tab's own posting would be a change of the issue, too.
        still(called, &held).await?;
        let result = CommentResult::HandedBack { text: text.reveal().to_owned(), why };
        return Ok(reply(called, mine, result).await);
    }
    let world = called.world;
    let (account, footer) = match &for_author {
        Some((main, footer)) => (main.clone(), Some(footer.as_str())),
        None => (called.caller.clone(), None),
    };
    let taken = held.taken(edited.is_none(), world.now());
    let Some(at) = save(called, &mine.personal, taken.clone()).await? else {
        return Ok(reply(called, mine, CommentResult::Posting).await);
    };
    mine.personal = at;
    if let Some(words) = edited {
        // The author's latest words rest before Jira gets them: whatever is posted later are these.
        world.keep_secret(&records::held_secret(&taken.id), &Secret::new(words.to_owned()), Keep::Day).await?;
        let seen = taken.looked_over(issue.updated).taken(true, world.now());
        let Some(at) = save(called, &mine.personal, seen).await? else {
            return Ok(reply(called, mine, CommentResult::Posting).await);
        };
        mine.personal = at;
    }
    match send(called, &mut mine, &account, edited.unwrap_or_else(|| text.reveal()), footer).await {
        Ok(result) => Ok(reply(called, mine, result).await),
        Err(Failed::Unknown(error)) => {
            put_back(called, &mine.personal, true).await?;
            Err(error)
        }
        Err(Failed::Refused(error)) => {
            put_back(called, &mine.personal, false).await?;
            Err(error)
        }
        Err(Failed::NoGrant) => {
            put_back(called, &mine.personal, false).await?;
            if footer.is_some() {
                return Err(main_turned_away(called, &mine, &account).await);
            }
            mendable(called, &mine).await?;
            Ok(wanted(called, mine).await)
        }
    }
}

/// Hands a comment that is in hand to Jira, and forgets it when it is there.
async fn send<W: World>(
    called: &Called<'_, W>,
    mine: &mut Mine,
    account: &AccountId,
    words: &str,
    footer: Option<&str>,
) -> Result<CommentResult, Failed> {
    let held = mine.personal.value.held.clone().ok_or(Failed::Refused(ErrorCode::NothingHeld))?;
    post(called, account, &held, words, footer).await?;
    if footer.is_none() {
        used(called, mine).await;
    }
    // Last of all, and should it fail: the next look finds the comment on the issue.
    let _ = clear(called, mine).await;
    Ok(CommentResult::Posted { issue_key: held.issue_key, for_caller: footer.is_some() })
}

/// The issue, if the caller may see it and comment on it, by Jira's own word, and the app's settings let its project in.
async fn reachable<W: World>(called: &Called<'_, W>, issue_id: u64) -> Result<Issue, ErrorCode> {
    let (issue, rights) = (jira::issue(issue_id), jira::may_comment(issue_id));
    let (issue, rights, limits) = join!(
        ask::forge(called, Principal::Caller, &issue),
        ask::forge(called, Principal::Caller, &rights),
        limits::read(called.world)
    );
    let refused = |refused: JiraRefused| caller::of_issue(&refused);
    let (issue, rights) = (issue.map_err(refused)?, rights.map_err(refused)?);
    let person = jira::read_may_comment(&rights).into();
    let issue = jira::read_issue(&issue).map_err(|refused| caller::unavailable(&refused))?;
    let settings = limits::answer(&limits?, &issue.project);
    limits::within(Answers { person, settings, main: Answer::Unknown })?;
    Ok(issue)
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
    let account = &main.account.person.account_id;
    match with_grant(called, account, look).await {
        Ok(sees) => limits::within(Answers { person: Answer::Yes, settings: Answer::Yes, main: sees.into() }),
        // A wrong client secret is nobody's grant.
        Err(held) => Err(match held.passing() {
            Some(error) => error,
            None => main_turned_away(called, mine, account).await,
        }),
    }
}

/// What follows when the main authorized user's grant was turned away: no comment has one tried once more that Atlassian
/// honours still.
async fn main_turned_away<W: World>(called: &Called<'_, W>, mine: &Mine, main: &AccountId) -> ErrorCode {
    match check::alarm(called, main, mine.connection.generation).await {
        Ok(true) => ErrorCode::NotConnected,
        Ok(false) => ErrorCode::JiraUnavailable { retry_after_s: None },
        Err(error) => error.into(),
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
    let sent = async |token: &Secret| match jira::accepted(ask::send(called, token, &request).await) {
        // Jira has it, however much of what it says of it has arrived.
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

/// The comment waits. Whoever wants to do something with a grant uses the app, and is asked when it is dead.
async fn wanted<W: World>(called: &Called<'_, W>, mine: Mine) -> Reply {
    let world = called.world;
    let _ = grants::amend(world, &called.caller, mine.connection.epoch(), &|grant| grant.wanted(world.now())).await;
    waits(called, mine).await
}

/// Notes that the person used their grant, so that it works. The comment is posted, whatever comes of this.
async fn used<W: World>(called: &Called<'_, W>, mine: &Mine) {
    let (epoch, now) = (mine.connection.epoch(), called.world.now());
    let _ = grants::amend(called.world, &called.caller, epoch, &|grant| grant.verified(epoch).wanted(now)).await;
}
