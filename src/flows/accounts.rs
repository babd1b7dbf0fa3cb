//! Finding the account that is meant.

use crate::api::{Candidate, ErrorCode, Reply};
use crate::domain::account::{Account, AccountId};
use crate::domain::connection::Connection;
use crate::domain::register::looks_personal;
use crate::jira::{self, JiraRefused};
use crate::ports::{Principal, World};
use crate::records;
use crate::tenant::Called;
use futures_util::join;

use super::{ask, caller};

/// Longest text that is searched for, in characters.
const LONGEST: usize = 100;

/// One account, as Jira shows it to the caller.
///
/// # Errors
/// [`ErrorCode`]
pub async fn one<W: World>(called: &Called<'_, W>, id: &AccountId) -> Result<Account, ErrorCode> {
    match ask::forge(called, Principal::Caller, &jira::user(id)).await {
        Ok(user) => jira::read_account(&user).map_err(|_| ErrorCode::AccountNotFound),
        Err(JiraRefused::NotFound) => Err(ErrorCode::AccountNotFound),
        Err(refused) => Err(caller::unavailable(&refused)),
    }
}

/// Finds people by name or email address, as Jira shows them to the caller.
///
/// # Errors
/// [`ErrorCode`]
pub async fn find<W: World>(called: &Called<'_, W>, query: &str) -> Result<Reply, ErrorCode> {
    if query.chars().count() > LONGEST {
        return Err(ErrorCode::InvalidRequest);
    }
    let search = jira::user_search(query);
    let key = records::connection();
    let (allowed, found, connection) = join!(
        caller::administrator(called),
        ask::forge(called, Principal::Caller, &search),
        records::load_or_default::<Connection>(called.world, &key),
    );
    allowed?;
    let users = found.map_err(|refused| caller::unavailable(&refused))?;
    let main = connection?.value.main.map(|main| main.account.person.account_id);
    let candidate = |account: Account| Candidate {
        unsuitable: account.suitable().err(),
        looks_personal: looks_personal(&account.person.display_name),
        is_main: main.as_ref() == Some(&account.person.account_id),
        account,
    };
    Ok(Reply::Accounts { accounts: jira::read_accounts(&users).into_iter().map(candidate).collect() })
}
