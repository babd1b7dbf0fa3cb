//! Forge's key-value store as the app uses it: custom entities under conditional transactions, and secrets beside them.

use integration_plus::ports::{
    Attribute, Expect, Index, IndexName, Keep, Key, Listing, Page, StoreError, Stored, Write,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Included};

/// How many operations Forge takes in one transaction.
const OPERATIONS: usize = 25;

/// Longest key that Forge takes, in characters.
const KEY_LENGTH: usize = 500;

/// Largest value that Forge takes, in bytes of JSON.
const VALUE_BYTES: usize = 240 * 1024;

/// The store of one installation.
#[derive(Clone, Default)]
pub struct Kvs {
    records: BTreeMap<Key, Stored>,
    indexes: BTreeMap<Key, Index>,
    places: BTreeSet<Place>,
    secrets: BTreeMap<String, Kept>,
}

#[derive(Clone)]
struct Kept {
    text: String,
    keep: Keep,
}

impl Kvs {
    /// Reads a record.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<Stored> {
        self.records.get(key).cloned()
    }

    /// Writes all or nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when an expectation does not hold.
    ///
    /// # Panics
    /// When the transaction is one that Forge would refuse for its form: that is a fault of the app.
    pub fn transact(&mut self, writes: &[Write]) -> Result<(), StoreError> {
        assert!(!writes.is_empty() && writes.len() <= OPERATIONS, "{} operations in a transaction", writes.len());
        let keys: BTreeSet<&Key> = writes.iter().map(key).collect();
        assert_eq!(keys.len(), writes.len(), "a key stands twice in a transaction");
        for write in writes {
            let text = &key(write).id;
            let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '_' | '-' | ' ' | '#');
            assert!(!text.is_empty() && text.len() <= KEY_LENGTH && text.chars().all(allowed), "key {text:?}");
            if let Write::Put { document, .. } = write {
                assert!(length(document) <= VALUE_BYTES, "the value of {text:?} is too large");
            }
        }
        if !writes.iter().all(|write| self.holds(write)) {
            return Err(StoreError::Conflict);
        }
        for write in writes {
            match write {
                Write::Put { key, expect, document, index } => {
                    let Expect::Revision(revision) = expect.next() else { unreachable!("a write has a revision") };
                    self.index(key, index.as_ref());
                    self.records.insert(key.clone(), Stored { revision, document: document.clone() });
                }
                Write::Delete { key, .. } => {
                    self.index(key, None);
                    self.records.remove(key);
                }
            }
        }
        Ok(())
    }

    fn holds(&self, write: &Write) -> bool {
        let (key, expect) = match write {
            Write::Put { key, expect, .. } | Write::Delete { key, expect: Some(expect) } => (key, expect),
            Write::Delete { expect: None, .. } => return true,
        };
        match expect {
            Expect::Absent => !self.records.contains_key(key),
            Expect::Revision(at) => self.records.get(key).is_some_and(|stored| stored.revision == *at),
        }
    }

    /// One page of the records that an index knows. The cursor is a place in the order, not a row: a row that was changed or
    /// deleted meanwhile does not make it void.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the cursor is none of this store's.
    pub fn list(&self, listing: &Listing) -> Result<Page, StoreError> {
        let of = |text: &str, moment: i64, id: &str| Place {
            index: listing.index,
            partition: listing.partition.clone(),
            text: text.to_owned(),
            moment,
            id: id.to_owned(),
        };
        let begin = listing.begins_with.as_deref().unwrap_or_default();
        let cursor = listing.cursor.as_ref().map(|cursor| {
            let (text, moment, id): (String, i64, String) = serde_json::from_str(cursor)?;
            Ok::<Place, serde_json::Error>(of(&text, moment, &id))
        });
        let cursor = cursor.transpose().map_err(|_| StoreError::Corrupt)?;
        let last_text = format!("{begin}{}", char::MAX);
        let (mut from, mut to) = (Included(of(begin, i64::MIN, "")), Included(of(&last_text, i64::MAX, "")));
        match cursor {
            Some(cursor) if listing.descending => to = Excluded(cursor),
            Some(cursor) => from = Excluded(cursor),
            None => {}
        }
        let mut places = self.places.range((from, to));
        let mut next = || if listing.descending { places.next_back() } else { places.next() };
        let page: Vec<&Place> = std::iter::from_fn(&mut next).take(usize::from(listing.limit)).collect();
        let more = next().is_some();
        let (entity, ..) = listing.index.shape();
        let record = |place: &&Place| self.records.get(&Key { entity, id: place.id.clone() }).cloned();
        let rows = page.iter().filter_map(record).collect();
        let last = page.last().filter(|_| more);
        let next = last.map(|last| serde_json::json!((&last.text, last.moment, &last.id)).to_string());
        Ok(Page { rows, next })
    }

    /// Notes what the indexes know of a record, in place of what they knew.
    fn index(&mut self, key: &Key, index: Option<&Index>) {
        let old = match index {
            Some(index) => self.indexes.insert(key.clone(), index.clone()),
            None => self.indexes.remove(key),
        };
        for place in old.iter().flat_map(|old| places(key, old)) {
            self.places.remove(&place);
        }
        self.places.extend(index.into_iter().flat_map(|index| places(key, index)));
    }

    /// Reads a secret. One that has expired may still be read: Forge deletes late.
    #[must_use]
    pub fn secret(&self, name: &str) -> Option<&str> {
        self.secrets.get(name).map(|kept| kept.text.as_str())
    }

    /// Writes a secret.
    pub fn keep_secret(&mut self, name: &str, text: &str, keep: Keep) {
        self.secrets.insert(name.to_owned(), Kept { text: text.to_owned(), keep });
    }

    /// Deletes a secret.
    pub fn forget_secret(&mut self, name: &str) {
        self.secrets.remove(name);
    }

    /// Names of the secrets that storage keeps for longer than a day.
    pub fn lasting_secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter().filter(|(_, kept)| kept.keep != Keep::Day).map(|(name, _)| name.as_str())
    }

    /// Names of all secrets.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.keys().map(String::as_str)
    }

    /// All records.
    pub fn records(&self) -> impl Iterator<Item = (&Key, &Stored)> {
        self.records.iter()
    }

    /// Puts a record in place, as another version of the app would have left it.
    pub fn place(&mut self, key: Key, stored: Stored) {
        self.records.insert(key, stored);
    }
}

