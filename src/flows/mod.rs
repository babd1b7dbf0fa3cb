//! What people and the platform start: load, decide, save, act.
//!
//! One file for each thing that is started, and two for what several of them need: how Atlassian is asked (`ask`) and
//! how an access token is had (`access`).

pub mod access;
pub mod access_requests;
pub mod accounts;
pub mod ask;
pub mod authorization;
pub mod begin;
pub mod caller;
pub mod check;
pub mod comment;
pub mod connections;
pub mod delivery;
pub mod explain;
pub mod grants;
pub mod held;
pub mod kept;
pub mod lifecycle;
pub mod limits;
pub mod personal;
pub mod proceed;
pub mod prompt;
pub mod receipts;
pub mod redirect;
pub mod register;
pub mod rehearse;
pub mod roll_back;
pub mod settings;
pub mod shared_runs;
pub mod status;
pub mod steps;
pub mod support;
pub mod support_door;
pub mod support_preview;
pub mod upkeep;
pub mod verify;
pub mod webhooks;

use crate::api::ErrorCode;
use crate::domain::change::Stage;
use crate::domain::connection::ChangeRefused;
use crate::domain::time::Timestamp;
use crate::ports::{StoreError, World};
use futures_util::future::join_all;

impl From<StoreError> for ErrorCode {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::Unavailable => Self::StorageUnavailable,
            StoreError::Corrupt => Self::CorruptRecord,
        }
    }
}

/// Deletes secrets, all at once; those that are not there are no error.
async fn forget<W: World>(world: &W, names: &[String]) -> Result<(), StoreError> {
    join_all(names.iter().map(|name| world.forget_secret(name))).await.into_iter().collect()
}

/// A refused step as the panel shows it.
fn refusal(refused: ChangeRefused, now: Timestamp) -> ErrorCode {
    match refused {
        ChangeRefused::UnderWay(change) => {
            let replaceable = matches!(change.stage, Stage::AwaitingConsent) && !change.leased(now);
            ErrorCode::ChangeUnderWay { by: change.initiator, since: change.began_at, change: change.key, replaceable }
        }
        ChangeRefused::NotInitiator(by) => ErrorCode::NotInitiator { by },
        ChangeRefused::NoSuchChange => ErrorCode::NoSuchChange,
        ChangeRefused::Busy => ErrorCode::Conflict,
        ChangeRefused::WrongStage => ErrorCode::WrongStage,
    }
}
