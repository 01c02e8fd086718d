//! A full disk, and a folder that can only be read: no answered change is lost, and no change is
//! answered that was not stored.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::common::engines::{Engine, Place, engine};
use crate::common::program::{Connection, Program};

/// Room for a file, in units of 512 bytes, for each engine that keeps files: the log of a database
/// has room for some changes, a session's own file for some things in a cart.
const ROOM: [(&str, u32); 2] = [("database", 400), ("file", 8)];

/// Engines among them that are compiled in.
fn with_files() -> impl Iterator<Item = (&'static Engine, u32)> {
    ROOM.iter()
        .filter_map(|(name, room)| Some((engine(name)?, *room)))
}

fn things(connection: &Connection) -> usize {
    connection.cart().as_object().unwrap().len()
}

#[test]
fn a_full_disk_loses_nothing_that_was_answered() {
    for (engine, room) in with_files() {
        fills_up(engine, room);
    }
}

fn fills_up(engine: &Engine, room: u32) {
    let (name, place) = (engine.name, Place::of(engine));
    // The limit acts as a full disk does, and can be lifted while the program runs.
    let line = format!("trap '' XFSZ; ulimit -S -f {room}; exec \"$0\"");
    let program = Program::under(&line, &place);
    let mut alice = program.connect(None);
    alice.log_in();
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
    // One more small file may still have room.
    let mut stranger = program.connect(None);
    if stranger.add_pencil() {
        assert_eq!(stranger.pencils(), 1);
    } else {
        assert_eq!(stranger.cookie, None);
    }
    set_room(&program, "unlimited");
    assert!(alice.add_pencil(), "{name}");
    drop(program);
    let program = Program::at(&place);
    let alice = program.connect(alice.cookie);
    assert_eq!(things(&alice), answered + 1, "{name}");
}

/// Sets how large a file may become from now on, in bytes.
fn set_room(program: &Program, room: &str) {
    let set = Command::new("prlimit")
        .args([&format!("--fsize={room}:"), "--pid"])
        .arg(program.id().to_string())
        .status();
    assert!(set.unwrap().success());
}

/// Without the right to write everywhere, which root has.
const LIKE_ANYBODY: &str = "[ $(id -u) = 0 ] || exec \"$0\"; \
     exec setpriv --bounding-set=-dac_override,-dac_read_search \"$0\"";

/// Takes away the right to write here, or gives it back.
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
    for (engine, _) in with_files() {
        let (name, place) = (engine.name, Place::of(engine));
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
        // SQLite's open files stay writable; a session's file is made anew at each change.
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
