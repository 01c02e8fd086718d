//! The house itself: arrows between files and rooms go one way, and a file fits on a few screens.

mod arrows;

use std::collections::BTreeMap;
use std::path::Path;

use crate::common::sources::{code, read};
use arrows::{Files, circles, files};

/// The packages: a folder, and the name by which others call its crate.
const PACKAGES: [(&str, &str); 2] = [
    ("src", "session_lessons"),
    ("session/src", "rocket_session_layer"),
];

/// Lines of code in a file. A longer one has more than one idea.
const MOST_LINES: usize = 250;

#[test]
fn no_file_uses_itself_by_way_of_others() {
    for (folder, name) in PACKAGES {
        let found = circles(&files(folder, name));
        assert!(found.is_empty(), "{folder}: {found:#?}");
    }
}

#[test]
fn a_circle_is_seen() {
    let mut files = Files::new();
    for (file, uses) in [("a", "b"), ("b", "c"), ("c", "b"), ("d", "a")] {
        files.insert(file.to_owned(), [uses.to_owned()].into());
    }
    assert_eq!(circles(&files), ["b", "c"]);
}

/// The table in `src/course/mod.rs` lists the rooms from the top to the ground.
#[test]
fn a_room_of_the_course_uses_only_those_below_it() {
    let table = read("src/course/mod.rs");
    let rooms: Vec<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `")?.split('`').next())
        .collect();
    assert!(rooms.len() > 8, "{rooms:?}");
    let floor = |file: &str| {
        let room = file.strip_prefix("course/")?.split('/').next()?;
        let floor = rooms.iter().position(|name| *name == room);
        Some(floor.unwrap_or_else(|| panic!("src/course/mod.rs has no line for {room}")))
    };
    for (file, uses) in files("src", "session_lessons") {
        for used in uses {
            if let (Some(above), Some(below)) = (floor(&file), floor(&used)) {
                assert!(above <= below, "{file} uses {used}");
            }
        }
    }
}

#[test]
fn a_file_fits_on_a_few_screens() {
    let mut long = BTreeMap::new();
    for (folder, name) in PACKAGES {
        for file in files(folder, name).into_keys() {
            let path = arrows::path(folder, &file);
            let source = read(&path);
            let source = arrows::without_tests(&source);
            long.insert(path, code(source).len());
        }
    }
    long.retain(|_, lines| *lines > MOST_LINES);
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn a_type_is_defined_once() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (folder, name) in PACKAGES {
        for file in files(folder, name).into_keys() {
            let path = arrows::path(folder, &file);
            let source = read(&path);
            for line in arrows::without_tests(&source).lines() {
                let words: Vec<&str> = line.split([' ', '<', '(', '{', ';', ':']).collect();
                let kind = words
                    .iter()
                    .position(|word| matches!(*word, "struct" | "enum" | "trait"));
                // An associated type or a variant is indented.
                let Some(kind) = kind.filter(|kind| *kind <= 2 && !line.starts_with(' ')) else {
                    continue;
                };
                places
                    .entry(words[kind + 1].to_owned())
                    .or_default()
                    .push(path.clone());
            }
        }
    }
    places.retain(|_, paths| paths.len() > 1);
    // The layer's error and the views'; the twin of a type in a build without its feature.
    for known in ["Error", "Seal"] {
        places.remove(known);
    }
    assert!(places.is_empty(), "{places:#?}");
    assert!(Path::new("src").exists());
}
