//! Nothing that leaves the app holds a secret.

use crate::scene::{HOUR_MS, MARIA, SERVICE, Scene, TOM};
use integration_plus::api::Request;
use sandbox::authorization_server::CLIENT_SECRET;

#[test]
fn no_canary_turns_up_in_any_reply_page_record_address_or_key() {
    let scene = Scene::connected();
    let mut said = Vec::new();
    let (change, url) = scene.begin(MARIA, SERVICE);
    let state = url.split("&state=").nth(1).and_then(|rest| rest.split('&').next()).expect("is there").to_owned();
    let query = scene.consent(&url, TOM);
    said.push(format!("{:?}", scene.come_back(&query)));
    said.push(format!("{:?}", scene.come_back(&query)));
    let (change, url) = {
        said.push(format!("{:?}", scene.asked(MARIA, Request::Status { watching: Some(change) })));
        scene.begin(MARIA, SERVICE)
    };
    said.push(format!("{:?}", scene.allow(&url, SERVICE)));
    said.push(format!("{:?}", scene.proceed(MARIA, &change)));
    scene.wait(2 * HOUR_MS);
    said.push(format!("{:?}", scene.asked(MARIA, Request::CheckNow {})));
    said.extend(scene.platform.borrow().spoken.iter().cloned());
    said.extend(scene.platform.borrow().effects.iter().map(|effect| effect.name.clone()));

    let platform = scene.platform.borrow();
    let mut canaries: Vec<String> = platform.authorization_server.secrets().map(str::to_owned).collect();
    canaries.extend([CLIENT_SECRET.to_owned(), state]);
    // The oracle can fail: the secrets are where they belong.
    let kept: Vec<&str> = platform.kvs.secrets().filter_map(|name| platform.kvs.secret(name)).collect();
    assert!(canaries.iter().any(|canary| kept.iter().any(|text| text.contains(canary))));
    assert!(canaries.len() > 8 && said.len() > 50);
    for canary in &canaries {
        let leak = said.iter().find(|text| text.contains(canary.as_str()));
        assert_eq!(leak, None, "{canary}");
    }
}
