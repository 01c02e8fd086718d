//! The two slots of a session's file: what a change leaves when it stops on its way, what grows out
//! of them, and what is told of bytes that are not as they were written.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use session_lessons::session::stores::{Outcome, Store, StoreError};
use session_lessons::session::{Data, Record};
use sha2::{Digest, Sha256};

use super::{FileFixture, Fixture};
use crate::common::samples::{data, locker, record, shown};

const HEAD: usize = 80;
/// Of a file of 4,096 bytes.
const SLOT: usize = 2008;

/// The record of the samples in this version, with so much in it.
fn version(version: i64, length: usize) -> Record {
    let mut record = record(1);
    record.version = version;
    record.contents.data = data(&json!({ "v": "x".repeat(length) }).to_string());
    record
}

/// A file with this text in its first slot, as it would have to be.
fn written(text: &str) -> Vec<u8> {
    let length = text.len();
    let mut file = format!("format 2 slot 0 of {SLOT:08} bytes {length:08} sum ");
    let sum = HEXLOWER.encode(&Sha256::digest(format!("{file}{text}"))[..16]);
    file = format!("{file}{sum}\n{text}");
    let mut file = file.into_bytes();
    file.resize(4096, 0);
    file
}

/// What counts in a file.
fn text(file: &[u8]) -> String {
    let field = |from: usize, to: usize| str::from_utf8(&file[from..to]).unwrap().parse();
    let [slot, size, length]: [usize; 3] =
        [(14, 15), (19, 27), (34, 42)].map(|(from, to)| field(from, to).unwrap());
    String::from_utf8(file[HEAD + slot * size..][..length].to_vec()).unwrap()
}

/// A store with one file, before and after a change.
async fn changed() -> (FileFixture, Arc<dyn Store>, [Vec<u8>; 2]) {
    let place = FileFixture::new();
    let store = place.open();
    let path = place.file(locker(1));
    assert_eq!(store.create(&version(3, 9)).await, Ok(Outcome::Done));
    let before = fs::read(&path).unwrap();
    assert_eq!(store.update(&version(4, 5), 3).await, Ok(Outcome::Done));
    let after = fs::read(&path).unwrap();
    (place, store, [before, after])
}

async fn is(store: &dyn Store, record: &Record) -> bool {
    let loaded = store.load(record.locker).await.unwrap().unwrap();
    shown(&loaded) == shown(record)
}

/// Everything that asks what this file says is refused, and nothing becomes of it.
async fn is_refused(place: &FileFixture, store: &dyn Store, content: &[u8]) {
    let path = place.file(locker(1));
    fs::write(&path, content).unwrap();
    let corrupt = StoreError::Corrupt(locker(1));
    assert_eq!(store.load(locker(1)).await.unwrap_err(), corrupt);
    assert_eq!(store.update(&version(5, 1), 4).await.unwrap_err(), corrupt);
    assert_eq!(store.touch(&version(4, 5)).await.unwrap_err(), corrupt);
    assert_eq!(store.create(&record(1)).await, Ok(Outcome::Conflict));
    assert_eq!(store.purge(i64::MAX, 10).await, Ok(0));
    assert_eq!(fs::read(&path).unwrap(), content);
}

#[rocket::async_test]
async fn a_change_that_stops_anywhere_before_its_end_was_not_made() {
    let (place, store, [before, after]) = changed().await;
    let path = place.file(locker(1));
    // First the slot is written, from its beginning, then the head.
    let slot = HEAD + SLOT;
    for end in (slot..=slot + SLOT).step_by(40) {
        let mut stopped = before.clone();
        stopped[slot..end].copy_from_slice(&after[slot..end]);
        fs::write(&path, &stopped).unwrap();
        assert!(is(&*store, &version(3, 9)).await, "{end}");
        // Where it stopped, the next one begins: what counts is not touched.
        assert_eq!(store.update(&version(4, 5), 3).await, Ok(Outcome::Done));
        assert_eq!(fs::read(&path).unwrap(), after, "{end}");
    }
    assert!(is(&*store, &version(4, 5)).await);
}

#[rocket::async_test]
async fn a_byte_that_changed_is_told_and_what_was_before_is_not_taken_for_what_is() {
    let (place, store, [_, after]) = changed().await;
    let length = text(&after).len();
    let counts = |at: usize| at < HEAD || (HEAD + SLOT..HEAD + SLOT + length).contains(&at);
    for at in 0..after.len() {
        let mut flipped = after.clone();
        flipped[at] ^= 1 << (at % 8);
        if counts(at) {
            is_refused(&place, &*store, &flipped).await;
        } else {
            fs::write(place.file(locker(1)), &flipped).unwrap();
            assert!(is(&*store, &version(4, 5)).await, "{at}");
        }
    }
}

