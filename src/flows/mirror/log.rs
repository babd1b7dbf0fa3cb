//! What a turn does, written down as a run: begun before the first comment is sent anywhere, so that it can be watched, or
//! with the first that is more than an echo, unchanged or unknown, so that neither a delivery of our own comments nor one
//! that somebody invented leaves a run. That nobody is connected is written down once, and not each time that it is tried.

use crate::domain::integration::Integration;
use crate::domain::limits::JiraNumber;
use crate::domain::mirror::Skipped;
use crate::domain::run::{Failure, Outcome, RunItem};
use crate::domain::run_log::Trigger;
use crate::domain::time::Timestamp;
use crate::flows::journal::Journal;
use crate::ports::World;
use crate::tenant::Tenant;

/// The items of a turn, and the run that they are written down as.
pub struct Log<'t, 'w, W> {
    tenant: &'t Tenant<'w, W>,
    integration: &'t Integration,
    here: Option<JiraNumber>,
    trigger: Trigger,
    began: Timestamp,
    /// Whether it was written down before that nobody is connected.
    unconnected: bool,
    journal: Option<Journal<'t, 'w, W>>,
    items: Vec<RunItem>,
}

impl<'t, 'w, W: World> Log<'t, 'w, W> {
    /// Nothing is written down yet. `here` is the issue on this site of the pair, where it is about one.
    pub fn new(
        tenant: &'t Tenant<'w, W>,
        integration: &'t Integration,
        here: Option<JiraNumber>,
        trigger: Trigger,
        began: Timestamp,
        unconnected: bool,
    ) -> Self {
        Self { tenant, integration, here, trigger, began, unconnected, journal: None, items: Vec::new() }
    }

    /// Something is about to be done: the run begins, if it has not.
    pub async fn acts(&mut self) {
        if self.journal.is_some() {
            return;
        }
        let trigger = self.trigger.clone();
        let mut journal = Journal::begin(self.tenant, trigger, self.integration, self.here, self.began).await;
        for item in &self.items {
            journal.add(item.clone()).await;
        }
        self.journal = Some(journal);
    }

    /// Notes an item.
    pub async fn add(&mut self, item: RunItem) {
        if self.told(&item) {
            self.acts().await;
        }
        self.items.push(item.clone());
        if let Some(journal) = &mut self.journal {
            journal.add(item).await;
        }
    }

    /// Whether an item is reason enough for a run. Whoever wanted one sees it, whatever came of it.
    fn told(&self, item: &RunItem) -> bool {
        let wanted = match self.trigger {
            Trigger::Again { .. } | Trigger::TriedAgain { .. } => true,
            Trigger::Heard => false,
        };
        let nothing = match &item.outcome {
            Outcome::Skipped { why } => matches!(why, Skipped::Echo | Skipped::Unchanged | Skipped::Gone),
            Outcome::Waits { why: Some(Failure::NotConnected) } => self.unconnected,
            Outcome::Waits { why: None } => true,
            Outcome::Waits { why: Some(_) }
            | Outcome::Created { .. }
            | Outcome::Updated { .. }
            | Outcome::Withdrawn { .. }
            | Outcome::Assigned { .. }
            | Outcome::CounterpartCreated { .. }
            | Outcome::Joined { .. }
            | Outcome::Parted { .. }
            | Outcome::Failed { .. } => false,
        };
        wanted || !nothing
    }

    /// Ends the run, if there is one. Answers every item.
    pub async fn end(self) -> Vec<RunItem> {
        if let Some(journal) = self.journal {
            journal.end().await;
        }
        self.items
    }
}
