//! Scenarios: whole flows through the door on the pretend Atlassian, named after what a person or an attacker does.

mod access;
mod begin;
mod change;
mod check;
mod comment;
mod connections;
mod delivery;
mod hand_off;
mod leaks;
mod lifecycle;
mod people;
mod personal;
mod prompt;
mod receipts;
mod redirect;
mod register;
mod rehearse;
mod roll_back;
mod scene;
mod schedule;
mod trial;
mod trial_link;
mod upkeep;
mod verify;
