//! Who calls, whether they may, and which flow that is: one exhaustive match.

use crate::api::{ErrorCode, Reply, Request};
use crate::domain::account::AccountId;
use crate::domain::site::CloudId;
use crate::flows::begin::Wish;
use crate::flows::{
    access_requests, accounts, begin, check, comment, connections, delivery, explain, hand_off, integrations,
    issue_types, kept, lifecycle, limits, link, mirror, other_sites, pairs, personal, proceed, prompt, receipts,
    redirect, register, rehearse, reporting, roll_back, run_again, schedule, settings, status, steps, support,
    support_door, trial, trial_link, upkeep, verify,
};
use crate::ports::{Work, World};
use crate::tenant::{Called, Config, Tenant, Variables};
use crate::web::{Presented, WebRequest, WebResponse};
use serde::Deserialize;
use std::pin::Pin;
use std::rc::Rc;

/// What Forge says of an invocation. It comes from the platform, never from a payload.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Context {
    /// `ari:cloud:jira::site/<cloudId>`.
    pub install_context: String,
    /// Who calls; absent for web triggers, schedules and events.
    pub account_id: Option<String>,
    /// `DEVELOPMENT`, `STAGING` or `PRODUCTION`.
    pub environment_type: String,
    /// Which environment.
    pub environment_id: String,
}

/// What is asked for. Which variant it is, the handler knows by which function Forge called.
pub enum Invocation {
    /// From the panel; `None` when the payload fits no [`Request`].
    Request(Option<Request>),
    /// The OAuth 2.0 redirect endpoint.
    Redirect(WebRequest),
    /// A delivery of a webhook.
    Delivery(WebRequest),
    /// Somebody with a hand-off link.
    HandOff(WebRequest),
    /// The door for support.
    Support(WebRequest, Presented),
    /// The round of every five minutes.
    Upkeep,
    /// Work that another invocation sent on its way; `None` when it is none.
    Work(Option<Work>),
    /// The app was installed.
    Installed,
    /// The app was upgraded.
    Upgraded,
}

/// What Forge gets back.
pub enum Answer {
    /// For the panel.
    Reply(Reply),
    /// For whoever came to a web trigger.
    Web(WebResponse),
    /// For the platform: whether it went well.
    Done(Result<(), ErrorCode>),
}

/// Answers an invocation.
pub async fn answer<W: World + Variables>(world: &W, context: &Context, invocation: Invocation) -> Answer {
    let Ok(cloud_id) = CloudId::from_install_context(&context.install_context) else {
        return nowhere(&invocation);
    };
    let config = Rc::new(Config::new(world, context.environment_type == "DEVELOPMENT"));
    let (environment, environment_type) = (context.environment_id.clone(), context.environment_type.clone());
    let tenant = Tenant { world, config, cloud_id, environment, environment_type };
    // Behind a pointer each, here and below: WebAssembly is compiled function by function, and all flows would be one.
    let answer: Pin<Box<dyn Future<Output = Answer> + '_>> = match invocation {
        Invocation::Request(request) => Box::pin(reply(tenant, context, request)),
        Invocation::Redirect(request) => {
            Box::pin(async move { Answer::Web(redirect::redirect(&tenant, &request).await) })
        }
        Invocation::Delivery(request) => {
            Box::pin(async move { Answer::Web(delivery::delivery(&tenant, &request).await) })
        }
        Invocation::HandOff(request) => Box::pin(async move { Answer::Web(link::link(&tenant, &request).await) }),
        Invocation::Support(request, presented) => {
            Box::pin(async move { Answer::Web(support_door::door(&tenant, &request, &presented).await) })
        }
        Invocation::Upkeep => Box::pin(async move { Answer::Done(upkeep::upkeep(&tenant).await) }),
        // Work of another version of the app is let go: the round that Forge starts every five minutes sends it anew.
        Invocation::Work(None) => return Answer::Done(Ok(())),
        Invocation::Work(Some(Work::Change { key })) => {
            Box::pin(async move { Answer::Done(steps::work(&tenant, &key).await) })
        }
        Invocation::Work(Some(Work::Verify { generation, batch })) => {
            Box::pin(async move { Answer::Done(verify::work(&tenant, generation, batch).await) })
        }
        Invocation::Work(Some(Work::Rehearse { account, id, batch })) => {
            Box::pin(async move { Answer::Done(rehearse::work(&tenant, &account, &id, batch).await) })
        }
        Invocation::Work(Some(Work::Trial { account, id, step })) => {
            Box::pin(async move { Answer::Done(trial::work(&tenant, &account, &id, step).await) })
        }
        Invocation::Work(Some(Work::Intake { integration })) => {
            Box::pin(async move { Answer::Done(mirror::work_on_issues(&tenant, &integration).await) })
        }
        Invocation::Work(Some(Work::Mirror { integration, here })) => {
            Box::pin(async move { Answer::Done(mirror::work(&tenant, &integration, here).await) })
        }
        Invocation::Installed => {
            Box::pin(async move { Answer::Done(lifecycle::installed(&tenant).await.map_err(Into::into)) })
        }
        Invocation::Upgraded => {
            Box::pin(async move { Answer::Done(lifecycle::upgraded(&tenant).await.map_err(Into::into)) })
        }
    };
    answer.await
}

