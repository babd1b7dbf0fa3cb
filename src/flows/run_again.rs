//! What failed or waits in a run, tried again because an administrator wants that.

use crate::api::{ErrorCode, Reply};
use crate::domain::count;
use crate::domain::integration::{End, Integrations};
use crate::domain::lane::OnceMore;
use crate::domain::limits::JiraNumber;
use crate::domain::pair::Pairs;
use crate::domain::run::About;
use crate::domain::run_log::{Items, Run, RunId};
use crate::ports::World;
use crate::records::{self, At};
use crate::tenant::Called;
use futures_util::future::try_join_all;
use futures_util::join;

use super::other_sites::main_user;
use super::{caller, mirror};

/// How many parts of a run are looked through: no turn of a lane fills even one.
const PARTS: u32 = 10;

/// Answers [`crate::api::Request::RunAgain`]. Each comment is read again before anything is done, so that one that is through
/// meanwhile is not carried twice.
///
/// # Errors
/// [`ErrorCode`]; nothing is tried again then.
pub async fn again<W: World>(called: &Called<'_, W>, id: &RunId) -> Result<Reply, ErrorCode> {
    let keys = (records::run(id), records::mirror::integrations());
    let (allowed, by, main, run, all) = join!(
        caller::administrator(called),
        caller::myself(called),
        main_user(called),
        records::load::<Run>(called.world, &keys.0),
        records::load_or_default::<Integrations>(called.world, &keys.1),
    );
    allowed?;
    let (by, run, all) = (by?, run?.ok_or(ErrorCode::NoSuchRun)?.value, all?.value);
    main?;
    let integration = all.get(&run.integration).ok_or(ErrorCode::NoSuchIntegration)?;
    if integration.enabled_since.is_none() {
        return Err(ErrorCode::IntegrationDisabled);
    }
    let key = records::mirror::pairs(&run.integration);
    let (pairs, comments) = join!(records::load_or_default::<Pairs>(called.world, &key), unfinished(called, &run));
    let (pairs, comments): (At<Pairs>, _) = (pairs?, comments?);
    let wanted = OnceMore { by, of: Some(id.clone()) };
    let taken = match run.here {
        // It looked at whole issues.
        None => mirror::issues_once_more(called, &run.integration, &comments, &wanted).await?,
        Some(here) => {
            pairs.value.of(End::Here, here).ok_or(ErrorCode::NoSuchPair)?;
            mirror::once_more(called, &run.integration, here, &comments, &wanted).await?
        }
    };
    Ok(Reply::TriedAgain { comments: count(taken) })
}

/// The comments and issues of a run that failed or wait, and the assignee if it does, each once.
async fn unfinished<W: World>(called: &Called<'_, W>, run: &Run) -> Result<Vec<(End, Option<JiraNumber>)>, ErrorCode> {
    let parts = (0..run.parts().min(PARTS)).map(async |part| {
        let items = records::load_or_default::<Items>(called.world, &records::run_items(&run.id, part)).await;
        items.map(|at| at.value)
    });
    let parts = try_join_all(parts).await?;
    let mut comments: Vec<(End, Option<JiraNumber>)> = Vec::new();
    for item in parts.iter().flat_map(Items::unfinished) {
        // The assignee is looked at at both ends at once.
        let what = match item.about {
            Some(About::Assignee) => (End::Here, None),
            Some(About::Issue) | None => (item.end, Some(item.comment)),
        };
        if !comments.contains(&what) {
            comments.push(what);
        }
    }
    Ok(comments)
}
