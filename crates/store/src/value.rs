//! The few types that both engines hold alike, and their way in and out.
//!
//! | ours | PostgreSQL | SQLite |
//! |---|---|---|
//! | `Uuid` | uuid | BLOB, 16 bytes |
//! | `Timestamp` | timestamptz | TEXT, UTC, always six digits of fraction, so that text order is time order |
//! | `civil::Date` | date | TEXT, `YYYY-MM-DD` |
//! | `civil::Time` | text | TEXT, `HH:MM` |
//! | `bool` | boolean | INTEGER 0/1 |
//! | `i64` | bigint | INTEGER |
//!
//! JSON is kept as text: neither engine is asked to look inside it.

use crate::error::{Error, Result};
use jiff::{Timestamp, civil};
use uuid::Uuid;

/// One value of a column or parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// A 64-bit integer.
    Int(i64),
    /// A double.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An id.
    Uuid(Uuid),
    /// A moment, in microseconds.
    Moment(Timestamp),
    /// A calendar day.
    Date(civil::Date),
}

/// A type that can be a parameter.
pub trait ToValue: Sync {
    /// The value to send.
    fn to_value(&self) -> Value;
}

/// A type that can be read from a column.
pub trait FromValue: Sized {
    /// The value received; the error says what was found instead.
    fn from_value(value: &Value) -> Result<Self, String>;
}

macro_rules! to_value {
    ($($type:ty, $self:ident => $value:expr;)*) => {$(
        impl ToValue for $type { fn to_value(&self) -> Value { let $self = self; $value } }
    )*};
}

to_value! {
    i64, v => Value::Int(*v);
    i32, v => Value::Int(i64::from(*v));
    i16, v => Value::Int(i64::from(*v));
    u32, v => Value::Int(i64::from(*v));
    f64, v => Value::Float(*v);
    bool, v => Value::Bool(*v);
    str, v => Value::Text(v.to_owned());
    String, v => Value::Text(v.clone());
    [u8], v => Value::Bytes(v.to_vec());
    Vec<u8>, v => Value::Bytes(v.clone());
    Uuid, v => Value::Uuid(*v);
    Timestamp, v => Value::Moment(microseconds(*v));
    civil::Date, v => Value::Date(*v);
    civil::Time, v => Value::Text(v.strftime("%H:%M").to_string());
    Value, v => v.clone();
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

/// PostgreSQL keeps microseconds: cut there on both engines, so that what was written is what is read.
fn microseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// The one spelling of a moment in SQLite.
pub(crate) fn moment_text(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

fn unexpected<T>(wanted: &str, value: &Value) -> Result<T, String> {
    let kind = match value {
        Value::Null => "nothing (NULL)",
        Value::Int(_) => "an integer",
        Value::Float(_) => "a float",
        Value::Bool(_) => "a boolean",
        Value::Text(_) => "text",
        Value::Bytes(_) => "bytes",
        Value::Uuid(_) => "a uuid",
        Value::Moment(_) => "a moment",
        Value::Date(_) => "a date",
    };
    Err(format!("expected {wanted}, found {kind}"))
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Int(v) => Ok(*v),
            Value::Bool(v) => Ok(i64::from(*v)),
            other => unexpected("an integer", other),
        }
    }
}
impl FromValue for f64 {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Float(v) => Ok(*v),
            #[expect(clippy::cast_precision_loss, reason = "counts and sums stay far below 2^53")]
            Value::Int(v) => Ok(*v as f64),
            other => unexpected("a float", other),
        }
    }
}
impl FromValue for bool {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Bool(v) => Ok(*v),
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            other => unexpected("a boolean", other),
        }
    }
}
impl FromValue for String {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Text(v) => Ok(v.clone()),
            other => unexpected("text", other),
        }
    }
}
impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Bytes(v) => Ok(v.clone()),
            other => unexpected("bytes", other),
        }
    }
}
impl FromValue for Uuid {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Uuid(v) => Ok(*v),
            Value::Bytes(v) => Uuid::from_slice(v).map_err(|e| e.to_string()),
            other => unexpected("a uuid", other),
        }
    }
}
impl FromValue for Timestamp {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Moment(v) => Ok(*v),
            Value::Text(v) => v.parse().map_err(|e: jiff::Error| e.to_string()),
            other => unexpected("a moment", other),
        }
    }
}
impl FromValue for civil::Date {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Date(v) => Ok(*v),
            Value::Text(v) => v.parse().map_err(|e: jiff::Error| e.to_string()),
            other => unexpected("a date", other),
        }
    }
}
impl FromValue for civil::Time {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Text(v) => civil::Time::strptime("%H:%M", v).map_err(|e| e.to_string()),
            other => unexpected("a time", other),
        }
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl Value {
    pub(crate) fn column_error(column: &str, why: String) -> Error {
        Error::Column { column: column.to_owned(), why }
    }
}
