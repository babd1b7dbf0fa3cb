//! The list of open lanes: in which something waits, so that the round finds those that nobody came back to.

use super::hint;
use crate::domain::integration::{IntegrationId, Integrations};
use crate::domain::lane::Lane;
use crate::domain::limits::JiraNumber;
use crate::ports::{StoreError, World, Write};
use crate::records::mirror::{Lanes, OpenLane};
use crate::records::{self, At};
use crate::tenant::Tenant;
use futures_util::future::{join_all, try_join_all};

/// How many open lanes a round looks at, and how many of them it sends on their way.
const LOOKED_AT: usize = 50;
const SENT: usize = 20;

/// How many reads go at once.
const AT_ONCE: usize = 25;

/// Notes that a lane is open, once something waits in it: the round of every five minutes looks after open lanes. Whoever
/// closed it a moment before has not seen what waits, so it is noted after that.
///
/// # Errors
/// [`StoreError`]
pub async fn enter<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    here: JiraNumber,
) -> Result<(), StoreError> {
    let now = tenant.world.now();
    let key = records::mirror::lanes(integration);
    let at: At<Lanes> = records::load_or_default(tenant.world, &key).await?;
    let open = OpenLane { integration: integration.clone(), here, since: now, looked_at: None };
    records::amend(tenant.world, key, at, &|lanes| lanes.with(open.clone())).await
}

/// Sends lanes on their way that nobody came back to, those first that were not looked at for the longest. Those that rest
/// or are being worked on are left alone.
///
/// # Errors
/// [`StoreError`]
pub async fn round<W: World>(tenant: &Tenant<'_, W>, all: &Integrations) -> Result<(), StoreError> {
    let (world, now) = (tenant.world, tenant.world.now());
    move_over(world).await?;
    let lists = try_join_all(all.0.iter().map(async |own| {
        let key = records::mirror::lanes(&own.id);
        let open: At<Lanes> = records::load_or_default(world, &key).await?;
        Ok::<_, StoreError>((key, open))
    }));
    let lists = lists.await?;
    let mut order: Vec<&OpenLane> = lists.iter().flat_map(|(_, open)| &open.value.0).collect();
    let open = order.len();
    order.sort_by_key(|lane| lane.looked_at.unwrap_or(lane.since));
    order.truncate(LOOKED_AT);
    let (mut left, mut looked_at) = (Vec::new(), Vec::new());
    for some in order.chunks(AT_ONCE) {
        let lanes = some.iter().map(async |open| {
            let key = records::mirror::lane(&open.integration, open.here);
            records::load_or_default::<Lane>(world, &key).await
        });
        for (open, lane) in some.iter().zip(try_join_all(lanes).await?) {
            if left.len() == SENT {
                break;
            }
            looked_at.push((*open).clone());
            if lane.value.rests(now).is_none() && !lane.value.busy(now) {
                left.push(*open);
            }
        }
    }
    join_all(left.iter().map(|open| hint::send(tenant, &open.integration, open.here, 0))).await;
    if open <= looked_at.len() {
        // All of them are looked at each time.
        return Ok(());
    }
    for (key, list) in lists {
        let looked = |lanes: Lanes| {
            let after = lanes.clone().looked_at(&looked_at, now);
            (after != lanes).then_some(after)
        };
        match records::amend(world, key, list, &looked).await {
            // Lanes come and go: then the same are looked at once more.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Open lanes of all integrations stood in one list before, which had no room for all: each goes into that of its own.
async fn move_over<W: World>(world: &W) -> Result<(), StoreError> {
    let key = records::mirror::lanes_of_all();
    let Some(before) = records::load::<Lanes>(world, &key).await? else { return Ok(()) };
    let mut moved: Vec<&IntegrationId> = Vec::new();
    for OpenLane { integration, .. } in &before.value.0 {
        if moved.contains(&integration) {
            continue;
        }
        moved.push(integration);
        let list = records::mirror::lanes(integration);
        let at: At<Lanes> = records::load_or_default(world, &list).await?;
        let filled = |lanes: Lanes| {
            let own = before.value.0.iter().filter(|open| open.integration == *integration);
            let after = own.fold(lanes.clone(), |lanes, open| lanes.clone().with(open.clone()).unwrap_or(lanes));
            (after != lanes).then_some(after)
        };
        records::amend(world, list, at, &filled).await?;
    }
    match world.transact(vec![Write::Delete { key, expect: Some(before.expect) }]).await {
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}
