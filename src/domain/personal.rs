//! What one person did with prompts, and what waits for them.

use super::authorization::SessionKey;
use super::grant::ReauthorizationReason;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Nobody is asked twice in this time for one reason.
pub const ONCE_IN: Span = Span::days(1);

/// For how long *Remind me tomorrow* holds.
pub const SNOOZE: Span = Span::days(1);

/// For how long an action waits for its person.
pub const HELD_FOR: Span = Span::days(1);

/// For how long one function can be at posting it: Forge stops a resolver after 25 seconds.
pub const POSTING: Span = Span::seconds(30);

/// How long a page may go without asking again whether a prompt is due.
pub const ASK_AGAIN: Span = Span::hours(1);

/// Nobody is reminded twice in this time.
pub const REMIND_AGAIN: Span = Span::hours(1);

/// A prompt that was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    /// For which reason.
    pub reason: ReauthorizationReason,
    /// When.
    pub at: Timestamp,
}

impl Shown {
    /// Whether it was shown so lately that its reason is not told again.
    fn counts(&self, now: Timestamp) -> bool {
        now.since(self.at) < ONCE_IN
    }
}

/// A comment that waits until its author has authorized. Its text rests among the secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    /// Random name of the action: it goes with the comment, so that it is posted once.
    pub id: String,
    /// Jira's number of the issue.
    pub issue_id: u64,
    /// The issue's key, as it was.
    pub issue_key: String,
    /// Whether it is an internal note.
    pub internal: bool,
    /// The issue's `updated` when its author wrote the comment or last looked it over, in Jira's own form.
    pub updated: String,
    /// When it was written.
    pub at: Timestamp,
    /// Whether it was handed to Jira, and the answer is not known.
    pub sent: bool,
    /// Until when whoever is posting it may be at it: nobody else touches it before.
    pub busy_until: Option<Timestamp>,
}

impl Held {
    /// Whether somebody is posting it now.
    #[must_use]
    pub fn busy(&self, now: Timestamp) -> bool {
        self.busy_until.is_some_and(|until| now < until && until.since(now) <= POSTING)
    }

    /// Taken in hand by whoever posts it; `sent` says whether Jira may get it from now on.
    #[must_use]
    pub fn taken(self, sent: bool, now: Timestamp) -> Self {
        Self { sent: self.sent || sent, busy_until: Some(now.plus(POSTING)), ..self }
    }

    /// Its author has looked it over since the issue was last changed, at `updated`.
    #[must_use]
    pub fn looked_over(self, updated: String) -> Self {
        Self { updated, ..self }
    }

    /// Out of hand again; `sent` says whether Jira may have it.
    #[must_use]
    pub fn left(self, sent: bool) -> Self {
        Self { sent, busy_until: None, ..self }
    }

    /// Until when it waits.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.at.plus(HELD_FOR)
    }
}

/// One person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Personal {
    /// The authorization that the person began last.
    pub session: Option<SessionKey>,
    /// The prompts that were shown within a day, one for each reason.
    pub shown: Vec<Shown>,
    /// Until when the person wants no prompt.
    pub snoozed_until: Option<Timestamp>,
    /// When an administrator reminded the person last.
    pub reminded_at: Option<Timestamp>,
    /// What waits for them.
    pub held: Option<Held>,
    /// The scheduled change of which the person was told last.
    pub told_of: Option<SessionKey>,
}

impl Personal {
    /// Whether to show a prompt now, to somebody who is to allow again for `reason`.
    #[must_use]
    pub fn due(&self, reason: ReauthorizationReason, now: Timestamp) -> bool {
        let snoozed = self.snoozed_until.is_some_and(|until| now < until);
        !snoozed && !self.shown.iter().any(|shown| shown.reason == reason && shown.counts(now))
    }

    /// Records that a prompt is shown.
    #[must_use]
    pub fn prompted(mut self, reason: ReauthorizationReason, now: Timestamp) -> Self {
        self.shown.retain(|shown| shown.reason != reason && shown.counts(now));
        self.shown.push(Shown { reason, at: now });
        self
    }

    /// The person has read of a scheduled change.
    #[must_use]
    pub fn told(self, change: SessionKey) -> Self {
        Self { told_of: Some(change), ..self }
    }

    /// The person wants to be left alone for a day.
    #[must_use]
    pub fn snoozed(self, now: Timestamp) -> Self {
        Self { snoozed_until: Some(now.plus(SNOOZE)), ..self }
    }

    /// An administrator reminds the person: the next page shows the prompt again. `None` when that was just done.
    #[must_use]
    pub fn reminded(self, now: Timestamp) -> Option<Self> {
        if self.reminded_at.is_some_and(|at| (Span(0)..REMIND_AGAIN).contains(&now.since(at))) {
            return None;
        }
        Some(Self { reminded_at: Some(now), shown: Vec::new(), snoozed_until: None, ..self })
    }

    /// The person has authorized: nothing is left to ask.
    #[must_use]
    pub fn satisfied(self) -> Self {
        Self { shown: Vec::new(), snoozed_until: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: ReauthorizationReason = ReauthorizationReason::Idle;
    const REVOKED: ReauthorizationReason = ReauthorizationReason::RevokedOrPasswordChanged;

    fn after(span: Span) -> Timestamp {
        Timestamp(0).plus(span)
    }

    #[test]
    fn nobody_is_asked_twice_a_day_for_one_reason() {
        let shown = Personal::default().prompted(IDLE, after(Span(0)));
        assert!(!shown.due(IDLE, after(Span::hours(23))));
        assert!(shown.due(REVOKED, after(Span::hours(1))));
        let both = shown.clone().prompted(REVOKED, after(Span::hours(1)));
        assert!(!both.due(IDLE, after(Span::hours(2))), "another reason came between");
        assert!(shown.due(IDLE, after(Span::hours(24))));
    }

    #[test]
    fn a_snooze_holds_for_a_day_and_a_reminder_ends_it() {
        let snoozed = Personal::default().snoozed(after(Span(0)));
        assert!(!snoozed.due(IDLE, after(Span::hours(23))) && snoozed.due(IDLE, after(Span::hours(24))));
        let reminded = snoozed.reminded(after(Span::hours(1))).expect("for the first time");
        assert!(reminded.due(IDLE, after(Span::hours(1))));
        assert_eq!(reminded.clone().reminded(after(Span::minutes(119))), None);
        assert!(reminded.reminded(after(Span::hours(2))).is_some());
    }
}
