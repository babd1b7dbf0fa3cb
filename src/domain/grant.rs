//! Grants: one for each Atlassian account that allowed the app, whether it is the main authorized user or not.

use super::account::{Account, Person};
use super::authorization::ParkedGrant;
use super::scope::Scopes;
use super::standing::{Epoch, Label, Standing};
use super::tagged::tagged;
use super::tally::Counted;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// A grant that is not refreshed for this long dies.
///
/// <https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/>, "inactivity expiry".
pub const IDLE_LIFE: Span = Span::days(90);

/// An access token is replaced this long before it expires, so that it outlives the call it is taken for.
pub const EXPIRY_MARGIN: Span = Span::minutes(2);

/// How long one holder may redeem before another may take over: longer than any function of the app may run.
pub const LEASE_LIFE: Span = Span::seconds(60);

/// Why a person must consent again. Closed: every reason has its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ReauthorizationReason {
    /// Atlassian disabled the grant: it was revoked, or the account's password changed.
    RevokedOrPasswordChanged,
    /// It was not used for 90 days.
    Idle,
    /// It lacks scopes that the app needs.
    ScopesMissing,
    /// There is no refresh token any more: none came, or the answer that brought the next one was lost.
    NotRenewable,
    /// An administrator changed the main authorized user and asked everyone to allow anew.
    ReplacedPolicy,
    /// The account was closed or deactivated, and its grant ended with that.
    AccountClosed,
}

/// Whether the grant can be used. Only a definite answer of Atlassian moves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase")]
pub enum GrantState {
    /// Its last use succeeded.
    Working,
    /// The account must allow the app again.
    ReauthorizationRequired {
        /// Why.
        reason: ReauthorizationReason,
    },
    /// The account is deactivated or closed.
    Deactivated,
}

tagged!(GrantState);

/// A person's own use of their grant, beside or without its being the main authorized user's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalUse {
    /// Since when.
    pub connected_at: Timestamp,
    /// The generation of the connection in which the person last allowed.
    pub consented_in: u32,
    /// The generation in which the grant last proved to work.
    pub verified_in: u32,
    /// When the person last did something with it.
    pub used_at: Option<Timestamp>,
    /// Who allowed instead, the last time that the person tried to allow again.
    pub attempted_as: Option<Person>,
    /// As the person was counted last.
    pub counted: Counted,
    /// Since when under that label; of a dead grant, since when it is dead.
    pub since: Timestamp,
}

/// A grant that is held for tests of its account: somebody allowed by a hand-off link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TestUse {
    /// Since when.
    pub since: Timestamp,
    /// Who made the link.
    pub by: Person,
}

/// An intent to redeem the refresh token, recorded before the redemption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Redemption {
    /// Random name of the invocation that redeems.
    pub holder: String,
    /// When it began, or began again.
    pub since: Timestamp,
    /// Names of those who broke off before: whatever they wrote is deleted by whoever gets on, the latest last. Absent where
    /// nobody did.
    pub before: Option<Vec<String>>,
}

/// So many who broke off one after the other are remembered.
const BROKE_OFF: usize = 8;

impl Redemption {
    /// Everybody who may have written tokens that no record names.
    pub fn holders(&self) -> impl Iterator<Item = &str> {
        let own = std::iter::once(self.holder.as_str()).filter(|holder| !holder.is_empty());
        self.before.iter().flatten().map(String::as_str).chain(own)
    }
}

/// A grant. Its tokens are in secret storage under [`Grant::secret_key`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// Whose grant.
    pub account: Account,
    /// What was allowed.
    pub scopes: Scopes,
    /// Rises by one with each redemption: tells whether a token that Jira turned away is still the latest.
    pub version: u32,
    /// Where the tokens of this version are.
    pub secret_key: String,
    /// Where the tokens of the version before were, should they not be deleted yet.
    pub retired_secret: Option<String>,
    /// When the account allowed the app.
    pub obtained_at: Timestamp,
    /// When the tokens were last obtained or refreshed.
    pub refreshed_at: Timestamp,
    /// When the access token expires.
    pub access_expires_at: Timestamp,
    /// Whether it can be used.
    pub state: GrantState,
    /// A redemption under way or left behind.
    pub redemption: Option<Redemption>,
    /// The person's own use, if they connected their account themselves.
    pub personal: Option<PersonalUse>,
    /// Its use for tests, if somebody allowed for those. A person who connects their account themselves ends it.
    pub for_tests: Option<TestUse>,
}

/// What to do to get an access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// The stored one is good.
    Use,
    /// Nobody is redeeming, or whoever was is gone: take the lease, then redeem.
    Redeem,
    /// Another invocation is redeeming.
    Wait,
    /// No token can be had.
    Dead(ReauthorizationReason),
}

impl PersonalUse {
    /// As it is once its account has allowed anew, in this generation of the connection.
    #[must_use]
    pub fn allowed_in(self, generation: u32) -> Self {
        Self { consented_in: generation, verified_in: generation, attempted_as: None, ..self }
    }
}

