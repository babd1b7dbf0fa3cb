//! Many callers at once, and long spans of time, against an authorization server that disables a grant whose refresh token
//! comes twice.

#[path = "../simulation/chance.rs"]
#[expect(dead_code, reason = "the simulation draws more")]
mod chance;
#[path = "../simulation/site.rs"]
#[expect(dead_code, reason = "the simulation does more with a site")]
mod site;

mod callers;
mod days;
