//! Counterparts: an issue that is created at one end is created at the other, once.

use super::carried::document;
use super::ends::Trouble;
use super::one::{Done, failed};
use super::property::unpaired;
use super::whole::Look;
use super::{hint, open_lanes, pairs};
use crate::domain::access_rule::Limit;
use crate::domain::assignee::Assignment;
use crate::domain::counterpart::{Counterpart, Creating, FOUND_WITHIN, Step, summary};
use crate::domain::footer;
use crate::domain::integration::End;
use crate::domain::lane::{Lane, Settled};
use crate::domain::limits::JiraNumber;
use crate::domain::mirror::{Poster, Skipped};
use crate::domain::pair::{Joined, LIMIT, Pair};
use crate::domain::run::{Failure, Outcome};
use crate::domain::time::Span;
use crate::flows::limits::listed;
use crate::jira::counterparts::{Created, Sought, WholeIssue, create, created_within, read_created, read_sought};
use crate::jira::{self, JiraRefused};
use crate::ports::{Key, StoreError, World, Write};
use crate::records::{self, At};
use crate::url::hex;
use futures_util::join;

/// How often an issue is decided on in one go: looked for, then created or made a pair.
const STEPS: usize = 3;

/// How many pages of what was created since are looked through: 500 issues.
const PAGES: usize = 10;

/// By how much Jira's clock may differ from ours.
const CLOCKS: Span = Span::minutes(5);

