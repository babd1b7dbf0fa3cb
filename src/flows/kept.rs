//! A comment that waits for its author: how it rests, who has it in hand, and how it ends.

use crate::api::{CommentResult, ErrorCode, Reply};
use crate::domain::personal::{Held as HeldComment, Personal};
use crate::domain::time::Span;
use crate::jira::{self, Sought};
use crate::ports::{Keep, Principal, StoreError, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Called;

use super::personal::{Mine, mine, view};
use super::{ask, caller, forget};

/// How many pages of later comments are looked through for one that was sent: a thousand comments.
const PAGES: usize = 10;

/// By how much Jira's clock may be behind ours.
const CLOCKS: Span = Span::minutes(5);

/// What there is to do with the comment that waits.
pub enum Waiting {
    /// It can be posted: nobody is at it, and Jira does not have it.
    Kept(Box<Kept>),
    /// Nothing, and this is the answer.
    Over(Reply),
}

/// A comment that waits, with its text.
pub struct Kept {
    /// Everything that concerns its author.
    pub mine: Mine,
    /// The comment.
    pub held: HeldComment,
    /// As it was written or last edited.
    pub text: Secret,
}

/// Looks what there is to do with the comment that waits, and looks for it on the issue where Jira may have it. `edited` is
/// what its author would have posted in its place.
///
/// # Errors
/// [`ErrorCode`]; the comment waits on.
pub async fn waiting<W: World>(
    called: &Called<'_, W>,
    mut mine: Mine,
    edited: Option<&str>,
) -> Result<Waiting, ErrorCode> {
    let held = mine.personal.value.held.clone().ok_or(ErrorCode::NothingHeld)?;
    let now = called.world.now();
    if held.busy(now) {
        return Ok(Waiting::Over(reply(called, mine, CommentResult::Posting).await));
    }
    let in_time = now < held.expires_at();
    let text = called.world.secret(&records::held_secret(&held.id)).await?;
    let Some(text) = text.clone().filter(|_| in_time) else {
        if in_time {
            // Another tab was through with it meanwhile.
            still(called, &held).await?;
        }
        let result = match give_up(called, &mut mine, &held).await? {
            Ok(Some(found)) => found.told(&held, text.as_ref(), edited),
            Ok(None) => CommentResult::Expired { issue_key: held.issue_key, unsure: false },
            Err(_) => CommentResult::Expired { issue_key: held.issue_key, unsure: true },
        };
        return Ok(Waiting::Over(reply(called, mine, result).await));
    };
    if !held.sent {
        return Ok(Waiting::Kept(Box::new(Kept { mine, held, text })));
    }
    // Nobody posts it while it is looked for.
    let Some(taken) = save(called, &mine.personal, held.clone().taken(false, now)).await? else {
        return Ok(Waiting::Over(reply(called, mine, CommentResult::Posting).await));
    };
    mine.personal = taken;
    let found = look(called, &held).await;
    match found {
        Ok(Some(found)) => {
            // Should this fail, the next look finds it once more.
            let _ = clear(called, &mut mine).await;
            let result = found.told(&held, Some(&text), edited);
            Ok(Waiting::Over(reply(called, mine, result).await))
        }
        Ok(None) => {
            mine.personal = put_back(called, &mine.personal, false).await?.ok_or(ErrorCode::NothingHeld)?;
            Ok(Waiting::Kept(Box::new(Kept { mine, held: held.left(false), text })))
        }
        Err(error) => {
            put_back(called, &mine.personal, true).await?;
            Err(error)
        }
    }
}

/// Answers [`crate::api::Request::DiscardHeld`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn discard<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let mut mine = mine(called).await?;
    let held = mine.personal.value.held.clone().ok_or(ErrorCode::NothingHeld)?;
    if held.busy(called.world.now()) {
        return Ok(reply(called, mine, CommentResult::Posting).await);
    }
    let result = match give_up(called, &mut mine, &held).await? {
        Ok(Some(Found { for_caller })) => {
            CommentResult::PostedBefore { issue_key: held.issue_key, for_caller, edited: None }
        }
        Ok(None) => CommentResult::Discarded { unsure: false },
        Err(_) => CommentResult::Discarded { unsure: true },
    };
    Ok(reply(called, mine, result).await)
}

/// A comment that was sent, on its issue.
struct Found {
    /// Whether the main authorized user posted it.
    for_caller: bool,
}

impl Found {
    /// What its author is told who wants it posted: words that are not on the issue are never said to be.
    fn told(self, held: &HeldComment, text: Option<&Secret>, edited: Option<&str>) -> CommentResult {
        let (issue_key, for_caller) = (held.issue_key.clone(), self.for_caller);
        match edited.filter(|words| !text.is_some_and(|text| text.is(words))) {
            Some(words) => CommentResult::PostedBefore { issue_key, for_caller, edited: Some(words.to_owned()) },
            None => CommentResult::Posted { issue_key, for_caller },
        }
    }
}

/// Looks for a comment that was sent, as the caller sees the issue: told by the property that went with it.
async fn look<W: World>(called: &Called<'_, W>, held: &HeldComment) -> Result<Option<Found>, ErrorCode> {
    let since = held.at.plus(Span(-CLOCKS.0));
    let mut start_at = 0;
    for _ in 0..PAGES {
        let page = ask::forge(called, Principal::Caller, &jira::latest_comments(held.issue_id, start_at)).await;
        let sought = page.and_then(|page| jira::read_sought(&page, &held.id, since));
        match sought.map_err(|refused| caller::of_issue(&refused))? {
            Sought::There { author } => {
                return Ok(Some(Found { for_caller: author.is_some_and(|author| author != called.caller) }));
            }
            Sought::NotThere => return Ok(None),
            Sought::Further { start_at: next } => start_at = next,
        }
    }
    // So many came later that it may still be among them.
    Err(ErrorCode::JiraUnavailable { retry_after_s: None })
}

