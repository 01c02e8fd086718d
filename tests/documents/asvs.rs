//! The table of requirements of OWASP's ASVS 5.0, from `docs/asvs.toml`. If a page is not what the
//! file says, this writes it:
//!
//!     COURSE_ASVS=write cargo test --test tests asvs

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;

use crate::common::lesson::project;
use crate::common::sources::read;

/// The folders whose tests can be named.
const SOURCES: [&str; 4] = ["tests", "session/tests", "src", "session/src"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    title: BTreeMap<String, String>,
    head: BTreeMap<String, String>,
    sections: BTreeMap<String, Section>,
    #[serde(rename = "requirement")]
    requirements: Vec<Requirement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    requirements: usize,
    en: String,
    ko: String,
}

/// One requirement, `7.2.3`, or several, `6.5.1–6.5.8`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Requirement {
    id: String,
    level: u8,
    state: State,
    en: [String; 2],
    ko: [String; 2],
    tests: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Met,
    Unmet,
    Inapplicable,
}

impl Requirement {
    /// Its section, and the numbers that it has there.
    fn numbers(&self) -> (&str, Vec<usize>) {
        let (first, last) = self.id.split_once('–').unwrap_or((&self.id, &self.id));
        let (section, first) = first.rsplit_once('.').unwrap();
        let (_, last) = last.rsplit_once('.').unwrap();
        let numbers = first.parse().unwrap()..=last.parse().unwrap();
        (section, numbers.collect())
    }
}

/// Every file with Rust in it, and its text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut folders: Vec<PathBuf> = SOURCES.map(PathBuf::from).into();
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(project().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                sources.push((path.clone(), read(path.to_str().unwrap())));
            }
        }
    }
    sources.sort();
    sources
}

/// A link from `docs/` to a test by its name, or to a file and words in it.
fn link(named: &str, sources: &[(PathBuf, String)]) -> String {
    if let Some((path, words)) = named.split_once(": ") {
        let name = Path::new(path).file_name().unwrap().display();
        return format!("[`{name}`](../{path} \"{}\")", words.replace('"', "&quot;"));
    }
    let function = format!("fn {named}(");
    let found = sources.iter().find(|(_, text)| text.contains(&function));
    let (path, _) = found.unwrap_or_else(|| panic!("there is no test {named}"));
    let path = path.display().to_string().replace('\\', "/");
    format!("[`{named}`](../{path} \"fn {named}\")")
}

fn page(table: &Table, language: &str) -> String {
    let sources = sources();
    let english = language == "en";
    let (columns, states, other) = if english {
        let columns = "| ASVS | L | asks | | why, and what shows it |";
        (columns, ["met", "**not met**", "–"], "[한국어](asvs.ko.md)")
    } else {
        let columns = "| ASVS | L | 요구 사항 | | 근거와 테스트 |";
        (columns, ["충족", "**미충족**", "–"], "[English](asvs.md)")
    };
    let mut page = format!(
        "# {}\n\n<!-- Written by a test from docs/asvs.toml, see tests/documents/asvs.rs -->\n{}\n{other}\n",
        table.title[language], table.head[language],
    );
    for (number, section) in &table.sections {
        let name = if english { &section.en } else { &section.ko };
        write!(
            page,
            "\n## {number} {name}\n\n{columns}\n| --- | --- | --- | --- | --- |\n"
        )
        .unwrap();
        let rows = table.requirements.iter();
        for row in rows.filter(|row| row.numbers().0 == number) {
            let [asks, why] = if english { &row.en } else { &row.ko };
            let shown: Vec<String> = row.tests.iter().map(|test| link(test, &sources)).collect();
            let (id, level, state) = (&row.id, row.level, states[row.state as usize]);
            let gap = if shown.is_empty() { "" } else { ": " };
            let shown = shown.join(", ");
            writeln!(
                page,
                "| {id} | {level} | {asks} | {state} | {why}{gap}{shown} |"
            )
            .unwrap();
        }
    }
    page
}

#[test]
fn the_table_is_whole_and_names_tests_that_there_are() {
    let table: Table = toml::from_str(&read("docs/asvs.toml")).unwrap();
    for (name, section) in &table.sections {
        let of_it = table.requirements.iter().map(Requirement::numbers);
        let of_it = of_it.filter(|(section, _)| section == name);
        let numbers: Vec<usize> = of_it.flat_map(|(_, numbers)| numbers).collect();
        let all: Vec<usize> = (1..=section.requirements).collect();
        assert_eq!(numbers, all, "section {name}");
    }
    for (language, file) in [("en", "docs/asvs.md"), ("ko", "docs/asvs.ko.md")] {
        let page = page(&table, language);
        if env::var_os("COURSE_ASVS").is_some_and(|wish| wish == "write") {
            fs::write(project().join(file), page).unwrap();
        } else {
            let write = "COURSE_ASVS=write cargo test --test tests asvs";
            assert!(
                read(file) == page,
                "{file} is out of date; to write it: {write}"
            );
        }
    }
}
