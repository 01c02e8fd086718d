//! A disk that is full, and a folder that can only be read: nothing that was answered goes under,
//! and nothing is answered that was not stored.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::common::engines::{Place, engine};
use crate::common::program::{Connection, Program};

/// How large a file may become, in units of 512 bytes, for each engine that keeps files: the log
/// of a database has room for some changes, a session's own file for some things in a cart.
const ROOM: [(&str, u32); 3] = [("database", 400), ("cached_database", 400), ("file", 8)];

fn things(connection: &Connection) -> usize {
    connection.cart().as_object().unwrap().len()
}

#[test]
fn a_full_disk_loses_nothing_that_was_answered() {
    for (name, room) in ROOM {
        fills_up(name, room);
    }
}

fn fills_up(name: &str, room: u32) {
    let place = Place::of(engine(name));
    // What is larger is refused as by a full disk, and can be allowed while the program runs.
    let line = format!("trap '' XFSZ; ulimit -S -f {room}; exec \"$0\"");
    let program = Program::under(&line, &place);
    let mut alice = program.connect(None);
    let mut answered = 0;
    let status = loop {
        match alice.add(&format!("{answered:0>100}")) {
            Some(303) if answered < 1_000 => answered += 1,
            status => break status,
        }
    };
    assert_eq!((status, answered > 5), (Some(503), true), "{name}");
    for _ in 0..3 {
        assert_eq!(alice.add(&"y".repeat(3_000)), Some(503), "{name}");
        assert_eq!(things(&alice), answered, "{name}");
    }
    // Where there is room for one more small file, it is kept.
    let mut stranger = program.connect(None);
    match stranger.add_pencil() {
        true => assert_eq!(stranger.pencils(), 1),
        false => assert_eq!(stranger.cookie, None),
    }
    set_room(&program, "unlimited");
    assert!(alice.add_pencil(), "{name}");
    drop(program);
    let program = Program::at(&place);
    let alice = program.connect(alice.cookie);
    assert_eq!(things(&alice), answered + 1, "{name}");
}

/// How large a file may become from now on, in bytes.
fn set_room(program: &Program, room: &str) {
    let set = Command::new("prlimit")
        .args([&format!("--fsize={room}:"), "--pid"])
        .arg(program.id().to_string())
        .status();
    assert!(set.unwrap().success());
}

#[test]
fn a_change_that_stops_in_the_middle_of_a_slot_was_not_made() {
    let place = Place::of(engine("file"));
    let mut program = Program::under("trap '' XFSZ; exec \"$0\"", &place);
    let mut alice = program.connect(None);
    assert!(alice.add_pencil());
    let mut pencils = 1;
    // A file of 4,096 bytes: the first slot has room, of the second one only the first hundred bytes.
    for room in ["2188", "unlimited", "2188"] {
        set_room(&program, room);
        for _ in 0..4 {
            pencils += u64::from(alice.add_pencil());
            assert_eq!(alice.pencils(), pencils);
        }
    }
    assert_eq!(pencils, 5);
    program.kill();
    let program = Program::at(&place);
    let mut alice = program.connect(alice.cookie);
    assert_eq!(alice.pencils(), pencils);
    assert!(alice.add_pencil());
}

/// Without the right to write everywhere, which root has.
const LIKE_ANYBODY: &str = "[ $(id -u) = 0 ] || exec \"$0\"; \
     exec setpriv --bounding-set=-dac_override,-dac_read_search \"$0\"";

/// Lets nobody write here any more, or its owner again.
fn set_writable(path: &Path, writable: bool) {
    let folder = path.is_dir();
    if folder && writable {
        fs::set_permissions(path, Permissions::from_mode(0o700)).unwrap();
    }
    if folder {
        for entry in path.read_dir().unwrap() {
            set_writable(&entry.unwrap().path(), writable);
        }
    }
    let mode = if folder { 0o500 } else { 0o400 };
    let mode = if writable { mode | 0o200 } else { mode };
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_that_becomes_read_only_loses_nothing_that_was_answered() {
    for (name, _) in ROOM {
        let place = Place::of(engine(name));
        let files = place.files();
        let program = Program::under(LIKE_ANYBODY, &place);
        let mut alice = program.connect(None);
        assert!(alice.add_pencil());
        set_writable(&files, false);
        let mut pencils = 1;
        for _ in 0..3 {
            pencils += u64::from(alice.add_pencil());
            assert_eq!(alice.pencils(), pencils, "{name}");
        }
        // What SQLite has open stays writable; a session's file is opened for each change.
        assert_eq!(pencils, if name == "file" { 1 } else { 4 });
        drop(program);
        let said = Program::refusal(LIKE_ANYBODY, &place);
        assert!(
            said.contains("can't start") && said.contains("files/"),
            "{said}"
        );
        set_writable(&files, true);
        let program = Program::under(LIKE_ANYBODY, &place);
        let mut alice = program.connect(alice.cookie);
        assert_eq!(alice.pencils(), pencils, "{name}");
        assert!(alice.add_pencil());
    }
}
