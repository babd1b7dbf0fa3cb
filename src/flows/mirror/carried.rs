//! What goes to the other site.

use super::ends::{Ends, Trouble};
use super::one::Job;
use crate::domain::account::AccountId;
use crate::domain::adf::carry::{Carried, Lost, carry, mentioned};
use crate::domain::footer::{self, Footer};
use crate::domain::integration::End;
use crate::domain::mirror::{Mirror, Poster};
use crate::domain::visibility::Visibility;
use crate::jira::JiraRefused;
use crate::jira::mirrored::{self, Comment, Mirrored};
use crate::ports::World;
use serde_json::Value;

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
