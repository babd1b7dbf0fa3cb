//! What an administrator settles for the whole site.

use crate::api::{ErrorCode, Reply};
use crate::domain::settings::Settings;
use crate::ports::World;
use crate::records;
use crate::tenant::Called;
use futures_util::join;

use super::caller;
use super::status::{self, see};

/// Answers [`crate::api::Request::ChangeSettings`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn change<W: World>(called: &Called<'_, W>, settings: Settings) -> Result<Reply, ErrorCode> {
    let settings = settings.within_bounds().ok_or(ErrorCode::InvalidRequest)?;
    let key = records::settings();
    let (allowed, at, seen) = join!(
        caller::administrator(called),
        records::load_or_default::<Settings>(called.world, &key),
        see(called.world, None)
    );
    allowed?;
    called.world.transact(vec![records::put(key, at?.expect, &settings)]).await?;
    let mut seen = seen?;
    seen.settings = settings;
    let status = Box::new(status::view(&seen, &called.caller, called.world.now()));
    Ok(Reply::Status { status })
}
