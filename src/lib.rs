//! The map of the crate.

pub mod api;
pub mod domain;
