//! Nothing that leaves the app holds a secret.

use crate::bridge::Bridge;
use crate::people::BEN;
use crate::scene::{ANA, HOUR_MS, MARIA, SERVICE, Scene, TOM, get, pairs};
use integration_plus::api::{PageOfRuns, Reply, Request};
use integration_plus::app::Invocation;
use integration_plus::domain::integration::End;
use integration_plus::domain::time::Timestamp;
use integration_plus::secret::Secret;
use integration_plus::web::Presented;
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

#[test]
fn no_canary_turns_up_while_comments_are_mirrored_runs_are_shared_and_support_looks() {
    let bridge = Bridge::new();
    bridge.scene.connect(ANA);
    let mut said = Vec::new();
    bridge.say(End::Here, ANA, "as Ana");
    bridge.say(End::There, BEN, "as nobody that is connected");
    said.push(format!("{:?}", bridge.run()));
    bridge.scene.wait(2 * HOUR_MS);
    bridge.scene.upkeep().expect("goes well");
    let Reply::Runs { runs } = bridge.scene.ask(MARIA, Request::Runs { page: PageOfRuns::default() }) else {
        panic!("lists")
    };
    let run = runs.rows.first().expect("has run").id.clone();
    let until = Timestamp(bridge.now().0 + HOUR_MS);
    let granted = bridge.scene.ask(MARIA, Request::GrantSupport { ticket: "SUP-1".into(), until });
    let Reply::SupportGranted { code, .. } = &granted else { panic!("lets in") };
    let code = code.clone();
    let site = bridge.integration.clone();
    for request in [
        Request::ShareRun { id: run.clone(), share: true },
        Request::Run { id: run.clone(), part: 0 },
        Request::RunAgain { id: run.clone() },
        Request::Integrations {},
        Request::OtherSites {},
        Request::Pairs { integration: site, from: None },
        Request::Support {},
        Request::About {},
    ] {
        said.push(format!("{:?}", bridge.scene.ask(MARIA, request)));
    }
    for query in [&[][..], &[("run", run.as_str())]] {
        let presented = Presented { code: Some(Secret::new(code.clone())), signature: None };
        let shown = bridge.scene.web(Invocation::Support(get(&pairs(query)), presented));
        assert_eq!(shown.status, 200);
        said.push(format!("{shown:?}"));
    }
    said.extend(bridge.scene.platform.borrow().spoken.iter().cloned());
    said.extend(bridge.scene.platform.borrow().effects.iter().map(|effect| effect.name.clone()));

    let platform = bridge.scene.platform.borrow();
    let mut canaries: Vec<String> = platform.authorization_server.secrets().map(str::to_owned).collect();
    canaries.extend([CLIENT_SECRET.to_owned(), code]);
    // The oracle can fail: what was mirrored is there, and so are the tokens.
    assert!(said.iter().any(|text| text.contains("as Ana")) && canaries.len() > 4);
    for canary in &canaries {
        let leak = said.iter().find(|text| text.contains(canary.as_str()));
        assert_eq!(leak, None, "{canary}");
    }
}
