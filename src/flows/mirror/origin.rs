//! A comment where it was written, read anew: whether it is there, and whether it is a mirror itself.

use super::ends::{Ends, Trouble};
use crate::domain::integration::{End, Integrations};
use crate::domain::limits::JiraNumber;
use crate::domain::mirror::{Mirror, Skipped};
use crate::jira::mirrored::{Comment, comment, read_comment};
use crate::jira::{Issue, JiraRefused};
use crate::ports::{StoreError, World};
use crate::records::{self, At};

/// Reads a comment of an issue that is there. `None` where it was deleted, or restricted to others, who alone may read it from
/// now on.
///
/// # Errors
/// [`Trouble`]
pub async fn read<W: World>(
    ends: &Ends<'_, '_, W>,
    end: End,
    origin: &Issue,
    number: JiraNumber,
) -> Result<Option<Comment>, Trouble> {
    match ends.as_main(end, &comment(JiraNumber(origin.id), number)).await {
        Ok(read) => Ok(Some(read_comment(&read)?)),
        Err(Trouble::Jira(JiraRefused::NotFound | JiraRefused::Forbidden)) => Ok(None),
        Err(trouble) => Err(trouble),
    }
}

/// Whether a comment is a mirror itself. A property that fits no record of ours was copied, and makes no comment one.
///
/// # Errors
/// [`StoreError`]
pub async fn mirror_itself<W: World>(
    world: &W,
    all: &Integrations,
    end: End,
    origin: &Issue,
    comment: Option<&Comment>,
) -> Result<Option<Skipped>, StoreError> {
    let Some((comment, claimed)) = comment.and_then(|own| Some((own, own.provenance.as_ref()?))) else {
        return Ok(None);
    };
    let Some(known) = all.get(&claimed.integration) else { return Ok(Some(Skipped::AnotherInstallation)) };
    let Some(from) = known.end_of(&claimed.site) else { return Ok(None) };
    let key = records::mirror::mirror(&known.id, from, claimed.comment);
    let mirror: Option<At<Mirror>> = records::load(world, &key).await?;
    let author = comment.author.as_ref().map(|author| &author.person.account_id);
    let ours = mirror.is_some_and(|at| {
        let named = at.value.id == claimed.id && at.value.origin.end.other() == end;
        named && at.value.is(JiraNumber(origin.id), comment.id, author)
    });
    Ok(ours.then_some(Skipped::Echo))
}
