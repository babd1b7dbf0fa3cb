//! What Forge tells of the app's own life on a site.

use crate::ports::{Expect, StoreError, World};
use crate::records::{self, Instance, VERSION};
use crate::tenant::Tenant;
use crate::url::hex;

/// `avi:forge:installed:app`: gives the installation its identity. A second event, or a relinked storage, changes
/// nothing.
///
/// # Errors
/// [`StoreError`]: Forge delivers the event again.
pub async fn installed<W: World>(tenant: &Tenant<'_, W>) -> Result<(), StoreError> {
    instance(tenant).await.map(|_| ())
}

/// The identity of the installation, which it is given now where the event of its installation never came through.
///
/// # Errors
/// [`StoreError`]
pub async fn instance<W: World>(tenant: &Tenant<'_, W>) -> Result<Instance, StoreError> {
    let key = records::instance();
    if let Some(at) = records::load::<Instance>(tenant.world, &key).await? {
        return Ok(at.value);
    }
    let id = hex(&tenant.world.random()[..16]);
    let instance = Instance { id, installed_at: tenant.world.now(), schema: VERSION };
    match tenant.world.transact(vec![records::put(key.clone(), Expect::Absent, &instance)]).await {
        Ok(()) => Ok(instance),
        // Another invocation was first: the identity is the one that it gave.
        Err(StoreError::Conflict) => {
            Ok(records::load::<Instance>(tenant.world, &key).await?.ok_or(StoreError::Conflict)?.value)
        }
        Err(error) => Err(error),
    }
}

/// `avi:forge:upgraded:app`: notes the version in which records are written from now on. Each record is upgraded when it
/// is read, so that an upgrade costs the same on every site.
///
/// # Errors
/// [`StoreError`]: Forge delivers the event again.
pub async fn upgraded<W: World>(tenant: &Tenant<'_, W>) -> Result<(), StoreError> {
    installed(tenant).await?;
    let Some(at) = records::load::<Instance>(tenant.world, &records::instance()).await? else { return Ok(()) };
    if at.value.schema == VERSION {
        return Ok(());
    }
    let instance = Instance { schema: VERSION, ..at.value };
    match tenant.world.transact(vec![records::put(records::instance(), at.expect, &instance)]).await {
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}
