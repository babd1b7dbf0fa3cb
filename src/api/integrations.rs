//! Integrations and their pairs, on the wire.

use super::{NamedProject, Unestablished};
use crate::domain::account::Person;
use crate::domain::health::CheckFailure;
use crate::domain::integration::{End, IntegrationId, Terms};
use crate::domain::lane::Parked;
use crate::domain::limits::JiraNumber;
use crate::domain::pair::Joined;
use crate::domain::run::Failure;
use crate::domain::site::Site;
use crate::domain::time::Timestamp;
use serde::Serialize;

/// All integrations.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct IntegrationsView {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// This site; absent while nobody is connected, for then nobody tells its name.
    pub here: Option<Site>,
    /// Whether there is a main authorized user: without one nothing is carried, and no other site can be chosen.
    pub connected: bool,
    /// Why the other sites did not tell the names of what is there; absent where they did.
    pub unnamed: Option<Unestablished>,
    /// In the order in which they were created.
    pub rows: Vec<IntegrationView>,
    /// How many there may be.
    pub most: u32,
}

/// An integration.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct IntegrationView {
    /// Its id.
    pub id: IntegrationId,
    /// What was settled.
    pub terms: Terms,
    /// The other site; absent where the main authorized user's grant does not reach it, or nobody could say.
    pub site: Option<Site>,
    /// The project on this site; absent when Jira has none of its number any more, or does not show it to the caller.
    pub here: Option<NamedProject>,
    /// The project on the other; absent when the main authorized user does not see it, or nobody could say.
    pub there: Option<NamedProject>,
    /// People of the table of assignees, as far as they are known, in no order. Those who are not among them are shown by
    /// their ids.
    pub people: Vec<Person>,
    /// Since when it is enabled; it is disabled when absent.
    pub enabled_since: Option<Timestamp>,
    /// Who changed it last.
    pub changed_by: Person,
    /// When. Whoever changes it says by this what they saw.
    pub changed_at: Timestamp,
    /// How many pairs of issues it has.
    pub pairs: u32,
    /// In how many of them something waits to be carried.
    pub waiting: u32,
    /// How many comments could not be carried, and how many issues could not be made pairs or got no counterpart, and are not
    /// tried again by themselves; absent where there are so many pairs that only their pages tell.
    pub parked: Option<u32>,
    /// How the other site is listened to; absent where it is not, or not yet.
    pub listening: Option<ListeningView>,
}

/// How another site is listened to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ListeningView {
    /// When its webhooks were last looked at.
    pub looked_at: Timestamp,
    /// How many there are: one, if all is as it should be.
    pub webhooks: u32,
    /// When the first of them expires, unless it is renewed.
    pub expires_at: Option<Timestamp>,
    /// Why it is not as wanted, if so. What happens there is then found by the catch-up of every quarter of an hour.
    pub failure: Option<CheckFailure>,
}

/// One page of the pairs of an integration.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PairsView {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// Of which integration.
    pub integration: IntegrationId,
    /// At most 25, the latest first.
    pub rows: Vec<PairRow>,
    /// How many there are in all.
    pub total: u32,
    /// How many there may be.
    pub most: u32,
    /// Where the next page begins, if there is one.
    pub next: Option<u32>,
    /// Why the other site did not tell the keys of its issues; absent where it did.
    pub unnamed: Option<Unestablished>,
    /// The key of the issue property by which two issues name each other.
    pub property: String,
    /// Issues that could not be made pairs, or got no counterpart, and are not looked at again by themselves.
    pub parked: Vec<ParkedIssue>,
}

/// An issue that could not be made one of a pair, or got no counterpart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ParkedIssue {
    /// At which end it is.
    pub end: End,
    /// Its number.
    pub issue: JiraNumber,
    /// Why.
    pub why: Failure,
    /// Since when.
    pub at: Timestamp,
}

/// A type of issue that the main authorized user may create in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct IssueTypeRow {
    /// Its number.
    pub id: JiraNumber,
    /// How it is called.
    pub name: String,
    /// Names of fields without which no issue of it can be created, and which the app does not know: it cannot be chosen
    /// where there is one.
    pub wants: Vec<String>,
}

/// A pair of issues.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PairRow {
    /// The number of the issue on this site.
    pub here: JiraNumber,
    /// Its key; absent where it is gone, or the caller may not see it.
    pub here_key: Option<String>,
    /// The number of the issue on the other.
    pub there: JiraNumber,
    /// Its key; absent where it is gone, the main authorized user may not see it, or nobody could say.
    pub there_key: Option<String>,
    /// How they came to be a pair.
    pub joined: Joined,
    /// When. What was written before is not carried.
    pub at: Timestamp,
    /// How many comments wait.
    pub waiting: u32,
    /// Until when they wait, if Jira or a failure wants that.
    pub waits_until: Option<Timestamp>,
    /// Comments that could not be carried and are not tried again by themselves, each with its reason.
    pub parked: Vec<Parked>,
}

/// Why an integration cannot be as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum IntegrationProblem {
    /// Its name is empty or longer than 80 characters.
    Name,
    /// Both projects are on one site, or neither is on this one.
    Sites,
    /// The marking word is empty, longer than 40 characters, more than one word, or without a letter or digit.
    Word,
    /// More than 200 assignees, or one of them twice on the same site.
    Assignees,
    /// More than 50 restrictions, one of them twice on the same site, or one without a name or with one of more than 255
    /// characters.
    Restrictions,
    /// Counterparts are wanted at an end to which nothing goes.
    Counterparts,
    /// The main authorized user may not create issues of this type at this end, or it wants what the app does not know.
    IssueType {
        /// At which end.
        end: End,
    },
    /// With its tables the integrations of this site together take more than can be stored.
    Large,
    /// Another integration joins the same two projects: every comment would be carried twice.
    Joined {
        /// How that is called.
        name: String,
    },
    /// Pairs of issues hold an integration to its two projects: remove them first, or create another integration.
    Paired,
    /// The project at this end is not there, or not for whoever must see it: the caller on this site, the main authorized
    /// user on both.
    NoSuchProject {
        /// Which.
        end: End,
    },
    /// The main authorized user's grant does not reach the other site with the scopes that the app needs.
    SiteOutOfReach,
}
