//! One comment and its mirror on the other site: what is there, what may be there, and what is to be done.
//!
//! The record of a mirror is written before Jira is asked to post it. Whatever breaks off, a mirror that may have been posted
//! is looked for before anything else is done with it, so that a comment is mirrored once.

use super::access_rule::Limit;
use super::account::AccountId;
use super::assignee::NoCounterpart;
use super::integration::End;
use super::integration::{Integration, Which};
use super::limits::JiraNumber;
use super::provenance::Provenance;
use super::run::Failure;
use super::seal::seal;
use super::tagged::tagged;
use super::time::{Span, Timestamp};
use super::visibility::{Visibility, Withheld};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// For how long a request that was sent may still arrive at Jira after whoever sent it is gone. It is longer than any
/// function of the app runs.
pub const IN_FLIGHT: Span = Span::seconds(90);

/// A comment where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// At which end.
    pub end: End,
    /// On which issue.
    pub issue: JiraNumber,
    /// Which comment.
    pub comment: JiraNumber,
}

/// In whose name a mirror is posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Poster {
    /// With whose grant.
    pub account: AccountId,
    /// Whether that is the main authorized user's, and a footer names the author.
    pub for_author: bool,
}

/// A mirror on its way: Jira may have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sending {
    /// Which edition of the comment.
    pub edition: String,
    /// In whose name.
    pub by: Poster,
    /// Since when.
    pub since: Timestamp,
    /// Who may read it. Absent in older records.
    pub visibility: Option<Visibility>,
    /// Since when an earlier one may be there, which the main authorized user could not see when it was looked for.
    pub before: Option<Timestamp>,
}

impl Sending {
    /// Whether not to find it may mean that the main authorized user does not see it.
    #[must_use]
    pub fn may_be_hidden(&self) -> bool {
        self.visibility.as_ref().is_some_and(|visibility| visibility.restricted.is_some())
    }

    /// Since when it may be there.
    #[must_use]
    pub fn sought_since(&self) -> Timestamp {
        self.before.unwrap_or(self.since)
    }
}

/// A mirror that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Posted {
    /// Its number on the other site.
    pub comment: JiraNumber,
    /// Which edition of the comment it holds.
    pub edition: String,
    /// In whose name.
    pub by: Poster,
    /// Who may read it. Absent in older records.
    pub visibility: Option<Visibility>,
    /// Whether it is being deleted, so that another is posted in its place. Absent where not.
    pub leaving: Option<bool>,
}

impl Posted {
    /// Whether not to find it may mean that the main authorized user does not see it.
    #[must_use]
    pub fn may_be_hidden(&self) -> bool {
        self.visibility.as_ref().is_none_or(|visibility| visibility.restricted.is_some())
    }

    /// Whether others may read it than those who are to read it now.
    #[must_use]
    pub fn shown_beyond(&self, wanted: &Visibility) -> bool {
        match &self.visibility {
            Some(own) => {
                let narrowed = wanted.restricted.is_some() && wanted.restricted != own.restricted;
                narrowed || (wanted.internal && !own.internal)
            }
            None => !wanted.public(),
        }
    }

    /// Whether it is being deleted.
    #[must_use]
    pub fn is_leaving(&self) -> bool {
        self.leaving == Some(true)
    }
}

/// The mirror of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mirror {
    /// Random name of it: goes with it as a property, so that it is found again.
    pub id: String,
    /// Whose mirror.
    pub origin: Origin,
    /// The issue that it is on.
    pub target: JiraNumber,
    /// On its way, if it is.
    pub sending: Option<Sending>,
    /// There, if it is known to be.
    pub posted: Option<Posted>,
    /// Whether somebody deleted it there. It is not posted again.
    pub removed: bool,
}

/// The comment as it is now.
#[derive(Clone, Debug, PartialEq)]
pub enum Now {
    /// It was deleted.
    Deleted,
    /// It is there.
    Stays {
        /// Which edition.
        edition: String,
        /// When it was written.
        created: Timestamp,
        /// Why it is not to be mirrored, if so.
        unwanted: Option<Skipped>,
    },
}

