//! Records for tests that talk to a store without an app.

use rocket_session_layer::{Data, Locker};

pub use rocket_session_layer::conformance::{record, shown};

pub fn locker(number: i64) -> Locker {
    Locker::from_number(number)
}

pub fn data(json: &str) -> Data {
    Data::from_json(json).unwrap()
}
