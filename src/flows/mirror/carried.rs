//! What goes to the other site, and in whose name.

use super::ends::{Ends, Trouble};
use super::one::Job;
use crate::domain::access_rule::{Answer, Answers, Limit, Verdict};
use crate::domain::account::{Account, AccountId, AccountType};
use crate::domain::adf::carry::{Carried, Lost, carry, mentioned};
use crate::domain::footer::{self, Footer};
use crate::domain::grant::Grant;
use crate::domain::integration::End;
use crate::domain::mirror::{Mirror, Poster};
use crate::domain::scope::REQUIRED_OF_PEOPLE;
use crate::domain::standing::Standing;
use crate::domain::visibility::Visibility;
use crate::flows::ask;
use crate::flows::held::with_grant;
use crate::identity::Reach;
use crate::jira::mirrored::{self, Comment, Mirrored};
use crate::jira::{self, Issue, JiraRefused};
use crate::ports::World;
use crate::records;
use crate::secret::Secret;
use serde_json::Value;

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

/// In whose name a comment is mirrored: its author's where their own grant works there, else the main authorized user's, and
/// never beyond what author, settings and main authorized user all allow. `as_author` says whether its author's grant may be
/// used at all.
pub async fn poster<W: World>(job: &Job<'_, '_, '_, W>, comment: &Comment, as_author: bool) -> Result<Poster, Nobody> {
    let ends = job.ends;
    let author = comment.author.as_ref();
    if author.is_some_and(|author| author.person.account_id == ends.main) {
        return Ok(Poster { account: ends.main.clone(), for_author: false });
    }
    let own = match author.filter(|author| author.suitable().is_ok()) {
        Some(author) if as_author => own(job, author).await?,
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
        Verdict::Reaches => Ok(Poster { account: ends.main.clone(), for_author: true }),
        Verdict::Blocked { by } | Verdict::Open { unknown: by } => Err(Nobody::Blocked(by)),
    }
}

/// Whether the author's own grant works on the other site, on the very issue.
async fn own<W: World>(job: &Job<'_, '_, '_, W>, author: &Account) -> Result<bool, Trouble> {
    let (ends, account, end) = (job.ends, &author.person.account_id, job.end.other());
    let grant = records::load::<Grant>(ends.tenant(End::Here).world, &records::grant(account)).await;
    let grant = grant.map_err(|_| Trouble::NotNow { retry_after_s: None })?;
    let standing = grant.and_then(|at| Standing::of(&at.value, job.epoch));
    if !standing.is_some_and(|standing| standing.usable()) {
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

/// A document as it can be carried to an end: whom that site knows is mentioned there, others are named.
///
/// # Errors
/// [`Trouble`]
pub async fn document<W: World>(ends: &Ends<'_, '_, W>, to: End, body: &Value) -> Result<Carried, Trouble> {
    let ids = mentioned(body);
    let people = if ids.is_empty() {
        Vec::new()
    } else {
        match ends.as_main(to, &mirrored::people(&ids)).await {
            Ok(page) => mirrored::read_people(&page),
            // A site that tells of nobody has nobody to mention.
            Err(Trouble::Jira(JiraRefused::Forbidden | JiraRefused::NotFound | JiraRefused::Unexpected(_))) => {
                Vec::new()
            }
            Err(trouble) => return Err(trouble),
        }
    };
    let name = |id: &AccountId| {
        people.iter().find(|one| one.person.account_id == *id).map(|one| one.person.display_name.clone())
    };
    Ok(carry(body, &name))
}

/// What is posted: the document as it can be carried, with the footer where somebody else posts it.
pub async fn mirrored<W: World>(
    job: &Job<'_, '_, '_, W>,
    mirror: &Mirror,
    comment: &Comment,
    visibility: Visibility,
    edition: &str,
    by: &Poster,
) -> Result<(Mirrored, Lost), Trouble> {
    let carried = document(job.ends, job.end.other(), &comment.body).await?;
    let lost = carried.lost;
    let author = comment.author.as_ref().map_or("", |author| author.person.display_name.as_str());
    let footer = by.for_author.then(|| Footer {
        author: footer::name(author),
        created: comment.created,
        origin: job.origin.key.clone(),
        comment: comment.id,
    });
    let body = carried.document(footer.map(|footer| footer.text()).as_deref());
    let provenance = mirror.provenance(job.integration, edition);
    Ok((Mirrored { body, visibility, provenance }, lost))
}
