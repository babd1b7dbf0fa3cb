//! The two sites of an integration, and how each is asked.

use crate::api::ErrorCode;
use crate::domain::account::AccountId;
use crate::domain::integration::End;
use crate::flows::ask;
use crate::flows::held::{Held, with_grant};
use crate::jira::{self, JiraRefused, JiraRequest};
use crate::ports::World;
use crate::secret::Secret;
use crate::tenant::Tenant;
use serde_json::Value;
use std::cell::Cell;

/// Why an account's request to a site came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Jira said so.
    Jira(JiraRefused),
    /// The account's grant is not honoured.
    NoGrant,
    /// Jira turned it away before looking at it, because too much is asked of it (429): nothing was done.
    TurnedAway {
        /// For how many seconds to wait, if Jira said.
        retry_after_s: Option<u32>,
    },
    /// No access token could be had: nothing was sent.
    NotNow {
        /// For how many seconds to wait, if Atlassian said.
        retry_after_s: Option<u32>,
    },
}

/// Both sites, and what was spent on them.
pub struct Ends<'t, 'w, W> {
    here: &'t Tenant<'w, W>,
    there: Tenant<'w, W>,
    /// The main authorized user.
    pub main: AccountId,
    points: Cell<u32>,
}

impl<'t, 'w, W: World> Ends<'t, 'w, W> {
    /// This site, and `there` beside it.
    #[must_use]
    pub fn new(here: &'t Tenant<'w, W>, there: Tenant<'w, W>, main: AccountId) -> Self {
        Self { here, there, main, points: Cell::new(0) }
    }

    /// The site of an end.
    #[must_use]
    pub fn tenant(&self, end: End) -> &Tenant<'w, W> {
        match end {
            End::Here => self.here,
            End::There => &self.there,
        }
    }

    /// Points spent since this was asked last.
    pub fn spent(&self) -> u32 {
        self.points.take()
    }

    /// Asks a site with an account's grant; the answer as text.
    ///
    /// # Errors
    /// [`Trouble`]
    pub async fn send(&self, end: End, account: &AccountId, request: &JiraRequest) -> Result<String, Trouble> {
        let tenant = self.tenant(end);
        let turned_away = Cell::new(false);
        let sent = async |token: &Secret| {
            self.points.set(self.points.get().saturating_add(price(request)));
            let answer = ask::send(tenant, token, request).await;
            turned_away.set(answer.as_ref().is_ok_and(|answer| answer.status == 429));
            match jira::accepted(answer) {
                Err(JiraRefused::Unauthenticated | JiraRefused::ScopeMissing) => Err(JiraRefused::Unauthenticated),
                answered => Ok(answered),
            }
        };
        match with_grant(self.here, account, sent).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(JiraRefused::Unavailable { retry_after_s })) if turned_away.get() => {
                Err(Trouble::TurnedAway { retry_after_s })
            }
            Ok(Err(refused)) => Err(Trouble::Jira(refused)),
            Err(held) => Err(held.into()),
        }
    }

    /// The same with the answer as JSON.
    ///
    /// # Errors
    /// [`Trouble`]
    pub async fn ask(&self, end: End, account: &AccountId, request: &JiraRequest) -> Result<Value, Trouble> {
        let answer = self.send(end, account, request).await?;
        serde_json::from_str(&answer).map_err(|error| Trouble::Jira(unread(&answer, &error)))
    }

    /// The same as the main authorized user.
    ///
    /// # Errors
    /// [`Trouble`]
    pub async fn as_main(&self, end: End, request: &JiraRequest) -> Result<Value, Trouble> {
        self.ask(end, &self.main, request).await
    }
}

/// Why an answer could not be read. What was cut off on its way, or comes from somebody between us and Jira, is asked for
/// again; what Jira itself says in a way that nobody can read stays so.
fn unread(answer: &str, error: &serde_json::Error) -> JiraRefused {
    if error.is_syntax() && answer.starts_with('{') {
        return JiraRefused::Unexpected("Jira's answer is nested more deeply than can be read".to_owned());
    }
    JiraRefused::Unavailable { retry_after_s: None }
}

/// Points of a request, by Atlassian's published scheme: one, and for what is read one for each object. A list counts as a
/// few, for most are short.
fn price(request: &JiraRequest) -> u32 {
    match request.method {
        "GET" if request.path.contains("/comment?") || request.path.contains("/search/") => 10,
        "GET" => 2,
        _ => 1,
    }
}

impl From<JiraRefused> for Trouble {
    fn from(refused: JiraRefused) -> Self {
        Self::Jira(refused)
    }
}

impl From<Held> for Trouble {
    fn from(held: Held) -> Self {
        let asked = |error| {
            let (ErrorCode::AuthorizationServerUnavailable { retry_after_s }
            | ErrorCode::JiraUnavailable { retry_after_s }) = error
            else {
                // Storage does not say for how long.
                return None;
            };
            retry_after_s
        };
        match held.passing() {
            Some(error) => Self::NotNow { retry_after_s: asked(error) },
            None => Self::NoGrant,
        }
    }
}
