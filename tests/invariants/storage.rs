//! The port contract of storage: the list of operations that the local Jira's store answers too.

use integration_plus::ports::{Entity, Expect, Keep, Key, StoreError, Write};
use sandbox::kvs::Kvs;
use serde_json::{Value, json};

fn key(step: &Value) -> Key {
    let entities = [Entity::Connection, Entity::Session, Entity::Grant, Entity::Receipt];
    let entity = entities.into_iter().find(|entity| step["entity"] == entity.name()).expect("is an entity");
    Key { entity, id: step["key"].as_str().expect("is text").to_owned() }
}

fn write(step: &Value) -> Write {
    if step["delete"].is_object() {
        let delete = &step["delete"];
        return Write::Delete { key: key(delete), expect: delete.get("expected").map(expect) };
    }
    let put = &step["put"];
    Write::Put { key: key(put), expect: expect(&put["expected"]), document: put["document"].clone() }
}

fn expect(expected: &Value) -> Expect {
    if expected == "absent" {
        return Expect::Absent;
    }
    Expect::Revision(expected.as_u64().and_then(|revision| u32::try_from(revision).ok()).expect("is a revision"))
}

fn answer(store: &mut Kvs, step: &Value) -> Value {
    let name = step["key"].as_str().unwrap_or_default();
    match step["op"].as_str().expect("is an operation") {
        "get" => store
            .get(&key(step))
            .map_or(Value::Null, |stored| json!({ "revision": stored.revision, "document": stored.document })),
        "transact" => {
            let writes: Vec<Write> = step["writes"].as_array().expect("is a list").iter().map(write).collect();
            match store.transact(&writes) {
                Ok(()) => json!("done"),
                Err(StoreError::Conflict) => json!("conflict"),
                Err(error) => panic!("{error:?}"),
            }
        }
        "secretGet" => json!(store.secret(name)),
        "secretPut" => {
            store.keep_secret(name, step["value"].as_str().expect("is text"), Keep::Idle);
            json!("done")
        }
        "secretDelete" => {
            store.forget_secret(name);
            json!("done")
        }
        other => panic!("{other} is no operation"),
    }
}

#[test]
fn the_sandbox_s_store_keeps_the_contract() {
    let cases: Value = serde_json::from_str(include_str!("../contract/kvs.json")).expect("is JSON");
    let cases = cases.as_array().expect("is a list");
    assert!(cases.len() > 10);
    for case in cases {
        let mut store = Kvs::default();
        for step in case["steps"].as_array().expect("is a list") {
            let expected = step.get("expect").cloned().unwrap_or(json!("done"));
            assert_eq!(answer(&mut store, step), expected, "{}: {step}", case["name"]);
        }
    }
}
