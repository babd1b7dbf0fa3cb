//! The port contract of storage: the list of operations that the local Jira's store answers too.

use integration_plus::domain::standing::Label;
use integration_plus::ports::{Entity, Expect, Index, Keep, Key, Listing, SortedBy, StoreError, Write};
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
    let index = put.get("index").map(|index| Index {
        label: label(&index["label"]).expect("is a label"),
        name: index["name"].as_str().expect("is text").to_owned(),
        since: index["since"].as_i64().expect("is a moment"),
        redeeming: index["redeeming"].as_i64(),
    });
    Write::Put { key: key(put), expect: expect(&put["expected"]), document: put["document"].clone(), index }
}

fn label(name: &Value) -> Option<&'static str> {
    Label::ALL.into_iter().map(Label::name).find(|label| name == label)
}

/// A listing from its beginning.
fn listing(step: &Value) -> Listing {
    Listing {
        label: label(&step["label"]),
        by: match step["by"].as_str().expect("is text") {
            "name" => SortedBy::Name,
            "since" => SortedBy::Since,
            "redeeming" => SortedBy::Redeeming,
            other => panic!("nobody sorts by {other}"),
        },
        descending: step["descending"] == true,
        begins_with: step["beginsWith"].as_str().map(str::to_owned),
        cursor: None,
        limit: step["limit"].as_u64().and_then(|limit| u8::try_from(limit).ok()).expect("is a limit"),
    }
}

/// One page as a list of documents. `last` is then what its next page is listed with, if there is one.
fn people(store: &Kvs, listing: Listing, last: &mut Option<Listing>) -> Value {
    let page = store.people(&listing).expect("is a cursor of this store");
    *last = page.next.map(|cursor| Listing { cursor: Some(cursor), ..listing });
    page.rows.into_iter().map(|row| row.document).collect()
}

fn expect(expected: &Value) -> Expect {
    if expected == "absent" {
        return Expect::Absent;
    }
    Expect::Revision(expected.as_u64().and_then(|revision| u32::try_from(revision).ok()).expect("is a revision"))
}

fn answer(store: &mut Kvs, last: &mut Option<Listing>, step: &Value) -> Value {
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
        "people" => people(store, listing(step), last),
        "more" => last.take().map_or_else(|| json!([]), |listing| people(store, listing, last)),
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
        let mut last = None;
        for step in case["steps"].as_array().expect("is a list") {
            let expected = step.get("expect").cloned().unwrap_or(json!("done"));
            assert_eq!(answer(&mut store, &mut last, step), expected, "{}: {step}", case["name"]);
        }
    }
}
