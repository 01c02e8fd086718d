//! What is found by starting servers, and by ending them in one way or another.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::found::Cell;
use crate::common::engines::{Engine, Place};
use crate::common::program::{Connection, Program};

fn start(place: &Place) -> Program {
    Program::with(&place.settings, place.folder())
}

/// A browser with a pencil in its cart.
fn with_a_pencil(program: &Program) -> Connection {
    let mut browser = program.connect(None);
    assert!(browser.add_pencil());
    browser
}

/// Whether a server knows that browser's session.
fn knows(program: &Program, browser: &Connection) -> Cell {
    Cell::Is(program.connect(browser.cookie.clone()).pencils() == 1)
}

pub fn survives_a_restart(engine: &Engine) -> Cell {
    survives(engine, Program::stop)
}

pub fn survives_a_kill(engine: &Engine) -> Cell {
    survives(engine, Program::kill)
}

fn survives(engine: &Engine, end: impl Fn(&mut Program)) -> Cell {
    let place = Place::of(engine);
    let mut program = start(&place);
    let browser = with_a_pencil(&program);
    end(&mut program);
    knows(&start(&place), &browser)
}

pub fn is_shared(engine: &Engine) -> Cell {
    let place = Place::of(engine);
    let programs = [start(&place), start(&place)];
    let browser = with_a_pencil(&programs[0]);
    knows(&programs[1], &browser)
}

const CLICKS: usize = 4;

/// No test pulls the plug of the machine. But what a program has not made the disk keep may be gone
/// after a power cut; then the files are put back as they were before the request.
pub fn survives_a_power_cut(engine: &Engine) -> Cell {
    if !has_strace() {
        eprintln!("no strace: what survives a power cut stays as the notes have it");
        return Cell::Unknown;
    }
    let place = Place::of(engine);
    // What is made only once is there already.
    start(&place).stop();
    let before = place.folder().join("before");
    let log = place.folder().join("strace");
    let mut program = Program::watched(&place.settings, place.folder(), &log);
    let kept = || fs::read_to_string(&log).unwrap().lines().count();
    // A file that is begun may be kept for its beginning's sake: what comes after it counts.
    let mut browser = with_a_pencil(&program);
    copy(&place.files(), &before);
    let old = kept();
    assert!((1..CLICKS).all(|_| browser.add_pencil()));
    let is_kept = kept() >= old + CLICKS - 1;
    program.kill();
    if !is_kept {
        fs::remove_dir_all(place.files()).unwrap();
        copy(&before, &place.files());
    }
    let program = start(&place);
    Cell::Is(program.connect(browser.cookie).pencils() == CLICKS as u64)
}

fn has_strace() -> bool {
    let mut strace = Command::new("strace");
    let status = strace.arg("-V").stdout(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