#[rocket::async_test]
async fn what_is_torn_foreign_or_of_another_format_is_refused_and_stays() {
    let (place, store, [before, after]) = changed().await;
    let whole = text(&before);
    let with = |key: &str, value: Value| {
        let mut json: Value = serde_json::from_str(&whole).unwrap();
        json[key] = value;
        written(&json.to_string())
    };
    let newer = |file: &[u8]| [b"format 3 ", &file[9..]].concat();
    let huge = |file: &[u8]| [&file[..34], b"99999999", &file[42..]].concat();
    let long = |file: &[u8]| [b"format 2 slot 0 of ", &[b'9'; 200][..], file].concat();
    let end = HEAD + SLOT + 300;
    for length in (0..end).step_by(37) {
        is_refused(&place, &*store, &after[..length]).await;
    }
    for content in [
        [&after[..HEAD], &before[HEAD..]].concat(),
        vec![0; after.len()],
        vec![0xff; 9],
        b"[]".to_vec(),
        // As it was before there were slots.
        [b"{\"format\":1,", &whole.as_bytes()[1..]].concat(),
        newer(&after),
        huge(&after),
        long(&after),
        written(""),
        written("[]"),
        with("more", json!(1)),
        with("locker", json!(locker(2))),
        with("secret_hash", json!("00")),
        with("data", json!([])),
    ] {
        is_refused(&place, &*store, &content).await;
    }
    fs::write(place.file(locker(1)), written(&whole)).unwrap();
    assert!(is(&*store, &version(3, 9)).await);
}

#[rocket::async_test]
async fn what_outgrows_its_slot_gets_a_larger_file_and_everything_else_stays_in_place() {
    let place = FileFixture::new();
    let store = place.open();
    let path = place.file(locker(1));
    let found = || fs::metadata(&path).unwrap();
    assert_eq!(store.create(&version(1, 9)).await, Ok(Outcome::Done));
    let mut last = found();
    // To the last byte that has room, and beyond it.
    let most = SLOT + 9 - text(&fs::read(&path).unwrap()).len();
    for (before, (length, size)) in [
        (50, 4096),
        (most, 4096),
        (most + 1, 8192),
        (most, 8192),
        (100_000, 262_144),
        (9, 262_144),
    ]
    .into_iter()
    .enumerate()
    {
        let before = before as i64 + 1;
        let record = version(before + 1, length);
        assert_eq!(store.update(&record, before).await, Ok(Outcome::Done));
        assert!(is(&*store, &record).await);
        let now = found();
        assert_eq!((now.len(), now.mode() & 0o777), (size, 0o600), "{length}");
        assert_eq!(now.mtime(), record.expires, "{length}");
        assert_eq!(now.ino() == last.ino(), now.len() == last.len(), "{length}");
        last = now;
    }
    assert_eq!(place.names(), [locker(1).to_string()]);
}

#[rocket::async_test]
async fn what_finds_no_room_to_grow_stays_and_can_still_change() {
    let (place, store, _) = changed().await;
    // Root may write everywhere: what is in the way stands for all that can refuse.
    let unfinished = place.file(locker(1)).with_extension("new");
    fs::create_dir(&unfinished).unwrap();
    let refused = store.update(&version(5, 3_000), 4).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unavailable(_)));
    assert!(is(&*store, &version(4, 5)).await);
    assert_eq!(store.update(&version(5, 90), 4).await, Ok(Outcome::Done));
}

/// A popped key is not to be found in the file for longer than until the change after.
#[rocket::async_test]
async fn a_file_keeps_one_state_besides_the_one_that_is() {
    let (place, store, _) = changed().await;
    let mut record = version(5, 0);
    record.contents.data = data(r#"{"card":"4242 4242 4242 4242, and more"}"#);
    assert_eq!(store.update(&record, 4).await, Ok(Outcome::Done));
    for (version, held) in [(6, true), (7, false)] {
        record.version = version;
        record.contents.data = Data::default();
        assert_eq!(store.update(&record, version - 1).await, Ok(Outcome::Done));
        let file = fs::read(place.file(locker(1))).unwrap();
        let found = file.windows(9).any(|bytes| bytes == b"4242 4242");
        assert_eq!(found, held, "{version}");
    }
}
