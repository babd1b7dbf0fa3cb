//! One issue of an intake: read as it is by now, and whatever is to be done about it as a whole done.

use super::ends::{Ends, Trouble};
use super::one::{Done, failed};
use crate::domain::integration::{End, Integration, Integrations};
use crate::domain::limits::{JiraNumber, Limits};
use crate::domain::mirror::Skipped;
use crate::domain::pair::Pairs;
use crate::domain::run::Failure;
use crate::jira::JiraRefused;
use crate::jira::counterparts::{WholeIssue, read_whole, whole};
use crate::ports::{StoreError, World};
use crate::records::{self, At};

/// What is known while one issue is looked at.
pub struct Look<'l, 't, 'w, W> {
    /// Both sites.
    pub ends: &'l Ends<'t, 'w, W>,
    /// All integrations.
    pub all: &'l Integrations,
    /// The one that it is looked at for.
    pub integration: &'l Integration,
    /// The app's settings.
    pub limits: &'l Limits,
    /// At which end the issue is.
    pub end: End,
}

/// What became of an issue, and how it is called.
pub struct Looked {
    /// Its key, if Jira told it.
    pub key: Option<String>,
    /// What became of it.
    pub done: Done,
}

impl<W: World> Look<'_, '_, '_, W> {
    pub(super) fn world(&self) -> &W {
        self.ends.tenant(End::Here).world
    }

    pub(super) fn to(&self) -> End {
        self.end.other()
    }

    /// The pairs as they are now.
    pub(super) async fn pairs(&self) -> Result<Pairs, StoreError> {
        let key = records::mirror::pairs(&self.integration.id);
        let at: At<Pairs> = records::load_or_default(self.world(), &key).await?;
        Ok(at.value)
    }

    /// An issue of an end, as the main authorized user sees it; a key or a number names it. `None` where it is not there, or
    /// not for that account to see.
    pub(super) async fn read(&self, end: End, issue: &str) -> Result<Option<WholeIssue>, Trouble> {
        match self.ends.as_main(end, &whole(issue)).await {
            Ok(issue) => Ok(Some(read_whole(&issue)?)),
            Err(Trouble::Jira(JiraRefused::NotFound | JiraRefused::Forbidden)) => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }

    /// Looks at one issue.
    ///
    /// # Errors
    /// [`StoreError`]; whatever was begun is taken up again.
    pub async fn look(&self, issue: JiraNumber) -> Result<Looked, StoreError> {
        let whole = match self.read(self.end, &issue.to_string()).await {
            Ok(Some(whole)) => whole,
            Ok(None) => return Ok(Looked { key: None, done: Done::skipped(Skipped::Gone) }),
            Err(trouble) => {
                return Ok(Looked { key: None, done: failed(self.ends, trouble, Failure::OriginOutOfReach) });
            }
        };
        let key = Some(whole.key.clone());
        // What was moved away keeps its pair, and nothing of it is carried. What never was here is nothing to us.
        if whole.project.id != self.integration.terms.side(self.end).project {
            let paired = self.pairs().await?.of(self.end, whole.id).is_some();
            let why = if paired { Skipped::OutOfProject } else { Skipped::Unchanged };
            return Ok(Looked { key, done: Done::skipped(why) });
        }
        let done = match self.named(&whole).await? {
            Some(done) => done,
            None => self.counterpart(&whole).await?,
        };
        Ok(Looked { key, done })
    }
}
