//! Forge's key-value store as the app uses it: custom entities under conditional transactions, and secrets beside them.

use integration_plus::ports::{Expect, Keep, Key, StoreError, Stored, Write};
use std::collections::{BTreeMap, BTreeSet};

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
                assert!(document.to_string().len() <= VALUE_BYTES, "the value of {text:?} is too large");
            }
        }
        if !writes.iter().all(|write| self.holds(write)) {
            return Err(StoreError::Conflict);
        }
        for write in writes {
            match write {
                Write::Put { key, expect, document } => {
                    let Expect::Revision(revision) = expect.next() else { unreachable!("a write has a revision") };
                    self.records.insert(key.clone(), Stored { revision, document: document.clone() });
                }
                Write::Delete { key, .. } => {
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

fn key(write: &Write) -> &Key {
    match write {
        Write::Put { key, .. } | Write::Delete { key, .. } => key,
    }
}
