//! The port contract of storage: the list of operations that the local Jira's store answers too.

use integration_plus::ports::{
    Attribute, EVERYONE, Entity, Expect, Index, IndexName, Keep, Key, Listing, StoreError, Write,
};
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
    let index = put.get("index").map(|index| {
        let text = |name: &str| Attribute::Text(index[name].as_str().expect("is text").to_owned());
        let moment = |name: &str| index[name].as_i64().map(Attribute::Moment);
        let redeeming = moment("redeeming").map(|at| ("redeeming", at));
        let known = [
            ("everyone", Attribute::Text(EVERYONE.to_owned())),
            ("label", text("label")),
            ("name", text("name")),
            ("since", moment("since").expect("is a moment")),
        ];
        Index(known.into_iter().chain(redeeming).collect())
    });
    Write::Put { key: key(put), expect: expect(&put["expected"]), document: put["document"].clone(), index }
}

/// A listing from its beginning.
fn listing(step: &Value) -> Listing {
    Listing {
        index: match (step["label"].as_str(), step["by"].as_str().expect("is text")) {
            (None, "name") => IndexName::PeopleByName,
            (None, "since") => IndexName::PeopleBySince,
            (None, "redeeming") => IndexName::PeopleByRedeeming,
            (Some(_), "name") => IndexName::LabelByName,
            (Some(_), "since") => IndexName::LabelBySince,
            (_, other) => panic!("nobody sorts by {other}"),
        },
        partition: step["label"].as_str().unwrap_or(EVERYONE).to_owned(),
        descending: step["descending"] == true,
        begins_with: step["beginsWith"].as_str().map(str::to_owned),
        cursor: None,
        limit: step["limit"].as_u64().and_then(|limit| u8::try_from(limit).ok()).expect("is a limit"),
    }
}

/// One page as a list of documents. `last` is then what its next page is listed with, if there is one.
fn people(store: &Kvs, listing: Listing, last: &mut Option<Listing>) -> Value {
    let page = store.list(&listing).expect("is a cursor of this store");
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

#[test]
fn every_index_is_the_one_of_the_manifest() {
    let manifest = include_str!("../../manifest.yml");
    for index in IndexName::ALL {
        let (entity, name, partition, range) = index.shape();
        let section = manifest.split("- name: ").find(|section| section.starts_with(&format!("{}\n", entity.name())));
        let wanted = format!("- {{ name: {name}, partition: [{partition}], range: [{range}] }}");
        assert!(section.is_some_and(|section| section.contains(&wanted)), "{entity:?} {wanted}");
    }
}
