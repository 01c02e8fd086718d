//! A value's way into JSON and back. Nothing is let in that could not be read again, bit for bit.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Deserializer, Map, Value};

use crate::error::Error;
use crate::finite;

/// Arrays and objects inside each other that serde_json still reads.
const DEEPEST: usize = 127;

/// Beginning of the keys that serde_json writes into maps of its own, to mark a number or a raw
/// value.
const PRIVATE: &str = "$serde_json::private::";

/// The text of a value for this key.
pub(crate) fn write<T: Serialize>(key: &str, value: &T) -> Result<Box<RawValue>, Error> {
    let written = to_raw_value(value).and_then(|json| {
        check(json.get())?;
        if json.get().contains("null") {
            finite::check(value)?;
        }
        Ok(json)
    });
    written.map_err(|source| Error::NotJson {
        key: key.to_owned(),
        source,
    })
}

/// # Errors
///
/// The text is JSON, but [`read`] would fail or give another value: it is nested too deep, a key is
/// twice in one map, a number fits into no 64 bits, or an escape is half a character. The last one
/// and floats that are too large come only from raw values.
fn check(json: &str) -> serde_json::Result<()> {
    let refuse = |reason: &str| Err(serde_json::Error::custom(reason));
    // The keys of each array or map that is open; those of an array stay empty.
    let mut open: Vec<BTreeSet<String>> = Vec::new();
    let mut rest = json;
    let starts = |c| matches!(c, '[' | ']' | '{' | '}' | '"' | '-' | '0'..='9');
    while let Some(start) = rest.find(starts) {
        rest = &rest[start..];
        let mut length = 1;
        match rest.as_bytes()[0] {
            b'[' | b'{' if open.len() == DEEPEST => return Err(too_deep()),
            b'[' | b'{' => open.push(BTreeSet::new()),
            b']' | b'}' => drop(open.pop()),
            _ => {
                let mut scalars = Deserializer::from_str(rest).into_iter::<Value>();
                let scalar = scalars.next().transpose()?;
                length = scalars.byte_offset();
                let (text, behind) = rest.split_at(length);
                if let Some(Value::String(key)) = scalar {
                    let is_key = behind.trim_start().starts_with(':');
                    if is_key && open.last_mut().is_some_and(|keys| !keys.insert(key)) {
                        return refuse("a key is twice in one map");
                    }
                } else if !text.contains(['.', 'e', 'E']) && !is_64_bits(text) {
                    return refuse("an integer has more than 64 bits");
                }
            }
        }
        rest = &rest[length..];
    }
    Ok(())
}

fn is_64_bits(integer: &str) -> bool {
    integer.parse::<u64>().is_ok() || integer.parse::<i64>().is_ok()
}

fn too_deep() -> serde_json::Error {
    serde_json::Error::custom(format_args!("nested deeper than {DEEPEST} levels"))
}

/// Reads back the value that [`write()`] wrote.
///
/// serde_json's own reading of a `Value` takes a map that begins with one of its private keys for
/// the number or raw value that the key marks, and visitors may choose the keys of a map. A
/// `Value`, and a map or list of them, is therefore read without it. No deserializer can do that
/// for a `Value` inside another type: the comparison is in `Value`'s own code.
pub(crate) fn read<T: DeserializeOwned + 'static>(json: &RawValue) -> serde_json::Result<T> {
    let json = json.get();
    // Another program may have escaped any letter of the key.
    if (json.contains(PRIVATE) || json.contains("\\u"))
        && let Some(value) = read_values(json)?
    {
        return Ok(value);
    }
    serde_json::from_str(json)
}

/// `None` if the type is not made of `Value`s.
fn read_values<T: 'static>(json: &str) -> serde_json::Result<Option<T>> {
    let mut slot: Option<T> = None;
    let any: &mut dyn Any = &mut slot;
    if let Some(slot) = any.downcast_mut::<Option<Value>>() {
        *slot = Some(plain(json, DEEPEST)?);
    } else if let Some(slot) = any.downcast_mut::<Option<Map<String, Value>>>() {
        *slot = Some(members(json, DEEPEST)?);
    } else if let Some(slot) = any.downcast_mut::<Option<BTreeMap<String, Value>>>() {
        *slot = Some(members(json, DEEPEST)?);
    } else if let Some(slot) = any.downcast_mut::<Option<HashMap<String, Value>>>() {
        *slot = Some(members(json, DEEPEST)?);
    } else if let Some(slot) = any.downcast_mut::<Option<Vec<Value>>>() {
        *slot = Some(elements(json, DEEPEST)?);
    }
    Ok(slot)
}

/// The text as a `Value` whose maps may have any keys. `levels`: as many may be inside each other.
fn plain(json: &str, levels: usize) -> serde_json::Result<Value> {
    match json.as_bytes().first() {
        Some(b'{' | b'[') if levels == 0 => Err(too_deep()),
        Some(b'{') => members(json, levels),
        Some(b'[') => elements(json, levels),
        _ => serde_json::from_str(json),
    }
}

fn members<M: FromIterator<(String, Value)>>(json: &str, levels: usize) -> serde_json::Result<M> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(json)?;
    let member = |(key, raw): (_, &RawValue)| Ok((key, plain(raw.get(), levels - 1)?));
    members.into_iter().map(member).collect()
}

fn elements<L: FromIterator<Value>>(json: &str, levels: usize) -> serde_json::Result<L> {
    let elements: Vec<&RawValue> = serde_json::from_str(json)?;
    let element = |raw: &RawValue| plain(raw.get(), levels - 1);
    elements.into_iter().map(element).collect()
}

