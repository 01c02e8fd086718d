//! Korean as Korean readers write it: words that give away an English sentence behind the Korean
//! one stand in no file that they read, no particle behind a variable, and no emphasis that its
//! particle keeps open.

mod emphasis;
mod particles;
mod words;

use std::fs;
use std::path::Path;

use crate::common::lesson::project;
use crate::common::sources::read;
use emphasis::open_emphasis;
use particles::bare_particles;
use words::wrong_words;

/// Folders in which nothing is to be read.
const SKIPPED: [&str; 3] = ["target", "var", ".git"];

/// The files in which Korean readers read, by their path from the project's folder on.
fn korean_files(folder: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(project().join(folder)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let path = Path::new(folder).join(&name);
        let path = path.to_str().unwrap();
        let in_korean = folder.ends_with("/ko")
            || ["lessons", "exercises"].contains(&folder) && name.ends_with(".toml");
        if project().join(path).is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                korean_files(path, found);
            }
        } else if in_korean || name.ends_with(".ko.md") || name.ends_with("ko.ftl") {
            found.push(path.to_owned());
        }
    }
}

/// The lines in which something was found, as an editor opens them.
fn lines(find: impl Fn(&str) -> Option<&str>, ending: &str) -> Vec<String> {
    let mut files = Vec::new();
    korean_files("", &mut files);
    files.retain(|file| file.ends_with(ending));
    assert!(!files.is_empty(), "no file {ending}");
    let mut wrong = Vec::new();
    for file in files {
        for (number, line) in read(&file).lines().enumerate() {
            if let Some(found) = find(line) {
                wrong.push(format!("{file}:{}: {found}", number + 1));
            }
        }
    }
    wrong
}

#[test]
fn no_korean_text_has_a_word_that_only_translations_have() {
    let wrong = lines(wrong_words, "");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_variable_of_a_korean_text_has_a_particle_behind_it() {
    let wrong = lines(bare_particles, "ko.ftl");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_korean_text_has_an_emphasis_that_stays_open() {
    let wrong = lines(open_emphasis, "");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
