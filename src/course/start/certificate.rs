//! The certificate with which a lesson speaks TLS to this machine's browsers: made at the first
//! start, and anew when it is over or can't be used.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, PublicKeyData,
};
use rocket::config::TlsConfig;
use rocket::figment::Figment;
use rocket::time::OffsetDateTime;
use x509_parser::pem::Pem;

use super::checks::usable_sessions;
use super::error::StartError;
use crate::session::Timestamp;

/// The setting that makes a lesson speak TLS, or the one that does so by itself speak none.
const SETTING: &str = "https";

/// The lesson that speaks TLS by itself.
const LESSON: &str = "14b";

/// Certificate and key in one file, beside the database: two could be of different starts.
const FILE: &str = "localhost.pem";

const NAMES: [&str; 4] = ["localhost", "shop.localhost", "127.0.0.1", "::1"];

const DAY: i64 = 24 * 60 * 60;

/// Seconds that a new certificate is valid for. Browsers take none for more than 398 days.
const LIFE: i64 = 365 * DAY;

/// The configuration with a certificate, if this lesson is to speak TLS. Played by a scenario,
/// whose browser speaks none, it is not.
///
/// # Errors
///
/// The setting is neither true nor false, or the file can't be written.
pub fn configured(
    lesson: &str,
    is_played: bool,
    figment: Figment,
    now: Timestamp,
) -> Result<Figment, StartError> {
    let wanted = match figment.extract_inner(SETTING) {
        Err(error) if error.missing() => lesson == LESSON,
        wanted => wanted?,
    };
    if !wanted || is_played {
        return Ok(figment);
    }
    let path = usable_sessions(&figment)?.database().with_file_name(FILE);
    let pem = kept(&path, now).map_err(|reason| {
        let reason = reason.to_string();
        StartError::Certificate { path, reason }
    })?;
    let tls = TlsConfig::from_bytes(pem.as_bytes(), pem.as_bytes());
    Ok(figment.merge(("tls", tls)))
}

/// Key and certificate in this file, which is made where it has none that can be used.
fn kept(path: &Path, now: Timestamp) -> io::Result<String> {
    match fs::read_to_string(path) {
        Ok(pem) if is_own(path)? && is_usable(&pem, now) == Some(true) => Ok(pem),
        // Bytes that are no text, too.
        Ok(_) => made(path, now),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::InvalidData
            ) =>
        {
            made(path, now)
        }
        Err(error) => Err(error),
    }
}

/// True if key and certificate belong together, and it is valid for a day to come, so that it is
/// not over in the middle of a class. `None` if one of them can't be read.
fn is_usable(pem: &str, now: Timestamp) -> Option<bool> {
    let key = KeyPair::from_pem(pem).ok()?;
    let mut blocks = Pem::iter_from_buffer(pem.as_bytes()).flatten();
    let block = blocks.find(|block| block.label == "CERTIFICATE")?;
    let certificate = block.parse_x509().ok()?;
    let validity = certificate.validity();
    let valid = validity.not_before.timestamp() <= now
        && validity.not_after.timestamp() > now.saturating_add(DAY);
    Some(valid && certificate.public_key().raw == key.subject_public_key_info())
}