/// The user that the identity key's value names. PostgreSQL keeps no text with a NUL, and no name has
/// one.
pub(crate) fn identity(key: &str, value: &RawValue) -> Result<String, Error> {
    match read(value) {
        Ok(Value::String(user)) if !user.is_empty() && !user.contains('\0') => Ok(user),
        Ok(Value::Number(number)) if !number.is_f64() => Ok(number.to_string()),
        _ => Err(Error::NotAnIdentity {
            key: key.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;

    /// Bit patterns from a linear congruential generator (Knuth's MMIX), the same in every run.
    fn bits() -> impl Iterator<Item = u64> {
        let next = |bits: &u64| {
            let next = bits.wrapping_mul(6_364_136_223_846_793_005);
            Some(next.wrapping_add(1_442_695_040_888_963_407))
        };
        iter::successors(Some(7), next).map(|bits| bits ^ (bits >> 32))
    }

    fn raw(json: &str) -> Box<RawValue> {
        RawValue::from_string(json.to_owned()).unwrap()
    }

    #[test]
    fn floats_come_back_with_the_same_bits() {
        let some = [9_007_199_254_740_991.0, -0.0, 5e-324, f64::MIN_POSITIVE];
        let random = bits().map(f64::from_bits).filter(|float| float.is_finite());
        // Uniform bits are hardly ever ordinary numbers.
        let ordinary = bits().map(|bits| bits as f64 / 1e15);
        for float in random.take(5000).chain(ordinary.take(5000)).chain(some) {
            let json = write("f", &float).unwrap();
            assert_eq!(read::<f64>(&json).unwrap().to_bits(), float.to_bits());
            let value: Value = read(&json).unwrap();
            assert_eq!(value.as_f64().map(f64::to_bits), Some(float.to_bits()));
        }
    }

    #[test]
    fn single_floats_come_back_with_the_same_bits() {
        let random = bits().map(|bits| f32::from_bits(bits as u32));
        let random = random.filter(|float| float.is_finite());
        let ordinary = bits().map(|bits| bits as u32 as f32 / 1e6);
        // Its shortest text, read as a double and then rounded, gives a neighbour.
        let twice_rounded = 7.038_531e-26;
        for float in random
            .take(5000)
            .chain(ordinary.take(5000))
            .chain([twice_rounded])
        {
            let json = write("f", &float).unwrap();
            assert_eq!(read::<f32>(&json).unwrap().to_bits(), float.to_bits());
        }
    }

    #[test]
    fn it_is_refused_exactly_if_serde_json_reads_no_value() {
        for levels in (0..4).chain(124..131) {
            for (open, close) in [
                ("[", "]"),
                ("{\"]\":", "}"),
                ("[\"\\\"[\", {\"a\" : ", "}]"),
            ] {
                let json = open.repeat(levels) + "0" + &close.repeat(levels);
                let readable = serde_json::from_str::<Value>(&json).is_ok();
                assert_eq!(check(&json).is_ok(), readable, "{json}");
                assert_eq!(plain(&json, DEEPEST).is_ok(), readable, "{json}");
            }
        }
        for json in [
            "1e999",
            "-1e309",
            "1.8e308",
            "\"\\udc00\"",
            "[\"\\ud800\\u0041\"]",
        ] {
            assert!(serde_json::from_str::<Value>(json).is_err());
            assert!(write("a", &raw(json)).is_err(), "{json}");
        }
        for json in [
            "1e308",
            "1e-999",
            "-0",
            "-0.0",
            "\"\\ud83d\\udddd\"",
            "[true,null]",
            "\"7[\"",
        ] {
            assert_eq!(write("a", &raw(json)).unwrap().get(), json);
        }
    }

    #[test]
    fn an_integer_that_a_value_would_round_is_refused() {
        for json in [
            "18446744073709551616",
            "-9223372036854775809",
            "[1,{\"a\":100000000000000000000}]",
        ] {
            let error = write("a", &raw(json)).unwrap_err().to_string();
            assert!(error.contains("64 bits"), "{error}");
        }
        for json in [
            "18446744073709551615",
            "-9223372036854775808",
            "1e20",
            "18446744073709551616.0",
        ] {
            assert_eq!(write("a", &raw(json)).unwrap().get(), json);
        }
    }

    #[test]
    fn a_map_that_has_a_key_twice_is_refused() {
        for json in [r#"{"a":1,"a":1}"#, r#"[{"b":[],"\u0061" :1,"a":{}}]"#] {
            let error = write("a", &raw(json)).unwrap_err().to_string();
            assert!(error.contains("twice"), "{error}");
        }
        for json in [
            r#"[{"a":"a","b":"a"},{"a":{"a":["a","a"]}}]"#,
            r#"[":",":"]"#,
        ] {
            assert_eq!(write("a", &raw(json)).unwrap().get(), json);
        }
    }

    #[test]
    fn a_float_that_is_no_number_is_named() {
        let error = write("a", &[1.0, f64::NAN]).unwrap_err().to_string();
        assert_eq!(
            error,
            "the value for session key \"a\" is not JSON: JSON has no number NaN"
        );
    }

    #[test]
    fn a_private_key_is_found_under_its_escapes() {
        let json = raw(r#"[{"\u0024serde_json::private::RawValue":"7"}]"#);
        let key = format!("{PRIVATE}RawValue");
        assert_eq!(
            read::<Value>(&json).unwrap(),
            serde_json::json!([{ key: "7" }])
        );
        assert_eq!(read::<Box<RawValue>>(&json).unwrap().get(), json.get());
    }

    #[test]
    fn a_value_of_another_shape_is_an_error() {
        let json = raw(r#"{"\u0024serde_json::private::RawValue":7}"#);
        assert!(read::<Vec<Value>>(&json).is_err());
        assert!(read::<String>(&json).is_err());
        assert_eq!(read::<BTreeMap<String, u32>>(&json).unwrap().len(), 1);
    }
}
