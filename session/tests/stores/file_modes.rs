//! The folder of the engine `file` as Unix has it: modes, pipes, and a folder that can be moved away
//! under its open files.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use rocket::http::Status;
use rocket_session_layer::Outcome;
use rocket_session_layer::stores::FileStore;

use crate::common::App;
use crate::common::fixtures::{FileFixture, Fixture, StoreFixture};
use crate::common::samples::{locker, record};

fn mode(path: PathBuf) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[rocket::async_test]
async fn nobody_else_may_read_anything() {
    let place = FileFixture::new();
    let store = place.store();
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(mode(place.folder()), 0o700);
    assert_eq!(mode(place.folder().join("locks")), 0o700);
    assert_eq!(mode(place.folder().join("locks/01")), 0o600);
    assert_eq!(mode(place.file(locker(1))), 0o600);
    assert_eq!(store.touch(&record(1)).await, Ok(Outcome::Done));
    assert_eq!(mode(place.file(locker(1))), 0o600);
}

#[test]
fn a_folder_that_others_may_enter_is_refused() {
    let place = FileFixture::new();
    place.store();
    fs::set_permissions(place.folder(), Permissions::from_mode(0o755)).unwrap();
    let error = FileStore::open(place.folder()).map(drop).unwrap_err();
    assert!(error.to_string().contains("its mode is 755"), "{error}");
    assert_eq!(mode(place.folder()), 0o755);
}

#[rocket::async_test]
async fn a_folder_that_is_gone_or_another_one_is_no_empty_store() {
    let place = FileFixture::new();
    let app = App::on(place.open()).await;
    let alice = app.browser();
    alice.set("user", "alice").await;
    let elsewhere = place.folder().with_extension("elsewhere");
    fs::rename(place.folder(), &elsewhere).unwrap();
    for replaced in [false, true] {
        if replaced {
            place.store();
        }
        for answer in [
            alice.open("/moved").await,
            alice.set("a", 1).await,
            app.browser().set("a", 1).await,
        ] {
            assert_eq!(answer.status, Status::ServiceUnavailable);
            assert_eq!(answer.cookie(), None);
        }
        assert!(app.layer().end_sessions("alice", None).await.is_err());
    }
    assert_eq!(place.names(), [""; 0]);
    fs::remove_dir_all(place.folder()).unwrap();
    fs::rename(&elsewhere, place.folder()).unwrap();
    assert_eq!(alice.get("user").await, "alice");
}

#[test]
fn a_lock_that_is_no_plain_file_is_refused() {
    let place = FileFixture::new();
    drop(place.store());
    let lock = place.folder().join("locks/07");
    fs::remove_file(&lock).unwrap();
    let made = Command::new("mkfifo").arg(&lock).status();
    assert!(made.unwrap().success());
    let line = FileStore::open(place.folder()).map(drop).unwrap_err();
    assert!(line.to_string().contains("no plain file"), "{line}");
}
