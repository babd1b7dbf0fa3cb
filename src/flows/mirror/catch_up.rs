//! What deliveries missed: found by what Jira says was updated, at each end in turn.

use super::ends::Ends;
use super::one_end::{Missed, OneEnd};
use crate::api::ErrorCode;
use crate::domain::account::AccountId;
use crate::domain::catch_up::{Caught, CaughtUp};
use crate::domain::integration::{End, Integration, Integrations};
use crate::domain::pair::Pairs;
use crate::domain::time::{Span, Timestamp};
use crate::ports::{StoreError, World};
use crate::records::{self, At};
use crate::tenant::Tenant;

/// How many ends one round catches up with.
const ENDS: usize = 4;

/// No further end or issue is begun once the catch-up of a round took so long: Forge stops the function after 55 seconds.
const LONG: Span = Span::seconds(25);

/// Catches up with the ends that are due, as the main authorized user.
///
/// # Errors
/// [`ErrorCode`] when storage failed, after the ends for which it did not: the next round tries again.
pub async fn catch_up<W: World>(tenant: &Tenant<'_, W>, main: &AccountId, all: &Integrations) -> Result<(), ErrorCode> {
    let world = tenant.world;
    let key = records::mirror::caught_up();
    let began = world.now();
    let stored: At<Caught> = records::load_or_default(world, &key).await?;
    let (mut expect, mut caught) = (stored.expect, stored.value.current(all, began));
    let mut all_read = Ok(());
    for place in caught.due(began).into_iter().take(ENDS) {
        let row = &mut caught.0[place];
        let Some(integration) = all.get(&row.integration) else { continue };
        let ends = Ends::new(tenant, tenant.elsewhere(&integration.terms.there.cloud_id), main.clone());
        row.tried_at = Some(world.now());
        match one_end(&ends, integration, row, began.plus(LONG)).await {
            // What gave no answer is asked again with the next round, from where this one came to.
            Ok(()) | Err(Missed::Unanswered) => {}
            // What cannot be read of one end keeps no other waiting.
            Err(Missed::Storage(error)) => all_read = Err(error.into()),
        }
        // Each end by itself: Forge may stop the function before the next is through.
        match world.transact(vec![records::put(key.clone(), expect, &caught)]).await {
            Ok(()) => expect = expect.next(),
            // Another round was first, and sees the same.
            Err(StoreError::Conflict) => return all_read,
            Err(error) => return Err(error.into()),
        }
        if world.now() >= began.plus(LONG) {
            break;
        }
    }
    all_read
}

/// Looks at what was updated at one end since it was caught up with, and notes in its row how far that came.
async fn one_end<W: World>(
    ends: &Ends<'_, '_, W>,
    integration: &Integration,
    row: &mut CaughtUp,
    until: Timestamp,
) -> Result<(), Missed> {
    let key = records::mirror::pairs(&integration.id);
    let pairs: At<Pairs> = records::load_or_default(ends.tenant(End::Here).world, &key).await?;
    let end = OneEnd { ends, integration, pairs: &pairs.value, end: row.end, until };
    end.once_more(row).await?;
    end.whole(row).await?;
    end.onwards(row).await
}
