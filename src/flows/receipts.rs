//! Receipts, for whoever keeps or checks them outside the app.

use crate::api::{ErrorCode, Reply};
use crate::domain::connection::Connection;
use crate::domain::receipt::Receipt;
use crate::ports::{StoreError, World};
use crate::records;
use crate::tenant::Called;
use futures_util::future::join_all;
use futures_util::join;

use super::caller;

/// How many receipts are answered at once.
const PAGE: u32 = 20;

/// Answers [`crate::api::Request::Receipts`].
///
/// # Errors
/// [`ErrorCode`]; [`ErrorCode::CorruptRecord`] when one is missing or cannot be read: a list with a gap proves nothing.
pub async fn list<W: World>(called: &Called<'_, W>, from: u32) -> Result<Reply, ErrorCode> {
    let key = records::connection();
    let (allowed, connection) =
        join!(caller::administrator(called), records::load_or_default::<Connection>(called.world, &key));
    allowed?;
    let connection = connection?.value;
    let from = from.max(1);
    let end = from.saturating_add(PAGE).min(connection.receipts + 1);
    let keys: Vec<_> = (from..end).map(records::receipt).collect();
    let receipts = join_all(keys.iter().map(|key| records::load::<Receipt>(called.world, key))).await;
    let receipts = receipts.into_iter().map(|at| Ok(at?.ok_or(StoreError::Corrupt)?.value));
    let receipts: Vec<Receipt> = receipts.collect::<Result<_, StoreError>>()?;
    let next = (end <= connection.receipts).then_some(end);
    Ok(Reply::Receipts { receipts, next, seal: connection.receipt_seal, now: called.world.now() })
}
