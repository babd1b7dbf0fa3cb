//! The register of service accounts. The main authorized user is always in it, whether anything is written down or not.

use crate::api::{EntryView, ErrorCode, RegisterView, Reply};
use crate::domain::account::{Account, AccountId};
use crate::domain::connection::Connection;
use crate::domain::count;
use crate::domain::grant::{Grant, GrantState, TestUse};
use crate::domain::register::{Details, Entry, Link, Register, Reported, Row, looks_personal};
use crate::domain::seal::seal;
use crate::domain::time::Timestamp;
use crate::domain::trial::{Row as TrialRow, Trials};
use crate::ports::{Expect, StoreError, World, Write};
use crate::records::{self, At};
use crate::tenant::{Called, Tenant};
use futures_util::future::join_all;
use futures_util::join;

use super::{accounts, caller, trial, trial_link};

/// How many entries are read at once.
const AT_ONCE: usize = 25;

/// How often a report is made anew when somebody else changes the register at the same moment.
const TRIES: usize = 3;

/// Answers [`crate::api::Request::Register`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn read<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let (allowed, all) = join!(caller::administrator(called), all(called));
    allowed?;
    Ok(reply(called, &all?))
}

/// Answers [`crate::api::Request::SaveEntry`]. `revision` is the one that the administrator saw, and absent where they saw
/// none: what somebody else wrote meanwhile is not overwritten.
///
/// # Errors
/// [`ErrorCode`]; nothing is written.
pub async fn save<W: World>(
    called: &Called<'_, W>,
    account: &AccountId,
    details: Details,
    revision: Option<u32>,
) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let now = world.now();
    let details = details.kept(now).map_err(|field| ErrorCode::EntryRefused { field })?;
    let keys = (records::register(), records::entry(account));
    let (allowed, by, meant, register, entry) = join!(
        caller::administrator(called),
        caller::myself(called),
        accounts::one(called, account),
        records::load_or_default::<Register>(world, &keys.0),
        records::load::<Entry>(world, &keys.1),
    );
    allowed?;
    let (by, register, entry) = (by?, register?, entry?);
    let expect = revision.map_or(Expect::Absent, Expect::Revision);
    if entry.as_ref().map_or(Expect::Absent, |at| at.expect) != expect {
        return Err(ErrorCode::Conflict);
    }
    let old = entry.map(|at| at.value);
    let account_now = match (meant, &old) {
        (Ok(meant), _) => meant,
        // An account that Jira shows no more keeps its entry, and that may be changed.
        (Err(ErrorCode::AccountNotFound), Some(old)) => old.account.clone(),
        (Err(error), _) => return Err(error),
    };
    let added_at = old.map_or(now, |old| old.added_at);
    let entry = Entry { account: account_now, details, added_at, changed_at: now, changed_by: by };
    let value = register.value.with(account, Row::of(&entry)).ok_or(ErrorCode::RegisterFull)?;
    world.transact(vec![records::put(keys.0, register.expect, &value), records::put(keys.1, expect, &entry)]).await?;
    Ok(reply(called, &all(called).await?))
}

/// Answers [`crate::api::Request::RemoveEntry`]. The link for tests goes with it, and what is held for them.
///
/// # Errors
/// [`ErrorCode`]; nothing is removed.
pub async fn remove<W: World>(called: &Called<'_, W>, account: &AccountId, revision: u32) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let keys = (records::register(), records::entry(account));
    let (allowed, by, register) = join!(
        caller::administrator(called),
        caller::myself(called),
        records::load_or_default::<Register>(world, &keys.0)
    );
    allowed?;
    let (by, register) = (by?, register?);
    let value = register.value.without(account);
    let expect = Some(Expect::Revision(revision));
    let mut writes = vec![records::put(keys.0, register.expect, &value), Write::Delete { key: keys.1, expect }];
    writes.extend(trial_link::leaving(called, account, &by).await?);
    world.transact(writes).await?;
    // The entry is removed, whatever comes of this: the next round looks again.
    let _ = trial_link::release(world, account).await;
    Ok(reply(called, &all(called).await?))
}

/// Answers [`crate::api::Request::ReportRegister`]: everything that is written down, each account sealed with the one
/// before, and the whole with the report before. The seal of the last link is kept, so that a report can be held against
/// what the app remembers.
///
/// # Errors
/// [`ErrorCode`]
pub async fn report<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let (allowed, by) = join!(caller::administrator(called), caller::myself(called));
    allowed?;
    let by = by?;
    for _ in 0..TRIES {
        let all = all(called).await?;
        let now = called.world.now();
        let first = all.register.value.reports.last().map_or_else(String::new, |report| report.seal.clone());
        let (links, sealed) = links(&all, now, first);
        let reported = Reported { at: now, by: by.clone(), accounts: count(links.len()), seal: sealed.clone() };
        let register = all.register.value.reported(reported);
        match called.world.transact(vec![records::put(records::register(), all.register.expect, &register)]).await {
            Ok(()) => return Ok(Reply::RegisterReport { links, seal: sealed, now }),
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ErrorCode::Conflict)
}