/// Where a record stands in an index: sorted by text or by time, and by its key among equals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    index: IndexName,
    partition: String,
    /// Empty in an index by time.
    text: String,
    /// Nought in an index by text.
    moment: i64,
    id: String,
}

/// The places of a record in all indexes that know it.
fn places(key: &Key, Index(attributes): &Index) -> Vec<Place> {
    let value = |wanted: &str| attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.clone());
    let place = |index: IndexName| {
        let (entity, _, partition, range) = index.shape();
        let (Attribute::Text(partition), range) = (value(partition)?, value(range)?) else { return None };
        let (text, moment) = match range {
            Attribute::Text(text) => (text, 0),
            Attribute::Moment(moment) => (String::new(), moment),
        };
        (entity == key.entity).then(|| Place { index, partition, text, moment, id: key.id.clone() })
    };
    IndexName::ALL.into_iter().filter_map(place).collect()
}

/// How many bytes of JSON a value is.
fn length(document: &Value) -> usize {
    struct Counter(usize);
    impl std::io::Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut counter = Counter(0);
    serde_json::to_writer(&mut counter, document).expect("a JSON value is written to memory");
    counter.0
}

fn key(write: &Write) -> &Key {
    match write {
        Write::Put { key, .. } | Write::Delete { key, .. } => key,
    }
}
