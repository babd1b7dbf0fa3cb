//! The door: an invocation in, an answer out. Nothing else is exported.

use crate::app::{Answer, Context, Invocation, answer};
use crate::host::{Host, Platform, from_js, to_js};
use crate::json;
use crate::oauth::redirect::Query;
use crate::secret::Secret;
use crate::web::{Presented, WebRequest, WebResponse};
use serde::Deserialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// What `index.js` hands over: which function Forge called, its payload, and what Forge says of the caller.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Call {
    function: Function,
    payload: Value,
    context: Context,
}

/// The functions of `manifest.yml`.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Function {
    Resolver,
    Redirect,
    Delivery,
    HandOff,
    Support,
    Upkeep,
    Work,
    Installed,
    Upgraded,
}

/// A web trigger's payload.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WebPayload {
    method: String,
    query_parameters: Option<Query>,
    body: Option<String>,
}

/// Answers one invocation.
///
/// # Errors
/// When the host hands over something that is no invocation, or a scheduled round or lifecycle event must be tried
/// again: Forge then logs the failure.
#[wasm_bindgen]
pub async fn invoke(call: JsValue, platform: Platform) -> Result<JsValue, JsValue> {
    let call: Call = json::read(from_js(call)).map_err(|_| JsError::new("not an invocation"))?;
    let host = Host::new(&platform);
    let invocation = invocation(call.function, call.payload);
    let given = match answer(&host, &call.context, invocation).await {
        // By way of one JSON value: every type is compiled for one serializer, which records need as well.
        Answer::Reply(reply) => to_js(&serde_json::to_value(reply).unwrap_or_default()),
        Answer::Web(response) => to_js(&web(&response)),
        Answer::Done(Ok(())) => JsValue::UNDEFINED,
        Answer::Done(Err(error)) => return Err(JsError::new(&code(&error)).into()),
    };
    Ok(given)
}

fn invocation(function: Function, payload: Value) -> Invocation {
    match function {
        Function::Resolver => Invocation::Request(json::read(payload).ok()),
        Function::Redirect => Invocation::Redirect(web_request(payload)),
        Function::Delivery => Invocation::Delivery(web_request(payload)),
        Function::HandOff => Invocation::HandOff(web_request(payload)),
        Function::Support => {
            let presented = presented(&payload["headers"]);
            Invocation::Support(web_request(payload), presented)
        }
        Function::Upkeep => Invocation::Upkeep,
        Function::Work => Invocation::Work(json::read(payload).ok()),
        Function::Installed => Invocation::Installed,
        Function::Upgraded => Invocation::Upgraded,
    }
}

fn web_request(payload: Value) -> WebRequest {
    // A payload of another shape has no method, and no endpoint allows that.
    let WebPayload { method, query_parameters, body } = json::read(payload).unwrap_or_default();
    WebRequest { method, query: query_parameters.unwrap_or_default(), body: body.unwrap_or_default() }
}

/// Names of headers are alike in any case (RFC 9110 section 5.1), and one that came several times is a list (section 5.3).
fn presented(headers: &Value) -> Presented {
    let header = |name: &str| {
        let named = headers.as_object()?.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        let values: Vec<&str> =
            named.filter_map(|(_, values)| values.as_array()).flatten().filter_map(Value::as_str).collect();
        (!values.is_empty()).then(|| values.join(","))
    };
    Presented { code: header("X-Support-Code").map(Secret::new), signature: header("X-Support-Signature") }
}

fn web(response: &WebResponse) -> Value {
    let mut headers = serde_json::Map::new();
    for (name, value) in &response.headers {
        headers.insert((*name).to_owned(), json!([value]));
    }
    json!({ "statusCode": response.status, "headers": headers, "body": response.body })
}

/// The code alone: an error that is logged carries no names.
fn code(error: &crate::api::ErrorCode) -> String {
    let error = serde_json::to_value(error).unwrap_or_default();
    error["code"].as_str().unwrap_or("unknown").to_owned()
}