/// Everything that the register is made of.
struct All {
    register: At<Register>,
    /// The main authorized user.
    main: Option<Account>,
    /// In the order of the register.
    entries: Vec<At<Entry>>,
    /// How the accounts fared in tests.
    trials: Trials,
    /// Accounts whose grant is held for tests and for nothing else.
    held: Vec<(AccountId, TestUse)>,
}

impl All {
    fn is_main(&self, account: &Account) -> bool {
        self.main.as_ref().is_some_and(|main| main.person.account_id == account.person.account_id)
    }

    fn tested(&self, account: &Account) -> TrialRow {
        self.trials.of(&account.person.account_id).copied().unwrap_or_default()
    }

    fn held(&self, account: &Account) -> Option<TestUse> {
        let mut held = self.held.iter();
        Some(held.find(|(other, _)| *other == account.person.account_id)?.1.clone())
    }

    /// Every account with what is written down of it: first the main authorized user, where that is nothing.
    fn accounts(&self) -> impl Iterator<Item = (&Account, Option<&At<Entry>>)> {
        let is = |main: &&Account| {
            let same = |at: &At<Entry>| at.value.account.person.account_id == main.person.account_id;
            !self.entries.iter().any(same)
        };
        let bare = self.main.as_ref().filter(is).map(|account| (account, None));
        bare.into_iter().chain(self.entries.iter().map(|at| (&at.value.account, Some(at))))
    }
}

async fn all<W: World>(tenant: &Tenant<'_, W>) -> Result<All, StoreError> {
    let keys = (records::connection(), records::register());
    let (connection, register, trials) = join!(
        records::load_or_default::<Connection>(tenant.world, &keys.0),
        records::load_or_default::<Register>(tenant.world, &keys.1),
        trial::all(tenant),
    );
    let (register, trials) = (register?, trials?);
    let keys: Vec<_> = register.value.rows.iter().map(|(account, _)| records::entry(account)).collect();
    let mut entries = Vec::with_capacity(keys.len());
    for some in keys.chunks(AT_ONCE) {
        let some = join_all(some.iter().map(|key| records::load::<Entry>(tenant.world, key))).await;
        for at in some {
            // One that is not there was removed at this very moment.
            entries.extend(at?);
        }
    }
    let connection = connection?.value;
    let held = held(tenant, &connection, &trials).await?;
    Ok(All { register, main: connection.main.map(|main| main.account), entries, trials, held })
}

async fn held<W: World>(
    tenant: &Tenant<'_, W>,
    connection: &Connection,
    trials: &Trials,
) -> Result<Vec<(AccountId, TestUse)>, StoreError> {
    let mut held = Vec::new();
    for some in trials.handed().chunks(AT_ONCE) {
        let keys: Vec<_> = some.iter().map(records::grant).collect();
        let grants = join_all(keys.iter().map(|key| records::load::<Grant>(tenant.world, key))).await;
        for (account, grant) in some.iter().zip(grants) {
            let grant = grant?.map(|at| at.value).filter(|grant| grant.state == GrantState::Working);
            let for_tests = grant.filter(|_| connection.needs(account).is_none()).and_then(|grant| grant.for_tests);
            held.extend(for_tests.map(|held| (account.clone(), held)));
        }
    }
    Ok(held)
}

fn links(all: &All, now: Timestamp, mut previous: String) -> (Vec<Link>, String) {
    let mut links = Vec::new();
    for (account, at) in all.accounts() {
        let entry = at.map(|at| &at.value);
        let link = Link {
            number: count(links.len()) + 1,
            account: account.clone(),
            is_main: all.is_main(account),
            details: entry.map(|entry| entry.details.clone()),
            changed_at: entry.map(|entry| entry.changed_at),
            changed_by: entry.map(|entry| entry.changed_by.clone()),
            last_test: all.tested(account).last,
            reported_at: now,
            previous,
        };
        previous = seal(&link);
        links.push(link);
    }
    (links, previous)
}

fn reply<W: World>(called: &Called<'_, W>, all: &All) -> Reply {
    let view = |(account, at): (&Account, Option<&At<Entry>>)| {
        let entry = at.map(|at| &at.value);
        EntryView {
            last_test: all.tested(account).last,
            next_test_at: all.tested(account).due_at,
            held: all.held(account),
            account: account.clone(),
            is_main: all.is_main(account),
            looks_personal: looks_personal(&account.person.display_name),
            details: entry.map(|entry| entry.details.clone()),
            rotate_on: entry.and_then(|entry| entry.details.rotate_on(entry.added_at)),
            changed_at: entry.map(|entry| entry.changed_at),
            changed_by: entry.map(|entry| entry.changed_by.clone()),
            revision: at.and_then(|at| match at.expect {
                Expect::Revision(revision) => Some(revision),
                Expect::Absent => None,
            }),
        }
    };
    let reports = all.register.value.reports.iter().rev().cloned().collect();
    let register = RegisterView { now: called.world.now(), entries: all.accounts().map(view).collect(), reports };
    Reply::Register { register: Box::new(register) }
}
