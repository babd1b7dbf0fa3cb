//! The authorization response at the redirect endpoint, RFC 6749 section 4.1.2.
//!
//! The endpoint is open to everybody, so everything here is hostile until the `state` is found.

use crate::secret::Secret;
use std::collections::BTreeMap;

/// Longest value that is looked at: Atlassian's codes are long signed texts of one to two kilobytes.
const LONGEST: usize = 4096;

/// What the authorization server answers, once its form is right.
pub struct AuthorizationResponse {
    /// Ties it to a request.
    pub state: Secret,
    /// The issuer, if named (RFC 9207).
    pub issuer: Option<String>,
    /// The answer itself.
    pub answer: Answer,
}

/// The answer itself.
pub enum Answer {
    /// A code to exchange.
    Code(Secret),
    /// `access_denied`: the person selected *Cancel*.
    Declined,
    /// Any other error. Its text is not kept: it may be anybody's.
    Error,
}

/// A response that no authorization server sends: a parameter missing, repeated, empty, too long, or both a code and
/// an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// Query parameters as a Forge web trigger hands them over.
pub type Query = BTreeMap<String, Vec<String>>;

/// Reads the query of the redirect. Parameters that are not known are ignored, as RFC 6749 section 4.1.2 asks; known
/// ones may stand once (section 3.1).
///
/// # Errors
/// [`Malformed`]
pub fn read(query: &Query) -> Result<AuthorizationResponse, Malformed> {
    let state = one(query, "state")?.ok_or(Malformed)?;
    let issuer = one(query, "iss")?.map(str::to_owned);
    let answer = match (one(query, "code")?, one(query, "error")?) {
        (Some(code), None) => Answer::Code(Secret::new(code.to_owned())),
        (None, Some("access_denied")) => Answer::Declined,
        (None, Some(_)) => Answer::Error,
        (Some(_), Some(_)) | (None, None) => return Err(Malformed),
    };
    Ok(AuthorizationResponse { state: Secret::new(state.to_owned()), issuer, answer })
}

fn one<'a>(query: &'a Query, name: &str) -> Result<Option<&'a str>, Malformed> {
    match query.get(name).map(Vec::as_slice) {
        None => Ok(None),
        Some([value]) if !value.is_empty() && value.len() <= LONGEST && !value.contains('\0') => Ok(Some(value)),
        Some(_) => Err(Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> Query {
        let mut query = Query::new();
        for (name, value) in pairs {
            query.entry((*name).to_owned()).or_default().push((*value).to_owned());
        }
        query
    }

    #[test]
    fn whatever_no_server_sends_is_malformed() {
        let long = "x".repeat(LONGEST + 1);
        for pairs in [
            &[][..],
            &[("code", "c")],
            &[("state", "s")],
            &[("state", ""), ("code", "c")],
            &[("state", "s"), ("state", "s"), ("code", "c")],
            &[("state", "s"), ("code", "c"), ("code", "d")],
            &[("state", "s"), ("code", "c"), ("error", "access_denied")],
            &[("state", "s"), ("code", &long)],
            &[("state", "s\0"), ("code", "c")],
            &[("state", "s"), ("code", "c"), ("iss", "a"), ("iss", "b")],
        ] {
            assert!(read(&query(pairs)).is_err(), "{pairs:?}");
        }
    }

    #[test]
    fn a_code_a_decline_and_another_error_are_told_apart() {
        let answer = |pairs| read(&query(pairs)).map(|response| response.answer);
        assert!(matches!(answer(&[("state", "s"), ("code", "c"), ("x", "y")]), Ok(Answer::Code(_))));
        assert!(matches!(answer(&[("state", "s"), ("error", "access_denied")]), Ok(Answer::Declined)));
        assert!(matches!(answer(&[("state", "s"), ("error", "<script>")]), Ok(Answer::Error)));
    }
}
