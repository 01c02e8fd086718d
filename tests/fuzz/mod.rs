//! The entries of `fuzz/` with their seeds, and with some thousand changes of them that are the
//! same at every run.

#[path = "../../fuzz/src/lib.rs"]
mod entries;
mod mutations;

use std::{fs, thread};

use crate::common::lesson::project;
use mutations::Mutations;

/// Shows the input at which an entry panics.
struct Input<'b>(&'b [u8]);

impl Drop for Input<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("the input was {:?}", String::from_utf8_lossy(self.0));
        }
    }
}

fn seeds(entry: &str) -> Vec<Vec<u8>> {
    let files = fs::read_dir(project().join("fuzz/seeds").join(entry)).unwrap();
    let mut seeds: Vec<Vec<u8>> = files
        .map(|file| fs::read(file.unwrap().path()).unwrap())
        .collect();
    seeds.sort();
    seeds
}

/// Runs the seeds and this many changes of them. An entry that refuses all of them, or none, shows
/// nothing.
fn run(name: &str, entry: fn(&[u8]) -> bool, changes: usize) {
    let seeds = seeds(name);
    let changed = Mutations::of(seeds.clone()).take(changes);
    let (mut taken, mut refused) = (0, 0);
    for bytes in seeds.iter().cloned().chain(changed) {
        let input = Input(&bytes);
        if entry(input.0) {
            taken += 1;
        } else {
            refused += 1;
        }
    }
    assert!(taken > 0 && refused > 0, "{taken} taken, {refused} refused");
}

#[test]
fn a_cookie_header_names_nothing_that_is_not_in_it() {
    run("cookie_header", entries::cookie_header, 20_000);
}

#[test]
fn only_what_was_sealed_opens() {
    run("seal", entries::seal, 5_000);
}

#[test]
fn a_file_is_a_record_or_refused() {
    run("session_file", entries::session_file, 3_000);
}

#[test]
fn the_way_back_after_a_login_stays_on_this_site() {
    run("next", entries::next, 10_000);
}

#[test]
fn a_scenario_is_read_or_refused_in_one_line() {
    run("scenario_file", entries::scenario_file, 1_000);
}
