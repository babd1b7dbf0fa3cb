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
pub mod hand_off;
pub mod held;
pub mod integrations;
pub mod integrations_view;
pub mod issue_types;
pub mod journal;
pub mod kept;
pub mod left;
pub mod lifecycle;
pub mod limits;
pub mod link;
pub mod mirror;
pub mod other_sites;
pub mod pairs;
pub mod parked;
pub mod personal;
pub mod proceed;
pub mod prompt;
pub mod receipts;
pub mod redirect;
pub mod register;
pub mod rehearse;
pub mod reporting;
pub mod roll_back;
pub mod run_again;
pub mod schedule;
pub mod seen_issues;
pub mod settings;
pub mod shared_runs;
pub mod status;
pub mod steps;
pub mod support;
pub mod support_door;
pub mod support_preview;
pub mod trial;
pub mod trial_link;
pub mod trial_steps;
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
            let waits = matches!(change.stage, Stage::Scheduled { .. });
            let scheduled_for = change.schedule.filter(|_| waits).map(|schedule| schedule.at);
            let (by, since) = (Box::new(change.initiator), change.began_at);
            ErrorCode::ChangeUnderWay { by, since, change: change.key, replaceable, scheduled_for }
        }
        ChangeRefused::NotInitiator(by) => ErrorCode::NotInitiator { by },
        ChangeRefused::NoSuchChange => ErrorCode::NoSuchChange,
        ChangeRefused::Busy => ErrorCode::Conflict,
        ChangeRefused::WrongStage => ErrorCode::WrongStage,
    }
}
