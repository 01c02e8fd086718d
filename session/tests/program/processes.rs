//! Processes that die, and two of them that share one store.

use std::sync::mpsc::channel;
use std::thread;

use fastrand::Rng;

use crate::common::engines::{Engine, POSTGRES, Place, REDIS, engines};
use crate::common::program::Program;

const CONNECTIONS: usize = 4;

/// The number of kills on each engine. `SESSION_KILLS=1000` makes it more.
const KILLS: u64 = 20;

/// The engines that keep sessions when a process ends, share them between processes and lose no
/// parallel change.
fn keeping() -> impl Iterator<Item = &'static Engine> {
    let names = ["database", "file", REDIS, POSTGRES];
    engines().filter(move |engine| names.contains(&engine.name))
}

#[test]
fn a_kill_while_adding_loses_no_acknowledged_click() {
    let kills = std::env::var("SESSION_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    thread::scope(|scope| {
        for engine in keeping() {
            scope.spawn(move || kills_lose_nothing(engine, kills));
        }
    });
}

fn kills_lose_nothing(engine: &Engine, kills: u64) {
    let place = Place::of(engine);
    let mut program = Program::at(&place);
    let mut first = program.connect(None);
    first.log_in();
    assert!(first.add_pencil());
    // A change is then more than one page of memory, within which nothing is interrupted.
    assert_eq!(first.add(&"x".repeat(20_000)), Some(303));
    for kill in 0..kills {
        // It dies after this number of answers, in the middle of other requests.
        let answers = Rng::with_seed(kill).u64(..60);
        let (acknowledge, acknowledged) = channel();
        let before = first.pencils();
        thread::scope(|scope| {
            for _ in 0..CONNECTIONS {
                let mut connection = program.connect(first.cookie.clone());
                let acknowledge = acknowledge.clone();
                scope.spawn(move || {
                    while connection.add_pencil() {
                        acknowledge.send(()).unwrap();
                    }
                });
            }
            drop(acknowledge);
            for _ in 0..answers {
                acknowledged.recv().unwrap();
            }
            program.kill();
        });
        let least = before + answers + acknowledged.iter().count() as u64;
        program = Program::at(&place);
        first = program.connect(first.cookie);
        let pencils = first.pencils();
        let most = least + CONNECTIONS as u64;
        assert!(
            (least..=most).contains(&pencils),
            "{}, kill {kill}: {pencils} of {least} to {most}",
            engine.name
        );
        assert!(first.add_pencil());
    }
}

#[test]
fn a_hundred_clicks_on_two_processes_all_count() {
    for engine in keeping() {
        two_processes_count_together(engine);
    }
}

fn two_processes_count_together(engine: &Engine) {
    let place = Place::of(engine);
    let programs = [(); 2].map(|()| Program::at(&place));
    let mut first = programs[0].connect(None);
    assert!(first.add_pencil());
    thread::scope(|scope| {
        for number in 0..CONNECTIONS {
            let program = &programs[number % programs.len()];
            let mut connection = program.connect(first.cookie.clone());
            let clicks = if number == 0 { 24 } else { 25 };
            scope.spawn(move || {
                for _ in 0..clicks {
                    assert!(connection.add_pencil());
                }
            });
        }
    });
    for program in &programs {
        assert_eq!(program.connect(first.cookie.clone()).pencils(), 100);
    }
}

/// A change that one process has answered is seen by the other at its next read.
#[test]
fn two_processes_never_tell_each_other_too_late() {
    for engine in keeping() {
        let place = Place::of(engine);
        let programs = [(); 2].map(|()| Program::at(&place));
        let mut first = programs[0].connect(None);
        assert!(first.add_pencil());
        let mut connections = programs
            .each_ref()
            .map(|program| program.connect(first.cookie.clone()));
        for pencils in 2..=100 {
            assert!(connections[pencils % 2].add_pencil());
            for connection in &connections {
                assert_eq!(connection.pencils(), pencils as u64, "{}", engine.name);
            }
        }
    }
}

/// The engines that send each browser its own session.
fn travelling() -> impl Iterator<Item = &'static Engine> {
    let names = ["cookie, encrypted", "cookie, signed"];
    engines().filter(move |engine| names.contains(&engine.name))
}

/// Two processes with the same keys know each other's sessions. A browser that waits for each
/// answer loses nothing, even if both are killed in between.
#[test]
fn a_session_in_the_cookie_goes_on_at_another_process() {
    for engine in travelling() {
        let place = Place::of(engine);
        let mut programs = [(); 2].map(|()| Program::at(&place));
        let mut cookie = None;
        for pencils in 1..=100 {
            let mut connection = programs[pencils % 2].connect(cookie);
            assert!(connection.add_pencil());
            cookie = connection.cookie;
        }
        programs.iter_mut().for_each(Program::kill);
        let pencils = Program::at(&place).connect(cookie).pencils();
        assert_eq!(pencils, 100, "{}", engine.name);
    }
}

/// Not promised: clicks sent at once all count. Each answer brings the session as its own request
/// had it, with its own click, and the browser keeps one of them.
#[test]
fn of_clicks_at_once_on_a_session_in_the_cookie_one_counts() {
    for engine in travelling() {
        let place = Place::of(engine);
        let programs = [(); 2].map(|()| Program::at(&place));
        let mut first = programs[0].connect(None);
        assert!(first.add_pencil());
        let answers: Vec<_> = thread::scope(|scope| {
            let clicks = (0..CONNECTIONS).map(|number| {
                let program = &programs[number % programs.len()];
                let mut connection = program.connect(first.cookie.clone());
                scope.spawn(move || {
                    assert!(connection.add_pencil());
                    connection
                })
            });
            let clicks: Vec<_> = clicks.collect();
            let answers = clicks.into_iter().map(|click| click.join().unwrap());
            answers.collect()
        });
        for answer in answers {
            assert_eq!(answer.pencils(), 2, "{}", engine.name);
        }
    }
}
