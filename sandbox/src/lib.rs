//! The pretend Atlassian: Jira's REST API, the accounts behind it, and the webhooks it delivers.
//!
//! Deterministic: the time is an argument, numbers are counted, nothing is drawn by lot. The whole state is one value
//! that can be stored and loaded.

#[cfg(not(target_arch = "wasm32"))]
pub mod authorization_server;
mod controls;
mod faults;
pub mod http;
mod identity;
mod instant;
pub mod jira;
#[cfg(not(target_arch = "wasm32"))]
pub mod kvs;
mod limits;
#[cfg(not(target_arch = "wasm32"))]
pub mod ports;
mod seed;
#[cfg(test)]
mod trial;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use controls::Unknown;
pub use faults::{Faults, Lasts};
pub use http::{Request, Response};
pub use identity::{Account, AccountStatus, AccountType};
pub use jira::permissions::Holder;
pub use jira::{APP_ACCOUNT_ID, Principal, required_scopes, routes};
pub use limits::Budgets;
pub use seed::{Seed, UnknownSeed};

use faults::gateway;
use identity::Directory;
use jira::World;
use jira::site::Site;
use limits::Usage;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// All of Atlassian: accounts, sites, faults, limits, and deliveries that nobody has taken yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Stored", rename_all = "camelCase")]
pub struct Atlassian {
    directory: Directory,
    sites: BTreeMap<String, Site>,
    faults: Faults,
    budgets: Budgets,
    usage: Usage,
    deliveries: Vec<Delivery>,
}

/// [`Atlassian`] as it is stored: without what can be worked out from the rest.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    directory: Directory,
    sites: BTreeMap<String, Site>,
    faults: Faults,
    budgets: Budgets,
    usage: Usage,
    deliveries: Vec<Delivery>,
}

impl From<Stored> for Atlassian {
    fn from(stored: Stored) -> Self {
        let Stored { directory, mut sites, faults, budgets, usage, deliveries } = stored;
        for site in sites.values_mut() {
            site.reindex(&directory);
        }
        Self { directory, sites, faults, budgets, usage, deliveries }
    }
}

/// A webhook that Jira wants delivered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// Where to.
    pub url: String,
    /// The body of the `POST` request.
    pub body: Value,
    /// The account that registered the webhooks.
    pub account_id: String,
    /// The site where it happened.
    pub cloud_id: String,
}

/// A site, as `accessible-resources` names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SiteName<'a> {
    /// Atlassian's `cloudId`.
    pub cloud_id: &'a str,
    /// Short name.
    pub name: &'a str,
    /// Address that people see.
    pub url: &'a str,
}

impl Atlassian {
    /// A fresh world.
    #[must_use]
    pub fn seeded(seed: Seed) -> Self {
        seed::plant(seed)
    }

    /// Answers one request to the Jira of a site, `now_ms` milliseconds after 1970.
    pub fn jira(&mut self, cloud_id: &str, principal: &Principal, request: &Request, now_ms: i64) -> Response {
        let Self { directory, sites, faults, budgets, usage, deliveries } = self;
        let mut response = faults.before().unwrap_or_else(|| {
            let Some(site) = sites.get_mut(cloud_id) else { return gateway(404, "Not Found") };
            let world = World { directory, site, budgets, usage, deliveries };
            let response = world.answer(principal, request, now_ms);
            faults.after().unwrap_or(response)
        });
        response.headers.extend(usage.headers(budgets, cloud_id, now_ms));
        response
    }

    /// The deliveries caused since they were last taken, in order.
    pub fn take_deliveries(&mut self) -> Vec<Delivery> {
        std::mem::take(&mut self.deliveries)
    }

    /// All accounts, by id.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.directory.iter()
    }

    /// One account.
    #[must_use]
    pub fn account(&self, account_id: &str) -> Option<&Account> {
        self.directory.get(account_id)
    }

    /// All sites, by `cloudId`.
    pub fn sites(&self) -> impl Iterator<Item = SiteName<'_>> {
        self.sites.values().map(|site| SiteName { cloud_id: &site.cloud_id, name: &site.name, url: &site.url })
    }

    /// The sites that an account may use.
    pub fn sites_of<'a>(&'a self, account_id: &'a str) -> impl Iterator<Item = SiteName<'a>> {
        self.sites().filter(move |name| self.sites.get(name.cloud_id).is_some_and(|site| site.admits(account_id)))
    }

    /// What is wrong at the moment.
    #[must_use]
    pub const fn faults(&self) -> &Faults {
        &self.faults
    }

    /// How much an app may ask.
    #[must_use]
    pub const fn budgets(&self) -> &Budgets {
        &self.budgets
    }

    /// Points that requests to a site have used up in the last hour in which there were any.
    #[must_use]
    pub fn points_used(&self, cloud_id: &str) -> u64 {
        self.usage.points(&self.budgets, cloud_id)
    }
}
