//! Mirrored comments: from a hint that something happened to a comment to its mirror on the other site.
//!
//! A hint says only where to look. A lane, one for each pair of issues, keeps the order; one function at a time takes it up,
//! reads each comment again as the main authorized user, and does what is to be done by then.

mod carried;
mod catch_up;
mod changed;
mod ends;
mod hint;
mod in_whose_name;
mod listen;
mod log;
mod one;
mod posted;
mod turn;

pub use catch_up::round;
pub use ends::{Ends, Trouble};
pub use hint::{again, delivered, once_more};
pub use listen::forsake;
pub use turn::{Turned, turn};

use crate::api::ErrorCode;
use crate::domain::integration::IntegrationId;
use crate::domain::limits::JiraNumber;
use crate::ports::World;
use crate::tenant::Tenant;

/// Does the work of the queue: one turn of a lane.
///
/// # Errors
/// [`ErrorCode`] when storage failed: Forge delivers the work again.
pub async fn work<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    here: JiraNumber,
) -> Result<(), ErrorCode> {
    turn(tenant, integration, here).await.map(|_| ())
}
