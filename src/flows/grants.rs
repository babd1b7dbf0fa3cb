//! Writing grants: a person's grant and the shard that counts it move in one transaction.

use crate::domain::account::AccountId;
use crate::domain::grant::Grant;
use crate::domain::standing::Epoch;
use crate::domain::tally::{Counted, Shard};
use crate::ports::{Expect, StoreError, World, Write};
use crate::records::{self, At};

/// How often a change is tried when somebody else moves the grant, or the shard, at the same moment.
const TRIES: usize = 8;

/// The writes that put `after` in the place of `before`.
///
/// # Errors
/// [`StoreError`] of the shard.
pub async fn put<W: World>(world: &W, before: Option<&At<Grant>>, after: &Grant) -> Result<Vec<Write>, StoreError> {
    let expect = before.map_or(Expect::Absent, |at| at.expect);
    let mut writes = vec![records::put_grant(expect, after)];
    writes.extend(count(world, before.map(|at| &at.value), Some(after)).await?);
    Ok(writes)
}

/// The writes that delete a grant.
///
/// # Errors
/// [`StoreError`] of the shard.
pub async fn delete<W: World>(world: &W, at: &At<Grant>) -> Result<Vec<Write>, StoreError> {
    let key = records::grant(&at.value.account.person.account_id);
    let mut writes = vec![Write::Delete { key, expect: Some(at.expect) }];
    writes.extend(count(world, Some(&at.value), None).await?);
    Ok(writes)
}

/// Changes a grant and counts its person anew, whoever else moves its record meanwhile. `None` when there is no grant.
///
/// # Errors
/// [`StoreError`]; `Conflict` when others were first again and again.
pub async fn amend<W: World>(
    world: &W,
    account: &AccountId,
    epoch: Epoch,
    change: &dyn Fn(Grant) -> Grant,
) -> Result<Option<Grant>, StoreError> {
    let key = records::grant(account);
    for _ in 0..TRIES {
        let Some(at) = records::load::<Grant>(world, &key).await? else { return Ok(None) };
        let grant = change(at.value.clone()).counted(epoch, world.now());
        if grant == at.value {
            return Ok(Some(grant));
        }
        match world.transact(put(world, Some(&at), &grant).await?).await {
            Ok(()) => return Ok(Some(grant)),
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Conflict)
}

async fn count<W: World>(
    world: &W,
    before: Option<&Grant>,
    after: Option<&Grant>,
) -> Result<Option<Write>, StoreError> {
    let counted = |grant: Option<&Grant>| -> Option<Counted> { Some(grant?.personal.as_ref()?.counted) };
    let (old, new) = (counted(before), counted(after));
    let Some(grant) = before.or(after).filter(|_| old != new) else { return Ok(None) };
    let key = records::shard(Shard::of(&grant.account.person.account_id));
    let at = records::load_or_default::<Shard>(world, &key).await?;
    Ok(Some(records::put(key, at.expect, &at.value.moved(old, new))))
}
