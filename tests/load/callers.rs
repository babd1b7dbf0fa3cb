//! Everybody at once: fifty callers in each of eight isolates, an hour after an hour.

use crate::chance::Chance;
use crate::site::{ANA, Act, BEN, CHLOE, HOUR_MS, MARIA, Site, Told, id};
use integration_plus::api::Reply;
use integration_plus::domain::account::AccountId;
use integration_plus::domain::grant::Grant;
use integration_plus::domain::site::CloudId;
use integration_plus::domain::time::Timestamp;
use integration_plus::flows::access::{NoAccess, access};
use integration_plus::records;
use integration_plus::tenant::{Config, Tenant};
use sandbox::ports::{CLOUD_ID, Isolate};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

const CALLERS: usize = 50;
const ISOLATES: usize = 8;
const ROUNDS: usize = 1_000;

/// Whose access tokens the callers want: the main authorized user's and three people's.
const GRANTS: [&str; 4] = [MARIA, ANA, BEN, CHLOE];

/// What one caller does until it has a token or knows that there is none.
type Caller<'t> = Pin<Box<dyn Future<Output = Result<(), NoAccess>> + 't>>;

fn caller<'t>(tenant: &'t Tenant<'_, Isolate>, account: &'t AccountId) -> Caller<'t> {
    Box::pin(async move { access(tenant, account, None).await.map(drop) })
}

/// Lets all get on, one round trip of one of them at a time, drawn by lot. Whoever is told that another one is redeeming
/// comes back a second later.
fn drive(site: &Site, tenants: &[Tenant<'_, Isolate>], accounts: &[AccountId], chance: &mut Chance) {
    let mut coming: Vec<(usize, usize)> =
        (0..ISOLATES * CALLERS).map(|number| (number % ISOLATES, number / ISOLATES % accounts.len())).collect();
    while !coming.is_empty() {
        let start =
            |&(isolate, account): &(usize, usize)| (isolate, account, caller(&tenants[isolate], &accounts[account]));
        let mut running: Vec<(usize, usize, Caller<'_>)> = coming.iter().map(start).collect();
        coming.clear();
        while !running.is_empty() {
            let one = chance.below(running.len());
            let (isolate, account, future) = &mut running[one];
            let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) else { continue };
            match result {
                Ok(()) => {}
                Err(NoAccess::Busy) => coming.push((*isolate, *account)),
                Err(other) => panic!("{} gets {other:?}", accounts[*account].as_str()),
            }
            drop(running.swap_remove(one));
        }
        site.wait(1_000);
    }
}

/// How many access tokens have expired, as the grants themselves say.
fn expired(site: &Site, accounts: &[AccountId]) -> u64 {
    let now = Timestamp(site.platform.borrow().now_ms);
    let grants = accounts.iter().map(|account| site.record::<Grant>(&records::grant(account)).expect("has a grant"));
    grants.filter(|grant| grant.access_expires_at <= now).map(|_| 1).sum()
}

#[test]
fn fifty_callers_in_eight_isolates_redeem_each_refresh_token_once_in_a_thousand_hours() {
    let mut site = Site::connected();
    for who in &GRANTS[1..] {
        site.connect(who);
    }
    site.platform.borrow_mut().authorization_server.leeway = false;
    let worlds: Vec<Isolate> = (0..ISOLATES).map(|_| Isolate::new(&site.platform, None)).collect();
    let tenants: Vec<Tenant<'_, Isolate>> = worlds.iter().map(tenant).collect();
    let accounts = GRANTS.map(id);
    let redeemed_before = site.platform.borrow().authorization_server.redemptions;
    let mut chance = Chance(1);
    let mut expiries = 0;
    for _ in 0..ROUNDS {
        site.wait(HOUR_MS);
        expiries += expired(&site, &accounts);
        drive(&site, &tenants, &accounts, &mut chance);
        site.platform.borrow_mut().effects.clear();
    }
    let redemptions = site.platform.borrow().authorization_server.redemptions - redeemed_before;
    assert_eq!(expiries, 4 * 1_000);
    assert_eq!(redemptions, expiries);
    assert_eq!(site.platform.borrow().authorization_server.reuse_events, 0);
    let prompts = GRANTS.iter().filter(|who| prompted(&mut site, who)).count();
    assert_eq!(prompts, 0);
}

/// The site as the app sees it in this isolate.
pub fn tenant(world: &Isolate) -> Tenant<'_, Isolate> {
    let cloud_id = CloudId::from_install_context(&format!("ari:cloud:jira::site/{CLOUD_ID}")).expect("is a site");
    let config = Rc::new(Config::new(world, false));
    let (environment, environment_type) = ("environment".to_owned(), "PRODUCTION".to_owned());
    Tenant { world, config, cloud_id, environment, environment_type }
}

fn prompted(site: &mut Site, who: &'static str) -> bool {
    let Told::Went(Some(reply)) = site.act(Act::Prompt(who), None) else { panic!("{who} gets no answer") };
    let Reply::Prompt { prompt, .. } = *reply else { panic!("{reply:?}") };
    prompt.is_some()
}
