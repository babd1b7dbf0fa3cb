//! Mirrored comments, and assignees that follow: from a hint that something happened to what it comes to on the other site.
//!
//! Issues themselves come the same way, through one intake for each integration: whether they name each other and so are a
//! pair, and whether they are to have a counterpart.
//!
//! A hint says only where to look. A lane, one for each pair of issues, keeps the order; one function at a time takes it up,
//! reads each comment again as the main authorized user, and does what is to be done by then.

mod assignee;
mod carried;
mod catch_up;
mod changed;
mod comments;
mod created;
mod ends;
mod hint;
mod in_whose_name;
mod intake;
mod listen;
mod log;
mod one;
mod one_end;
mod open_lanes;
mod origin;
mod pairs;
mod posted;
mod property;
mod settlement;
mod turn;
mod whole;
mod without_target;

pub use ends::{Ends, Trouble};
pub use hint::{again, delivered, once_more};
pub use intake::{again as issues_again, once_more as issues_once_more, take};
pub use listen::forsake;
pub use turn::turn;

use crate::api::ErrorCode;
use crate::domain::connection::Connection;
use crate::domain::integration::{IntegrationId, Integrations};
use crate::domain::limits::JiraNumber;
use crate::ports::World;
use crate::records;
use crate::tenant::Tenant;
use futures_util::join;

/// Makes the round of every five minutes: listens to the other sites, sends on its way what nobody came back to, and catches
/// up with what deliveries missed.
///
/// # Errors
/// [`ErrorCode`] when storage failed: the next round tries again.
pub async fn round<W: World>(tenant: &Tenant<'_, W>) -> Result<(), ErrorCode> {
    let keys = (records::connection(), records::mirror::integrations());
    let (connection, all) = join!(
        records::load_or_default::<Connection>(tenant.world, &keys.0),
        records::load::<Integrations>(tenant.world, &keys.1),
    );
    // Most sites have no integration, and pay one read for that.
    let (connection, Some(all)) = (connection?.value, all?.map(|at| at.value)) else { return Ok(()) };
    listen::listen(tenant, &connection, &all).await?;
    intake::round(tenant, &all).await?;
    open_lanes::round(tenant, &all).await?;
    match &connection.main {
        Some(main) => catch_up::catch_up(tenant, &main.account.person.account_id, &all).await,
        None => Ok(()),
    }
}

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

/// Does the work of the queue: one turn of an intake.
///
/// # Errors
/// [`ErrorCode`] when storage failed: Forge delivers the work again.
pub async fn work_on_issues<W: World>(tenant: &Tenant<'_, W>, integration: &IntegrationId) -> Result<(), ErrorCode> {
    take(tenant, integration).await.map(|_| ())
}
