//! One Jira site: what it holds, and how its parts find one another.

use super::comments::Comment;
use super::groups::Group;
use super::issues::{Issue, Issues};
use super::people::Words;
use super::permissions::Scheme;
use super::projects::{Project, Projects};
use super::webhooks::Webhook;
use crate::identity::{Account, Directory};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A site.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Site {
    pub(crate) cloud_id: String,
    pub(crate) name: String,
    pub(crate) url: String,
    /// Accounts that may use the site.
    pub(crate) people: BTreeSet<String>,
    /// Names and addresses of people by word. Rebuilt after loading.
    #[serde(skip)]
    pub(crate) words: Words,
    /// By `groupId`.
    pub(crate) groups: BTreeMap<String, Group>,
    /// Which groups hold a global permission.
    pub(crate) global_permissions: BTreeMap<String, BTreeSet<String>>,
    /// Permission schemes by name.
    pub(crate) schemes: BTreeMap<String, Scheme>,
    pub(crate) projects: Projects,
    pub(crate) issues: Issues,
    /// By id.
    pub(crate) comments: BTreeMap<u64, Comment>,
    /// Issues whose workflow takes no comments in the status that they have.
    #[serde(default)]
    pub(crate) closed: BTreeSet<u64>,
    /// By id.
    pub(crate) webhooks: BTreeMap<i64, Webhook>,
    /// The next number for whatever is created.
    pub(crate) next_id: u64,
}

impl Site {
    /// Whether the account may use the site.
    pub(crate) fn admits(&self, account_id: &str) -> bool {
        self.people.contains(account_id)
    }

    /// Lets an account use the site.
    pub(crate) fn admit(&mut self, account: &Account) {
        if self.people.insert(account.account_id.clone()) {
            self.words.add(account);
        }
    }

    /// A number that was never used before on this site.
    pub(crate) fn fresh_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// Rebuilds what is not stored.
    pub(crate) fn reindex(&mut self, directory: &Directory) {
        self.words = Words::default();
        for account in self.people.iter().filter_map(|id| directory.get(id)) {
            self.words.add(account);
        }
        self.projects.reindex();
        self.issues.reindex();
    }

    /// The number of an issue, by number or key.
    pub(crate) fn issue_id(&self, id_or_key: &str) -> Option<u64> {
        if let Some((key, number)) = id_or_key.rsplit_once('-') {
            let project = self.projects.by_key(&key.to_uppercase())?;
            return self.issues.numbered(project.id, number.parse().ok()?);
        }
        id_or_key.parse().ok().filter(|id| self.issues.get(*id).is_some())
    }

    /// An issue and its project.
    pub(crate) fn issue(&self, id: u64) -> Option<(&Project, &Issue)> {
        let issue = self.issues.get(id)?;
        Some((self.projects.get(issue.project_id)?, issue))
    }

    /// Removes a project with all that is in it.
    pub(crate) fn delete_project(&mut self, project_id: u64) {
        for issue in self.issues.delete_project(project_id) {
            for comment in issue.comments {
                self.comments.remove(&comment);
            }
        }
        self.projects.remove(project_id);
    }
}