/// Why a comment is not mirrored, or an assignee not carried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Skipped {
    /// It is a mirror itself, and ours.
    Echo,
    /// It is a mirror that another installation of the app made: carried on, it would come back.
    AnotherInstallation,
    /// It was written before the integration was enabled.
    BeforeEnabled,
    /// The integration takes public comments only.
    NotPublic,
    /// It lacks the word that marks comments.
    NoWord,
    /// Who may read it cannot be kept.
    Withheld {
        /// Why not.
        why: Withheld,
    },
    /// The issue is not in the project of the integration any more.
    OutOfProject,
    /// The access rule does not let it through.
    OutOfReach {
        /// What stops it.
        limit: Limit,
    },
    /// The mirror holds this already.
    Unchanged,
    /// It is gone, and was never mirrored.
    Gone,
    /// Somebody deleted the mirror where it was.
    RemovedThere,
    /// Its mirror is on another issue, with which its own was joined before.
    OnAnotherIssue,
    /// The mirror could not stay as it was, and Jira took no other in its place.
    NotKept {
        /// What stood in the way of another.
        why: Failure,
    },
    /// The integration does not carry comments this way.
    OtherDirection,
    /// Assignees do not follow any more.
    NotFollowing,
    /// The issue at the other end is assigned to nobody, as it was: who is assigned has no counterpart.
    NoCounterpart {
        /// Why not.
        why: NoCounterpart,
    },
    /// An issue names another in its property, and that one does not name it back.
    NotNamedBack,
    /// The issue has a security level, and no level of another site is known to mean the same people.
    SecurityLevel,
}

tagged!(Skipped, once as Skipped::before);

impl Skipped {
    /// As it is written now, where it was written before a security level had one name for comments and for issues.
    fn before(value: Value) -> Value {
        let level = value["type"] == "withheld" && value["why"]["type"] == "secured";
        if level { json!({ "type": "securityLevel" }) } else { value }
    }
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Skip(Skipped),
    /// Nothing yet: what was sent may still arrive until then.
    Wait(Timestamp),
    /// To look whether what was sent is there.
    LookUp(Sending),
    /// To post it.
    Post,
    /// To bring the mirror up to date.
    Edit(Posted),
    /// To delete the mirror; why, where it was not the comment that was deleted.
    Withdraw(Posted, Option<Skipped>),
}

impl Step {
    /// What to do about a comment of a pair whose comments are carried since then. Looking for what may be there comes first,
    /// whatever became of the comment.
    #[must_use]
    pub fn of(mirror: Option<&Mirror>, comment: &Now, since: Timestamp, now: Timestamp) -> Self {
        if let Some(sending) = mirror.and_then(|mirror| mirror.sending.clone()) {
            let settled = sending.since.plus(IN_FLIGHT);
            // A clock that went back does not make it wait for longer than that.
            let waits = now < settled && settled.since(now) <= IN_FLIGHT;
            return if waits { Self::Wait(settled) } else { Self::LookUp(sending) };
        }
        if mirror.is_some_and(|mirror| mirror.removed) {
            return Self::Skip(Skipped::RemovedThere);
        }
        let posted = mirror.and_then(|mirror| mirror.posted.clone());
        match (comment, posted) {
            (Now::Deleted, None) => Self::Skip(Skipped::Gone),
            (Now::Deleted, Some(posted)) => Self::Withdraw(posted, None),
            (Now::Stays { unwanted: Some(why), .. }, None) => Self::Skip(why.clone()),
            (Now::Stays { unwanted: Some(why), .. }, Some(posted)) => Self::Withdraw(posted, Some(why.clone())),
            (Now::Stays { edition, .. }, Some(posted)) if posted.edition == *edition && !posted.is_leaving() => {
                Self::Skip(Skipped::Unchanged)
            }
            (Now::Stays { .. }, Some(posted)) => Self::Edit(posted),
            // Of a mirror that was withdrawn, and whose comment is wanted again, the record is there.
            (Now::Stays { created, .. }, None) if mirror.is_none() && *created < since => {
                Self::Skip(Skipped::BeforeEnabled)
            }
            (Now::Stays { .. }, None) => Self::Post,
        }
    }
}

