//! What decides whether a copy is used, step by step.

use diesel::connection::SimpleConnection;

use super::*;
use crate::db::Synchronous;
use crate::session::id::SecretHash;
use crate::session::record::Contents;
use crate::session::stores::database::{Effect, Follower};

/// A store on a file of its own.
struct Bed {
    _folder: tempfile::TempDir,
    file: Database,
    store: CachedDatabaseStore,
}

impl Bed {
    async fn with(records: &[Record]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = Database::open(folder.path().join("a.db"), Synchronous::Normal).unwrap();
        let store = CachedDatabaseStore::open(file.clone(), 1_000_000).unwrap();
        for record in records {
            assert_eq!(store.create(record).await, Ok(Outcome::Done));
        }
        Bed {
            _folder: folder,
            file,
            store,
        }
    }

    async fn version(&self, number: i64) -> Option<i64> {
        let stored = self.store.load(Locker::from_number(number)).await.unwrap();
        stored.map(|record| record.version)
    }

    /// Which version is there as a copy that may be used.
    fn copy(&self, number: i64) -> Option<i64> {
        let found = self.store.copies.look(Locker::from_number(number));
        found.unwrap().copy.map(|copy| copy.version)
    }

    /// Commits through a connection that the store does not know.
    fn elsewhere(&self, sql: &str) {
        self.file.connect().unwrap().batch_execute(sql).unwrap();
    }
}

fn record(number: i64, version: i64) -> Record {
    Record {
        locker: Locker::from_number(number),
        secret_hash: SecretHash::from_bytes(&[1; 32]).unwrap(),
        previous_hash: None,
        rotated: 0,
        version,
        created: 0,
        touched: 0,
        expires: number,
        contents: Contents::default(),
    }
}

fn effect(number: i64, version: i64) -> Vec<Effect> {
    let record = record(number, version);
    vec![Effect {
        locker: record.locker,
        record: Some(Arc::new(record)),
    }]
}

#[rocket::async_test]
async fn what_is_written_is_a_copy_and_the_others_stay() {
    let bed = Bed::with(&[record(1, 1), record(2, 1), record(3, 1)]).await;
    assert_eq!([1, 2, 3].map(|number| bed.copy(number)), [Some(1); 3]);
    assert_eq!(bed.store.update(&record(1, 2), 1).await, Ok(Outcome::Done));
    let lost = bed.store.update(&record(2, 2), 7).await;
    assert_eq!(lost, Ok(Outcome::Conflict));
    assert_eq!(
        [1, 2, 3].map(|number| bed.copy(number)),
        [Some(2), Some(1), Some(1)]
    );
}

#[rocket::async_test]
async fn a_copy_goes_with_its_row_and_leaves_the_others() {
    let bed = Bed::with(&[1, 2, 3, 4, 5, 6].map(|number| record(number, 1))).await;
    let locker = Locker::from_number;
    assert_eq!(bed.store.delete(locker(3), None).await, Ok(Outcome::Done));
    assert_eq!(
        bed.store.delete(locker(4), Some(1)).await,
        Ok(Outcome::Done)
    );
    assert_eq!(
        bed.store.replace(locker(5), 1, &record(7, 1)).await,
        Ok(Outcome::Done)
    );
    assert_eq!(bed.store.purge(1, 10).await, Ok(1));
    for gone in [1, 3, 4, 5] {
        assert_eq!(bed.version(gone).await, None);
    }
    assert_eq!([2, 6, 7].map(|number| bed.copy(number)), [Some(1); 3]);
}

#[rocket::async_test]
async fn any_commit_of_somebody_else_forgets_all_copies() {
    let bed = Bed::with(&[record(1, 1), record(2, 1)]).await;
    for sql in [
        "UPDATE sessions SET version = version + 1",
        "CREATE TABLE posts (id INTEGER)",
        "INSERT INTO posts VALUES (1)",
        "VACUUM",
    ] {
        bed.elsewhere(sql);
        assert_eq!([1, 2].map(|number| bed.copy(number)), [None; 2], "{sql}");
        assert_eq!(bed.version(1).await, Some(2), "{sql}");
        assert_eq!(bed.copy(1), Some(2), "{sql}");
    }
}

