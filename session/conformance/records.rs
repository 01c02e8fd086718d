//! Cases about one record: stored, read, changed, deleted.

use super::place::Place;
use super::promise::{Checked, promise};
use super::sample::{changed, locker, record};
use super::steps::{create, holds, holds_none, refused};
use crate::store::Outcome::Done;

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
