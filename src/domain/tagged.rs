//! Enums as JSON objects with a `type`: `{"type": "cancelled", "by": ...}`.
//!
//! Serde can do this by itself, but compiles its buffering deserializer anew for every enum and everything inside it: a
//! tenth of the whole wasm. Here the value is buffered as JSON once, and turned into the form that serde reads and writes
//! without buffering: `"expired"`, or `{"cancelled": {"by": ...}}`.

use serde_json::{Map, Value};

/// From serde's form to ours.
pub(crate) fn to_tagged(value: Value) -> Value {
    let (name, mut fields) = match value {
        Value::String(name) => (name, Map::new()),
        Value::Object(outer) => match outer.into_iter().next() {
            Some((name, Value::Object(fields))) => (name, fields),
            Some(_) | None => return Value::Null,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => return Value::Null,
    };
    fields.insert("type".to_owned(), Value::String(name));
    Value::Object(fields)
}

/// From our form to serde's. Anything else becomes `null`, which no enum accepts.
pub(crate) fn from_tagged(value: Value) -> Value {
    let Value::Object(mut fields) = value else { return Value::Null };
    let Some(Value::String(name)) = fields.remove("type") else { return Value::Null };
    if fields.is_empty() {
        return Value::String(name);
    }
    let mut outer = Map::new();
    outer.insert(name, Value::Object(fields));
    Value::Object(outer)
}

/// Gives enums that derive serde's form with `#[serde(remote = "Self")]` the tagged one. `once as` names what brings a value
/// that was written in an earlier form into the present one.
macro_rules! tagged {
    ($($name:ident),+) => {
        $($crate::domain::tagged::tagged!($name, once as ::std::convert::identity);)+
    };
    ($name:ident, once as $present:path) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                // Our own shapes cannot fail, and passing on why would compile the words for it.
                let value = Self::serialize(self, ::serde_json::value::Serializer).unwrap_or_default();
                $crate::domain::tagged::to_tagged(value).serialize(serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $present(::serde_json::Value::deserialize(deserializer)?);
                Self::deserialize($crate::json::Reader($crate::domain::tagged::from_tagged(value))).map_err(::serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use tagged;

#[cfg(test)]
mod tests {
    use crate::domain::authorization::Denial;
    use serde_json::{Value, json};

    #[test]
    fn variants_with_and_without_fields_come_back() {
        for (denial, written) in [
            (Denial::Declined, json!({ "type": "declined" })),
            (Denial::ScopesMissing { missing: vec!["a".into()] }, json!({ "type": "scopesMissing", "missing": ["a"] })),
            (Denial::ScopesMissing { missing: vec![] }, json!({ "type": "scopesMissing", "missing": [] })),
        ] {
            assert_eq!(serde_json::to_value(&denial).expect("writes"), written);
            assert_eq!(serde_json::from_value::<Denial>(written).expect("reads"), denial);
        }
    }

    #[test]
    fn what_has_no_known_type_is_refused() {
        for odd in
            [Value::Null, json!("declined"), json!({}), json!({ "type": 1 }), json!({ "type": "new" }), json!([])]
        {
            assert!(serde_json::from_value::<Denial>(odd.clone()).is_err(), "{odd}");
        }
    }
}
