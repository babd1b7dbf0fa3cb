//! Why somebody reaches a project or an issue through the app, or does not: asked of Jira now, and of the one rule.

use crate::api::{ErrorCode, Explanation, Reply, Unestablished};
use crate::domain::access_rule::{Answer, Answers};
use crate::domain::account::{AccountId, Person};
use crate::domain::connection::Connection;
use crate::domain::place::Place;
use crate::jira::{self, JiraRefused, Project, Rights};
use crate::ports::{Principal, World};
use crate::records;
use crate::secret::Secret;
use crate::tenant::Called;
use futures_util::join;

use super::held::with_grant;
use super::limits::{self, named};
use super::{accounts, ask, caller, check};

/// A place that the asker sees.
struct Seen {
    project: Project,
    /// Number and key.
    issue: Option<(u64, String)>,
}

/// Answers [`crate::api::Request::Explain`]. Administrators ask about anybody, everybody else about themselves only.
///
/// # Errors
/// [`ErrorCode::NoSuchPlace`] for what is not there as well as for what the asker may not see.
pub async fn explain<W: World>(
    called: &Called<'_, W>,
    account: Option<&AccountId>,
    place: &str,
) -> Result<Reply, ErrorCode> {
    let other = account.filter(|account| **account != called.caller);
    // Before anything is told of the place or the other person.
    let person = async {
        match other {
            None => caller::myself(called).await,
            Some(other) => {
                let (allowed, person) = join!(caller::administrator(called), accounts::one(called, other));
                allowed?;
                Ok(person?.person)
            }
        }
    };
    let key = records::connection();
    let (person, seen, limits, connection) = join!(
        person,
        sight(called, place),
        limits::read(called.world),
        records::load_or_default::<Connection>(called.world, &key),
    );
    let (person, seen, limits, connection) = (person?, seen?, limits?, connection?.value);
    let main = connection.main.as_ref().map(|main| main.account.person.clone());
    let (rights, (main_sees, because)) =
        join!(rights(called, other, &seen), main_sees(called, main.as_ref(), &seen, connection.generation));
    let person_sees = rights.map_or(Answer::Unknown, |rights| rights.sees.into());
    let answers = Answers { person: person_sees, settings: limits::answer(&limits, &seen.project), main: main_sees };
    let unanswered = rights.is_none().then_some(Unestablished::NoAnswer);
    let explanation = Explanation {
        person,
        mine: other.is_none(),
        project: named(seen.project),
        issue_key: seen.issue.map(|(_, key)| key),
        connected: main.is_some(),
        main: main.filter(|_| other.is_some()),
        answers,
        verdict: answers.verdict(),
        comments: rights.map_or(Answer::Unknown, |rights| (rights.sees && rights.comments).into()),
        because: because.or(unanswered),
    };
    Ok(Reply::Explained { explanation: Box::new(explanation) })
}

/// The place, if it is one that the asker sees, by Jira's own word.
async fn sight<W: World>(called: &Called<'_, W>, place: &str) -> Result<Seen, ErrorCode> {
    let place = Place::parse(place).ok_or(ErrorCode::NoSuchPlace)?;
    let request = match &place {
        Place::Project(key) => jira::project_by_key(key),
        Place::Issue(key) => jira::issue_by_key(key),
    };
    let found = ask::forge(called, Principal::Caller, &request).await.map_err(|refused| match refused {
        JiraRefused::NotFound | JiraRefused::Forbidden | JiraRefused::Unauthenticated => ErrorCode::NoSuchPlace,
        JiraRefused::Unavailable { .. } | JiraRefused::ScopeMissing | JiraRefused::Unexpected(_) => {
            caller::unavailable(&refused)
        }
    })?;
    let unavailable = |refused: JiraRefused| caller::unavailable(&refused);
    match place {
        Place::Project(_) => Ok(Seen { project: jira::read_project(&found).map_err(unavailable)?, issue: None }),
        Place::Issue(_) => {
            let issue = jira::read_issue(&found).map_err(unavailable)?;
            Ok(Seen { project: issue.project, issue: Some((issue.id, issue.key)) })
        }
    }
}

/// What Jira lets the person do there, asked by themselves or by an administrator about them; `None` when nobody could say.
async fn rights<W: World>(called: &Called<'_, W>, other: Option<&AccountId>, seen: &Seen) -> Option<Rights> {
    let issue = seen.issue.as_ref().map(|(id, _)| *id);
    let answer = match (other, issue) {
        (Some(other), _) => {
            let request = jira::check_reach(other, seen.project.id, issue);
            let answer = ask::forge(called, Principal::Caller, &request).await.ok()?;
            return jira::read_reach(&answer, seen.project.id, issue).ok();
        }
        (None, Some(issue)) => ask::forge(called, Principal::Caller, &jira::may_comment(issue)).await,
        (None, None) => ask::forge(called, Principal::Caller, &jira::may_comment_in(seen.project.id)).await,
    };
    match answer {
        Ok(answer) => Some(jira::read_rights(&answer)),
        Err(JiraRefused::NotFound | JiraRefused::Forbidden) => Some(Rights { sees: false, comments: false }),
        Err(_) => None,
    }
}

/// Whether the main authorized user sees the place, asked with its own grant as every action asks; and why nobody could say.
async fn main_sees<W: World>(
    called: &Called<'_, W>,
    main: Option<&Person>,
    seen: &Seen,
    generation: u32,
) -> (Answer, Option<Unestablished>) {
    let Some(main) = main else { return (Answer::No, None) };
    let issue = seen.issue.as_ref().map(|(id, _)| *id);
    let request = issue.map_or_else(|| jira::may_comment_in(seen.project.id), jira::issue);
    let look = async |token: &Secret| match ask::jira(called, token, &request).await {
        Ok(answer) => Ok(issue.is_some() || jira::read_rights(&answer).sees),
        Err(JiraRefused::NotFound | JiraRefused::Forbidden) => Ok(false),
        Err(refused) => Err(refused),
    };
    match with_grant(called, &main.account_id, look).await {
        Ok(allowed) => (allowed.into(), None),
        Err(held) => {
            // A wrong client secret is nobody's grant.
            if held.passing().is_some() {
                return (Answer::Unknown, Some(Unestablished::NoAnswer));
            }
            match check::alarm(called, &main.account_id, generation).await {
                Ok(true) => (Answer::Unknown, Some(Unestablished::MainGrantDead)),
                // Atlassian honours it still, or nobody can say.
                Ok(false) | Err(_) => (Answer::Unknown, Some(Unestablished::NoAnswer)),
            }
        }
    }
}
