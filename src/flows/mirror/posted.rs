//! Looking for a mirror that may have been posted: its answer was lost, or whoever sent it broke off.

use super::ends::{Ends, Trouble};
use crate::domain::integration::End;
use crate::domain::limits::JiraNumber;
use crate::domain::mirror::{Mirror, Sending};
use crate::domain::time::Span;
use crate::jira;
use crate::jira::mirrored::{Sought, read_sought};
use crate::ports::World;

/// How many pages of later comments are looked through: a thousand comments.
const PAGES: usize = 10;

/// By how much Jira's clock may be behind ours.
const CLOCKS: Span = Span::minutes(5);

/// Looks for it on the target issue, as the main authorized user sees it.
///
/// # Errors
/// [`Trouble`]; then nothing is known of it.
pub async fn look<W: World>(
    ends: &Ends<'_, '_, W>,
    end: End,
    mirror: &Mirror,
    sending: &Sending,
) -> Result<Option<JiraNumber>, Trouble> {
    let since = sending.sought_since().plus(Span(-CLOCKS.0));
    let mut start_at = 0;
    for _ in 0..PAGES {
        let page = ends.as_main(end, &jira::latest_comments(mirror.target.0, start_at)).await?;
        match read_sought(&page, &mirror.id, &sending.by.account, since)? {
            Sought::There(comment) => return Ok(Some(comment)),
            Sought::NotThere => return Ok(None),
            Sought::Further { start_at: next } => start_at = next,
        }
    }
    // So many came later that it may still be among them.
    Err(Trouble::NotNow { retry_after_s: None })
}
