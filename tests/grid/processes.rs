//! Findings of starting servers, and of ending them in one way or another.

use std::fs;
use std::process::{Command, Stdio};

use super::cell::Cell;
use crate::common::engines::{Engine, Place};
use crate::common::program::{Connection, Program};

/// A browser with a pencil in its cart.
fn with_a_pencil(program: &Program) -> Connection {
    let mut browser = program.connect(None);
    assert!(browser.add_pencil());
    browser
}

/// True if a server knows that browser's session.
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
    let mut program = Program::at(&place);
    let browser = with_a_pencil(&program);
    end(&mut program);
    knows(&Program::at(&place), &browser)
}

pub fn is_shared(engine: &Engine) -> Cell {
    let place = Place::of(engine);
    let programs = [Program::at(&place), Program::at(&place)];
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
    let mut place = Place::of(engine);
    let log = place.folder().join("strace");
    let mut program = Program::watched(&place, &log);
    let kept = || fs::read_to_string(&log).unwrap().lines().count();
    // A file that is begun may be kept for its beginning's sake: what comes after it counts.
    let mut browser = with_a_pencil(&program);
    place.keep();
    let old = kept();
    assert!((1..CLICKS).all(|_| browser.add_pencil()));
    let is_kept = kept() >= old + CLICKS - 1;
    program.kill();
    if !is_kept {
        place.lose();
    }
    let program = Program::at(&place);
    Cell::Is(program.connect(browser.cookie).pencils() == CLICKS as u64)
}

fn has_strace() -> bool {
    let mut strace = Command::new("strace");
    let status = strace.arg("-V").stdout(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
