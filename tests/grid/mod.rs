//! The grid in the notes: what each engine can do and what it survives, found out by doing it.
//!
//! If notes and findings disagree, this writes the findings into both languages:
//!
//!     COURSE_GRID=write cargo test --test tests grid

mod cell;
mod found;
mod inside;
mod processes;

use std::path::Path;
use std::{env, fs, thread};

use session_lessons::course::Language;

use crate::common::engines::engines;
use crate::common::lesson::project;
use found::Row;

/// The lines of the notes between which the grid stands.
const BEGIN: &str = "<!-- grid: written by a test, see tests/grid/mod.rs -->\n";
const END: &str = "<!-- end of the grid -->\n";

#[test]
fn the_grid_in_the_notes_says_what_was_found() {
    let rows: Vec<Row> = thread::scope(|scope| {
        let rows = engines().map(|engine| scope.spawn(|| Row::of(engine)));
        let rows: Vec<_> = rows.collect();
        rows.into_iter().map(|row| row.join().unwrap()).collect()
    });
    for (file, language) in [
        ("NOTES.md", Language::English),
        ("NOTES.ko.md", Language::Korean),
    ] {
        let file = project().join(file);
        let notes = fs::read_to_string(&file).unwrap();
        let (before, rest) = notes.split_once(BEGIN).unwrap();
        let (grid, after) = rest.split_once(END).unwrap();
        let found = found::grid(&rows, grid, language);
        if env::var_os("COURSE_GRID").is_some_and(|wish| wish == "write") {
            write(&file, &format!("{before}{BEGIN}{found}{END}{after}"));
        } else {
            let write = "COURSE_GRID=write cargo test --test tests grid";
            assert_eq!(grid, found, "{}; to write it: {write}", file.display());
        }
    }
}

fn write(file: &Path, notes: &str) {
    fs::write(file, notes).unwrap();
}
