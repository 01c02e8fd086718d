//! Tests that every store has to pass, for stores of your own.
//!
//! Say how a place for records is made and opened, and let the macro write a test for each case:
//!
//! ```
//! use std::sync::Arc;
//!
//! use rocket_session_layer::Store;
//! use rocket_session_layer::conformance::Place;
//! # use rocket_session_layer::stores::CacheStore as MyStore;
//!
//! struct MyPlace;
//!
//! impl Place for MyPlace {
//!     fn empty() -> Self {
//!         MyPlace
//!     }
//!
//!     fn open(&self) -> Arc<dyn Store> {
//!         Arc::new(MyStore::new(1024 * 1024))
//!     }
//! }
//!
//! mod conformance {
//!     rocket_session_layer::conformance!(super::MyPlace);
//! }
//! ```
//!
//! A failed case says which promise is broken, what was found and what was expected. The claims
//! `shared` and `durable` of [`Store::capabilities`](crate::Store::capabilities) are tested both ways: a durable store has to
//! have its records when it is opened again, and one that does not claim it must not have them.
//! Cases about `atomic` and `listable` are left out for a store that does not claim them.
//!
//! `examples/my_store.rs` is a whole store that passes.

mod contents;
mod lists;
mod place;
mod promise;
mod records;
mod sample;
mod steps;
mod together;

use std::fmt;

use rocket::futures::future::BoxFuture;
use rocket::tokio::runtime::Builder;

use contents::*;
use lists::*;
pub use place::Place;
use promise::{Broken, Checked};
use records::*;
pub use sample::{record, shown};
use together::*;

/// A broken promise.
#[derive(PartialEq, Eq)]
pub struct Failure {
    case: &'static str,
    reason: String,
}

impl Failure {
    /// The name of the case that failed.
    ///
    /// ```
    /// # use rocket_session_layer::conformance::Failure;
    /// fn named(failures: &[Failure]) -> Vec<&str> {
    ///     failures.iter().map(Failure::case).collect()
    /// }
    /// ```
    pub fn case(&self) -> &'static str {
        self.case
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.case, self.reason)
    }
}

/// Like `Display`: libtest prints the error that a test returns by `Debug`.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Failure {}

/// Runs all cases, and returns those that failed: none for a store that keeps its promises.
///
/// Use [`conformance!`](crate::conformance!) for a test each.
///
/// ```
/// # use rocket_session_layer::conformance::{Place, failures};
/// async fn keeps_its_promises<P: Place>() -> bool {
///     failures::<P>().await.is_empty()
/// }
/// ```
pub async fn failures<P: Place>() -> Vec<Failure> {
    let mut failures = Vec::new();
    for case in CASES {
        failures.extend(case.run(&P::empty()).await.err());
    }
    failures
}

/// Runs one case in a runtime of its own, as the macro's tests do.
#[doc(hidden)]
pub fn run<P: Place>(name: &'static str) -> Result<(), Failure> {
    let failed = |reason: String| Failure { case: name, reason };
    let case = CASES.iter().find(|case| case.name == name);
    let case = case.ok_or_else(|| failed("there is no such case".to_owned()))?;
    // Several threads: what two of them do at once is a part of what is tested.
    let runtime = Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| failed(format!("there is no runtime: {error}")))?;
    runtime.block_on(async { case.run(&P::empty()).await })
}

struct Case {
    name: &'static str,
    body: for<'p> fn(&'p dyn Place) -> BoxFuture<'p, Checked>,
}

impl Case {
    async fn run(&self, place: &dyn Place) -> Result<(), Failure> {
        let failed = |Broken(reason)| Failure {
            case: self.name,
            reason,
        };
        (self.body)(place).await.map_err(failed)
    }
}

const CASES: &[Case] = crate::conformance_cases! { table };

/// Writes a test for each case of the suite [`conformance`](mod@crate::conformance), for this
/// [`Place`].
///
/// Attributes before the type go to each test:
///
/// ```
/// # use std::sync::Arc;
/// # use rocket_session_layer::{Store, conformance::Place, stores::CacheStore};
/// # struct MyPlace;
/// # impl Place for MyPlace {
/// #     fn empty() -> Self { MyPlace }
/// #     fn open(&self) -> Arc<dyn Store> { Arc::new(CacheStore::new(1024)) }
/// # }
/// mod conformance {
///     rocket_session_layer::conformance! {
///         #[ignore = "it needs a server"]
///         super::MyPlace
///     }
/// }
/// ```
#[macro_export]
macro_rules! conformance {
    ($(#[$($attribute:tt)*])* $place:ty) => {
        $crate::conformance_cases! { tests [$(#[$($attribute)*])*] ($place) }
    };
}

/// The suite's table of contents. A case that is missing here is a warning of the compiler.
#[doc(hidden)]
#[macro_export]
macro_rules! conformance_cases {
    ($what:ident $($arguments:tt)*) => {
        $crate::conformance_cases! { @$what $($arguments)*;
            // One record.
            a_record_comes_back_as_it_was_stored
            a_record_that_was_never_stored_is_not_there
            the_first_and_the_last_locker_can_be_used
            a_locker_can_be_taken_only_once
            an_update_replaces_every_field_that_can_change
            an_update_leaves_other_records_alone
            an_update_of_another_version_changes_nothing
            an_update_of_a_missing_record_creates_nothing
            a_deletion_that_names_the_version_deletes
            a_deletion_that_names_no_version_deletes_any
            a_deletion_of_another_version_deletes_nothing
            a_deleted_record_cannot_be_deleted_again
            nothing_revives_a_deleted_record
            a_replacement_deletes_one_record_and_creates_another
            a_replacement_of_another_version_changes_nothing
            a_replacement_by_a_taken_locker_changes_nothing
            a_touch_writes_two_moments_and_nothing_else
            a_touch_of_another_version_changes_nothing
            data_comes_back_letter_by_letter
            a_large_record_comes_back
            every_kind_of_expiry_comes_back
            large_versions_are_not_taken_for_their_neighbours
            a_record_that_cannot_be_read_is_an_error_and_stays
            // Records of one kind.
            a_purge_takes_expired_records_and_leaves_the_rest
            a_purge_takes_no_more_than_it_may
            a_touch_keeps_a_record_from_the_purge
            a_purge_at_the_end_of_time_takes_everything
            a_change_of_user_keeps_a_record_from_the_purge
            all_lockers_come_in_order_page_by_page
            a_users_sessions_are_listed_the_last_used_first
            a_users_name_is_matched_letter_by_letter
            a_user_who_logged_out_is_not_listed
            a_record_that_cannot_be_read_does_not_hide_the_others
            // Several at once, and one after the other.
            of_a_hundred_updates_of_one_version_one_succeeds
            of_a_hundred_creations_of_one_locker_one_succeeds
            two_handles_see_the_same_records
            records_are_there_when_the_place_is_opened_again
            no_read_tells_less_than_was_told_before
        }
    };
    (@table; $($case:ident)*) => {
        &[$(Case {
            name: stringify!($case),
            body: |place| Box::pin($case(place)),
        }),*]
    };
    (@tests $attributes:tt ($place:ty); $($case:ident)*) => {
        $($crate::conformance_cases! { @test $attributes ($place) $case })*
    };
    (@test [$($attributes:tt)*] ($place:ty) $case:ident) => {
        $($attributes)*
        #[test]
        fn $case() -> ::std::result::Result<(), $crate::conformance::Failure> {
            $crate::conformance::run::<$place>(stringify!($case))
        }
    };
}
