//! The keys of sealed cookies: from the configuration, or from a file.

use std::fs;
#[cfg(unix)]
use std::os::unix::{fs::symlink, net::UnixListener};
use std::path::Path;
#[cfg(unix)]
use std::process::Command;
use std::sync::Arc;
use std::thread;

use data_encoding::BASE64;
use rocket::error::ErrorKind;
use rocket::figment::Figment;
use rocket::local::asynchronous::Client;
use rocket::{Build, Rocket};
use rocket_session_layer::Keys;
use rocket_session_layer::{Config, Engine, Layer, Session};
use serde_json::{Value, json};

use crate::common::app::unattached;
use crate::common::engines::{Place, engine};
use crate::common::fixtures::key;
use crate::common::program::Program;

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    #[cfg(unix)]
    close(path, 0o600);
}

#[cfg(unix)]
fn close(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_wrong_key_is_named_and_never_printed() {
    let short = BASE64.encode(b"almost secret");
    for (keys, reason) in [
        (json!([short]), "key 1 is not 32 bytes"),
        (json!([key(1), "not base64, almost secret"]), "key 2 is not"),
        (json!([]), "there is no key"),
        (json!([BASE64.encode(&[0; 32])]), "key 1 can be guessed"),
        (
            json!([key(1), BASE64.encode(&[7; 32])]),
            "key 2 can be guessed",
        ),
        (json!("almost secret"), "a list of keys"),
        (json!(["almost secret", 5]), "a list of keys"),
        (json!({"almost": "secret"}), "a list of keys"),
    ] {
        let settings = Figment::new().join(("session", json!({"keys": keys})));
        let line = Config::from_figment(&settings).unwrap_err().to_string();
        assert!(line.starts_with("session.keys: "), "{line}");
        assert!(line.contains(reason), "{line}");
        assert!(!line.contains("almost") && !line.contains(&short), "{line}");
    }
    let settings = Figment::new().join(("session", json!({"keys": [key(65)]})));
    let shown = format!("{:?}", Config::from_figment(&settings).unwrap());
    assert!(
        !shown.contains(&key(65)) && !shown.contains("65, 65"),
        "{shown}"
    );
}

#[cfg(unix)]
#[test]
fn the_file_is_made_once_and_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("var/session.keys");
    let made = Keys::from_file(&path).unwrap();
    assert_eq!(mode(&path), 0o600);
    let text = fs::read_to_string(&path).unwrap();
    assert!(Keys::from_file(&path).unwrap() == made);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    let other = folder.path().join("other.keys");
    assert!(Keys::from_file(&other).unwrap() != made);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.keys");
    write(&path, &key(1));
    for open in [0o604, 0o640, 0o660, 0o644] {
        close(&path, open);
        let line = Keys::from_file(&path).unwrap_err().to_string();
        assert!(
            line.contains("session.keys") && line.contains("chmod 600"),
            "{line}"
        );
    }
    // Nor is one filled that was there, open and empty.
    fs::write(&path, "").unwrap();
    assert!(Keys::from_file(&path).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "");
    close(&path, 0o600);
    assert!(Keys::from_file(&path).is_ok());
}

#[cfg(unix)]
#[test]
fn only_a_plain_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let made = Command::new("mkfifo").arg(at("pipe")).status().unwrap();
    assert!(made.success());
    fs::create_dir(at("folder")).unwrap();
    let _socket = UnixListener::bind(at("socket")).unwrap();
    for name in ["pipe", "folder", "socket"] {
        symlink(at(name), at(&format!("link to {name}"))).unwrap();
        for path in [at(name), at(&format!("link to {name}"))] {
            let line = Keys::from_file(&path).map(drop).unwrap_err().to_string();
            assert!(line.contains("no plain file"), "{line}");
        }
    }
    assert!(Keys::from_file(Path::new("/dev/null")).is_err());
    // As secrets are often mounted.
    let made = Keys::from_file(&at("session.keys")).unwrap();
    symlink(at("session.keys"), at("mounted")).unwrap();
    assert!(Keys::from_file(&at("mounted")).unwrap() == made);
}

#[test]
fn a_key_a_line_the_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.keys");
    let (one, two) = (key(1), key(2));
    write(&path, &format!("# new\n\n  {one}  \r\n# old\n{two}"));
    let read = Keys::from_file(&path).unwrap();
    assert!(read == Keys::parse([one.as_str(), two.as_str()]).unwrap());
    write(&path, &format!("# new\n{one}\nalmost secret\n"));
    let line = Keys::from_file(&path).unwrap_err().to_string();
    assert!(line.contains("key 2") && !line.contains("almost"), "{line}");
    write(&path, "# nothing\n");
    let line = Keys::from_file(&path).unwrap_err().to_string();
    assert!(line.contains("there is no key"), "{line}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "# nothing\n");
}

#[test]
fn of_many_that_start_at_once_one_makes_the_file() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("var/session.keys");
        let made: Vec<Keys> = thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| Keys::from_file(&path).unwrap()))
                .collect();
            starts
                .into_iter()
                .map(|start| start.join().unwrap())
                .collect()
        });
        assert!(made.iter().all(|keys| *keys == made[0]));
    }
}

#[test]
fn two_processes_that_start_at_once_share_their_sessions() {
    let place = Place::of(engine("cookie, encrypted").unwrap());
    let programs = thread::scope(|scope| {
        let starts = [(); 2].map(|()| scope.spawn(|| Program::at(&place)));
        starts.map(|start| start.join().unwrap())
    });
    assert!(place.files().join("session.keys").is_file());
    let mut visitor = programs[0].connect(None);
    for pencils in 1..=10 {
        assert!(visitor.add_pencil());
        visitor = programs[pencils % 2].connect(visitor.cookie);
        assert_eq!(visitor.pencils(), pencils as u64);
    }
}

async fn does_not_start(rocket: Rocket<Build>) -> bool {
    let failed = Client::untracked(rocket).await.err();
    // Rocket panics if its error is never looked at.
    failed.is_some_and(|error| matches!(error.kind(), ErrorKind::FailedFairings(_)))
}

#[rocket::async_test]
async fn keys_that_cannot_be_had_stop_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let settings = json!({"engine": "cookie", "key_file": folder.path()});
    let rocket = unattached(settings).attach(Session::fairing());
    assert!(does_not_start(rocket).await);
    let path = folder.path().join("no.keys");
    let settings = json!({"engine": "cookie", "keys": [key(1)], "key_file": path});
    let rocket = unattached(settings).attach(Session::fairing());
    assert!(Client::untracked(rocket).await.is_ok());
    assert!(!path.exists(), "keys that are configured need no file");
}

async fn engine_of(settings: Value, default: &str) -> Engine {
    let fairing = Session::fairing().by_default("engine", default);
    let rocket = unattached(settings).attach(fairing);
    let client = Client::untracked(rocket).await.unwrap();
    client
        .rocket()
        .state::<Arc<Layer>>()
        .unwrap()
        .config()
        .engine
}

#[rocket::async_test]
async fn an_engine_by_default_counts_where_the_configuration_is_silent() {
    let folder = tempfile::tempdir().unwrap();
    let silent = json!({"key_file": folder.path().join("session.keys")});
    assert_eq!(engine_of(silent, "cookie").await, Engine::Cookie);
    assert_eq!(
        engine_of(json!({"engine": "cache"}), "cookie").await,
        Engine::Cache
    );
    let fairing = Session::fairing().by_default("engine", "nowhere");
    assert!(does_not_start(unattached(json!({})).attach(fairing)).await);
}