/// Deletes what waits, and answers whether it is on the issue, where Jira may have it. That Jira does not say keeps nothing
/// from being deleted.
async fn give_up<W: World>(
    called: &Called<'_, W>,
    mine: &mut Mine,
    held: &HeldComment,
) -> Result<Result<Option<Found>, ErrorCode>, StoreError> {
    let found = if held.sent { look(called, held).await } else { Ok(None) };
    clear(called, mine).await?;
    Ok(found)
}

/// Keeps a comment: its text among the secrets, the rest in the person's record.
///
/// # Errors
/// [`ErrorCode`]; `Conflict` when another tab of the same person keeps one at this moment.
pub async fn keep<W: World>(
    called: &Called<'_, W>,
    mine: Mine,
    held: HeldComment,
    text: &str,
) -> Result<Mine, ErrorCode> {
    let world = called.world;
    let name = records::held_secret(&held.id);
    world.keep_secret(&name, &Secret::new(text.to_owned()), Keep::Day).await?;
    let Some(personal) = save(called, &mine.personal, held).await? else {
        let _ = world.forget_secret(&name).await;
        return Err(ErrorCode::Conflict);
    };
    let expired = mine.personal.value.held.as_ref().map(|old| records::held_secret(&old.id));
    let _ = forget(world, &expired.into_iter().collect::<Vec<_>>()).await;
    Ok(Mine { personal, ..mine })
}

/// Records where the comment stands; `None` when another function of the same person was at it meanwhile. Prompts move the
/// record of its person as well, and are no such function.
///
/// # Errors
/// [`StoreError`]
pub async fn save<W: World>(
    called: &Called<'_, W>,
    at: &At<Personal>,
    held: HeldComment,
) -> Result<Option<At<Personal>>, StoreError> {
    let before = at.value.held.clone();
    let saved = |personal: Personal| {
        let same = personal.held == before;
        same.then(|| Personal { held: Some(held.clone()), ..personal })
    };
    match records::amended(called.world, records::personal(&called.caller), at.clone(), &saved).await {
        Err(StoreError::Conflict) => Ok(None),
        done => done,
    }
}

/// Nobody is at it any more; `sent` says whether Jira may have it. `None` when it waits no more.
///
/// # Errors
/// [`StoreError`]
pub async fn put_back<W: World>(
    called: &Called<'_, W>,
    at: &At<Personal>,
    sent: bool,
) -> Result<Option<At<Personal>>, StoreError> {
    settle(called, at, &|held| Some(held.left(sent))).await
}

/// Nothing waits any more.
///
/// # Errors
/// [`StoreError`]; it waits on.
pub async fn clear<W: World>(called: &Called<'_, W>, mine: &mut Mine) -> Result<(), StoreError> {
    let names: Vec<String> = mine.personal.value.held.iter().map(|held| records::held_secret(&held.id)).collect();
    settle(called, &mine.personal, &|_| None).await?;
    mine.personal.value.held = None;
    // Storage forgets the text by itself within a day, should this fail.
    let _ = forget(called.world, &names).await;
    Ok(())
}

/// Records what became of the comment in `at`. Prompts move the record of its person as well, so it is read anew where that
/// happened; a comment that is another by then is left alone.
async fn settle<W: World>(
    called: &Called<'_, W>,
    at: &At<Personal>,
    outcome: &dyn Fn(HeldComment) -> Option<HeldComment>,
) -> Result<Option<At<Personal>>, StoreError> {
    let Some(ours) = at.value.held.as_ref().map(|held| held.id.clone()) else { return Ok(None) };
    let settled = |personal: Personal| {
        let held = personal.held.clone().filter(|held| held.id == ours)?;
        Some(Personal { held: outcome(held), ..personal })
    };
    records::amended(called.world, records::personal(&called.caller), at.clone(), &settled).await
}

/// Whether that comment waits still.
///
/// # Errors
/// [`ErrorCode::NothingHeld`]
pub async fn still<W: World>(called: &Called<'_, W>, held: &HeldComment) -> Result<(), ErrorCode> {
    let now: At<Personal> = records::load_or_default(called.world, &records::personal(&called.caller)).await?;
    let waits = now.value.held.is_some_and(|other| other.id == held.id);
    if waits { Ok(()) } else { Err(ErrorCode::NothingHeld) }
}

/// The comment waits, and this is why.
pub async fn waits<W: World>(called: &Called<'_, W>, known: Mine) -> Reply {
    let mine = mine(called).await.unwrap_or(known);
    let reason = mine.standing().and_then(|standing| standing.reason());
    Reply::Comment { result: CommentResult::Held { reason }, me: Box::new(view(called, &mine)) }
}

/// What became of a comment. It did, so it is told although storage does not say where the caller stands by now: then they
/// stand where they were `known` to.
pub async fn reply<W: World>(called: &Called<'_, W>, known: Mine, result: CommentResult) -> Reply {
    let mine = mine(called).await.unwrap_or(known);
    Reply::Comment { result, me: Box::new(view(called, &mine)) }
}
