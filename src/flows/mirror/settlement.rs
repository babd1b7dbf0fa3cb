//! What administrators settled, as a turn found it when it began: what they settle meanwhile holds from the next write on.

use crate::api::ErrorCode;
use crate::domain::connection::Connection;
use crate::domain::integration::{IntegrationId, Integrations};
use crate::domain::limits::Limits;
use crate::flows::limits;
use crate::ports::World;
use crate::records;
use futures_util::join;

/// Everything that decides what a turn may do, beside the pairs.
pub struct Settlement {
    /// The connection.
    pub connection: Connection,
    /// All integrations.
    pub all: Integrations,
    /// The app's settings.
    pub limits: Limits,
}

impl Settlement {
    /// As it is now.
    ///
    /// # Errors
    /// [`ErrorCode`] when storage failed.
    pub async fn read<W: World>(world: &W) -> Result<Self, ErrorCode> {
        let keys = (records::connection(), records::mirror::integrations());
        let (connection, all, limits) = join!(
            records::load_or_default::<Connection>(world, &keys.0),
            records::load_or_default::<Integrations>(world, &keys.1),
            limits::read(world),
        );
        Ok(Self { connection: connection?.value, all: all?.value, limits: limits? })
    }

    /// Whether all of it that an integration depends on is still as it was.
    ///
    /// # Errors
    /// As [`Settlement::read`].
    pub async fn stands<W: World>(&self, world: &W, integration: &IntegrationId) -> Result<bool, ErrorCode> {
        let now = Self::read(world).await?;
        let main = |of: &Connection| of.main.as_ref().map(|main| main.account.person.account_id.clone());
        Ok(main(&now.connection) == main(&self.connection)
            && now.connection.epoch() == self.connection.epoch()
            && now.all.get(integration) == self.all.get(integration)
            && now.limits == self.limits)
    }
}
