//! Two isolates at once: which of them gets on is drawn by lot before each round trip, and a fault may meet both.

use crate::chance::Chance;
use crate::site::{ANA, Act, BEN, FAULTS, HOUR_MS, MARIA, SERVICE, Site};

/// How many seeds each pair is driven with.
const SEEDS: u64 = 40;

/// Everybody connected, access tokens expired.
fn people() -> Site {
    let mut site = Site::connected();
    for who in [ANA, BEN, MARIA] {
        site.connect(who);
    }
    site.wait(2 * HOUR_MS);
    site
}

/// Drives each pair with every seed, half of them with a fault.
fn drive(before: &Site, pairs: &[[Act; 2]]) {
    for pair in pairs {
        for seed in 0..SEEDS {
            let mut chance = Chance(seed);
            let mut site = before.again(seed);
            let fault = (seed % 2 == 1).then(|| (chance.below(25), FAULTS[chance.below(4)]));
            site.both(*pair, fault, &mut chance);
            site.judge(&format!("{pair:?} seed {seed} {fault:?}"));
        }
    }
}

#[test]
fn two_tabs_of_one_person_end_in_order() {
    let mut allowed = people();
    for act in [Act::Authorize(ANA), Act::Allow(ANA)] {
        allowed.act(act, None);
    }
    drive(
        &allowed,
        &[[Act::Me(ANA), Act::Me(ANA)], [Act::Me(ANA), Act::Authorize(ANA)], [Act::Comment(ANA), Act::Me(ANA)]],
    );
    drive(
        &people(),
        &[
            [Act::Comment(ANA), Act::Comment(ANA)],
            [Act::Comment(ANA), Act::Disconnect(ANA)],
            [Act::Authorize(ANA), Act::Authorize(ANA)],
        ],
    );
}

/// Without faults: an adoption that is cut off in the moment in which another tab disconnects leaves a copy of the tokens
/// that no record names, for storage to forget.
#[test]
fn one_tab_that_takes_up_a_consent_while_another_disconnects_leaves_nothing() {
    let mut allowed = people();
    for act in [Act::Authorize(ANA), Act::Allow(ANA)] {
        allowed.act(act, None);
    }
    for seed in 0..100 {
        let mut site = allowed.again(seed);
        site.both([Act::Me(ANA), Act::Disconnect(ANA)], None, &mut Chance(seed));
        site.judge(&format!("seed {seed}"));
    }
}

#[test]
fn a_person_and_the_main_user_who_share_a_grant_end_in_order() {
    drive(
        &people(),
        &[
            [Act::Comment(MARIA), Act::Comment(ANA)],
            [Act::Comment(MARIA), Act::Upkeep],
            [Act::Disconnect(MARIA), Act::Upkeep],
        ],
    );
}

#[test]
fn a_change_beside_whatever_else_happens_ends_in_order() {
    let mut allowed = people();
    for act in [Act::Begin(SERVICE), Act::Redirect(SERVICE)] {
        allowed.act(act, None);
    }
    drive(
        &allowed,
        &[
            [Act::Continue, Act::Continue],
            [Act::Continue, Act::Comment(MARIA)],
            [Act::Continue, Act::Comment(ANA)],
            [Act::Continue, Act::Disconnect(MARIA)],
            [Act::Continue, Act::Upkeep],
            [Act::Continue, Act::Cancel],
        ],
    );
}

#[test]
fn a_scheduled_change_beside_whatever_else_happens_ends_in_order() {
    let mut waits = people();
    for act in [Act::Schedule(SERVICE), Act::Redirect(SERVICE), Act::Continue] {
        waits.act(act, None);
    }
    drive(
        &waits,
        &[[Act::SwitchNow, Act::Cancel], [Act::SwitchNow, Act::Upkeep], [Act::Disconnect(MARIA), Act::SwitchNow]],
    );
    waits.wait(HOUR_MS);
    drive(
        &waits,
        &[
            [Act::Upkeep, Act::Upkeep],
            [Act::Upkeep, Act::Continue],
            [Act::Upkeep, Act::Cancel],
            [Act::Upkeep, Act::Comment(MARIA)],
            [Act::Upkeep, Act::Disconnect(MARIA)],
        ],
    );
}

#[test]
fn a_wave_beside_whatever_else_happens_ends_in_order() {
    let mut changed = people();
    for act in [Act::Begin(SERVICE), Act::Redirect(SERVICE), Act::Continue] {
        changed.act(act, None);
    }
    // Forge may deliver work twice.
    let twice = changed.platform.borrow().queue.clone();
    changed.platform.borrow_mut().queue.extend(twice);
    changed.wait(2 * HOUR_MS);
    drive(
        &changed,
        &[
            [Act::Deliver, Act::Deliver],
            [Act::Deliver, Act::Comment(ANA)],
            [Act::Deliver, Act::Disconnect(BEN)],
            [Act::Deliver, Act::RollBack],
            [Act::RollBack, Act::RollBack],
            [Act::RollBack, Act::Upkeep],
            [Act::RollBack, Act::Comment(MARIA)],
        ],
    );
}
