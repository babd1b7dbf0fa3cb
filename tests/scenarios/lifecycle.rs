//! The app is installed and upgraded.

use crate::scene::Scene;
use integration_plus::app::{Answer, Invocation};
use integration_plus::records::{self, Instance, VERSION};

fn told(scene: &Scene, invocation: Invocation) {
    assert!(matches!(scene.run(None, invocation), Answer::Done(Ok(()))));
}

#[test]
fn the_instance_id_is_made_once_and_kept() {
    let scene = Scene::new();
    told(&scene, Invocation::Installed);
    let first: Instance = scene.record(&records::instance()).expect("is there");
    assert_eq!((first.id.len(), first.schema), (32, VERSION));
    scene.wait(1000);
    told(&scene, Invocation::Installed);
    told(&scene, Invocation::Upgraded);
    assert_eq!(scene.record::<Instance>(&records::instance()), Some(first));
}

#[test]
fn an_upgrade_of_a_site_that_never_saw_the_install_event_makes_up_for_it() {
    let scene = Scene::new();
    told(&scene, Invocation::Upgraded);
    assert!(scene.record::<Instance>(&records::instance()).is_some());
}
