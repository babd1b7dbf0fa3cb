//! More than a year of hours, with an unreliable way to the authorization server.

use crate::callers::tenant;
use crate::chance::Chance;
use crate::site::{ANA, BEN, CHLOE, HOUR_MS, MARIA, ROUND_MS, Site, id};
use integration_plus::app::Invocation;
use integration_plus::domain::grant::{Grant, GrantState};
use integration_plus::flows::access::access;
use integration_plus::records;
use sandbox::ports::{Isolate, Running};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// One token reply in so many is lost.
const LOST_OF: usize = 100;

/// The main authorized user, and people who use their grants every hour.
const EVERYBODY: [&str; 4] = [MARIA, ANA, BEN, CHLOE];

/// How it went.
#[derive(Debug)]
struct Told {
    /// How many grants are dead, by the app's records or by the server's.
    dead: usize,
    lost: u64,
    redemptions: u64,
}

/// Lives through these days. Once an hour everybody wants an access token, the last one having expired, and whoever gets
/// none does not try again: only the two rounds of upkeep that fall into Atlassian's ten minutes make it good.
fn live(days: usize, leeway: bool) -> Told {
    let mut site = Site::connected();
    for who in &EVERYBODY[1..] {
        site.connect(who);
    }
    site.platform.borrow_mut().authorization_server.leeway = leeway;
    let before = site.platform.borrow().authorization_server.redemptions;
    let mut chance = Chance(7);
    let mut lost = 0;
    for _ in 0..days * 24 {
        let offset = i64::try_from(1 + chance.below(299_000)).expect("is small");
        site.wait(HOUR_MS + offset);
        let world = Isolate::new(&site.platform, None);
        for who in EVERYBODY {
            let (tenant, account) = (tenant(&world), id(who));
            let mut asking = pin!(access(&tenant, &account, None));
            // Whether it got a token is the grant's business.
            while unreliably(&site, &mut chance, &mut lost, || poll(asking.as_mut())).is_none() {}
        }
        site.wait(ROUND_MS - offset);
        for _ in 0..2 {
            let mut round = Running::start(&site.platform, None, Invocation::Upkeep);
            while unreliably(&site, &mut chance, &mut lost, || round.poll()).is_none() {}
            site.wait(ROUND_MS);
            // A round that finds nothing left behind changes nothing, so it is passed over.
            if EVERYBODY.iter().all(|who| grant(&site, who).redemption.is_none()) {
                break;
            }
        }
    }
    let platform = site.platform.borrow();
    let dead = |who: &&str| {
        grant(&site, who).state != GrantState::Working || platform.authorization_server.live_grants(who) == 0
    };
    let dead = EVERYBODY.iter().filter(|who| dead(who)).count();
    Told { dead, lost, redemptions: platform.authorization_server.redemptions - before }
}

/// Lets one round trip happen. Should it go to the authorization server, its answer may be lost.
fn unreliably<T>(site: &Site, chance: &mut Chance, lost: &mut u64, step: impl FnOnce() -> T) -> T {
    let requests = || site.platform.borrow().authorization_server.token_requests;
    let losing = chance.below(LOST_OF) == 0;
    let before = requests();
    site.platform.borrow_mut().authorization_server.scripted_answer = losing.then(|| (504, String::new()));
    let result = step();
    site.platform.borrow_mut().authorization_server.scripted_answer = None;
    *lost += u64::from(losing) * (requests() - before);
    result
}

fn poll<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> Option<T> {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

fn grant(site: &Site, who: &str) -> Grant {
    site.record(&records::grant(&id(who))).expect("has a grant")
}

#[test]
fn four_hundred_days_of_hourly_expiry_with_a_reply_in_a_hundred_lost_kill_no_grant() {
    let told = live(400, true);
    assert_eq!(told.dead, 0, "{told:?}");
    assert!(told.lost > 300 && told.redemptions > 38_000, "{told:?}");
}

/// The same without the ten minutes in which Atlassian takes a refresh token once more: the losses are real.
#[test]
fn without_leeway_the_same_losses_kill_every_grant() {
    let told = live(40, false);
    assert_eq!(told.dead, EVERYBODY.len(), "{told:?}");
}
