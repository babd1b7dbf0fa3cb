//! The hourly round.

use crate::scene::{DAY_MS, HOUR_MS, MARIA, MINUTE_MS, SERVICE, Scene};
use integration_plus::domain::change::Outcome;
use integration_plus::domain::health::Badge;

#[test]
fn a_year_of_hourly_rounds_keeps_grant_and_webhooks_alive() {
    let scene = Scene::new();
    scene.switch(MARIA, SERVICE);
    for day in 0..365 {
        for _ in 0..24 {
            scene.wait(HOUR_MS);
            assert_eq!(scene.upkeep(), Ok(()), "day {day}");
        }
        assert_eq!(scene.webhooks(SERVICE).len(), 1, "day {day}");
    }
    assert_eq!(scene.status(MARIA).badge, Badge::Connected);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
    assert_eq!(scene.platform.borrow().authorization_server.reuse_events, 0);
}

#[test]
fn a_change_that_was_left_alone_is_closed() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    scene.wait(5 * MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!(scene.connection().history.len(), 1);
    scene.wait(10 * MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!(scene.connection().history.last().map(|row| row.outcome.clone()), Some(Outcome::Expired));
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn health_is_looked_at_daily_and_not_hourly() {
    let scene = Scene::connected();
    let checked = |scene: &Scene| scene.status(MARIA).health.map(|health| health.checked_at);
    let first = checked(&scene);
    scene.wait(HOUR_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!(checked(&scene), first);
    scene.wait(DAY_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert!(checked(&scene) > first);
}
