//! The ports over Forge: `src/host.js` for what needs Atlassian's SDK, `gloo-net` for HTTP, JavaScript for time and chance.

use crate::domain::time::Timestamp;
use crate::jira::JiraRequest;
use crate::json;
use crate::ports::{
    Attribute, Body, Expect, HttpRequest, HttpResponse, Index, Keep, Key, Listing, Page, Principal, StoreError, Stored,
    Unavailable, WebTrigger, Work, World, Write,
};
use crate::rate_limit;
use crate::secret::Secret;
use crate::tenant::Variables;
use gloo_net::http::{Method, RequestBuilder, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestCache, RequestRedirect};

/// Longest that one request with a grant's token may take, in milliseconds: a resolver has 25 seconds for all of them.
/// Requests through Forge have Forge's own limit.
const TIMEOUT_MS: u32 = 10_000;

#[wasm_bindgen]
extern "C" {
    /// The object that `src/host.js` makes for one invocation.
    pub type Platform;

    #[wasm_bindgen(method, catch)]
    async fn pause(this: &Platform, ms: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn get(this: &Platform, entity: &str, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn create(this: &Platform, write: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn transact(this: &Platform, writes: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getSecret)]
    async fn get_secret(this: &Platform, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setSecret)]
    async fn set_secret(this: &Platform, key: &str, value: &str, days: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = deleteSecret)]
    async fn delete_secret(this: &Platform, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestJira)]
    async fn request_jira(
        this: &Platform,
        principal: &str,
        method: &str,
        path: &str,
        body: Option<String>,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn list(this: &Platform, listing: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn push(this: &Platform, work: JsValue, delay_s: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = webTriggerUrl)]
    async fn web_trigger_url(this: &Platform, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn variable(this: &Platform, name: &str) -> Option<String>;

    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(buffer: &mut [u8]);
}

/// The world of one invocation on Forge.
pub struct Host<'p> {
    platform: &'p Platform,
}

impl<'p> Host<'p> {
    /// Over the platform object of this invocation.
    pub fn new(platform: &'p Platform) -> Self {
        Self { platform }
    }
}

impl Variables for Host<'_> {
    fn get(&self, name: &str) -> Option<String> {
        self.platform.variable(name)
    }
}

/// A record as the custom entities of `manifest.yml` hold it.
#[derive(Deserialize)]
struct Entry {
    revision: u32,
    document: Value,
}

/// A page of records.
#[derive(Deserialize)]
struct Found {
    rows: Vec<Entry>,
    next: Option<String>,
}

/// Jira's answer, as `src/host.js` passes it on: of its headers those that tell of limits, by name in lower case.
#[derive(Deserialize)]
struct JiraAnswer {
    status: u16,
    headers: Value,
    body: String,
}

