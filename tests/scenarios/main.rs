//! Scenarios: whole flows through the door on the pretend Atlassian, named after what a person or an attacker does.

mod begin;
mod change;
mod check;
mod delivery;
mod leaks;
mod lifecycle;
mod redirect;
mod scene;
mod upkeep;
