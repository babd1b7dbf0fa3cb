//! Where the caller stands, and their comments, on the wire.

use crate::domain::account::Person;
use crate::domain::authorization::Denial;
use crate::domain::connection::Needed;
use crate::domain::grant::ReauthorizationReason;
use crate::domain::schedule::Announcement;
use crate::domain::standing::Standing;
use crate::domain::time::Timestamp;
use serde::Serialize;

/// Where the caller stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// Where; absent when the caller never connected their account.
    pub standing: Option<Standing>,
    /// Since when the account is connected.
    pub connected_at: Option<Timestamp>,
    /// When the grant dies if it is never used again.
    pub idles_out_at: Option<Timestamp>,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// Whether the caller's account is the main authorized user.
    pub is_main: bool,
    /// What the app itself holds the caller's tokens for, if it does.
    pub needed: Option<Needed>,
    /// Whether the site has a main authorized user.
    pub site_connected: bool,
    /// A scheduled change that will ask the caller to allow again.
    pub announcement: Option<Announcement>,
    /// When an administrator changed the main authorized user and asked everyone to allow anew, the last time.
    pub everyone_asked_at: Option<Timestamp>,
    /// The caller's authorization under way, or how the last one failed.
    pub consent: Option<Consent>,
    /// The comment that waits.
    pub held: Option<HeldView>,
    /// Whether that comment may be posted through the main authorized user.
    pub fallback: bool,
    /// In how many milliseconds to ask again; absent while nothing is under way.
    pub poll_after_ms: Option<u32>,
}

/// The caller's authorization.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Consent {
    /// Jira's page waits for *Allow*.
    Awaiting {
        /// Until when.
        expires_at: Timestamp,
    },
    /// *Allow* was selected; Atlassian is being asked who it was.
    Verifying,
    /// Another account allowed than the caller's. Nothing was kept of it.
    WrongAccount {
        /// Who.
        allowed: Person,
    },
    /// It yielded nothing.
    Denied {
        /// Why.
        denial: Denial,
    },
    /// Nobody answered in time, or the answer was lost.
    Expired,
}

/// A comment that waits.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HeldView {
    /// Jira's number of the issue.
    pub issue_id: String,
    /// Its key, as it was.
    pub issue_key: String,
    /// Whether it is an internal note.
    pub internal: bool,
    /// When it was written.
    pub at: Timestamp,
    /// Until when it waits.
    pub expires_at: Timestamp,
    /// Whether it was handed to Jira and no answer came: then it may be on the issue.
    pub sent: bool,
}

/// What became of a comment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CommentResult {
    /// It is posted.
    Posted {
        /// On which issue.
        issue_key: String,
        /// Whether through the main authorized user.
        for_caller: bool,
    },
    /// Another function is posting it right now.
    Posting,
    /// It waits until the caller has authorized.
    Held {
        /// Why; absent when the caller never connected their account.
        reason: Option<ReauthorizationReason>,
    },
    /// It had been posted before, and not as it was asked now. Nothing waits any more.
    PostedBefore {
        /// On which issue.
        issue_key: String,
        /// Whether through the main authorized user.
        for_caller: bool,
        /// The edited text, which is not posted; absent when the comment was to be thrown away.
        edited: Option<String>,
    },
    /// The caller looks the text over. It waits on.
    HandedBack {
        /// The text.
        text: String,
        /// Why.
        why: HandedBackFor,
    },
    /// It waited for longer than a day and was deleted.
    Expired {
        /// On which issue.
        issue_key: String,
        /// Whether it may have been posted before, and Jira does not say.
        unsure: bool,
    },
    /// It was thrown away.
    Discarded {
        /// Whether it may have been posted before, and Jira does not say.
        unsure: bool,
    },
}

/// Why a comment that waited is handed back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum HandedBackFor {
    /// The issue changed meanwhile.
    IssueChanged,
    /// It is an internal note, and the issue is in a project now that has none: it cannot be posted as it was meant.
    NoInternalNotes,
}

/// A prompt to authorize again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Prompt {
    /// Why.
    pub reason: ReauthorizationReason,
    /// When the main authorized user last became another, if that is the reason.
    pub changed_at: Option<Timestamp>,
}

/// What keeps an action from an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Whom {
    /// The caller.
    Caller,
    /// The main authorized user.
    Main,
    /// The projects to which the app is limited.
    Settings,
}
