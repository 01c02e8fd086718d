//! A search for floats that are no number. JSON has no NaN and no infinity, and serde_json writes
//! `null` for them without a word: the value would come back as another one, or not at all.

use serde::ser::{self, Error as _, Serialize};
use serde_json::{Error, Result};

/// # Errors
///
/// A float somewhere in the value is no number.
pub(crate) fn check<T: Serialize + ?Sized>(value: &T) -> Result<()> {
    value.serialize(Search)
}

/// A serializer that writes nothing.
struct Search;

macro_rules! pass {
    ($($method:ident($($argument:ty),*);)*) => {
        $(fn $method(self $(, _: $argument)*) -> Result<()> {
            Ok(())
        })*
    };
}

macro_rules! enter {
    ($($method:ident($($argument:ty),*) -> $compound:ident;)*) => {
        $(type $compound = Search;
        fn $method(self $(, _: $argument)*) -> Result<Search> {
            Ok(Search)
        })*
    };
}

type Label = &'static str;

impl ser::Serializer for Search {
    type Ok = ();
    type Error = Error;

    pass! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(Label);
        serialize_unit_variant(Label, u32, Label);
    }

    enter! {
        serialize_seq(Option<usize>) -> SerializeSeq;
        serialize_tuple(usize) -> SerializeTuple;
        serialize_tuple_struct(Label, usize) -> SerializeTupleStruct;
        serialize_tuple_variant(Label, u32, Label, usize) -> SerializeTupleVariant;
        serialize_map(Option<usize>) -> SerializeMap;
        serialize_struct(Label, usize) -> SerializeStruct;
        serialize_struct_variant(Label, u32, Label, usize) -> SerializeStructVariant;
    }

    fn serialize_f32(self, number: f32) -> Result<()> {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<()> {
        if number.is_finite() {
            return Ok(());
        }
        Err(Error::custom(format_args!("JSON has no number {number}")))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        check(value)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: Label, value: &T) -> Result<()> {
        check(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: Label,
        _: u32,
        _: Label,
        value: &T,
    ) -> Result<()> {
        check(value)
    }
}

macro_rules! compounds {
    ($($compound:ident: $($method:ident($($name:ty)?)),*;)*) => {
        $(impl ser::$compound for Search {
            type Ok = ();
            type Error = Error;

            $(fn $method<T: Serialize + ?Sized>(&mut self, $(_: $name,)? value: &T) -> Result<()> {
                check(value)
            })*

            fn end(self) -> Result<()> {
                Ok(())
            }
        })*
    };
}

compounds! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeMap: serialize_key(), serialize_value();
    SerializeStruct: serialize_field(Label);
    SerializeStructVariant: serialize_field(Label);
}
