//! The app under every fault, driven by seed through the ports.
//!
//! Whatever happens at whichever effect, the site ends with exactly the old main authorized user working or exactly the
//! new one, after at most three recoveries, with no webhook and no lasting secret left over; people are counted exactly,
//! nobody is asked for anything whose grant is alive, and each comment is mirrored once.

mod assignee;
mod bridge;
mod chance;
mod change;
mod counterparts;
mod isolates;
mod judge;
mod mirror;
mod people;
mod schedule;
mod site;
mod tally;
mod trial;
mod trial_link;
mod wave;
