//! `verify-report`: whether an exported report is whole and unaltered.
//!
//! A report lists links, each of which names the seal of the link before it: the SHA-256 of that link's JSON with its keys
//! sorted. Whoever alters one link must alter every later one, and then the last seal is another than the app shows.

use crate::failure::Failure;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// A kind of report.
struct Format {
    /// What its `format` says.
    name: &'static str,
    /// What its links are called.
    links: &'static str,
    /// Whether its first link names the seal of the report before, if there was one.
    follows: bool,
}

/// Reports that are known.
const FORMATS: [Format; 2] = [
    Format { name: "integration-plus/receipts/1", links: "receipts", follows: false },
    Format { name: "integration-plus/register/1", links: "accounts", follows: true },
];

/// The command.
pub fn run(file: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::io(format!("read {}", file.display()), &error))?;
    let verified = verify(&text).map_err(Failure::new)?;
    println!("{verified}");
    Ok(())
}

/// What is true of the report, or the first thing that is wrong with it.
fn verify(text: &str) -> Result<String, String> {
    let report: Value = serde_json::from_str(text).map_err(|error| format!("This is no JSON: {error}."))?;
    let format = report["format"].as_str().unwrap_or_default();
    let known = FORMATS.iter().find(|known| known.name == format).ok_or_else(|| {
        format!("This is no report of Integration+ that this version knows: its format is `{format}`.")
    })?;
    let name = known.links;
    let links = report[name].as_array().ok_or_else(|| format!("The report has no list of {name}."))?;
    let before = if known.follows { before(&report, links, name)? } else { String::new() };
    let mut previous = before.clone();
    for (place, link) in links.iter().enumerate() {
        let number = place + 1;
        if link["number"].as_u64() != u64::try_from(number).ok() {
            return Err(format!("Number {number} of the {name} is missing or out of its place."));
        }
        if link["previous"].as_str() != Some(&previous) {
            return Err(match number {
                1 => format!("Number 1 of the {name} claims that there was one before it: the beginning is missing."),
                _ => format!("Number {} of the {name} was altered, or number {number} was put after it.", number - 1),
            });
        }
        previous = seal(link);
    }
    if report["seal"].as_str() != Some(&previous) {
        return Err(match links.len() {
            0 => format!("The report holds no {name}, and yet a seal of some."),
            last => format!("Number {last} of the {name} was altered, or later ones are missing."),
        });
    }
    let verified = match links.len() {
        0 => format!("The report holds no {name}, and says so."),
        count => format!(
            "{count} {name}, whole and unaltered. The last seal is {previous}: compare it with the one that Integration+ shows."
        ),
    };
    Ok(match (known.follows, before.as_str()) {
        (false, _) => verified,
        (true, "") => format!("{verified} It is the first report: it follows none."),
        (true, before) => format!("{verified} It follows the report with the seal {before}."),
    })
}

/// The seal of the report before, which a report without links hands on as its own; empty for the first report.
fn before(report: &Value, links: &[Value], name: &str) -> Result<String, String> {
    let stands = links.first().map_or(&report["seal"], |first| &first["previous"]);
    match stands.as_str() {
        Some(seal) if seal.is_empty() || is_seal(seal) => Ok(seal.to_owned()),
        _ => Err(format!("What the {name} follow is no seal: number 1 was altered, or there is no seal at all.")),
    }
}

