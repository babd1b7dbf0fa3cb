//! People's own grants under every fault: connected, used, refreshed, given up.

use crate::chance::Chance;
use crate::site::{ANA, Act, BEN, FAULTS, HOUR_MS, MARIA, MINUTE_MS, SERVICE, Site, posted};

/// What a person does from the first page to the last, an hour apart where the access token shall have expired.
const CONNECT: [Act; 4] = [Act::Authorize(ANA), Act::Allow(ANA), Act::Me(ANA), Act::Comment(ANA)];

/// A site where Ben has connected his account.
fn with_ben() -> Site {
    let mut site = Site::connected();
    site.connect(BEN);
    site
}

/// A site where Ana and Ben have, with access tokens that have expired.
fn with_both() -> Site {
    let mut site = with_ben();
    site.connect(ANA);
    site.wait(2 * HOUR_MS);
    site
}

/// Takes the acts, one of them with a fault at each of its effects in turn, and judges every time.
fn every_fault(before: &Site, acts: &[Act]) -> usize {
    let mut judged = 0;
    for number in 0..acts.len() {
        let mut quiet = before.again(1);
        for act in &acts[..=number] {
            quiet.act(*act, None);
        }
        for at in 0..quiet.effects() {
            for fault in FAULTS {
                let mut site = before.again(2);
                for (index, act) in acts.iter().enumerate() {
                    site.act(*act, (index == number).then_some((at, fault)));
                    site.counted(&format!("{act:?} effect {at} {fault:?}"));
                }
                site.judge(&format!("{:?} effect {at} {fault:?}", acts[number]));
                judged += 1;
            }
        }
    }
    judged
}

#[test]
fn without_faults_a_person_connects_comments_and_disconnects() {
    let mut site = with_ben();
    site.connect(ANA);
    site.wait(2 * HOUR_MS);
    assert!(posted(&site.act(Act::Comment(ANA), None)));
    assert_eq!(site.comments().len(), 3 + crate::judge::PLANTED);
    site.counted("connected");
    site.act(Act::Disconnect(ANA), None);
    assert_eq!(site.grant(ANA), None);
    site.judge("disconnected");
}

#[test]
fn every_single_fault_while_a_person_connects_leaves_one_grant_or_none() {
    assert!(every_fault(&with_ben(), &CONNECT) > 100);
}

#[test]
fn every_single_fault_while_a_grant_is_refreshed_leaves_it_alive() {
    assert!(every_fault(&with_both(), &[Act::Comment(ANA), Act::Comment(BEN)]) > 60);
}

/// Nobody tries again: the rounds of upkeep alone take up what was left behind, while Atlassian still answers it.
#[test]
fn every_single_fault_while_a_grant_is_refreshed_is_made_good_by_the_rounds_alone() {
    let before = with_both();
    let mut quiet = before.again(1);
    quiet.act(Act::Comment(ANA), None);
    for at in 0..quiet.effects() {
        for fault in FAULTS {
            let mut site = before.again(2);
            site.act(Act::Comment(ANA), Some((at, fault)));
            for _ in 0..3 {
                site.wait(4 * MINUTE_MS);
                site.act(Act::Upkeep, None);
            }
            site.wait(2 * HOUR_MS);
            site.judge(&format!("Comment effect {at} {fault:?}"));
            let alive = site.platform.borrow().authorization_server.live_grants(ANA);
            assert_eq!(alive, 1, "Comment effect {at} {fault:?}");
        }
    }
}

#[test]
fn every_single_fault_while_a_person_disconnects_leaves_nothing_of_them() {
    assert!(every_fault(&with_both(), &[Act::Disconnect(ANA)]) > 15);
}

#[test]
fn every_single_fault_while_somebody_connects_once_more_leaves_the_latest_grant() {
    let again = [Act::Authorize(ANA), Act::Authorize(ANA), Act::Allow(ANA), Act::Me(ANA)];
    assert!(every_fault(&with_both(), &again) > 100);
}

/// Whoever is main authorized user may connect the same account as their own, and give that up again.
#[test]
fn every_single_fault_while_the_main_user_connects_and_disconnects_leaves_the_main_user_working() {
    let acts = [Act::Authorize(MARIA), Act::Allow(MARIA), Act::Me(MARIA), Act::Comment(MARIA), Act::Disconnect(MARIA)];
    assert!(every_fault(&with_ben(), &acts) > 120);
}

/// The change of main authorized user that a story tells, and what may follow it.
const CHANGE: [Act; 6] =
    [Act::Begin(SERVICE), Act::Redirect(SERVICE), Act::Continue, Act::Deliver, Act::Continue, Act::RollBack];

/// What people do meanwhile, in any order.
const MEANWHILE: [Act; 14] = [
    Act::Authorize(ANA),
    Act::Allow(ANA),
    Act::Me(ANA),
    Act::Comment(ANA),
    Act::PostHeld(ANA),
    Act::Disconnect(ANA),
    Act::Comment(BEN),
    Act::Prompt(BEN),
    Act::Authorize(MARIA),
    Act::Allow(MARIA),
    Act::Comment(MARIA),
    Act::Cancel,
    Act::Upkeep,
    Act::Deliver,
];

#[test]
fn a_thousand_seeds_of_people_changes_and_faults_end_in_order() {
    let before = with_both();
    let (mut old, mut new) = (0, 0);
    for seed in 0..1_000_u64 {
        let mut chance = Chance(seed);
        let mut site = before.again(seed);
        let mut story = format!("seed {seed}:");
        let mut steps = CHANGE[..3 + chance.below(4)].iter().copied();
        let mut left = 3 + chance.below(3);
        while let Some(act) = if chance.below(2) == 0 { steps.next() } else { Some(chance.of(&MEANWHILE)) } {
            let fault = (chance.below(3) == 0).then(|| (chance.below(20), FAULTS[chance.below(4)]));
            site.act(act, fault);
            story = format!("{story} {act:?} {fault:?};");
            if left > 0 && chance.below(2) == 0 {
                site.wait(61_000);
                left -= 1;
            }
        }
        site.judge(&story);
        if site.main().as_deref() == Some(SERVICE) { new += 1 } else { old += 1 }
    }
    // Both ends are really reached, so that the judge has judged both.
    assert!(old > 200 && new > 200, "{old} old, {new} new");
}