async fn reply<W: World>(tenant: Tenant<'_, W>, context: &Context, request: Option<Request>) -> Answer {
    let caller = context.account_id.as_deref().and_then(|id| AccountId::parse(id).ok());
    let result = match (caller, request) {
        (None, _) => Err(ErrorCode::NotSignedIn),
        (Some(_), None) => Err(ErrorCode::InvalidRequest),
        (Some(caller), Some(request)) => ask(&Called { tenant, caller }, request).await,
    };
    Answer::Reply(result.unwrap_or_else(|error| Reply::Refused { error }))
}

/// A flow under way.
type Flow<'f> = Pin<Box<dyn Future<Output = Result<Reply, ErrorCode>> + 'f>>;

/// Requests about the site ask Jira, live, whether the caller is an administrator, before they show or change anything of
/// it. Requests about the caller touch nobody else's records.
async fn ask<W: World>(called: &Called<'_, W>, request: Request) -> Result<Reply, ErrorCode> {
    let flow: Flow<'_> = match &request {
        Request::Status { watching } => Box::pin(status::status(called, watching.as_ref())),
        Request::FindAccounts { query } => Box::pin(accounts::find(called, query)),
        Request::BeginChange { intended, instead_of, policy, acknowledged, switch_at } => {
            let acknowledged = acknowledged.as_deref();
            let (instead_of, policy, switch_at) = (instead_of.clone(), *policy, *switch_at);
            Box::pin(begin::begin(called, Wish { intended, instead_of, policy, acknowledged, switch_at }))
        }
        Request::HandOffChange { intended, instead_of, policy, acknowledged, switch_at } => {
            let acknowledged = acknowledged.as_deref();
            let (instead_of, policy, switch_at) = (instead_of.clone(), *policy, *switch_at);
            Box::pin(hand_off::begin(called, Wish { intended, instead_of, policy, acknowledged, switch_at }))
        }
        Request::RenewHandOff { change } => Box::pin(hand_off::renew(called, change)),
        Request::RevokeHandOff { change } => Box::pin(hand_off::revoke(called, change)),
        Request::Rehearse { account, again } => Box::pin(rehearse::begin(called, account, *again)),
        Request::Rehearsal { account } => Box::pin(rehearse::read(called, account)),
        Request::RehearsedProjects { account, part } => Box::pin(rehearse::projects(called, account, *part)),
        Request::ReopenAuthorization { change } => Box::pin(begin::reopen(called, change)),
        Request::ContinueChange { change } => Box::pin(proceed::proceed(called, change)),
        Request::AcceptAccount { change, account_id, acknowledged } => {
            Box::pin(proceed::accept(called, change, account_id, acknowledged.as_deref()))
        }
        Request::CancelChange { change } => Box::pin(proceed::cancel(called, change)),
        Request::SwitchNow { change } => Box::pin(schedule::switch_now(called, change)),
        Request::CheckNow {} => Box::pin(check::now(called)),
        Request::Register {} => Box::pin(register::read(called)),
        Request::SaveEntry { account, details, revision } => {
            Box::pin(register::save(called, account, details.clone(), *revision))
        }
        Request::RemoveEntry { account, revision } => Box::pin(register::remove(called, account, *revision)),
        Request::ReportRegister {} => Box::pin(register::report(called)),
        Request::Trial { account } => Box::pin(trial::read(called, account)),
        Request::SettleTrial { account, project, repeat } => {
            Box::pin(trial::settle(called, account, *project, *repeat))
        }
        Request::TestAccount { account } => Box::pin(trial::begin(called, account)),
        Request::HandOffTest { account } => Box::pin(trial_link::hand_off(called, account)),
        Request::RevokeTestLink { account } => Box::pin(trial_link::revoke(called, account)),
        Request::DeleteTestGrant { account } => Box::pin(trial_link::delete(called, account)),
        Request::Receipts { from } => Box::pin(receipts::list(called, *from)),
        Request::RollBack { acknowledged } => Box::pin(roll_back::roll_back(called, acknowledged.as_deref())),
        Request::ChangeSettings { settings } => Box::pin(settings::change(called, *settings)),
        Request::Runs { page } => Box::pin(reporting::list(called, page)),
        Request::Run { id, part } => Box::pin(reporting::one(called, id, *part)),
        Request::ShareRun { id, share } => Box::pin(reporting::share(called, id, *share)),
        Request::RunAgain { id } => Box::pin(run_again::again(called, id)),
        Request::Integrations {} => Box::pin(integrations::list(called)),
        Request::CreateIntegration { terms } => Box::pin(integrations::create(called, terms.clone())),
        Request::ChangeIntegration { id, seen, terms } => {
            Box::pin(integrations::change(called, id, *seen, terms.clone()))
        }
        Request::SwitchIntegration { id, seen, on } => Box::pin(integrations::switch(called, id, *seen, *on)),
        Request::RemoveIntegration { id, seen } => Box::pin(integrations::remove(called, id, *seen)),
        Request::OtherSites {} => Box::pin(other_sites::list(called)),
        Request::FindProjectsThere { site, query } => Box::pin(other_sites::find_projects(called, site, query)),
        Request::FindPeopleThere { site, query } => Box::pin(other_sites::find_people(called, site, query)),
        Request::IssueTypes { site, project } => Box::pin(issue_types::list(called, site, *project)),
        Request::TryIssuesAgain { integration } => Box::pin(pairs::issues_again(called, integration)),
        Request::Pairs { integration, from } => Box::pin(pairs::list(called, integration, *from)),
        Request::JoinIssues { integration, here, there } => {
            Box::pin(pairs::join_issues(called, integration, here, there))
        }
        Request::PartIssues { integration, here, there } => Box::pin(pairs::part(called, integration, *here, *there)),
        Request::TryPairAgain { integration, here } => Box::pin(pairs::again(called, integration, *here)),
        Request::Connections { page } => Box::pin(connections::list(called, page)),
        Request::Remind { accounts } => Box::pin(connections::remind(called, accounts)),
        Request::SteerWave { to } => Box::pin(connections::steer(called, *to)),
        Request::Access {} => Box::pin(limits::access(called)),
        Request::FindProjects { query } => Box::pin(limits::find_projects(called, query)),
        Request::LimitProjects { edition, limit, nowhere } => {
            Box::pin(limits::limit_projects(called, *edition, limit, *nowhere == Some(true)))
        }
        Request::LimitAdministrators { edition, accounts } => {
            Box::pin(limits::limit_administrators(called, *edition, accounts.as_deref()))
        }
        Request::RequestAccess {} => Box::pin(access_requests::request(called)),
        Request::DecideAccess { account, approve } => Box::pin(access_requests::decide(called, account, *approve)),
        Request::Explain { account, place } => Box::pin(explain::explain(called, account.as_ref(), place)),
        Request::Support {} => Box::pin(support::read(called)),
        Request::GrantSupport { ticket, until } => Box::pin(support::grant(called, ticket, *until)),
        Request::ApproveSupport { id, until } => Box::pin(support::approve(called, id, *until)),
        Request::DeclineSupport { id } => Box::pin(support::decline(called, id)),
        Request::RevokeSupport { id } => Box::pin(support::revoke(called, id)),
        Request::About {} => Box::pin(support::about(called)),
        Request::Me {} => Box::pin(personal::me(called)),
        Request::Authorize {} => Box::pin(personal::authorize(called)),
        Request::Disconnect {} => Box::pin(personal::disconnect(called)),
        Request::Prompt { risks } => Box::pin(prompt::prompt(called, risks.unwrap_or(true))),
        Request::ReadAnnouncement { change } => Box::pin(schedule::read_announcement(called, change)),
        Request::Snooze {} => Box::pin(prompt::snooze(called)),
        Request::Comment { issue_id, text, internal } => Box::pin(comment::comment(called, issue_id, text, *internal)),
        Request::PostHeld { text } => Box::pin(comment::post_held(called, text.as_deref())),
        Request::PostForMe { text } => Box::pin(comment::post_for_me(called, text.as_deref())),
        Request::DiscardHeld {} => Box::pin(kept::discard(called)),
    };
    flow.await
}

/// Forge installed the app somewhere that is no Jira site.
fn nowhere(invocation: &Invocation) -> Answer {
    match invocation {
        Invocation::Request(_) => Answer::Reply(Reply::Refused { error: ErrorCode::InvalidRequest }),
        Invocation::Redirect(_) => Answer::Web(crate::pages::refused()),
        Invocation::HandOff(_) => Answer::Web(crate::pages::hand_off::unknown()),
        Invocation::Delivery(_) => Answer::Web(WebResponse::empty(204)),
        Invocation::Support(..) => Answer::Web(crate::support_page::refused()),
        Invocation::Upkeep | Invocation::Work(_) | Invocation::Installed | Invocation::Upgraded => {
            Answer::Done(Err(ErrorCode::InvalidRequest))
        }
    }
}