#[rocket::async_test]
async fn a_log_that_begins_anew_makes_no_copy_wrong() {
    let bed = Bed::with(&[record(1, 1), record(2, 1)]).await;
    for version in 2..20 {
        if version % 3 == 0 {
            bed.elsewhere("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        let changed = record(1, version);
        assert_eq!(
            bed.store.update(&changed, version - 1).await,
            Ok(Outcome::Done)
        );
        assert_eq!(bed.version(1).await, Some(version));
        assert_eq!(bed.version(2).await, Some(1));
    }
}

#[rocket::async_test]
async fn a_row_that_was_read_before_a_commit_is_no_copy_after_it() {
    let bed = Bed::with(&[record(1, 1)]).await;
    let before = bed.store.copies.look(Locker::from_number(1)).unwrap();
    assert_eq!(bed.store.update(&record(1, 2), 1).await, Ok(Outcome::Done));
    bed.store.copies.keep(&record(1, 1), before.state);
    assert_eq!(bed.copy(1), Some(2));
}

#[rocket::async_test]
async fn between_our_commit_and_its_entry_copies_are_passed_by_and_kept() {
    let bed = Bed::with(&[record(1, 1), record(2, 1)]).await;
    let (copies, mut writer) = (&bed.store.copies, bed.file.connect().unwrap());
    writer.batch_execute("BEGIN IMMEDIATE").unwrap();
    copies.begun(&mut writer);
    assert_eq!(bed.copy(1), Some(1), "nothing is committed yet");
    writer
        .batch_execute("UPDATE sessions SET version = 2 WHERE locker = 1; COMMIT")
        .unwrap();
    assert_eq!([1, 2].map(|number| bed.copy(number)), [None; 2]);
    assert_eq!(bed.version(1).await, Some(2));
    copies.committed(&mut writer, effect(1, 2));
    assert_eq!([1, 2].map(|number| bed.copy(number)), [Some(2), Some(1)]);
}

#[rocket::async_test]
async fn who_commits_before_ours_is_entered_is_not_overlooked() {
    let bed = Bed::with(&[record(1, 1), record(2, 1)]).await;
    let (copies, mut writer) = (&bed.store.copies, bed.file.connect().unwrap());
    writer.batch_execute("BEGIN IMMEDIATE").unwrap();
    copies.begun(&mut writer);
    writer
        .batch_execute("UPDATE sessions SET version = 2 WHERE locker = 1; COMMIT")
        .unwrap();
    bed.elsewhere("UPDATE sessions SET version = 9");
    copies.committed(&mut writer, effect(1, 2));
    assert_eq!([1, 2].map(|number| bed.copy(number)), [None; 2]);
    assert_eq!(bed.version(2).await, Some(9));
}

#[rocket::async_test]
async fn who_commits_before_ours_begins_is_not_overlooked() {
    let bed = Bed::with(&[record(1, 1), record(2, 1)]).await;
    bed.elsewhere("UPDATE sessions SET version = 9 WHERE locker = 2");
    assert_eq!(bed.store.update(&record(1, 2), 1).await, Ok(Outcome::Done));
    assert_eq!([1, 2].map(|number| bed.copy(number)), [Some(2), None]);
    assert_eq!(bed.version(2).await, Some(9));
}

#[rocket::async_test]
async fn a_transaction_that_fails_leaves_the_copies_as_they_are() {
    let bed = Bed::with(&[record(1, 1), record(2, 1), record(3, 1)]).await;
    // The new locker is taken, so everything in this commit is taken back.
    let refused = bed
        .store
        .replace(Locker::from_number(1), 1, &record(2, 5))
        .await;
    assert!(refused.is_err());
    assert_eq!([1, 2, 3].map(|number| bed.copy(number)), [Some(1); 3]);
    assert_eq!(bed.store.update(&record(2, 2), 1).await, Ok(Outcome::Done));
    assert_eq!(
        [1, 2, 3].map(|number| bed.copy(number)),
        [Some(1), Some(2), Some(1)]
    );
}

#[rocket::async_test]
async fn what_is_too_large_for_the_memory_is_read_from_the_file() {
    let bed = Bed::with(&[record(1, 1)]).await;
    let mut large = record(1, 2);
    let json = format!(r#"{{"a":"{}"}}"#, "x".repeat(1_000_000));
    large.contents.data = crate::session::record::Data::from_json(&json).unwrap();
    assert_eq!(bed.store.update(&large, 1).await, Ok(Outcome::Done));
    assert_eq!(bed.copy(1), None);
    assert_eq!(bed.version(1).await, Some(2));
}
