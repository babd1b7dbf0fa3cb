//! Shapes out of JSON values.
//!
//! `serde_json` does this too, but in words where something does not fit, and with a search for each field that arrives.
//! Nobody reads those words here, and the fields of a value can be asked for in the order of their declaration: that, and
//! an error that says nothing, is a fraction of the code.

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess};
use serde::de::{VariantAccess, Visitor};
use serde_json::{Map, Value, map};
use std::fmt::{self, Display, Formatter};
use std::{slice, vec};

/// A value that does not fit the shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit;

impl Display for Misfit {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value of another shape")
    }
}

impl std::error::Error for Misfit {}

impl Error for Misfit {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Reads a shape. An absent field reads as `null`; fields that the shape does not have are nothing to it.
///
/// # Errors
/// [`Misfit`]
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, Misfit> {
    T::deserialize(Reader(value))
}

/// One value to be read.
pub struct Reader(pub Value);

impl<'de> Deserializer<'de> for Reader {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(given) => visitor.visit_bool(given),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), _, _) => visitor.visit_u64(number),
                (None, Some(number), _) => visitor.visit_i64(number),
                (None, None, Some(number)) => visitor.visit_f64(number),
                (None, None, None) => Err(Misfit),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items(items.into_iter())),
            Value::Object(fields) => visitor.visit_map(Entries { rest: fields.into_iter(), value: Value::Null }),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.0.as_bool().ok_or(Misfit).and_then(|given| visitor.visit_bool(given))
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.0.as_i64().ok_or(Misfit).and_then(|number| visitor.visit_i64(number))
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.0.as_u64().ok_or(Misfit).and_then(|number| visitor.visit_u64(number))
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let Value::String(text) = self.0 else { return Err(Misfit) };
        visitor.visit_string(text)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.0.as_str().ok_or(Misfit).and_then(|name| visitor.visit_str(name))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let Value::Array(items) = self.0 else { return Err(Misfit) };
        visitor.visit_seq(Items(items.into_iter()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let Value::Object(fields) = self.0 else { return Err(Misfit) };
        visitor.visit_map(Entries { rest: fields.into_iter(), value: Value::Null })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let Value::Object(fields) = self.0 else { return Err(Misfit) };
        visitor.visit_seq(Fields { names: names.iter(), fields })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(Variant { name, content: Value::Null }),
            Value::Object(outer) => {
                let (name, content) = outer.into_iter().next().ok_or(Misfit)?;
                visitor.visit_enum(Variant { name, content })
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => Err(Misfit),
        }
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 u8 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct ignored_any
    }
}

/// The fields of a shape, in the order of its declaration.
struct Fields {
    names: slice::Iter<'static, &'static str>,
    fields: Map<String, Value>,
}

impl<'de> SeqAccess<'de> for Fields {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let field = self.next();
        field.map(|value| seed.deserialize(Reader(value))).transpose()
    }
}

impl Fields {
    #[inline(never)]
    fn next(&mut self) -> Option<Value> {
        let name = self.names.next()?;
        Some(self.fields.get_mut(*name).map(Value::take).unwrap_or_default())
    }
}

struct Items(vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        self.0.next().map(|value| seed.deserialize(Reader(value))).transpose()
    }
}

struct Entries {
    rest: map::IntoIter,
    value: Value,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Reader(Value::String(key))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        seed.deserialize(Reader(self.value.take()))
    }
}

/// A variant's name and what it holds.
struct Variant {
    name: String,
    content: Value,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Misfit;
    type Variant = Reader;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Reader), Misfit> {
        Ok((seed.deserialize(Reader(Value::String(self.name)))?, Reader(self.content)))
    }
}

impl<'de> VariantAccess<'de> for Reader {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        if self.0.is_null() { Ok(()) } else { Err(Misfit) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misfit> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, names: &'static [&'static str], visitor: V) -> Result<V::Value, Misfit> {
        // A variant whose fields are all absent is its name alone.
        let fields = if self.0.is_null() { Value::Object(Map::new()) } else { self.0 };
        Self(fields).deserialize_struct("", names, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::{Misfit, read};
    use crate::api::Request;
    use crate::domain::account::Account;
    use crate::domain::authorization::{Denial, Purpose};
    use serde_json::{Value, json};

    #[test]
    fn an_absent_field_is_null_and_an_unknown_one_is_nothing() {
        let person = json!({ "accountId": "a", "displayName": "A", "accountType": "app", "active": true, "new": {} });
        let account: Account = read(person).expect("reads");
        assert_eq!(account.person.avatar_url, None);
        assert_eq!(read::<Account>(json!({ "accountId": "a", "displayName": "A", "active": true })), Err(Misfit));
        assert_eq!(read::<Account>(json!([])), Err(Misfit));
    }

    #[test]
    fn enums_are_read_by_name_and_by_type() {
        assert_eq!(read(json!("firstConnect")), Ok(Purpose::FirstConnect));
        assert_eq!(read::<Purpose>(json!({ "firstConnect": 1 })), Err(Misfit));
        assert_eq!(read(json!({ "type": "declined" })), Ok(Denial::Declined));
        assert!(matches!(read(json!({ "type": "status" })), Ok(Request::Status { watching: None })));
        assert!(matches!(read(json!({ "type": "checkNow", "new": 1 })), Ok(Request::CheckNow {})));
    }

    #[test]
    fn numbers_keep_their_bounds() {
        assert_eq!(read(json!(4_294_967_295_u32)), Ok(u32::MAX));
        for odd in [json!(4_294_967_296_u64), json!(-1), json!(1.5), json!("1"), Value::Null] {
            assert_eq!(read::<u32>(odd), Err(Misfit));
        }
        assert_eq!(read(json!(-1)), Ok(-1_i64));
    }

    #[test]
    fn a_value_comes_through_as_it_is() {
        let value = json!({ "a": [null, true, -1, 1.5, "x", {}] });
        assert_eq!(read(value.clone()), Ok(value));
    }
}
