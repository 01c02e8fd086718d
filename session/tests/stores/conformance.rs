//! The conformance suite: our own stores pass it, and broken ones do not.

use std::marker::PhantomData;
use std::sync::Arc;

use rocket_session_layer::conformance::{Place, failures};
use rocket_session_layer::{Locker, Store};

use crate::common::broken::{Broken, Flaw};
use crate::common::fixtures::*;

/// A fixture as the suite wants it.
struct On<F>(F);

impl<F: StoreFixture + Send + Sync> Place for On<F> {
    fn empty() -> Self {
        On(F::new())
    }

    fn open(&self) -> Arc<dyn Store> {
        self.0.store()
    }

    fn damage(&self, locker: Locker) -> bool {
        self.0.corrupt(locker)
    }
}

mod cache {
    rocket_session_layer::conformance!(super::On<crate::common::fixtures::CacheFixture>);
}

#[cfg(feature = "database")]
mod database {
    rocket_session_layer::conformance!(super::On<crate::common::fixtures::DatabaseFixture>);
}

#[cfg(feature = "file")]
mod file {
    rocket_session_layer::conformance!(super::On<crate::common::fixtures::FileFixture>);
}

#[cfg(all(feature = "database", feature = "r2d2"))]
mod pooled {
    rocket_session_layer::conformance!(super::On<crate::common::fixtures::PooledFixture>);
}

#[cfg(postgres_server)]
mod postgres {
    rocket_session_layer::conformance!(super::On<crate::common::fixtures::PostgresFixture>);
}

#[cfg(feature = "redis")]
mod redis {
    rocket_session_layer::conformance! {
        #[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
        super::On<crate::common::fixtures::RedisFixture>
    }
}

/// The flaw of a store, as a type: the suite makes its places itself.
trait Mistake: Send + Sync + 'static {
    const FLAW: Option<Flaw>;
}

struct With<M>(PhantomData<M>);

impl<M: Mistake> Place for With<M> {
    fn empty() -> Self {
        With(PhantomData)
    }

    fn open(&self) -> Arc<dyn Store> {
        Arc::new(Broken::new(CacheFixture.store(), M::FLAW))
    }
}

/// Cases that a store with this mistake fails, and one of the reasons.
async fn seen<M: Mistake>(case: &str) -> (Vec<&'static str>, String) {
    let failures = failures::<With<M>>().await;
    let reason = failures.iter().find(|failure| failure.case() == case);
    let reason = reason.map(ToString::to_string).unwrap_or_default();
    let cases = failures.iter().map(|failure| failure.case());
    (cases.collect(), reason)
}

struct No;

impl Mistake for No {
    const FLAW: Option<Flaw> = None;
}

#[rocket::async_test]
async fn a_store_without_a_mistake_passes() {
    assert_eq!(failures::<With<No>>().await, []);
}

struct ForgetsVersions;

impl Mistake for ForgetsVersions {
    const FLAW: Option<Flaw> = Some(Flaw::ForgetsVersions);
}

#[rocket::async_test]
async fn a_store_that_forgets_versions_is_seen() {
    let case = "an_update_of_another_version_changes_nothing";
    let (cases, reason) = seen::<ForgetsVersions>(case).await;
    assert!(cases.contains(&"of_a_hundred_updates_of_one_version_one_succeeds"));
    assert_eq!(
        reason,
        format!(
            "{case}: an update of another version is refused\n   found: Done\nexpected: Conflict"
        )
    );
}

struct RevivesTheDeleted;

impl Mistake for RevivesTheDeleted {
    const FLAW: Option<Flaw> = Some(Flaw::RevivesTheDeleted);
}

#[rocket::async_test]
async fn a_store_that_revives_deleted_records_is_seen() {
    let case = "nothing_revives_a_deleted_record";
    let (cases, reason) = seen::<RevivesTheDeleted>(case).await;
    assert!(cases.contains(&"an_update_of_a_missing_record_creates_nothing"));
    assert!(
        reason.contains("an update of a deleted record is refused"),
        "{reason}"
    );
}

struct LosesAField;

impl Mistake for LosesAField {
    const FLAW: Option<Flaw> = Some(Flaw::LosesAField);
}

#[rocket::async_test]
async fn a_store_that_loses_a_field_is_seen() {
    let case = "a_record_comes_back_as_it_was_stored";
    let (cases, reason) = seen::<LosesAField>(case).await;
    assert!(cases.contains(&"an_update_replaces_every_field_that_can_change"));
    assert!(
        reason.contains("every field comes back as it was stored"),
        "{reason}"
    );
    assert!(reason.contains("last user None"), "{reason}");
}
