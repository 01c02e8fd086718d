//! Cases about records of one kind: those of a user, and those that expired.

use rocket::futures::future::try_join_all;

use super::place::Place;
use super::promise::{Checked, promise};
use super::sample::{START, locker, record};
use super::steps::{create, holds_none};
use crate::clock::Timestamp;
use crate::record::Record;
use crate::store::Outcome::Done;
use crate::store::Store;

fn used(number: i64, user: Option<&str>, touched: Timestamp, expires: Timestamp) -> Record {
    let mut record = record(number);
    record.contents.user = user.map(str::to_owned);
    (record.touched, record.expires) = (touched, expires);
    record
}

async fn is_there(store: &dyn Store, promised: &str, number: i64) -> Checked {
    let there = store.load(locker(number)).await?.is_some();
    promise(promised, there, true)
}

async fn of_user(store: &dyn Store, user: &str) -> Checked<Vec<i64>> {
    let records = store.of_user(user).await?;
    let numbers = records.iter().map(|record| record.locker.number());
    Ok(numbers.collect())
}

pub(super) async fn a_purge_takes_expired_records_and_leaves_the_rest(
    place: &dyn Place,
) -> Checked {
    let store = place.open();
    for (number, expires) in [(1, START - 1), (2, START), (3, START + 1)] {
        create(&*store, &used(number, None, START, expires)).await?;
    }
    let purged = store.purge(START, 10).await?;
    promise("a purge counts the records that it deleted", purged, 2)?;
    holds_none(&*store, "a purge deletes what expired before", 1).await?;
    holds_none(&*store, "a purge deletes what expires at this moment", 2).await?;
    is_there(&*store, "a purge leaves live records alone", 3).await?;
    let purged = store.purge(START, 10).await?;
    promise("a second purge finds nothing", purged, 0)
}

pub(super) async fn a_purge_takes_no_more_than_it_may(place: &dyn Place) -> Checked {
    let store = place.open();
    let records: Vec<Record> = (0..250)
        .map(|number| used(number, None, START, START))
        .collect();
    try_join_all(records.iter().map(|record| create(&*store, record))).await?;
    for expected in [120, 120, 10, 0] {
        let purged = store.purge(START, 120).await?;
        let promised = "a purge of at most 120 takes as many as there are, and no more";
        promise(promised, purged, expected)?;
    }
    Ok(())
}

pub(super) async fn a_touch_keeps_a_record_from_the_purge(place: &dyn Place) -> Checked {
    let store = place.open();
    create(&*store, &used(1, None, START, START)).await?;
    let touched = store.touch(&record(1)).await?;
    promise("a touch of the stored version is made", touched, Done)?;
    let purged = store.purge(START, 10).await?;
    promise("a purge goes by the latest `expires`", purged, 0)
}

pub(super) async fn a_purge_at_the_end_of_time_takes_everything(place: &dyn Place) -> Checked {
    let store = place.open();
    for (number, expires) in [(1, START - 1), (2, START + 1), (3, Timestamp::MAX)] {
        create(&*store, &used(number, Some("alice"), START, expires)).await?;
    }
    let purged = store.purge(Timestamp::MAX, 10).await?;
    promise(
        "a purge at the end of time counts live records too",
        purged,
        3,
    )?;
    holds_none(&*store, "a purge at the end of time leaves nothing", 3).await
}

pub(super) async fn all_lockers_come_in_order_page_by_page(place: &dyn Place) -> Checked {
    let store = place.open();
    let empty = store.lockers(None, 10).await?;
    promise("an empty store has no lockers", empty, Vec::new())?;
    for (number, expires) in [(300, START + 1), (2, START + 1), (40, START - 1)] {
        create(&*store, &used(number, None, START, expires)).await?;
    }
    let page = store.lockers(None, 2).await?;
    let promised = "the lockers of a page ascend, of expired records too";
    promise(promised, page, vec![locker(2), locker(40)])?;
    let page = store.lockers(Some(locker(40)), 2).await?;
    promise("a page begins after a locker", page, vec![locker(300)])?;
    let page = store.lockers(Some(locker(300)), 2).await?;
    promise("after the last locker there are none", page, Vec::new())?;
    let count = store.count().await?;
    promise("a count counts each record, expired or not", count, 3)
}

