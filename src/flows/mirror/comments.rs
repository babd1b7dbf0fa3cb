//! The comments of an issue, listed.

use super::ends::{Ends, Trouble};
use crate::domain::integration::End;
use crate::domain::lane::Lane;
use crate::domain::limits::JiraNumber;
use crate::domain::time::Timestamp;
use crate::jira::{JiraRefused, latest_comments, mirrored};
use crate::ports::World;

/// How many pages of an issue's comments are read, the latest first: a thousand comments.
const PAGES: usize = 10;

/// The comments of an issue that came, changed or went since then, each once, the oldest first. Of an issue with more comments
/// than are read, those before them that have a mirror are among these; of one that is out of sight there are none.
///
/// # Errors
/// [`Trouble`]
pub async fn changed<W: World>(
    ends: &Ends<'_, '_, W>,
    end: End,
    issue: JiraNumber,
    since: Timestamp,
    lane: &Lane,
) -> Result<Vec<JiraNumber>, Trouble> {
    let (mut seen, mut found, mut start_at) = (Vec::new(), Vec::new(), 0);
    for _ in 0..PAGES {
        let page = match ends.as_main(end, &latest_comments(issue.0, start_at)).await {
            Ok(page) => page,
            // It was deleted meanwhile, or moved out of sight.
            Err(Trouble::Jira(JiraRefused::NotFound | JiraRefused::Forbidden)) => return Ok(Vec::new()),
            Err(trouble) => return Err(trouble),
        };
        let comments = mirrored::read_comments(&page)?;
        seen.extend(comments.iter().map(|comment| comment.id));
        found.extend(comments.iter().filter(|comment| comment.updated >= since).map(|comment| comment.id));
        let rows = page["comments"].as_array().map_or(0, |rows| rows.len() as u64);
        start_at += rows;
        if rows == 0 || page["total"].as_u64().is_none_or(|total| start_at >= total) {
            break;
        }
    }
    found.extend(lane.missing(end, &seen));
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