impl Grant {
    /// What a parked grant becomes, in the place of `old` and with its tokens under `secret_key`. It has no use yet, and names
    /// none of the older tokens.
    #[must_use]
    pub fn obtained(parked: ParkedGrant, old: Option<&Self>, secret_key: String) -> Self {
        Self {
            account: parked.account,
            scopes: parked.scopes,
            version: old.map_or(1, |old| old.version + 1),
            secret_key,
            retired_secret: None,
            obtained_at: parked.obtained_at,
            refreshed_at: parked.obtained_at,
            access_expires_at: parked.access_expires_at,
            state: GrantState::Working,
            redemption: None,
            personal: None,
            for_tests: None,
        }
    }

    /// Whether somebody has use for it who is not the app as the main authorized user: its person, or tests.
    #[must_use]
    pub fn kept(&self) -> bool {
        self.personal.is_some() || self.for_tests.is_some()
    }

    /// What to do to get an access token that is good at `now` and, if Jira turned one away, newer than that one's
    /// version.
    #[must_use]
    pub fn next(&self, now: Timestamp, turned_away: Option<u32>) -> Next {
        match self.state {
            GrantState::Working => {}
            GrantState::ReauthorizationRequired { reason } => return Next::Dead(reason),
            GrantState::Deactivated => return Next::Dead(ReauthorizationReason::AccountClosed),
        }
        // A clock that went back makes a token look younger than it is; a token from the future is not believed.
        let believable = now >= self.refreshed_at.plus(Span(-EXPIRY_MARGIN.0));
        let newer = turned_away.is_none_or(|version| self.version > version);
        if newer && believable && now.plus(EXPIRY_MARGIN) < self.access_expires_at {
            return Next::Use;
        }
        match &self.redemption {
            Some(held) if now.since(held.since) < LEASE_LIFE && now >= held.since => Next::Wait,
            Some(_) | None => Next::Redeem,
        }
    }

    /// Records the intent to redeem.
    #[must_use]
    pub fn lease(self, holder: String, now: Timestamp) -> Self {
        let broke_off: Vec<String> = self.redemption.iter().flat_map(Redemption::holders).map(str::to_owned).collect();
        let kept = broke_off.len().saturating_sub(BROKE_OFF);
        let before = Some(broke_off[kept..].to_vec()).filter(|before| !before.is_empty());
        Self { redemption: Some(Redemption { holder, since: now, before }), ..self }
    }

    /// Whether `holder` holds the lease.
    #[must_use]
    pub fn leased_by(&self, holder: &str) -> bool {
        self.redemption.as_ref().is_some_and(|held| held.holder == holder)
    }

    /// Takes the outcome of a redemption that yielded new tokens.
    #[must_use]
    pub fn refreshed(self, secret_key: String, scopes: Option<Scopes>, expires_at: Timestamp, now: Timestamp) -> Self {
        Self {
            version: self.version + 1,
            retired_secret: Some(self.secret_key),
            secret_key,
            scopes: scopes.unwrap_or(self.scopes),
            refreshed_at: now,
            access_expires_at: expires_at,
            state: GrantState::Working,
            redemption: None,
            ..self
        }
    }

    /// Takes a definite refusal. Atlassian does not tell a grant that idled out from one that was revoked; its age does.
    #[must_use]
    pub fn died(self, reason: ReauthorizationReason, now: Timestamp) -> Self {
        let idle = now.since(self.refreshed_at) >= IDLE_LIFE;
        let untold = reason == ReauthorizationReason::RevokedOrPasswordChanged;
        let reason = if untold && idle { ReauthorizationReason::Idle } else { reason };
        Self { state: GrantState::ReauthorizationRequired { reason }, redemption: None, ..self }
    }

    /// Gives the lease back with the token not redeemed, for certain; `uncertain` says whether an earlier holder may have
    /// redeemed it.
    #[must_use]
    pub fn unredeemed(self, uncertain: bool) -> Self {
        if uncertain { self.yielded() } else { Self { redemption: None, ..self } }
    }

    /// Gives the lease back with nothing learnt, so that the next caller may try at once. That there was a redemption is
    /// remembered: its answer may be lost, and Atlassian answers the same token again for ten minutes only.
    #[must_use]
    pub fn yielded(self) -> Self {
        let free = |_| Redemption { holder: String::new(), since: Timestamp(0), before: None };
        Self { redemption: self.redemption.map(free), ..self }
    }

