//! States and rules: plain functions over plain values.
//!
//! Nothing here awaits, reads a clock, draws a random number or knows a port; time and chance are arguments.
//! One file a noun.

pub mod access_rule;
pub mod account;
pub mod adf;
pub mod assignee;
pub mod authorization;
pub mod catch_up;
pub mod change;
pub mod connection;
pub mod counterpart;
pub mod footer;
pub mod grant;
pub mod hand_off;
pub mod health;
pub mod intake;
pub mod integration;
pub mod lane;
pub mod limits;
pub mod mirror;
pub mod pair;
pub mod pair_property;
pub mod personal;
pub mod place;
pub mod provenance;
pub mod receipt;
pub mod refusal;
pub mod register;
pub mod rehearsal;
pub mod run;
pub mod run_log;
pub mod schedule;
pub mod scope;
pub mod seal;
pub mod settings;
pub mod site;
pub mod standing;
pub mod support;
pub(crate) mod tagged;
pub mod tally;
pub mod time;
pub mod trial;
pub mod trial_link;
pub mod visibility;
pub mod wave;
pub mod webhook;
pub mod write_budget;

/// A number of things as it is stored and shown.
#[must_use]
pub fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}
