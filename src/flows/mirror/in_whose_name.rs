//! In whose name a mirror is posted and brought up to date: one answer for both.

use super::ends::{Ends, Trouble};
use super::one::Job;
use crate::domain::access_rule::{Answer, Answers, Limit, Verdict};
use crate::domain::account::{Account, AccountId, AccountType};
use crate::domain::grant::Grant;
use crate::domain::integration::End;
use crate::domain::mirror::{Posted, Poster};
use crate::domain::scope::REQUIRED_OF_PEOPLE;
use crate::domain::standing::{Epoch, Standing};
use crate::domain::visibility::Visibility;
use crate::flows::ask;
use crate::flows::held::with_grant;
use crate::identity::Reach;
use crate::jira::mirrored::Comment;
use crate::jira::{self, Issue, JiraRefused};
use crate::ports::World;
use crate::records;
use crate::secret::Secret;

/// Why it is known in nobody's name.
pub enum Nobody {
    /// It is not let through.
    Blocked(Limit),
    /// It is not known yet.
    Trouble(Trouble),
}

impl<T: Into<Trouble>> From<T> for Nobody {
    fn from(trouble: T) -> Self {
        Self::Trouble(trouble.into())
    }
}

/// In whose name a comment is mirrored: its author's where these are their words and their own grant works there, else the
/// main authorized user's, and never beyond what author, settings and main authorized user all allow. `as_author` says
/// whether its author's grant may be used at all.
pub async fn poster<W: World>(
    job: &Job<'_, '_, '_, W>,
    comment: &Comment,
    visibility: &Visibility,
    as_author: bool,
) -> Result<Poster, Nobody> {
    let ends = job.ends;
    let author = comment.author.as_ref();
    if author.is_some_and(|author| author.person.account_id == ends.main) {
        return Ok(main(ends, comment));
    }
    let own = match author.filter(|author| author.suitable().is_ok()) {
        Some(author) if as_author && says(comment, visibility) => works_there(job, &author.person.account_id).await?,
        Some(_) | None => false,
    };
    if let Some(author) = author.filter(|_| own) {
        return Ok(Poster { account: author.person.account_id.clone(), for_author: false });
    }
    let person = match author {
        Some(author) => still_reaches(ends, job.end, job.origin, author).await?,
        // Jira names the author of no anonymous comment; it let them write it.
        None => Answer::Yes,
    };
    match (Answers { person, settings: job.settings, main: Answer::Yes }).verdict() {
        Verdict::Reaches => Ok(main(ends, comment)),
        Verdict::Blocked { by } | Verdict::Open { unknown: by } => Err(Nobody::Blocked(by)),
    }
}

/// In whose name a mirror that is there is brought up to date. `None` where that would be said in the name of a person who
/// did not write it, or whose grant may not say it any more: then the mirror is deleted, and posted in another's.
pub async fn editor<W: World>(
    job: &Job<'_, '_, '_, W>,
    posted: &Posted,
    comment: &Comment,
    visibility: &Visibility,
) -> Result<Option<Poster>, Trouble> {
    let by = &posted.by;
    if by.account == job.ends.main {
        return Ok(Some(main(job.ends, comment)));
    }
    if by.for_author {
        // It was posted by a former main authorized user, and its footer names the author.
        return Ok(Some(Poster { account: job.ends.main.clone(), for_author: true }));
    }
    let own = says(comment, visibility) && allows(job.ends, &by.account, job.epoch).await?;
    Ok(own.then(|| by.clone()))
}

/// Whether a comment is what its author says to everybody. Whoever else changed it last put words into their mouth; and
/// whoever looks for a mirror must see it, so the main authorized user posts its own restricted comments.
fn says(comment: &Comment, visibility: &Visibility) -> bool {
    comment.own_words && visibility.restricted.is_none()
}

