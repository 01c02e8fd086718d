//! Files that are not as this store writes them: of an earlier version, in the way, unreadable.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use super::*;
use crate::id::SecretHash;
use crate::record::{Contents, Data};

const NOW: Timestamp = 1_800_000_000;
const DAY: Timestamp = 24 * 60 * 60;

fn locker() -> Locker {
    Locker::from_number(1)
}

fn record() -> Record {
    Record {
        locker: locker(),
        secret_hash: SecretHash::from_bytes(&[1; 32]).unwrap(),
        previous_hash: None,
        rotated: NOW,
        version: 3,
        created: NOW,
        touched: NOW,
        expires: NOW + DAY,
        contents: Contents {
            data: Data::from_json(r#"{"user":"alice"}"#).unwrap(),
            user: Some("alice".to_owned()),
            ..Contents::default()
        },
    }
}

/// A store, and the path of the session's file in it.
fn store() -> (tempfile::TempDir, FileStore, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sessions");
    let store = FileStore::open(&path).unwrap();
    (folder, store, path.join(locker().to_string()))
}

/// Sets the moment at which the file's record is over by all that can be seen from outside.
fn set_end(path: &PathBuf, end: Timestamp) {
    let end = UNIX_EPOCH + std::time::Duration::from_secs(end as u64);
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(end).unwrap();
}

/// Every operation that has to know what the file says is refused.
async fn is_refused(store: &FileStore) {
    let corrupt = |error| assert!(matches!(error, StoreError::Corrupt(named) if named == locker()));
    corrupt(store.load(locker()).await.unwrap_err());
    corrupt(store.update(&record(), 3).await.unwrap_err());
    corrupt(store.touch(&record()).await.unwrap_err());
    corrupt(store.delete(locker(), Some(3)).await.unwrap_err());
    assert_eq!(store.create(&record()).await.unwrap(), Outcome::Conflict);
    assert!(store.of_user("alice").await.unwrap().is_empty());
}

#[rocket::async_test]
async fn a_file_is_a_line_of_json_that_ends_with_its_session() {
    let (_folder, store, path) = store();
    for (version, expires) in [(3, NOW + DAY), (4, NOW + 9)] {
        let record = Record {
            version,
            expires,
            ..record()
        };
        let outcome = if version == 3 {
            store.create(&record).await
        } else {
            store.update(&record, 3).await
        };
        assert_eq!(outcome.unwrap(), Outcome::Done);
        let hash = "01".repeat(32);
        let json = format!(
            "{{\"locker\":\"0000000000002\",\"secret_hash\":\"{hash}\",\"version\":{version},\
             \"created\":{NOW},\"touched\":{NOW},\"rotated\":{NOW},\"expires\":{expires},\
             \"user\":\"alice\",\"data\":{{\"user\":\"alice\"}}}}\n"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), json);
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        let modified = modified.duration_since(UNIX_EPOCH).unwrap();
        assert_eq!(modified.as_secs(), expires as u64);
    }
}

#[rocket::async_test]
async fn a_file_that_cannot_be_read_opens_nothing_and_goes_in_time() {
    let (_folder, store, path) = store();
    let slots = format!(
        "format 2 slot 0 of 00002008 bytes 00000200 sum {}\n{{\"locker\":\"{}\",",
        "0".repeat(32),
        locker()
    );
    for content in ["", "{", "secret", &slots] {
        fs::write(&path, content).unwrap();
        set_end(&path, NOW);
        is_refused(&store).await;
        // Its end is only what the file's time says, so it is left for a day more.
        for now in [NOW - 1, NOW, NOW + DAY - 1] {
            assert_eq!(store.purge(now, 10).await.unwrap(), 0);
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
        assert_eq!(store.purge(NOW + DAY, 10).await.unwrap(), 1);
        assert!(!path.exists());

        fs::write(&path, content).unwrap();
        let outcome = store.delete(locker(), None).await.unwrap();
        assert_eq!(outcome, Outcome::Done);
        assert!(!path.exists());
    }
}

#[cfg(unix)]
#[rocket::async_test]
async fn a_thing_that_is_no_file_keeps_nobody_waiting() {
    let (_folder, store, path) = store();
    let pipe = |path: &PathBuf| {
        std::process::Command::new("mkfifo")
            .arg(path)
            .status()
            .unwrap()
    };
    assert!(pipe(&path).success());
    is_refused(&store).await;
    assert_eq!(store.delete(locker(), None).await.unwrap(), Outcome::Done);

    let elsewhere = path.with_file_name("elsewhere");
    fs::write(&elsewhere, crate::format::to_json(&record()).unwrap()).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    is_refused(&store).await;
    assert_eq!(store.delete(locker(), None).await.unwrap(), Outcome::Done);
    assert!(elsewhere.exists());

    fs::create_dir(&path).unwrap();
    is_refused(&store).await;
    assert!(store.delete(locker(), None).await.is_err());
    assert_eq!(store.purge(i64::MAX, 10).await.unwrap(), 0);
    fs::remove_dir(&path).unwrap();

    // In the way of a file that is being written.
    let unfinished = path.with_extension("new");
    assert!(pipe(&unfinished).success());
    assert_eq!(store.create(&record()).await.unwrap(), Outcome::Done);
    assert!(!unfinished.exists());
    fs::create_dir(&unfinished).unwrap();
    assert!(store.update(&record(), 3).await.is_err());
    assert!(store.load(locker()).await.unwrap().is_some());
}
