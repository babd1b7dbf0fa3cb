//! Runs that an administrator shared with support, as support sees them.
//!
//! The app keeps no runs yet, so none is shared.

use crate::api::{SharedRun, SharedRunDetails};
use crate::ports::{StoreError, World};
use crate::tenant::Tenant;

/// The runs that are shared, the latest first.
///
/// # Errors
/// [`StoreError`]
#[expect(clippy::unused_async, reason = "runs will be read from storage")]
pub async fn list<W: World>(_: &Tenant<'_, W>) -> Result<Vec<SharedRun>, StoreError> {
    Ok(Vec::new())
}

/// One of them, step by step; `None` when no run of this id is shared, whether there is one or not.
///
/// # Errors
/// [`StoreError`]
#[expect(clippy::unused_async, reason = "runs will be read from storage")]
pub async fn details<W: World>(_: &Tenant<'_, W>, _: &str) -> Result<Option<SharedRunDetails>, StoreError> {
    Ok(None)
}
