//! Pages to read beside the lesson: its notes, its source, its changes, and ten signs of Rust.
//!
//! Each is a page of its own, `/beside/notes` say, from which `beside.js` takes the middle when a
//! tab is opened: so other pages stay small, and everything can be read without JavaScript. All of
//! it is read from the files as they are at that moment.

use std::io;
use std::path::Path;

use rocket::fairing::AdHoc;
use rocket::http::Status;
use rocket::request::FromParam;
use rocket::{State, get, routes};
use serde_json::{Value, json};

use crate::answer::{Answer, render};
use crate::course::guide::diff::{Change, Diff, Line};
use crate::course::guide::notes;
use crate::course::language::languages::Language;
use crate::course::lessons::folder::{project_folder, read_plain};
use crate::course::lessons::head::Lesson;
use crate::course::pages::navigation::Running;

/// Mounts the pages.
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("Reading", async |rocket| rocket.mount("/", routes![read]))
}

/// A page to read: the last part of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Notes,
    Code,
    Changes,
    Rust,
}

impl<'r> FromParam<'r> for Part {
    type Error = &'r str;

    fn from_param(name: &'r str) -> Result<Self, Self::Error> {
        match name {
            "notes" => Ok(Part::Notes),
            "code" => Ok(Part::Code),
            "changes" => Ok(Part::Changes),
            "rust" => Ok(Part::Rust),
            other => Err(other),
        }
    }
}

/// `/beside/notes`, `/beside/code`, `/beside/changes` and `/beside/rust`; 404 for any other part.
#[get("/beside/<part>")]
fn read(part: Option<Part>, running: &State<Running>, language: Language) -> Answer {
    let part = part.ok_or(Status::NotFound)?;
    render(
        "reading",
        context(part, &project_folder(), running, language),
    )
}

/// The page's context. A file that is not there is no error of the lesson: the page says which one
/// it looked for.
fn context(part: Part, folder: &Path, running: &Running, language: Language) -> Value {
    let lesson = running.lesson;
    let (title, file) = match part {
        Part::Notes => ("beside-notes", notes::file_name("NOTES", language)),
        Part::Code => ("beside-code", lesson.source_file(language)),
        Part::Changes => ("beside-changes", lesson.source_file(language)),
        Part::Rust => ("beside-rust", notes::file_name("RUST", language)),
    };
    let found = match part {
        Part::Notes => notes::of_lesson(folder, lesson, language)
            .map(|section| json!({ "notes": section, "missing": "beside-no-section" })),
        Part::Code => code(folder, lesson, language),
        Part::Changes => changes(lesson, running.lessons.base(lesson), language),
        Part::Rust => notes::of_rust(folder, language).map(|rust| json!({ "notes": rust })),
    };
    let mut context = found.unwrap_or_else(|_| json!({ "missing": "beside-no-file" }));
    context["title"] = json!(title);
    context["file"] = json!(file);
    context
}

/// The source by lines. Comments are marked, since they carry half of a lesson and are shown in
/// another colour.
fn code(folder: &Path, lesson: &Lesson, language: Language) -> io::Result<Value> {
    let source = read_plain(&folder.join(lesson.source_file(language)))?;
    let lines: Vec<Value> = source
        .lines()
        .map(|line| json!({ "text": line, "comment": is_comment(line) }))
        .collect();
    Ok(json!({ "code": lines }))
}

/// True for a line that is nothing but a comment.
fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// The changed places by lines. Empty lines at a hunk's ends are cut off: they are there only
/// because `diff` shows two lines around each change.
fn changes(lesson: &Lesson, base: Option<&Lesson>, language: Language) -> io::Result<Value> {
    let diff = Diff::of(lesson, base, language)?;
    let hunks = diff.hunks.iter().map(|hunk| {
        let says_something =
            |line: &Line| line.change != Change::Same || !line.text.trim().is_empty();
        let first = hunk.lines.iter().position(says_something).unwrap_or(0);
        let last = hunk.lines.iter().rposition(says_something).unwrap_or(0);
        let lines = hunk.lines.iter().take(last + 1).skip(first);
        let lines = lines.map(|line| {
            let kind = match line.change {
                Change::Same => "same",
                Change::Removed => "removed",
                Change::Added => "added",
            };
            json!({
                "kind": kind,
                "mark": line.change.mark().to_string(),
                "text": line.text,
                // The comment that came with a change is its reason.
                "reason": line.change == Change::Added && is_comment(&line.text),
            })
        });
        json!({ "lines": lines.collect::<Value>() })
    });
    Ok(json!({
        "base": diff.base.map(|base| base.source_file(language)),
        "hunks": hunks.collect::<Value>(),
        "missing": lesson.exercise().map_or("beside-no-base", |_| "beside-unchanged"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Lessons;

    #[test]
    fn a_file_that_is_not_there_is_named_and_no_error() {
        let nowhere = tempfile::tempdir().unwrap();
        let lessons = Lessons::of_project().unwrap();
        let running = Running::new(lessons, &lessons.all()[0]);
        for (part, file) in [
            (Part::Notes, "NOTES.ko.md"),
            (Part::Code, "lessons/ko/lesson01.rs"),
            (Part::Rust, "RUST.ko.md"),
        ] {
            let context = context(part, nowhere.path(), &running, Language::Korean);
            assert_eq!(context["missing"], "beside-no-file", "{part:?}");
            assert_eq!(context["file"], file);
        }
    }
}
