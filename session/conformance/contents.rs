//! Cases about the contents of one record: they come back as they were.

use std::time::Duration;

use super::place::Place;
use super::promise::{Broken, Checked, promise};
use super::sample::{START, data, locker, record, shown};
use super::steps::{create, holds, holds_none, refused};
use crate::error::StoreError;
use crate::record::Expiry;

pub(super) async fn data_comes_back_letter_by_letter(place: &dyn Place) -> Checked {
    let store = place.open();
    let texts = [
        "{}",
        r#"{"":""}"#,
        r#"{"열쇠":"값","مفتاح":"🗝️","a\"b":"\u0000\\\n"}"#,
        r#"{"number":12345678901234567890.12345678901234567890,"tiny":1e-400}"#,
        r#"{"list":[null,true,[],{}],"sql":"'; DROP TABLE sessions; --"}"#,
    ];
    for (number, json) in (0..).zip(texts) {
        let mut record = record(number);
        record.contents.data = data(json)?;
        create(&*store, &record).await?;
        holds(&*store, "JSON comes back letter by letter", &record).await?;
    }
    Ok(())
}

pub(super) async fn a_large_record_comes_back(place: &dyn Place) -> Checked {
    let store = place.open();
    let mut large = record(1);
    large.contents.data = data(&format!(r#"{{"a":"{}"}}"#, "값".repeat(400_000)))?;
    create(&*store, &large).await?;
    let loaded = store.load(locker(1)).await?;
    let whole = loaded.is_some_and(|loaded| shown(&loaded) == shown(&large));
    promise("a record of more than a megabyte comes back", whole, true)
}

pub(super) async fn every_kind_of_expiry_comes_back(place: &dyn Place) -> Checked {
    let store = place.open();
    let kinds = [
        None,
        Some(Expiry::Default),
        Some(Expiry::BrowserClose),
        Some(Expiry::After(Duration::from_secs(90))),
        Some(Expiry::At(START + 90)),
    ];
    for (number, expiry) in (0..).zip(kinds) {
        let mut record = record(number);
        record.contents.expiry = expiry;
        create(&*store, &record).await?;
        holds(&*store, "a session's own expiry comes back", &record).await?;
    }
    Ok(())
}

/// A store that counts in floating point has 53 bits.
pub(super) async fn large_versions_are_not_taken_for_their_neighbours(
    place: &dyn Place,
) -> Checked {
    let store = place.open();
    let mut stored = record(i64::MAX);
    stored.version = i64::MAX - 1;
    create(&*store, &stored).await?;
    let late = store.update(&stored, i64::MAX).await?;
    refused("all bits of a version count", late)?;
    holds_none(&*store, "all bits of a locker count", i64::MAX - 1).await?;
    holds(&*store, "a refused update changes nothing", &stored).await
}

pub(super) async fn a_record_that_cannot_be_read_is_an_error_and_stays(
    place: &dyn Place,
) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    if !place.damage(locker(1)) {
        return Ok(());
    }
    // Twice: it is not thrown away by the first look, since a person may repair it.
    for _ in 0..2 {
        let loaded = store.load(locker(1)).await;
        let named = matches!(&loaded, Err(StoreError::Corrupt(named)) if *named == locker(1));
        promise(
            "a damaged record is an error that names it, not an empty session",
            named,
            true,
        )?;
    }
    match store.create(&record(1)).await {
        Ok(outcome) => refused("a damaged record is not written over", outcome),
        Err(error) => Err(Broken(format!(
            "a taken locker is a conflict, not: {error}"
        ))),
    }
}