    /// As it is counted in `epoch`, at `now`: to be written with whatever else changed. Whoever read the epoch before the
    /// last change leaves a later count of a living grant alone; a dead one is dead in every generation.
    #[must_use]
    pub fn counted(mut self, epoch: Epoch, now: Timestamp) -> Self {
        let Some(standing) = Standing::of(&self, epoch) else { return self };
        let living = self.state == GrantState::Working;
        if let Some(personal) = &mut self.personal {
            let generation = epoch.generation.max(personal.counted.generation);
            if living && generation > epoch.generation {
                return self;
            }
            // A dead grant has been dead since it died, not since its person wanted it.
            let wanted = (personal.counted.label, standing.label()) == (Label::NeverUsed, Label::ToReauthorize);
            if personal.counted.label != standing.label() && !wanted {
                personal.since = now;
            }
            personal.counted = Counted { label: standing.label(), generation };
        }
        self
    }

    /// It proved to work: whoever allowed in its person's place before is no matter any more.
    #[must_use]
    pub fn verified(mut self, epoch: Epoch) -> Self {
        if let Some(personal) = &mut self.personal {
            personal.verified_in = personal.verified_in.max(epoch.generation);
            personal.attempted_as = None;
        }
        self
    }

    /// The person did something with it, or wanted to: from now on they are asked when it is dead.
    #[must_use]
    pub fn wanted(mut self, now: Timestamp) -> Self {
        if let Some(personal) = &mut self.personal {
            personal.used_at = Some(now);
        }
        self
    }

    /// When the grant dies if it is never used again.
    #[must_use]
    pub fn idles_out_at(&self) -> Timestamp {
        self.refreshed_at.plus(IDLE_LIFE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::{AccountId, AccountType, Person};

    const HOUR: Span = Span::hours(1);

    fn grant() -> Grant {
        let account_id = AccountId::parse("a").expect("is one");
        let person = Person { account_id, display_name: "A".into(), avatar_url: None };
        Grant {
            account: Account { person, account_type: AccountType::Atlassian, active: true },
            scopes: Scopes::default(),
            version: 1,
            secret_key: "grant:a:1".into(),
            retired_secret: None,
            obtained_at: Timestamp(0),
            refreshed_at: Timestamp(0),
            access_expires_at: Timestamp(0).plus(HOUR),
            state: GrantState::Working,
            redemption: None,
            personal: None,
            for_tests: None,
        }
    }

    #[test]
    fn a_token_is_replaced_before_it_expires() {
        let last_good = Timestamp(0).plus(HOUR).plus(Span(-EXPIRY_MARGIN.0 - 1));
        assert_eq!(grant().next(last_good, None), Next::Use);
        assert_eq!(grant().next(last_good.plus(Span(1)), None), Next::Redeem);
    }

    #[test]
    fn a_token_that_jira_turned_away_is_replaced_once() {
        assert_eq!(grant().next(Timestamp(1), Some(1)), Next::Redeem);
        assert_eq!(grant().next(Timestamp(1), Some(0)), Next::Use);
    }

    #[test]
    fn a_clock_that_went_back_does_not_stretch_a_token() {
        assert_eq!(grant().next(Timestamp(0).plus(Span::minutes(-5)), None), Next::Redeem);
    }

    #[test]
    fn one_redeems_and_the_others_wait_until_the_lease_is_over() {
        let later = Timestamp(0).plus(HOUR);
        let held = grant().lease("one".into(), later);
        assert!(held.leased_by("one") && !held.leased_by("two"));
        assert_eq!(held.next(later, None), Next::Wait);
        assert_eq!(held.next(later.plus(LEASE_LIFE), None), Next::Redeem);
        assert_eq!(held.clone().yielded().next(later, None), Next::Redeem);
        assert!(held.lease("two".into(), later.plus(LEASE_LIFE)).leased_by("two"));
    }

    #[test]
    fn a_late_look_does_not_count_a_living_grant_back() {
        let counted = Counted { label: Label::ToReauthorize, generation: 2 };
        let personal = PersonalUse {
            connected_at: Timestamp(0),
            consented_in: 1,
            verified_in: 1,
            used_at: Some(Timestamp(0)),
            attempted_as: None,
            counted,
            since: Timestamp(0),
        };
        let asked = Grant { personal: Some(personal), ..grant() };
        let before = Epoch { generation: 1, everyone_since: 0 };
        let count = |grant: Grant| grant.counted(before, Timestamp(9)).personal.map(|personal| personal.counted);
        assert_eq!(count(asked.clone()), Some(counted));
        let closed = Grant { state: GrantState::Deactivated, ..asked };
        assert_eq!(count(closed), Some(Counted { label: Label::Deactivated, generation: 2 }));
    }

    #[test]
    fn a_dead_grant_says_why() {
        let refused = ReauthorizationReason::RevokedOrPasswordChanged;
        let later = Timestamp(0).plus(IDLE_LIFE);
        assert_eq!(grant().died(refused, Timestamp(1)).next(Timestamp(1), None), Next::Dead(refused));
        assert_eq!(grant().died(refused, later).next(later, None), Next::Dead(ReauthorizationReason::Idle));
        let lost = ReauthorizationReason::NotRenewable;
        assert_eq!(grant().died(lost, later).next(later, None), Next::Dead(lost));
    }
}
