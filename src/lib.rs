//! The map of the crate.
//!
//! `wasm` is the door: an invocation in, an answer out. `app` knows who calls and which flow that is. `flows` load,
//! decide, save and act; `domain`, `oauth`, `identity`, `jira` and `rate_limit` decide and know no world. `ports` is the world, which
//! `host` (Forge) and the sandbox (tests) put behind it. ARCHITECTURE.md walks one change through all of them.

pub mod api;
pub mod app;
pub mod domain;
pub mod flows;
#[cfg(target_arch = "wasm32")]
mod host;
pub mod identity;
pub mod jira;
pub mod json;
pub mod oauth;
pub mod pages;
pub mod ports;
pub mod rate_limit;
pub mod records;
pub mod secret;
pub mod support_page;
pub mod tenant;
pub mod url;
#[cfg(target_arch = "wasm32")]
mod wasm;
pub mod web;
