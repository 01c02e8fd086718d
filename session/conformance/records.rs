//! Cases about one record: stored, read, changed, deleted.

use std::time::Duration;

use super::sample::{START, changed, data, locker, record, shown};
use super::{Broken, Checked, Place, promise};
use crate::error::StoreError;
use crate::record::{Expiry, Record};
use crate::store::Outcome::{self, Conflict, Done};
use crate::store::Store;

pub(super) async fn create(store: &dyn Store, record: &Record) -> Checked {
    let outcome = store.create(record).await?;
    promise("a record with a new locker is stored", outcome, Done)
}

/// Checks that the store holds exactly this record.
pub(super) async fn holds(store: &dyn Store, promised: &str, record: &Record) -> Checked {
    let loaded = store.load(record.locker).await?;
    let loaded = loaded.as_ref().map(shown);
    promise(promised, loaded, Some(shown(record)))
}

/// Checks that there is no record in the locker with this number.
pub(super) async fn holds_none(store: &dyn Store, promised: &str, number: i64) -> Checked {
    let loaded = store.load(locker(number)).await?;
    promise(promised, loaded.as_ref().map(shown), None)
}

/// Checks that a change was refused.
fn refused(promised: &str, outcome: Outcome) -> Checked {
    promise(promised, outcome, Conflict)
}

pub(super) async fn a_record_comes_back_as_it_was_stored(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    holds(
        &*store,
        "every field comes back as it was stored",
        &record(1),
    )
    .await
}

pub(super) async fn a_record_that_was_never_stored_is_not_there(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    holds_none(&*store, "a locker without a record loads as none", 2).await
}

pub(super) async fn the_first_and_the_last_locker_can_be_used(place: &dyn Place) -> Checked {
    let store = place.open();
    for number in [0, i64::MAX] {
        create(&*store, &record(number)).await?;
        holds(&*store, "all 63 bits of a locker count", &record(number)).await?;
    }
    Ok(())
}

pub(super) async fn a_locker_can_be_taken_only_once(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    let again = store.create(&changed(1)).await?;
    refused("a taken locker can't be taken again", again)?;
    holds(&*store, "the record that was there stays", &record(1)).await
}

pub(super) async fn an_update_replaces_every_field_that_can_change(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    let updated = store.update(&changed(1), 3).await?;
    promise("an update of the stored version is made", updated, Done)?;
    holds(&*store, "an update replaces every field", &changed(1)).await
}

pub(super) async fn an_update_leaves_other_records_alone(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    create(&*store, &record(2)).await?;
    let updated = store.update(&changed(1), 3).await?;
    promise("an update of the stored version is made", updated, Done)?;
    holds(&*store, "an update changes one record", &record(2)).await
}

pub(super) async fn an_update_of_another_version_changes_nothing(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    for version in [2, 4] {
        let late = store.update(&changed(1), version).await?;
        refused("an update of another version is refused", late)?;
    }
    holds(&*store, "a refused update changes nothing", &record(1)).await
}

pub(super) async fn an_update_of_a_missing_record_creates_nothing(place: &dyn Place) -> Checked {
    let store = place.open();
    let late = store.update(&changed(1), 3).await?;
    refused("an update of a missing record is refused", late)?;
    holds_none(&*store, "an update never creates a record", 1).await
}

pub(super) async fn a_deletion_that_names_the_version_deletes(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    let deleted = store.delete(locker(1), Some(3)).await?;
    promise("a deletion of the stored version is made", deleted, Done)?;
    holds_none(&*store, "a deleted record is gone", 1).await
}

pub(super) async fn a_deletion_that_names_no_version_deletes_any(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    create(&*store, &record(2)).await?;
    let deleted = store.delete(locker(1), None).await?;
    promise("a deletion without a version is made", deleted, Done)?;
    holds_none(&*store, "a deleted record is gone", 1).await?;
    holds(&*store, "a deletion takes one record", &record(2)).await
}

pub(super) async fn a_deletion_of_another_version_deletes_nothing(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    for version in [2, 4] {
        let late = store.delete(locker(1), Some(version)).await?;
        refused("a deletion of another version is refused", late)?;
    }
    holds(&*store, "a refused deletion changes nothing", &record(1)).await
}

pub(super) async fn a_deleted_record_cannot_be_deleted_again(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    let deleted = store.delete(locker(1), None).await?;
    promise("a deletion without a version is made", deleted, Done)?;
    for version in [None, Some(3)] {
        let again = store.delete(locker(1), version).await?;
        refused("the deletion of a missing record is refused", again)?;
    }
    Ok(())
}

pub(super) async fn nothing_revives_a_deleted_record(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    let deleted = store.delete(locker(1), None).await?;
    promise("a deletion without a version is made", deleted, Done)?;
    let late = store.update(&changed(1), 3).await?;
    refused("an update of a deleted record is refused", late)?;
    let late = store.touch(&record(1)).await?;
    refused("a touch of a deleted record is refused", late)?;
    let late = store.replace(locker(1), 3, &record(2)).await?;
    refused("the replacement of a deleted record is refused", late)?;
    holds_none(&*store, "a deleted record stays deleted", 1).await?;
    holds_none(&*store, "a refused replacement creates nothing", 2).await
}

pub(super) async fn a_replacement_deletes_one_record_and_creates_another(
    place: &dyn Place,
) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    let replaced = store.replace(locker(1), 3, &changed(2)).await?;
    promise(
        "a replacement of the stored version is made",
        replaced,
        Done,
    )?;
    holds_none(&*store, "a replacement deletes the old record", 1).await?;
    holds(&*store, "a replacement creates the new record", &changed(2)).await
}

pub(super) async fn a_replacement_of_another_version_changes_nothing(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    for version in [2, 4] {
        let late = store.replace(locker(1), version, &record(2)).await?;
        refused("a replacement of another version is refused", late)?;
    }
    holds(&*store, "a refused replacement deletes nothing", &record(1)).await?;
    holds_none(&*store, "a refused replacement creates nothing", 2).await
}

pub(super) async fn a_replacement_by_a_taken_locker_changes_nothing(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    create(&*store, &record(2)).await?;
    // An error will do as well: it never happens, lockers being random.
    let made = matches!(store.replace(locker(1), 3, &changed(2)).await, Ok(Done));
    promise("a replacement by a taken locker is made", made, false)?;
    for number in [1, 2] {
        let promised = "a replacement is made whole or not at all";
        holds(&*store, promised, &record(number)).await?;
    }
    Ok(())
}

pub(super) async fn a_touch_writes_two_moments_and_nothing_else(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    let (mut touch, mut expected) = (changed(1), record(1));
    touch.version = 3;
    (expected.touched, expected.expires) = (touch.touched, touch.expires);
    let touched = store.touch(&touch).await?;
    promise("a touch of the stored version is made", touched, Done)?;
    let promised = "a touch writes `touched` and `expires` and nothing else";
    holds(&*store, promised, &expected).await
}

pub(super) async fn a_touch_of_another_version_changes_nothing(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &record(1)).await?;
    let late = store.touch(&changed(1)).await?;
    refused("a touch of another version is refused", late)?;
    holds(&*store, "a refused touch changes nothing", &record(1)).await
}

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
