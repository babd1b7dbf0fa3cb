//! Pairs that the app makes and parts by itself, on what administrators do to other pairs meanwhile.

use crate::domain::integration::{End, IntegrationId};
use crate::domain::pair::{Pair, PairRefused, Pairs};
use crate::ports::{StoreError, World, Write};
use crate::records;

/// How often a change is made anew on what somebody else did meanwhile.
const TRIES: usize = 4;

/// Makes two issues a pair, together with `more`.
///
/// # Errors
/// [`StoreError`]; `Conflict` when others were first again and again, or `more` cannot be written.
pub async fn join<W: World>(
    world: &W,
    integration: &IntegrationId,
    pair: Pair,
    more: &[Write],
) -> Result<Result<(), PairRefused>, StoreError> {
    change(world, integration, more, &|pairs| pairs.with(pair)).await
}

/// Parts two issues. What waits in their lane is of no use any more.
///
/// # Errors
/// As [`join`].
pub async fn part<W: World>(
    world: &W,
    integration: &IntegrationId,
    pair: Pair,
) -> Result<Result<(), PairRefused>, StoreError> {
    let lane = records::mirror::lane(integration, pair.issue(End::Here));
    let gone = [Write::Delete { key: lane, expect: None }];
    change(world, integration, &gone, &|pairs| pairs.without(pair.here, pair.there)).await
}

async fn change<W: World>(
    world: &W,
    integration: &IntegrationId,
    more: &[Write],
    change: &dyn Fn(Pairs) -> Result<Pairs, PairRefused>,
) -> Result<Result<(), PairRefused>, StoreError> {
    let key = records::mirror::pairs(integration);
    for left in (0..TRIES).rev() {
        let at = records::load_or_default::<Pairs>(world, &key).await?;
        let changed = match change(at.value) {
            Ok(changed) => changed,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut writes = vec![records::put(key.clone(), at.expect, &changed)];
        writes.extend_from_slice(more);
        match world.transact(writes).await {
            Ok(()) => return Ok(Ok(())),
            Err(StoreError::Conflict) if left > 0 => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Conflict)
}
