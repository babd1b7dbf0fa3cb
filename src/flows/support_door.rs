//! The door for support: anonymous, so it opens to a code that an administrator granted, and takes requests that are signed
//! with the app's own key. It reads, and writes down who read.
//!
//! Nobody is locked out for what others try: a code has 256 random bits, so that guessing needs no limit, and a flood costs
//! two reads each and next to no write.

use crate::domain::refusal::Refusals;
use crate::domain::support::{Asked, Call, DoorRefusal, Support, Viewed};
use crate::domain::time::Timestamp;
use crate::json;
use crate::oauth::authorization_request::fingerprint;
use crate::ports::{StoreError, World};
use crate::records::{self, At, Instance};
use crate::secret::Secret;
use crate::support_page;
use crate::tenant::Tenant;
use crate::url::hex;
use crate::web::{Presented, WebRequest, WebResponse};
use futures_util::join;
use serde::Deserialize;
use serde_json::json;

use super::shared_runs;
use super::support_preview::preview;

/// Longest body of a request, in bytes: the texts at their longest, escaped, and some room.
const LONGEST: usize = 8192;

/// Longest nonce and longest name of a run, in bytes.
const NAME: usize = 128;

/// A request for access, as support signs it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Signed {
    /// The installation that it is meant for: the key is the same for all of them.
    instance_id: String,
    who: String,
    ticket: String,
    reason: String,
    /// Until when access is wanted, in milliseconds since 1970-01-01T00:00:00Z.
    until: Timestamp,
    /// When it was signed, in milliseconds since 1970-01-01T00:00:00Z.
    at: Timestamp,
    /// What tells it from every other request.
    nonce: String,
}

/// Why nothing is shown and nothing is taken.
enum Turned {
    /// It does not fit.
    Away(DoorRefusal),
    /// Storage gave no answer.
    Unavailable,
}

impl From<DoorRefusal> for Turned {
    fn from(refusal: DoorRefusal) -> Self {
        Self::Away(refusal)
    }
}

impl From<StoreError> for Turned {
    fn from(_: StoreError) -> Self {
        Self::Unavailable
    }
}

/// Answers whoever comes to the door.
pub async fn door<W: World>(tenant: &Tenant<'_, W>, request: &WebRequest, presented: &Presented) -> WebResponse {
    let answer = match (request.method.as_str(), &presented.code) {
        ("GET", None) => return support_page::page(),
        ("GET", Some(code)) => show(tenant, request, code).await,
        ("POST", _) => hear(tenant, &request.body, presented.signature.as_deref()).await,
        (_, _) => return WebResponse::method_not_allowed("GET, POST"),
    };
    match answer {
        Ok(response) => response,
        Err(Turned::Away(reason)) => {
            note(tenant, reason).await;
            match reason {
                // Whoever is told so has access.
                DoorRefusal::NotShared => support_page::not_shared(),
                DoorRefusal::Malformed
                | DoorRefusal::UnknownCode
                | DoorRefusal::Expired
                | DoorRefusal::Revoked
                | DoorRefusal::NoKey
                | DoorRefusal::BadSignature
                | DoorRefusal::Elsewhere
                | DoorRefusal::Stale
                | DoorRefusal::Replayed
                | DoorRefusal::Full => support_page::refused(),
            }
        }
        Err(Turned::Unavailable) => support_page::unavailable(),
    }
}

/// Shows the configuration, or one run that is shared, to whoever has a code. What is looked at is written down before it is
/// shown.
async fn show<W: World>(tenant: &Tenant<'_, W>, request: &WebRequest, code: &Secret) -> Result<WebResponse, Turned> {
    if !code.looks_random() {
        return Err(DoorRefusal::Malformed.into());
    }
    let digest = fingerprint(code);
    let at = records::load_or_default::<Support>(tenant.world, &records::support()).await?;
    let until = at.value.opened_by(&digest, tenant.world.now())?.1.until;
    let (body, what) = match request.query.get("run").map(Vec::as_slice) {
        None => (json!({ "until": until, "preview": preview(tenant).await? }), Viewed::Configuration),
        Some([id]) if id.len() <= NAME => match shared_runs::details(tenant, id).await? {
            Some(run) => (json!({ "until": until, "run": run }), Viewed::Run { id: id.clone() }),
            None => return Err(DoorRefusal::NotShared.into()),
        },
        Some(_) => return Err(DoorRefusal::NotShared.into()),
    };
    let refused = std::cell::Cell::new(None);
    let viewed =
        |held: Support| held.viewed(&digest, &what, tenant.world.now()).map_err(|why| refused.set(Some(why))).ok();
    records::amend(tenant.world, records::support(), at, &viewed).await?;
    match refused.get() {
        None => Ok(support_page::shown(&body)),
        Some(reason) => Err(reason.into()),
    }
}

/// Takes a request for access.
async fn hear<W: World>(tenant: &Tenant<'_, W>, body: &str, signature: Option<&str>) -> Result<WebResponse, Turned> {
    let key = tenant.config.support_key.as_ref().ok_or(DoorRefusal::NoKey)?;
    let signature = signature.filter(|_| body.len() <= LONGEST).ok_or(DoorRefusal::Malformed)?;
    if !key.signed(body, signature) {
        return Err(DoorRefusal::BadSignature.into());
    }
    let signed: Option<Signed> = serde_json::from_str(body).ok().and_then(|body| json::read(body).ok());
    let Signed { instance_id, who, ticket, reason, until, at, nonce } =
        signed.filter(|signed| (16..=NAME).contains(&signed.nonce.len())).ok_or(DoorRefusal::Malformed)?;
    let keys = (records::instance(), records::support());
    let (instance, held) = join!(
        records::load::<Instance>(tenant.world, &keys.0),
        records::load_or_default::<Support>(tenant.world, &keys.1)
    );
    let (instance, held): (_, At<Support>) = (instance?, held?);
    if instance.is_none_or(|at| at.value.id != instance_id) {
        return Err(DoorRefusal::Elsewhere.into());
    }
    let call = Call { asked: Asked { who, ticket, reason, until }, at, nonce: fingerprint(&Secret::new(nonce)) };
    let id = hex(&tenant.world.random()[..16]);
    let refused = std::cell::Cell::new(None);
    let heard = |held: Support| {
        held.heard(call.clone(), id.clone(), tenant.world.now()).map_err(|why| refused.set(Some(why))).ok()
    };
    records::amend(tenant.world, keys.1, held, &heard).await?;
    match refused.get() {
        None => Ok(support_page::taken(&id)),
        Some(reason) => Err(reason.into()),
    }
}

async fn note<W: World>(tenant: &Tenant<'_, W>, reason: DoorRefusal) {
    let key = records::door_refusals();
    let Ok(at) = records::load_or_default::<Refusals<DoorRefusal>>(tenant.world, &key).await else { return };
    // What cannot be counted is turned away all the same.
    let _ = records::amend(tenant.world, key, at, &|rows| rows.with_few(reason, tenant.world.now())).await;
}