/// The main authorized user, with a footer but for words of their own.
fn main<W: World>(ends: &Ends<'_, '_, W>, comment: &Comment) -> Poster {
    let author = comment.author.as_ref().map(|author| &author.person.account_id);
    let own = comment.own_words && author == Some(&ends.main);
    Poster { account: ends.main.clone(), for_author: !own }
}

/// Whether a person's own grant may be used: they allowed the app for themselves, in the present epoch as its policy wants.
pub async fn allows<W: World>(ends: &Ends<'_, '_, W>, account: &AccountId, epoch: Epoch) -> Result<bool, Trouble> {
    let grant = records::load::<Grant>(ends.tenant(End::Here).world, &records::grant(account)).await;
    let grant = grant.map_err(|_| Trouble::NotNow { retry_after_s: None })?;
    let standing = grant.and_then(|at| Standing::of(&at.value, epoch));
    Ok(standing.is_some_and(|standing| standing.usable()))
}

/// Whether the author's own grant works on the other site, on the very issue.
async fn works_there<W: World>(job: &Job<'_, '_, '_, W>, account: &AccountId) -> Result<bool, Trouble> {
    let (ends, end) = (job.ends, job.end.other());
    if !allows(ends, account, job.epoch).await? {
        return Ok(false);
    }
    match reaches(ends, end, account).await {
        Ok(true) => {}
        Ok(false) | Err(Trouble::NoGrant) => return Ok(false),
        Err(trouble) => return Err(trouble),
    }
    let target = job.target;
    let rights = ends.ask(end, account, &jira::may_comment(target.id)).await;
    let rights = rights.map(|rights| jira::read_may_comment(&rights));
    if !unless_refused(rights)? {
        return Ok(false);
    }
    if !target.project.service_project {
        return Ok(true);
    }
    // What is no agent's is internal there, whatever is asked for; and whoever is none sees no internal note.
    for account in [account, &ends.main] {
        let agent = ends.ask(end, account, &jira::is_agent(target.id)).await.map(|rights| jira::read_is_agent(&rights));
        if !unless_refused(agent)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A refusal is a no, and no answer is none.
fn unless_refused(answer: Result<bool, Trouble>) -> Result<bool, Trouble> {
    match answer {
        Err(Trouble::NoGrant | Trouble::Jira(JiraRefused::Forbidden | JiraRefused::NotFound)) => Ok(false),
        other => other,
    }
}

/// Whether an account's grant reaches a site, with what people allow.
async fn reaches<W: World>(ends: &Ends<'_, '_, W>, end: End, account: &AccountId) -> Result<bool, Trouble> {
    let tenant = ends.tenant(end);
    let look = async |token: &Secret| match ask::reach(tenant, token, &tenant.cloud_id, &REQUIRED_OF_PEOPLE).await {
        Ok(Reach::Covered(_)) => Ok(true),
        Ok(Reach::Short(_) | Reach::Elsewhere(_)) => Ok(false),
        Err(refused) => Err(refused),
    };
    with_grant(tenant, account, look).await.map_err(Into::into)
}

/// Whether the author may still see and comment on the issue where they wrote. Jira answers that to its administrators;
/// where the main authorized user is none, that Jira let them write it there is its answer.
async fn still_reaches<W: World>(
    ends: &Ends<'_, '_, W>,
    end: End,
    issue: &Issue,
    author: &Account,
) -> Result<Answer, Trouble> {
    let asked = match author.account_type {
        AccountType::Atlassian => jira::check_reach(&author.person.account_id, issue.project.id, Some(issue.id)),
        // A customer has no permission in the project, and an app may have any.
        AccountType::Customer | AccountType::App | AccountType::Unknown => return Ok(Answer::Yes),
    };
    match ends.as_main(end, &asked).await {
        Ok(answer) => {
            let rights = jira::read_reach(&answer, issue.project.id, Some(issue.id))?;
            Ok((rights.sees && rights.comments).into())
        }
        Err(Trouble::Jira(JiraRefused::Forbidden)) => Ok(Answer::Yes),
        Err(trouble) => Err(trouble),
    }
}