pub(super) async fn a_change_of_user_keeps_a_record_from_the_purge(place: &dyn Place) -> Checked {
    let store = place.open();
    let mut record = used(1, None, START, START + 1);
    create(&*store, &record).await?;
    // A login, one of another user, and a logout; each lets the session live longer.
    for (changes, user) in (1..).zip([Some("alice"), Some("bob"), None]) {
        let version = record.version;
        record = used(1, user, START, START + 1 + changes);
        record.version = version + 1;
        let updated = store.update(&record, version).await?;
        promise("an update of the stored version is made", updated, Done)?;
        let purged = store.purge(START + changes, 10).await?;
        promise("a purge goes by the latest `expires`", purged, 0)?;
        is_there(&*store, "a purge leaves live records alone", 1).await?;
    }
    Ok(())
}

pub(super) async fn a_users_sessions_are_listed_the_last_used_first(place: &dyn Place) -> Checked {
    let store = place.open();
    if !store.capabilities().listable {
        return Ok(());
    }
    for record in [
        used(1, Some("alice"), START + 2, START + 9),
        used(2, Some("bob"), START, START + 9),
        used(3, None, START, START + 9),
        used(4, Some("alice"), START + 3, START - 9),
        used(5, Some("alice"), START + 1, START + 9),
    ] {
        create(&*store, &record).await?;
    }
    let listed = of_user(&*store, "alice").await?;
    let promised = "a user's records are listed, expired or not, the last used first";
    promise(promised, listed, vec![4, 1, 5])?;
    let listed = of_user(&*store, "carol").await?;
    promise("a user without sessions has none", listed, vec![])?;
    let listed = of_user(&*store, "앨리스").await?;
    promise("`last_user` alone is not logged in", listed, vec![])
}

pub(super) async fn a_users_name_is_matched_letter_by_letter(place: &dyn Place) -> Checked {
    let store = place.open();
    if !store.capabilities().listable {
        return Ok(());
    }
    let names = ["alice", "Alice", "alice ", "앨리스", "a'lice", "%", ""];
    for (number, name) in (0..).zip(names) {
        create(&*store, &used(number, Some(name), START, START)).await?;
    }
    for (number, name) in (0..).zip(names) {
        let listed = of_user(&*store, name).await?;
        let promised = format!("the user {name:?} is matched letter by letter");
        promise(&promised, listed, vec![number])?;
    }
    Ok(())
}

pub(super) async fn a_user_who_logged_out_is_not_listed(place: &dyn Place) -> Checked {
    let store = place.open();
    if !store.capabilities().listable {
        return Ok(());
    }
    create(&*store, &used(1, Some("alice"), START, START + 9)).await?;
    let mut out = used(1, None, START, START + 9);
    out.version = 4;
    let updated = store.update(&out, 3).await?;
    promise("an update of the stored version is made", updated, Done)?;
    let listed = of_user(&*store, "alice").await?;
    promise("a list follows each update", listed, vec![])?;
    is_there(&*store, "a logout deletes no record", 1).await
}

pub(super) async fn a_record_that_cannot_be_read_does_not_hide_the_others(
    place: &dyn Place,
) -> Checked {
    let store = place.open();
    if !store.capabilities().listable {
        return Ok(());
    }
    create(&*store, &used(1, Some("alice"), START, START + 9)).await?;
    create(&*store, &used(2, Some("alice"), START, START + 9)).await?;
    if !place.damage(locker(1)) {
        return Ok(());
    }
    let listed = of_user(&*store, "alice").await?;
    promise("a damaged record is left out of the list", listed, vec![2])
}