fn is_seal(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Lower-case hexadecimal SHA-256 of a link's JSON: `serde_json` sorts the keys of an object.
fn seal(link: &Value) -> String {
    let digest = Sha256::digest(link.to_string().as_bytes());
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn report(count: u64) -> Value {
        let (links, seal) = chain(count, "");
        json!({ "format": "integration-plus/receipts/1", "receipts": links, "seal": seal })
    }

    /// A report of the register that follows the one with the seal `before`.
    fn register(count: u64, before: &str) -> Value {
        let (links, seal) = chain(count, before);
        json!({ "format": "integration-plus/register/1", "exportedAt": "2026-01-05T11:00:00.000Z", "accounts": links, "seal": seal })
    }

    fn chain(count: u64, before: &str) -> (Vec<Value>, String) {
        let (mut links, mut previous) = (Vec::new(), before.to_owned());
        for number in 1..=count {
            let link = json!({ "number": number, "to": { "displayName": "Ünï \"x\"" }, "at": 1_767_610_800_000_u64, "previous": previous });
            previous = seal(&link);
            links.push(link);
        }
        (links, previous)
    }

    #[test]
    fn a_report_as_it_was_exported_is_verified_whatever_the_order_of_its_keys() {
        for count in [0, 1, 3] {
            assert!(verify(&report(count).to_string()).is_ok());
        }
        let shuffled = report(1).to_string().replacen(r#"{"at":1767610800000,"#, "{", 1).replacen(
            r#""previous":"""#,
            r#""previous":"","at":1767610800000"#,
            1,
        );
        assert_ne!(shuffled, report(1).to_string());
        assert!(verify(&shuffled).is_ok(), "{shuffled}");
    }

    #[test]
    fn whatever_is_altered_left_out_added_or_moved_is_found() {
        let changed = |change: fn(&mut Value)| {
            let mut report = report(3);
            change(&mut report);
            verify(&report.to_string())
        };
        let told = |change, part: &str| {
            let sentence = changed(change).expect_err(part);
            assert!(sentence.contains(part), "{sentence}");
        };
        told(|report| report["receipts"][0]["to"]["displayName"] = json!("x"), "Number 1 of the receipts was altered");
        told(|report| report["receipts"][2]["at"] = json!(1), "Number 3 of the receipts was altered");
        told(|report| report["receipts"] = json!([report["receipts"][1], report["receipts"][2]]), "Number 1");
        told(
            |report| report["receipts"] = json!([report["receipts"][0], report["receipts"][1]]),
            "later ones are missing",
        );
        told(|report| report["receipts"] = json!([]), "and yet a seal");
        told(|report| report["receipts"][0]["previous"] = json!("ab"), "the beginning is missing");
        told(|report| report["seal"] = json!(""), "Number 3");
        told(|report| report["format"] = json!("another"), "its format is `another`");
        told(|report| *report = json!({ "format": "integration-plus/receipts/1" }), "has no list");
        assert!(verify("{").is_err());
    }

    #[test]
    fn a_report_of_the_register_tells_which_report_it_follows() {
        let before = register(2, "")["seal"].as_str().expect("has a seal").to_owned();
        for count in [0, 1, 3] {
            let first = verify(&register(count, "").to_string()).expect("is whole");
            assert!(first.contains("It is the first report"), "{first}");
            let later = verify(&register(count, &before).to_string()).expect("is whole");
            assert!(later.ends_with(&format!("It follows the report with the seal {before}.")), "{later}");
        }
    }

    #[test]
    fn a_report_of_the_register_that_was_altered_is_found() {
        let before = "ab".repeat(32);
        let told = |change: fn(&mut Value), part: &str| {
            let mut report = register(3, &before);
            change(&mut report);
            let sentence = verify(&report.to_string()).expect_err(part);
            assert!(sentence.contains(part), "{sentence}");
        };
        told(|report| report["accounts"][0]["previous"] = json!("ab"), "is no seal");
        told(|report| report["accounts"][0]["previous"] = json!(null), "is no seal");
        // Cut off from the report before: the second account names another first one.
        told(|report| report["accounts"][0]["previous"] = json!(""), "Number 1 of the accounts was altered");
        told(
            |report| report["accounts"][0]["previous"] = json!("cd".repeat(32)),
            "Number 1 of the accounts was altered",
        );
        told(|report| report["accounts"][1]["to"]["displayName"] = json!("x"), "Number 2 of the accounts was altered");
        told(|report| report["accounts"] = json!([report["accounts"][1], report["accounts"][2]]), "Number 1");
        told(|report| report["accounts"] = json!([report["accounts"][0]]), "later ones are missing");
        told(|report| report["seal"] = json!(null), "Number 3");
        let mut none = register(0, "");
        none["seal"] = json!("x");
        assert!(verify(&none.to_string()).is_err());
    }

    /// A file as the panel writes it: links of the register in the words of the wire, sealed by another program.
    #[test]
    fn a_report_of_links_as_the_app_seals_them_is_verified() {
        let text = include_str!("../fixtures/register-report.json");
        let told = verify(text).expect("is whole");
        assert!(told.starts_with("2 accounts, whole and unaltered."), "{told}");
    }
}