impl<W: World> Look<'_, '_, '_, W> {
    /// Sees to it that an issue has the counterpart that it is to have.
    ///
    /// # Errors
    /// [`StoreError`]; whatever was begun is taken up again.
    pub(super) async fn counterpart(&self, whole: &WholeIssue) -> Result<Done, StoreError> {
        let nothing = Done::skipped(Skipped::Unchanged);
        let wanted = self.integration.counterparts_from(self.end);
        let pairs = self.pairs().await?;
        if pairs.of(self.end, whole.id).is_some() {
            return Ok(nothing);
        }
        if let Some(why) = self.counterpart_itself(whole).await? {
            return Ok(Done::skipped(why));
        }
        let key = records::mirror::counterpart(&self.integration.id, self.end, whole.id);
        let mut at: Option<At<Counterpart>> = records::load(self.world(), &key).await?;
        // What was begun is finished, whatever was settled meanwhile.
        if at.is_none() && wanted.is_none_or(|(since, _)| whole.created < since) {
            return Ok(nothing);
        }
        for _ in 0..STEPS {
            let step = Step::of(at.as_ref().map(|at| &at.value), self.world().now());
            return match (step, at) {
                (Step::Wait(until), _) => Ok(Done::new(Settled::Due(until), Outcome::Waits { why: None })),
                (Step::LookUp { creating, settled }, Some(own)) => match self.find(&own.value, &creating).await {
                    Err(trouble) => Ok(failed(self.ends, trouble, Failure::TargetOutOfReach)),
                    Ok(None) if !settled => {
                        let until = creating.since.plus(FOUND_WITHIN);
                        Ok(Done::new(Settled::Due(until), Outcome::Waits { why: None }))
                    }
                    Ok(found) => {
                        let own_value = own.value.clone();
                        let next = match found {
                            Some(issue) => own_value.arrived(issue),
                            None => own_value.absent(),
                        };
                        at = Some(self.keep(&key, own, next).await?);
                        continue;
                    }
                },
                (Step::Pair(issue), Some(own)) => self.pair(&key, own, whole, issue).await,
                (Step::Create, own) => {
                    let Some((_, issue_type)) = wanted else { return Ok(nothing) };
                    if let Some(done) = self.unwanted(whole, pairs.0.len()).await {
                        return Ok(done);
                    }
                    let mut own = own.unwrap_or_else(|| At::absent(self.begin(whole.id)));
                    own.value.project = self.integration.terms.side(self.to()).project;
                    self.create(&key, own, whole, issue_type).await
                }
                // What is looked for or made a pair has a record.
                (Step::Nothing, _) | (Step::LookUp { .. } | Step::Pair(_), None) => Ok(nothing),
            };
        }
        Ok(Done::later(Failure::NoAnswer, None))
    }

    /// Whether an issue is a counterpart itself: it gets none, or the two sites would go on for ever. A property that fits no
    /// record of ours was copied, and makes no issue one.
    async fn counterpart_itself(&self, whole: &WholeIssue) -> Result<Option<Skipped>, StoreError> {
        let Some(claimed) = &whole.provenance else { return Ok(None) };
        let Some(known) = self.all.get(&claimed.integration) else { return Ok(Some(Skipped::AnotherInstallation)) };
        let Some(end) = known.end_of(&claimed.site) else { return Ok(None) };
        let key = records::mirror::counterpart(&known.id, end, claimed.issue);
        let known: Option<At<Counterpart>> = records::load(self.world(), &key).await?;
        let creator = whole.creator.as_ref().map(|creator| &creator.person.account_id);
        let ours = known.is_some_and(|at| {
            at.value.id == claimed.id && at.value.end.other() == self.end && at.value.is(whole.id, creator)
        });
        Ok(ours.then_some(Skipped::Echo))
    }

    fn begin(&self, issue: JiraNumber) -> Counterpart {
        let id = hex(&self.world().random()[..16]);
        Counterpart::new(id, self.end, issue, self.integration.terms.side(self.to()).project)
    }

    async fn keep(&self, key: &Key, at: At<Counterpart>, next: Counterpart) -> Result<At<Counterpart>, StoreError> {
        self.world().transact(vec![records::put(key.clone(), at.expect, &next)]).await?;
        Ok(At { expect: at.expect.next(), value: next })
    }

    /// Why an issue gets no counterpart, or not now.
    async fn unwanted(&self, whole: &WholeIssue, pairs: usize) -> Option<Done> {
        if whole.restricted {
            return Some(Done::skipped(Skipped::SecurityLevel));
        }
        let admitted = match self.end {
            End::Here => self.limits.projects.admits(whole.project.id, whole.project.category),
            End::There => {
                let project = self.integration.terms.here.project;
                let page = self.ends.as_main(End::Here, &jira::projects_by_number(&[project])).await;
                let found = page.and_then(|page| Ok(listed(Ok(page))?));
                match found {
                    Ok(found) => match found.into_iter().find(|own| own.id == project) {
                        Some(own) => self.limits.projects.admits(own.id, own.category),
                        None => return Some(Done::never(Failure::TargetOutOfReach)),
                    },
                    Err(trouble) => return Some(failed(self.ends, trouble, Failure::TargetOutOfReach)),
                }
            }
        };
        if !admitted {
            return Some(Done::skipped(Skipped::OutOfReach { limit: Limit::Settings }));
        }
        (pairs >= LIMIT).then(|| Done::never(Failure::PairsFull))
    }

    /// Creates a counterpart: noted as sent before Jira gets it.
    async fn create(
        &self,
        key: &Key,
        at: At<Counterpart>,
        whole: &WholeIssue,
        issue_type: JiraNumber,
    ) -> Result<Done, StoreError> {
        let carried = match document(self.ends, self.to(), &whole.description).await {
            Ok(carried) => carried,
            Err(trouble) => return Ok(failed(self.ends, trouble, Failure::TargetOutOfReach)),
        };
        let lost = carried.lost;
        let content = carried.document(None)["content"].as_array().cloned().unwrap_or_default();
        let creator = whole.creator.as_ref().map(|creator| &creator.person);
        let author = creator.map_or("", |person| person.display_name.as_str());
        let issue = Created {
            project: at.value.project,
            issue_type,
            summary: summary(&whole.summary, &whole.key),
            origin: format!("{} [Origin: {}]", footer::attribution(author, whole.created), whole.key),
            content,
            provenance: at.value.provenance(self.integration),
        };
        let main = &self.ends.main;
        let for_author = creator.is_none_or(|person| person.account_id != *main);
        let by = Poster { account: main.clone(), for_author };
        let sent = at.value.clone().sent(main.clone(), self.world().now());
        let at = self.keep(key, at, sent).await?;
        let trouble = match self.ends.send(self.to(), main, &create(&issue)).await {
            Ok(answer) => {
                if let Some(issue) = read_created(&answer) {
                    let done = self.pair(key, at, whole, issue).await?;
                    return Ok(Done { by: Some(by), lost, writes: 1, ..done });
                }
                // Jira has it, and what it said of it did not arrive: it is looked for.
                Trouble::Jira(JiraRefused::Unavailable { retry_after_s: None })
            }
            Err(trouble) => trouble,
        };
        if !matches!(&trouble, Trouble::Jira(JiraRefused::Unavailable { .. })) {
            let absent = at.value.clone().absent();
            self.keep(key, at, absent).await?;
        }
        Ok(Done { writes: 1, ..failed(self.ends, trouble, Failure::MayNotCreate) })
    }

    /// Notes that a counterpart is there, and makes it a pair with its issue. What was written to the issue meanwhile is
    /// carried, and at once who is responsible for it, where assignees follow.
    async fn pair(
        &self,
        key: &Key,
        at: At<Counterpart>,
        whole: &WholeIssue,
        issue: JiraNumber,
    ) -> Result<Done, StoreError> {
        let (here, there) = match self.end {
            End::Here => (whole.id, issue),
            End::There => (issue, whole.id),
        };
        let pair = Pair { here, there, joined: Joined::Created, at: whole.created };
        let arrived = at.value.clone().arrived(issue);
        let mut more = vec![records::put(key.clone(), at.expect, &arrived.clone().paired())];
        let (tenant, id) = (self.ends.tenant(End::Here), &self.integration.id);
        let follows = self.integration.terms.following.is_some();
        if follows {
            // Noted as open first, so that the round sends what waits in it on its way, whatever breaks off.
            open_lanes::enter(tenant, id, here).await?;
            more.extend(self.responsible(here).await?);
        }
        match pairs::join(self.world(), id, pair, &more).await? {
            Ok(()) => {
                if follows {
                    hint::send(tenant, id, here, 0).await;
                }
                Ok(Done::new(Settled::Done, Outcome::CounterpartCreated { issue }))
            }
            Err(refused) => {
                self.keep(key, at, arrived).await?;
                Ok(Done::never(unpaired(refused)))
            }
        }
    }

    /// What has the assignee of a new pair looked at, and that of the issue at this end count.
    async fn responsible(&self, here: JiraNumber) -> Result<[Write; 2], StoreError> {
        let id = &self.integration.id;
        let keys = (records::mirror::assignment(id, here), records::mirror::lane(id, here));
        let (known, lane) = join!(
            records::load_or_default::<Assignment>(self.world(), &keys.0),
            records::load_or_default::<Lane>(self.world(), &keys.1),
        );
        let (known, lane) = (known?, lane?);
        let first = records::put(keys.0, known.expect, &Assignment::created_for(self.end));
        Ok([first, records::put(keys.1, lane.expect, &lane.value.with(End::Here, None))])
    }

    /// Looks for a counterpart that may have been created, as the main authorized user sees it.
    async fn find(&self, own: &Counterpart, creating: &Creating) -> Result<Option<JiraNumber>, Trouble> {
        let since = creating.since.plus(Span(-CLOCKS.0));
        let until = creating.since.plus(CLOCKS).plus(FOUND_WITHIN);
        let minutes = self.world().now().since(since).0.max(0).div_euclid(Span::minutes(1).0) + 1;
        // Whoever created it may be main authorized user no more.
        let mine = creating.by == self.ends.main;
        let mut page = None;
        for _ in 0..PAGES {
            let request = created_within(own.project, minutes, mine, page.as_deref());
            let answer = self.ends.as_main(self.to(), &request).await?;
            match read_sought(&answer, &own.id, &creating.by, until)? {
                Sought::There(issue) => return Ok(Some(issue)),
                Sought::NotThere => return Ok(None),
                Sought::Further { page: next } => page = Some(next),
            }
        }
        // So many came that it may still be among the rest.
        Err(Trouble::NotNow { retry_after_s: None })
    }
}
