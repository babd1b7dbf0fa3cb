//! Dynamic webhooks: what the app wants Jira to tell it, and how that differs from what Jira lists.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/webhooks/>: they belong to one account and one app, at most
//! five each, with one address for the whole app, and live 30 days unless renewed.

use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How many webhooks one account may hold for one app on one site.
pub const LIMIT: usize = 5;

/// Webhooks are renewed once less than this is left of their 30 days.
pub const RENEW_BEFORE: Span = Span::days(10);

/// The events that the app listens to, sorted.
pub const EVENTS: [&str; 8] = [
    "comment_created",
    "comment_deleted",
    "comment_updated",
    "issue_property_deleted",
    "issue_property_set",
    "jira:issue_created",
    "jira:issue_deleted",
    "jira:issue_updated",
];

/// How many projects one webhook names: keeps its JQL under a few kilobytes. Atlassian documents no bound.
pub const PROJECTS: usize = 500;

/// Jira's number of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WebhookId(pub i64);

/// A webhook that Jira listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub id: WebhookId,
    /// Where Jira delivers.
    pub url: String,
    /// Which events, in any order.
    pub events: Vec<String>,
    /// Which issues.
    pub jql: String,
    /// Until when.
    pub expires_at: Option<Timestamp>,
}

impl Listed {
    /// What is remembered of it.
    #[must_use]
    pub fn registered(&self) -> Registered {
        Registered { id: self.id, expires_at: self.expires_at }
    }
}

/// A webhook of ours, as remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
    /// Its number.
    pub id: WebhookId,
    /// Until when, as Jira last said.
    pub expires_at: Option<Timestamp>,
}

/// The webhook that the app wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Where Jira delivers: the address of the app's web trigger.
    pub url: String,
    /// Which issues. Built from numbers only, so that no name can change its meaning.
    pub jql: String,
}

impl Wanted {
    /// The webhook for these projects; none where there is no project to listen to.
    #[must_use]
    pub fn for_projects(url: String, project_ids: Vec<u64>) -> Option<Self> {
        // Inserted one by one: the library's sort is three kilobytes of code.
        let mut sorted = Vec::new();
        for id in project_ids {
            if let Err(place) = sorted.binary_search(&id) {
                sorted.insert(place, id);
            }
        }
        let ids: Vec<String> = sorted.iter().take(PROJECTS).map(u64::to_string).collect();
        if ids.is_empty() { None } else { Some(Self { url, jql: format!("project in ({})", ids.join(", ")) }) }
    }

    fn met_by(&self, listed: &Listed) -> bool {
        let same_events = listed.events.len() == EVENTS.len()
            && EVENTS.iter().all(|wanted| listed.events.iter().any(|at| at == wanted));
        listed.url == self.url && listed.jql == self.jql && same_events
    }
}

/// What to do so that Jira lists exactly what is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Already there: adopted, also after an answer that got lost.
    pub keep: Vec<Registered>,
    /// Whether the wanted one must be registered.
    pub register: bool,
    /// Ours, at the same address, but no longer wanted.
    pub remove: Vec<WebhookId>,
    /// How many webhooks at other addresses use up the room. They are never touched.
    pub foreign: usize,
}

impl Plan {
    /// Compares the wanted webhook with the list of the account that shall hold it.
    #[must_use]
    pub fn new(url: &str, wanted: Option<&Wanted>, listed: &[Listed]) -> Self {
        let (ours, foreign): (Vec<&Listed>, Vec<&Listed>) = listed.iter().partition(|hook| hook.url == url);
        let met = ours.iter().find(|hook| wanted.is_some_and(|wanted| wanted.met_by(hook)));
        Self {
            keep: met.map(|hook| hook.registered()).into_iter().collect(),
            register: wanted.is_some() && met.is_none(),
            remove: ours.iter().map(|hook| hook.id).filter(|id| met.is_none_or(|met| met.id != *id)).collect(),
            foreign: foreign.len(),
        }
    }

    /// Whether Jira has room for what is wanted, once ours make way.
    #[must_use]
    pub fn fits(&self) -> bool {
        !self.register || self.foreign < LIMIT
    }

    /// Whether one of ours must make way before the wanted one can be registered. Else the new one comes first, so that
    /// nothing goes unheard between the two.
    #[must_use]
    pub fn crowded(&self) -> bool {
        self.register && self.foreign + self.remove.len() >= LIMIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(id: i64, url: &str, jql: &str) -> Listed {
        let events = EVENTS.iter().rev().map(|event| (*event).to_owned()).collect();
        Listed { id: WebhookId(id), url: url.to_owned(), events, jql: jql.to_owned(), expires_at: None }
    }

    #[test]
    fn the_filter_is_made_of_numbers() {
        let wanted = Wanted::for_projects("u".into(), vec![10_001, 10_000, 10_001]).expect("some");
        assert_eq!(wanted.jql, "project in (10000, 10001)");
        assert_eq!(Wanted::for_projects("u".into(), vec![]), None);
        let many = Wanted::for_projects("u".into(), (0..2000).collect()).expect("some");
        assert_eq!(many.jql.matches(", ").count() + 1, PROJECTS);
    }

    #[test]
    fn one_that_is_already_there_is_adopted_and_its_twin_removed() {
        let wanted = Wanted::for_projects("u".into(), vec![1]).expect("some");
        let there = [listed(1, "u", &wanted.jql), listed(2, "u", &wanted.jql), listed(3, "other", "x")];
        let plan = Plan::new("u", Some(&wanted), &there);
        assert_eq!(plan.keep, [Registered { id: WebhookId(1), expires_at: None }]);
        assert_eq!((plan.register, plan.remove, plan.foreign), (false, vec![WebhookId(2)], 1));
    }

    #[test]
    fn five_of_others_leave_no_room() {
        let wanted = Wanted::for_projects("u".into(), vec![1]).expect("some");
        let others: Vec<Listed> = (0..5).map(|id| listed(id, "other", "x")).collect();
        assert!(!Plan::new("u", Some(&wanted), &others).fits());
        assert!(Plan::new("u", Some(&wanted), &others[..4]).fits());
        assert!(Plan::new("u", None, &others).fits());
    }

    #[test]
    fn one_of_ours_makes_way_only_where_there_is_no_room_beside_it() {
        let wanted = Wanted::for_projects("u".into(), vec![1]).expect("some");
        let mut there: Vec<Listed> = (0..3).map(|id| listed(id, "other", "x")).collect();
        there.push(listed(4, "u", "stale"));
        assert!(!Plan::new("u", Some(&wanted), &there).crowded());
        there.push(listed(5, "other", "x"));
        let plan = Plan::new("u", Some(&wanted), &there);
        assert!(plan.fits() && plan.crowded());
    }
}