impl Mirror {
    /// The mirror of a comment that has none yet.
    #[must_use]
    pub fn new(id: String, origin: Origin, target: JiraNumber) -> Self {
        Self { id, origin, target, sending: None, posted: None, removed: false }
    }

    /// Whether it is there, but on another issue than this one.
    #[must_use]
    pub fn elsewhere(&self, target: JiraNumber) -> bool {
        self.posted.is_some() && self.target != target
    }

    /// To be posted on this issue.
    #[must_use]
    pub fn on(self, target: JiraNumber) -> Self {
        Self { target, ..self }
    }

    /// On its way. One that was sent before and could not be seen may be there all the same.
    #[must_use]
    pub fn sent(self, edition: String, visibility: Visibility, by: Poster, now: Timestamp) -> Self {
        let before = self.sending.as_ref().map(Sending::sought_since);
        Self { sending: Some(Sending { edition, by, since: now, visibility: Some(visibility), before }), ..self }
    }

    /// Jira would not have what was sent last.
    #[must_use]
    pub fn turned_away(self) -> Self {
        if self.sending.as_ref().is_some_and(|sending| sending.before.is_some()) { self } else { self.absent() }
    }

    /// There.
    #[must_use]
    pub fn arrived(self, posted: Posted) -> Self {
        Self { sending: None, posted: Some(posted), ..self }
    }

    /// Not there: it was not posted, or is no more.
    #[must_use]
    pub fn absent(self) -> Self {
        Self { sending: None, posted: None, ..self }
    }

    /// Deleted there, by somebody else.
    #[must_use]
    pub fn removed(self) -> Self {
        Self { removed: true, ..self.absent() }
    }

    /// Whether a comment on the other site is this mirror, as its property says. Somebody who copied the property onto a
    /// comment of their own has another comment.
    #[must_use]
    pub fn is(&self, issue: JiraNumber, comment: JiraNumber, author: Option<&AccountId>) -> bool {
        let on_its_way = self.sending.as_ref().is_some_and(|sending| author == Some(&sending.by.account));
        let there = self.posted.as_ref().is_some_and(|posted| posted.comment == comment);
        self.target == issue && (there || on_its_way)
    }

    /// Where it comes from, as the property says.
    #[must_use]
    pub fn provenance(&self, integration: &Integration, edition: &str) -> Provenance {
        Provenance {
            id: self.id.clone(),
            integration: integration.id.clone(),
            site: integration.terms.side(self.origin.end).cloud_id.clone(),
            issue: self.origin.issue,
            comment: self.origin.comment,
            edition: edition.to_owned(),
        }
    }
}

/// Names the edition of a comment: 32 hexadecimal digits that change with what it says and who may read it.
#[must_use]
pub fn edition(body: &Value, visibility: &Visibility) -> String {
    let whole = seal(&json!({ "body": body, "visibility": visibility }));
    whole.get(..32).unwrap_or_default().to_owned()
}

