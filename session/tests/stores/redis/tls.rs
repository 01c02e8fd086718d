//! Redis behind TLS: certificates that fit, and those that don't.

use std::path::{Path, PathBuf};
use std::process::Command;

use rocket::figment::Figment;
use rocket_session_layer::stores::RedisStore;
use rocket_session_layer::{Config, SetupError, Store};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::faults::on;
use crate::common::log::warnings;
use crate::common::redis::{Server, free_port};
use crate::common::samples::locker;
use crate::layer::failures::{alice, says_come_again_later};

/// A Redis with a port for TLS beside its own.
struct Encrypted {
    folder: TempDir,
    server: Server,
    port: u16,
}

impl Encrypted {
    /// Its certificate is for this name, by an authority that only `ca.pem` makes known.
    fn start(name: &str) -> Encrypted {
        let folder = tempfile::tempdir().unwrap();
        authority(folder.path(), "ca");
        let certificate = [
            "-subj=/CN=redis",
            "-CA=ca.pem",
            "-CAkey=ca.key",
            "-addext=basicConstraints=critical,CA:FALSE",
            &format!("-addext=subjectAltName={name}"),
        ];
        make(folder.path(), "redis", &certificate);
        let port = free_port();
        let file = |name| folder.path().join(name).to_str().unwrap().to_owned();
        let (tls_port, cert, key) = (port.to_string(), file("redis.pem"), file("redis.key"));
        let settings = [
            ["--tls-port", &tls_port],
            ["--tls-cert-file", &cert],
            ["--tls-key-file", &key],
            ["--tls-auth-clients", "no"],
        ];
        let server = Server::start(folder.path(), settings.as_flattened());
        Encrypted {
            folder,
            server,
            port,
        }
    }

    fn url(&self) -> String {
        format!("rediss://:geheim@127.0.0.1:{}", self.port)
    }

    fn ca(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }
}

/// An authority of this name, `<name>.pem` with `<name>.key`.
fn authority(folder: &Path, name: &str) {
    make(folder, name, &[&format!("-subj=/CN={name}")]);
}

fn make(folder: &Path, name: &str, more: &[&str]) {
    let files = format!("-keyout {name}.key -out {name}.pem");
    let words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2";
    let words = words.split(' ').chain(files.split(' '));
    let more = more.iter().flat_map(|word| word.splitn(2, '='));
    let made = Command::new("openssl")
        .args(words.chain(more))
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
}

fn store(redis: &str, ca: Option<&Path>) -> Result<RedisStore, SetupError> {
    let mut settings = json!({"engine": "redis", "redis": redis});
    if let Some(ca) = ca {
        settings["redis_ca"] = Value::from(ca.to_str().unwrap());
    }
    let figment = Figment::new().join(("session", settings));
    RedisStore::configured(&Config::from_figment(&figment)?)
}

#[cfg_attr(
    not(all(redis_server, openssl)),
    ignore = "there is no redis-server, or no openssl"
)]
#[rocket::async_test]
async fn sessions_are_kept_behind_a_certificate_of_an_own_authority() {
    let redis = Encrypted::start("IP:127.0.0.1");
    let app = on(store(&redis.url().replace(":geheim@", ""), Some(&redis.ca())).unwrap()).await;
    let alice = alice(&app).await;
    assert_eq!(alice.add_one("n").await.value(), 1);
    assert_eq!(app.data(&alice).await, json!({"user": "alice", "n": 1}));
}

#[cfg_attr(
    not(all(redis_server, openssl)),
    ignore = "there is no redis-server, or no openssl"
)]
#[rocket::async_test]
async fn certificates_that_do_not_fit_log_nobody_in_and_are_told_in_one_line() {
    let redis = Encrypted::start("IP:127.0.0.1");
    let other = Encrypted::start("DNS:elsewhere.example");
    authority(redis.folder.path(), "stranger");
    let stranger = redis.folder.path().join("stranger.pem");
    for (redis, ca, reason) in [
        (&redis, None, "UnknownIssuer"),
        (&redis, Some(stranger), "UnknownIssuer"),
        (&other, Some(other.ca()), "not valid for name"),
    ] {
        let app = on(store(&redis.url(), ca.as_deref()).unwrap()).await;
        let mallory = app.browser();
        warnings();
        says_come_again_later(&mallory.set("user", "alice").await);
        let said = warnings();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("Redis at 127.0.0.1:"), "{said:?}");
        assert!(
            said[0].contains(reason) && !said[0].contains("geheim"),
            "{said:?}"
        );
        assert_eq!(mallory.get("user").await, Value::Null);
    }
}

/// Each is told soon, though one of both waits for words that the other never says.
#[cfg_attr(
    not(all(redis_server, openssl)),
    ignore = "there is no redis-server, or no openssl"
)]
#[rocket::async_test]
async fn who_speaks_tls_to_a_port_without_or_the_other_way_is_told() {
    let redis = Encrypted::start("IP:127.0.0.1");
    for address in [
        redis.url().replace("rediss:", "redis:"),
        redis.server.url().replace("redis:", "rediss:"),
    ] {
        let store = store(&address, None).unwrap();
        let line = store.load(locker(1)).await.unwrap_err().to_string();
        assert!(line.starts_with("Redis at 127.0.0.1:"), "{line}");
        assert!(!line.contains('\n'), "{line}");
    }
}

#[test]
fn an_authority_that_cannot_be_read_is_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name, text| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let torn = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (redis, ca, reason) in [
        (
            "rediss://127.0.0.1",
            folder.path().join("missing.pem"),
            "missing.pem: No such file",
        ),
        (
            "rediss://127.0.0.1",
            write("empty.pem", ""),
            "empty.pem holds no certificate",
        ),
        (
            "rediss://127.0.0.1",
            write("torn.pem", torn),
            "trust anchors",
        ),
        (
            "redis://127.0.0.1",
            write("unused.pem", torn),
            "begins with rediss://",
        ),
    ] {
        let line = store(redis, Some(&ca)).map(drop).unwrap_err().to_string();
        assert!(line.starts_with("session.redis_ca: "), "{line}");
        assert!(line.contains(reason), "{line}");
    }
}