impl World for Host<'_> {
    fn now(&self) -> Timestamp {
        #[expect(clippy::cast_possible_truncation, reason = "Date.now() is a whole number, far below 2^53")]
        Timestamp(clock_ms() as i64)
    }

    fn random(&self) -> [u8; 32] {
        let mut bits = [0; 32];
        get_random_values(&mut bits);
        bits
    }

    async fn pause(&self, ms: u32) {
        // A timer that cannot be set is no wait.
        let _ = self.platform.pause(ms).await;
    }

    async fn get(&self, key: &Key) -> Result<Option<Stored>, StoreError> {
        let found = self.platform.get(key.entity.name(), &key.id).await.map_err(store_error)?;
        if found.is_undefined() || found.is_null() {
            return Ok(None);
        }
        let entry: Entry = json::read(from_js(found)).map_err(|_| StoreError::Corrupt)?;
        Ok(Some(Stored { revision: entry.revision, document: entry.document }))
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        // One create-if-absent has an operation of its own, better documented than a transaction on an absent key.
        let answer = match writes.as_slice() {
            [write @ Write::Put { expect: Expect::Absent, .. }] => self.platform.create(to_js(&part(write))).await,
            _ => self.platform.transact(to_js(&writes.iter().map(part).collect())).await,
        };
        answer.map(|_| ()).map_err(store_error)
    }

    async fn secret(&self, key: &str) -> Result<Option<Secret>, StoreError> {
        let found = self.platform.get_secret(key).await.map_err(store_error)?;
        Ok(found.as_string().map(Secret::new))
    }

    async fn keep_secret(&self, key: &str, secret: &Secret, keep: Keep) -> Result<(), StoreError> {
        self.platform.set_secret(key, secret.reveal(), keep.days()).await.map(|_| ()).map_err(store_error)
    }

    async fn forget_secret(&self, key: &str) -> Result<(), StoreError> {
        self.platform.delete_secret(key).await.map(|_| ()).map_err(store_error)
    }

    async fn jira(&self, principal: Principal, request: &JiraRequest) -> Result<HttpResponse, Unavailable> {
        let principal = match principal {
            Principal::Caller => "caller",
            Principal::App => "app",
        };
        let body = request.body.as_ref().map(Value::to_string);
        let answer = self.platform.request_jira(principal, request.method, &request.path, body).await;
        let answer: JiraAnswer = json::read(from_js(answer.map_err(|_| Unavailable)?)).map_err(|_| Unavailable)?;
        let header = |name: &str| answer.headers[name.to_ascii_lowercase()].as_str().map(str::to_owned);
        let limits = rate_limit::read(answer.status, &header, self.now());
        Ok(HttpResponse { status: answer.status, limits, body: answer.body })
    }

    async fn http(&self, request: HttpRequest<'_>) -> Result<HttpResponse, Unavailable> {
        let answer = send(request).await.map_err(|_| Unavailable)?;
        let (status, headers) = (answer.status(), answer.headers());
        let limits = rate_limit::read(status, &|name| headers.get(name), self.now());
        let body = answer.text().await.map_err(|_| Unavailable)?;
        Ok(HttpResponse { status, limits, body })
    }

    async fn web_trigger_url(&self, trigger: WebTrigger) -> Result<String, Unavailable> {
        let url = self.platform.web_trigger_url(trigger.key()).await.map_err(|_| Unavailable)?;
        url.as_string().ok_or(Unavailable)
    }

    async fn list(&self, listing: &Listing) -> Result<Page, StoreError> {
        let (entity, index, ..) = listing.index.shape();
        let asked = json!({
            "entity": entity.name(),
            "index": index,
            "partition": listing.partition,
            "descending": listing.descending,
            "beginsWith": listing.begins_with,
            "cursor": listing.cursor,
            "limit": listing.limit,
        });
        let found = self.platform.list(to_js(&asked)).await.map_err(store_error)?;
        let found: Found = json::read(from_js(found)).map_err(|_| StoreError::Corrupt)?;
        let stored = |entry: Entry| Stored { revision: entry.revision, document: entry.document };
        Ok(Page { rows: found.rows.into_iter().map(stored).collect(), next: found.next })
    }

    async fn push(&self, work: &Work, delay_s: u32) -> Result<(), Unavailable> {
        let work = serde_json::to_value(work).unwrap_or_default();
        self.platform.push(to_js(&work), delay_s).await.map(|_| ()).map_err(|_| Unavailable)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks for")]
fn clock_ms() -> f64 {
    js_sys::Date::now()
}

async fn send(request: HttpRequest<'_>) -> Result<Response, gloo_net::Error> {
    let signal = AbortSignal::timeout_with_u32(TIMEOUT_MS);
    // A redirect is handed back as an error: it must not carry the Authorization header to another host.
    let mut builder = RequestBuilder::new(&request.url)
        .method(request.method.parse().unwrap_or(Method::GET))
        .redirect(RequestRedirect::Error)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&signal))
        .header("Accept", "application/json");
    if let Some(bearer) = request.bearer {
        builder = builder.header("Authorization", &format!("Bearer {}", bearer.reveal()));
    }
    let Some(body) = request.body else { return builder.send().await };
    let text = match &body {
        Body::Secret(secret) => secret.reveal(),
        Body::Plain(text) => text,
        Body::File(sent) => {
            // Jira blocks a form from anywhere without this header: a browser could have been made to send it.
            builder = builder.header("X-Atlassian-Token", "no-check").header("Content-Type", &sent.content_type());
            return builder.body(sent.body())?.send().await;
        }
    };
    builder.header("Content-Type", "application/json").body(text)?.send().await
}

fn part(write: &Write) -> Value {
    match write {
        Write::Put { key, expect, document, index } => {
            let mut put = json!({ "revision": revision(expect.next()), "document": document });
            for (name, value) in index.iter().flat_map(|Index(attributes)| attributes) {
                put[*name] = match value {
                    Attribute::Text(text) => json!(text),
                    Attribute::Moment(at) => json!(at),
                };
            }
            json!({ "put": put, "entity": key.entity.name(), "key": key.id, "expected": revision(*expect) })
        }
        Write::Delete { key, expect } => {
            let mut part = json!({ "entity": key.entity.name(), "key": key.id });
            if let Some(expect) = expect {
                part["expected"] = revision(*expect);
            }
            part
        }
    }
}

/// `null` for a record that is not there.
fn revision(expect: Expect) -> Value {
    match expect {
        Expect::Absent => Value::Null,
        Expect::Revision(at) => json!(at),
    }
}

/// A value of JavaScript's as JSON. Every shape is then read from that by one reader; what is no JSON reads as `null`,
/// which no shape accepts.
pub fn from_js(value: JsValue) -> Value {
    serde_wasm_bindgen::from_value(value).unwrap_or_default()
}

/// A JSON value as one of JavaScript's.
pub fn to_js(value: &Value) -> JsValue {
    // Our own documents have text keys and finite numbers only, so this cannot fail.
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}

/// `src/host.js` throws a name for what it knows, and whatever the SDK threw for the rest.
#[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
fn store_error(thrown: JsValue) -> StoreError {
    match thrown.as_string().as_deref() {
        Some("conflict") => StoreError::Conflict,
        Some("stale") => StoreError::Corrupt,
        Some(_) | None => StoreError::Unavailable,
    }
}
