//! The site that an invocation runs for, and everything that it may reach from there.
//!
//! It is made anew for every invocation: one wasm instance serves many sites, and remembers none of them.

use crate::api::ErrorCode;
use crate::domain::account::AccountId;
use crate::domain::site::CloudId;
use crate::secret::Secret;
use std::rc::Rc;

/// What Forge says of an invocation.
pub struct Tenant<'w, W> {
    /// The world.
    pub world: &'w W,
    /// The app's settings.
    pub config: Rc<Config>,
    /// The site on which the app is installed.
    pub cloud_id: CloudId,
    /// Forge's `environmentId`.
    pub environment: String,
    /// Forge's `environmentType`: `DEVELOPMENT`, `STAGING` or `PRODUCTION`.
    pub environment_type: String,
}

impl<W> Tenant<'_, W> {
    /// The same installation, asking the Jira of another site. Its records are those of this one.
    #[must_use]
    pub fn elsewhere(&self, cloud_id: &CloudId) -> Self {
        Self {
            world: self.world,
            config: Rc::clone(&self.config),
            cloud_id: cloud_id.clone(),
            environment: self.environment.clone(),
            environment_type: self.environment_type.clone(),
        }
    }
}

/// A tenant whose caller Forge named.
pub struct Called<'w, W> {
    /// The site.
    pub tenant: Tenant<'w, W>,
    /// Who calls, as Forge says; never from a payload.
    pub caller: AccountId,
}

impl<'w, W> std::ops::Deref for Called<'w, W> {
    type Target = Tenant<'w, W>;

    fn deref(&self) -> &Self::Target {
        &self.tenant
    }
}

/// The app's settings: Forge variables over constants.
pub struct Config {
    client: Option<(String, Secret)>,
    /// What support signs its requests for access with. Without it none can be verified.
    pub support_key: Option<Secret>,
    /// Atlassian's authorization server.
    pub authorization_origin: String,
    /// Atlassian's API gateway.
    pub api_origin: String,
    /// Whether a PKCE challenge is sent.
    pub pkce: bool,
}

/// Forge variables, read by name.
pub trait Variables {
    /// The value, if set.
    fn get(&self, name: &str) -> Option<String>;
}

/// Shortest `SUPPORT_KEY`, in bytes: 256 bits in the densest text that people write keys in have 43 characters.
const SUPPORT_KEY: usize = 43;

impl Config {
    /// Reads the settings. Hosts are constants and PKCE is on; only Forge's development environment may say otherwise, so
    /// that no variable can send tokens elsewhere, or weaken them, in production.
    #[must_use]
    pub fn new(variables: &impl Variables, development: bool) -> Self {
        let set = |name: &str| variables.get(name).filter(|value| !value.is_empty());
        let host =
            |name: &str, constant: &str| set(name).filter(|_| development).unwrap_or_else(|| constant.to_owned());
        Self {
            client: set("CLIENT_ID").zip(set("CLIENT_SECRET").map(Secret::new)),
            support_key: set("SUPPORT_KEY").filter(|key| key.len() >= SUPPORT_KEY).map(Secret::new),
            authorization_origin: host("AUTHORIZATION_ORIGIN", "https://auth.atlassian.com"),
            api_origin: host("API_ORIGIN", "https://api.atlassian.com"),
            pkce: !development || set("PKCE").as_deref() != Some("off"),
        }
    }

    /// `client_id` and `client_secret`.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`] naming both, for one is of no use without the other.
    pub fn client(&self) -> Result<(&str, &Secret), ErrorCode> {
        match &self.client {
            Some((id, secret)) => Ok((id, secret)),
            None => Err(ErrorCode::NotConfigured { missing: vec!["CLIENT_ID".into(), "CLIENT_SECRET".into()] }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Set;

    impl Variables for Set {
        fn get(&self, name: &str) -> Option<String> {
            Some(if name == "PKCE" { "off".to_owned() } else { format!("http://{name}.invalid") })
        }
    }

    #[test]
    fn only_the_development_environment_may_name_other_hosts_or_switch_pkce_off() {
        assert_eq!(Config::new(&Set, false).authorization_origin, "https://auth.atlassian.com");
        assert_eq!(Config::new(&Set, false).api_origin, "https://api.atlassian.com");
        assert_eq!(Config::new(&Set, true).api_origin, "http://API_ORIGIN.invalid");
        assert_eq!((Config::new(&Set, false).pkce, Config::new(&Set, true).pkce), (true, false));
    }
}