/// Makes both, and writes them to a file for its owner alone. A start that reads meanwhile finds
/// the old file or the new one.
fn made(path: &Path, now: Timestamp) -> io::Result<String> {
    let pem = pem(now).map_err(io::Error::other)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = PathBuf::from(format!("{}-{}", path.display(), std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(&new)
        .and_then(|mut file| file.write_all(pem.as_bytes()))
        .and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written.map(|()| pem)
}

/// A key and a certificate signed with it, as text. The key stands first, where [`KeyPair`] looks
/// for it.
fn pem(now: Timestamp) -> Result<String, rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(NAMES.map(str::to_owned))?;
    let moment = |at| OffsetDateTime::from_unix_timestamp(at).map_err(|_| rcgen::Error::Time);
    // A browser whose clock is a little behind the server's shall take it, too.
    params.not_before = moment(now.saturating_sub(DAY))?;
    params.not_after = moment(now.saturating_add(LIFE))?;
    params.distinguished_name = DistinguishedName::new();
    let name = "localhost, made by the session lessons";
    params.distinguished_name.push(DnType::CommonName, name);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let certificate = params.self_signed(&key)?;
    Ok(key.serialize_pem() + &certificate.pem())
}

/// True for a file that only its owner may read: a key that others have read protects nothing.
#[cfg(unix)]
fn is_own(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(path.metadata()?.permissions().mode() & 0o077 == 0)
}

#[cfg(not(unix))]
fn is_own(_: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(test)]
mod tests {
    use rocket::http::{Header, Status};
    use rocket::local::blocking::Client;

    use super::*;
    use crate::app::try_app;
    use crate::course::language::languages::Language;
    use crate::session::Session;

    const NOW: Timestamp = 1_800_000_000;

    #[test]
    fn it_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("var").join(FILE);
        let first = kept(&path, NOW).unwrap();
        for later in [0, DAY, LIFE - DAY - 1] {
            assert_eq!(kept(&path, NOW + later).unwrap(), first, "{later}");
        }
        #[cfg(unix)]
        assert!(is_own(&path).unwrap());
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn it_is_made_anew_when_it_is_over_or_not_yet_valid() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        for later in [LIFE - DAY, LIFE, 2 * LIFE, -DAY - 1] {
            let first = kept(&path, NOW).unwrap();
            let second = kept(&path, NOW + later).unwrap();
            assert_ne!(first, second, "{later}");
            assert_eq!(is_usable(&second, NOW + later), Some(true));
            fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn it_is_made_anew_where_it_can_not_be_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let (one, other) = (pem(NOW).unwrap(), pem(NOW).unwrap());
        let certificate = |pem: &str| pem[pem.find("-----BEGIN CERT").unwrap()..].to_owned();
        let key = |pem: &str| pem[..pem.find("-----BEGIN CERT").unwrap()].to_owned();
        for text in [
            String::new(),
            "no certificate".to_owned(),
            key(&one),
            certificate(&one),
            one.replace("MI", "IM"),
            // The key of another certificate.
            key(&one) + &certificate(&other),
        ] {
            write_own(&path, text.as_bytes());
            let made = kept(&path, NOW).unwrap();
            assert_eq!(is_usable(&made, NOW), Some(true), "{text}");
            assert_ne!(made, text);
        }
        write_own(&path, &[0xff, 0xfe]);
        assert!(kept(&path, NOW).is_ok());
        // Others could have read the key.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let before = kept(&path, NOW).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            assert_ne!(kept(&path, NOW).unwrap(), before);
        }
    }

    fn write_own(path: &Path, bytes: &[u8]) {
        let _ = fs::remove_file(path);
        made(path, NOW).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn figment(folder: &Path) -> Figment {
        Figment::from(rocket::Config::debug_default())
            .merge(("password_cost", 4))
            .merge(("port", 0))
            .merge(("log_level", "off"))
            .merge(("session.database", folder.join("lessons.db")))
    }

    #[test]
    fn only_the_lesson_about_it_speaks_tls_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        let speaks = |lesson, is_played, figment| {
            let figment = configured(lesson, is_played, figment, NOW).unwrap();
            rocket::Config::from(figment).tls_enabled()
        };
        let set = |wanted: bool| figment(folder.path()).merge((SETTING, wanted));
        assert!(speaks("14b", false, figment(folder.path())));
        assert!(!speaks("14b", false, set(false)));
        assert!(!speaks("14b", true, set(true)));
        assert!(!speaks("02", false, figment(folder.path())));
        assert!(speaks("02", false, set(true)));
        let unclear = figment(folder.path()).merge((SETTING, "perhaps"));
        assert!(configured("02", false, unclear, NOW).is_err());
    }

    #[test]
    fn a_file_that_can_not_be_written_is_one_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(FILE)).unwrap();
        let failed = configured("14b", false, figment(folder.path()), NOW).unwrap_err();
        for language in Language::ALL {
            let line = failed.line(language);
            assert!(line.contains(FILE) && !line.contains('\n'), "{line}");
        }
    }

    #[test]
    fn under_tls_an_https_form_is_our_own_and_no_host_is_bound_to_tls() {
        let folder = tempfile::tempdir().unwrap();
        // As in a release build, where Rocket sends HSTS.
        let figment = figment(folder.path()).select(rocket::Config::RELEASE_PROFILE);
        let figment = configured("14b", false, figment, NOW).unwrap();
        let rocket = try_app("14b", figment).unwrap();
        let client = Client::untracked(rocket.attach(Session::fairing())).unwrap();
        let post = |origin: &'static str| {
            let request = client
                .post("/nowhere")
                .header(Header::new("Host", "localhost:8000"));
            let response = request.header(Header::new("Origin", origin)).dispatch();
            let pinned = response.headers().get_one("Strict-Transport-Security");
            assert_eq!(pinned, None);
            response.status()
        };
        assert_eq!(post("https://localhost:8000"), Status::NotFound);
        assert_eq!(post("http://localhost:8000"), Status::Forbidden);
    }
}