/// Why a comment of this text and visibility is not taken, by what the integration takes.
#[must_use]
pub fn unmarked(which: &Which, text: &str, visibility: &Visibility) -> Option<Skipped> {
    let taken = which.takes(text, visibility.public());
    match which {
        Which::PublicOnly if !taken => Some(Skipped::NotPublic),
        Which::Word { .. } if !taken => Some(Skipped::NoWord),
        Which::All | Which::PublicOnly | Which::Word { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::integration::{RestrictedTo, Restriction};

    fn origin() -> Origin {
        Origin { end: End::Here, issue: JiraNumber(1), comment: JiraNumber(2) }
    }

    fn poster(account: &str) -> Poster {
        Poster { account: AccountId::parse(account).expect("is one"), for_author: true }
    }

    fn posted(edition: &str) -> Posted {
        let visibility = Some(Visibility::default());
        Posted { comment: JiraNumber(9), edition: edition.into(), by: poster("main"), visibility, leaving: None }
    }

    fn mirror() -> Mirror {
        Mirror::new("a".repeat(32), origin(), JiraNumber(3))
    }

    fn stays(edition: &str, unwanted: Option<Skipped>) -> Now {
        Now::Stays { edition: edition.into(), created: Timestamp(5), unwanted }
    }

    fn step(mirror: Option<&Mirror>, comment: &Now) -> Step {
        Step::of(mirror, comment, Timestamp(5), Timestamp(1_000_000))
    }

    #[test]
    fn a_security_level_has_one_name_and_is_read_by_the_one_that_comments_had() {
        let level = json!({ "type": "securityLevel" });
        for written in [level.clone(), json!({ "type": "withheld", "why": { "type": "secured" } })] {
            let read: Skipped = serde_json::from_value(written).expect("is read");
            assert_eq!((serde_json::to_value(&read).ok(), read), (Some(level.clone()), Skipped::SecurityLevel));
        }
        let internal = json!({ "type": "withheld", "why": { "type": "internal" } });
        assert_eq!(
            serde_json::from_value::<Skipped>(internal).ok(),
            Some(Skipped::Withheld { why: Withheld::Internal })
        );
    }

    #[test]
    fn what_may_be_there_is_looked_for_before_anything_else() {
        let sent = mirror().sent("e".into(), Visibility::default(), poster("main"), Timestamp(1_000_000));
        let sending = sent.sending.clone().expect("is sent");
        for comment in [Now::Deleted, stays("e", None), stays("f", Some(Skipped::NotPublic))] {
            let at = |ms| Step::of(Some(&sent), &comment, Timestamp(5), Timestamp(ms));
            let settled = 1_000_000 + IN_FLIGHT.0;
            assert_eq!(at(1_000_000), Step::Wait(Timestamp(settled)));
            assert_eq!(at(settled), Step::LookUp(sending.clone()));
            assert_eq!(at(0), Step::LookUp(sending.clone()), "a clock that went back");
        }
    }

    #[test]
    fn a_comment_is_posted_once_edited_when_it_changed_and_withdrawn_when_it_is_gone() {
        assert_eq!(step(None, &stays("e", None)), Step::Post);
        let there = mirror().sent("e".into(), Visibility::default(), poster("main"), Timestamp(0)).arrived(posted("e"));
        assert_eq!(step(Some(&there), &stays("e", None)), Step::Skip(Skipped::Unchanged));
        assert_eq!(step(Some(&there), &stays("f", None)), Step::Edit(posted("e")));
        assert_eq!(step(Some(&there), &Now::Deleted), Step::Withdraw(posted("e"), None));
        assert_eq!(step(None, &Now::Deleted), Step::Skip(Skipped::Gone));
        assert_eq!(step(Some(&there.clone().absent()), &Now::Deleted), Step::Skip(Skipped::Gone));
        assert_eq!(step(Some(&there.clone().absent()), &stays("e", None)), Step::Post, "wanted again");
        assert_eq!(step(Some(&there.removed()), &stays("f", None)), Step::Skip(Skipped::RemovedThere));
    }

    #[test]
    fn what_is_not_wanted_any_more_is_taken_back() {
        let there = mirror().arrived(posted("e"));
        let why = Skipped::Withheld { why: Withheld::Internal };
        assert_eq!(step(None, &stays("e", Some(why.clone()))), Step::Skip(why.clone()));
        let withdrawn = Step::Withdraw(posted("e"), Some(why.clone()));
        assert_eq!(step(Some(&there), &stays("e", Some(why))), withdrawn);
    }

    #[test]
    fn a_mirror_that_is_being_deleted_is_never_taken_for_up_to_date() {
        let leaving = Posted { leaving: Some(true), ..posted("e") };
        assert_eq!(step(Some(&mirror().arrived(leaving.clone())), &stays("e", None)), Step::Edit(leaving));
    }

    #[test]
    fn what_others_would_still_read_is_told_from_what_is_only_edited() {
        let only = |name: &str| Visibility {
            restricted: Some(Restriction { to: RestrictedTo::Role, name: name.into() }),
            internal: false,
        };
        let internal = Visibility { restricted: None, internal: true };
        let shown = |own: Option<Visibility>, wanted: &Visibility| {
            let own = Posted { visibility: own, ..posted("e") };
            (own.shown_beyond(wanted), own.may_be_hidden())
        };
        let public = Visibility::default();
        assert_eq!(shown(Some(public.clone()), &only("a")), (true, false));
        assert_eq!(shown(Some(public.clone()), &internal), (true, false));
        assert_eq!(shown(Some(only("a")), &only("b")), (true, true));
        assert_eq!(shown(Some(only("a")), &only("a")), (false, true));
        assert_eq!(shown(Some(only("a")), &public), (false, true));
        assert_eq!(shown(Some(internal.clone()), &internal), (false, false));
        // Of an older record nothing is known.
        assert_eq!(shown(None, &only("a")), (true, true));
        assert_eq!(shown(None, &public), (false, true));
    }

    #[test]
    fn one_that_could_not_be_seen_is_sought_since_the_first_was_sent() {
        let send = |mirror: Mirror, ms| mirror.sent("e".into(), Visibility::default(), poster("main"), Timestamp(ms));
        let sought = |mirror: &Mirror| mirror.sending.as_ref().map(Sending::sought_since);
        let once = send(mirror(), 7);
        assert_eq!((sought(&once), sought(&once.clone().turned_away())), (Some(Timestamp(7)), None));
        let twice = send(send(once, 8), 9);
        assert_eq!((sought(&twice), sought(&twice.turned_away())), (Some(Timestamp(7)), Some(Timestamp(7))));
    }

    #[test]
    fn a_comment_from_before_it_was_enabled_is_not_posted_but_a_mirror_of_it_is_kept_up_to_date() {
        let old = Now::Stays { edition: "f".into(), created: Timestamp(4), unwanted: None };
        assert_eq!(step(None, &old), Step::Skip(Skipped::BeforeEnabled));
        assert_eq!(step(Some(&mirror().arrived(posted("e"))), &old), Step::Edit(posted("e")));
    }

    #[test]
    fn a_copy_of_the_property_makes_no_comment_a_mirror() {
        let (main, other) = (poster("main").account, poster("other").account);
        let sent = mirror().sent("e".into(), Visibility::default(), poster("main"), Timestamp(0));
        assert!(sent.is(JiraNumber(3), JiraNumber(9), Some(&main)));
        assert!(!sent.is(JiraNumber(3), JiraNumber(9), Some(&other)) && !sent.is(JiraNumber(3), JiraNumber(9), None));
        let there = sent.arrived(posted("e"));
        assert!(there.is(JiraNumber(3), JiraNumber(9), Some(&other)), "whoever edited it");
        assert!(
            !there.is(JiraNumber(3), JiraNumber(8), Some(&main))
                && !there.is(JiraNumber(4), JiraNumber(9), Some(&main))
        );
        assert!(!mirror().is(JiraNumber(3), JiraNumber(9), Some(&main)));
    }

    #[test]
    fn an_edition_is_named_by_what_it_says_and_who_may_read_it() {
        let (public, internal) = (Visibility::default(), Visibility { restricted: None, internal: true });
        let one = edition(&json!({ "a": 1, "b": 2 }), &public);
        assert_eq!((one.len(), &one), (32, &edition(&json!({ "b": 2, "a": 1 }), &public)));
        assert_ne!(one, edition(&json!({ "a": 1, "b": 2 }), &internal));
        assert_ne!(one, edition(&json!({ "a": 1, "b": 3 }), &public));
    }

    #[test]
    fn what_the_integration_does_not_take_is_told_why() {
        let internal = Visibility { restricted: None, internal: true };
        let word = Which::Word { word: "#sync".into() };
        assert_eq!(unmarked(&Which::PublicOnly, "x", &internal), Some(Skipped::NotPublic));
        assert_eq!(unmarked(&word, "x", &Visibility::default()), Some(Skipped::NoWord));
        assert_eq!(unmarked(&word, "x #sync", &internal), None);
        assert_eq!(unmarked(&Which::All, "x", &internal), None);
    }
}
