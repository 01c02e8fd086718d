//! A copy of the project, with one lesson more, made from the third.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::common::lesson::project;
use crate::common::sources::copy_folder;

/// The five things of a lesson, by their file. NOTES are four files and one thing: what is told of it.
pub const THINGS: [&str; 5] = [
    "lessons/lesson99.toml",
    "lessons/lesson99.rs",
    "lessons/ko/lesson99.rs",
    "NOTES",
    "Cargo.toml",
];

/// The change of the added lesson.
const OLD: &str = "session.pop(\"user\");\n";
const NEW: &str = "session.pop(\"user\");\n    session.pop(\"cart\");\n";

/// A copy of what the course reads, in a folder that is gone when this is.
pub struct CopiedProject(TempDir);

impl CopiedProject {
    /// A copy with these things added to it.
    pub fn with(things: &[&str]) -> CopiedProject {
        let copy = CopiedProject(tempfile::tempdir().unwrap());
        for folder in ["lessons", "templates"] {
            copy_folder(&project().join(folder), &copy.path().join(folder));
        }
        let texts = ["NOTES", "README", "RUST", "TEACHING"];
        let texts = texts.map(|name| [format!("{name}.md"), format!("{name}.ko.md")]);
        let settings = ["Cargo.toml", "Rocket.toml"].map(str::to_owned);
        for file in settings.iter().chain(texts.as_flattened()) {
            fs::copy(project().join(file), copy.path().join(file)).unwrap();
        }
        for thing in things {
            match *thing {
                "lessons/lesson99.toml" => copy.add_head(),
                "lessons/lesson99.rs" => copy.add_program("lessons"),
                "lessons/ko/lesson99.rs" => copy.add_program("lessons/ko"),
                "NOTES" => copy.add_sections(),
                _ => copy.change("Cargo.toml", |text| {
                    text + "\n[[bin]]\nname = \"lesson99\"\npath = \"lessons/lesson99.rs\"\nbench = false\n"
                }),
            }
        }
        copy
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    fn change(&self, file: &str, change: impl FnOnce(String) -> String) {
        let file = self.path().join(file);
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, change(text)).unwrap();
    }

    /// A head of its own, and the scenario of the third lesson.
    fn add_head(&self) {
        let third = fs::read_to_string(self.path().join("lessons/lesson03.toml")).unwrap();
        let (_, scenario) = third.split_once("\n\n").unwrap();
        let head = "[lesson]\ntitle.en = \"One lesson more\"\ntitle.ko = \"레슨 하나 더\"\n\
            idea.en = \"It takes five things.\"\nidea.ko = \"다섯 가지면 됩니다.\"\n\
            start = [\"/login\", \"/main\"]\nminutes = 10\nbase = \"03\"\npath = \"further\"\n\n";
        fs::write(
            self.path().join("lessons/lesson99.toml"),
            head.to_owned() + scenario,
        )
        .unwrap();
    }

    /// The program of the third lesson with a header of its own and one line more.
    fn add_program(&self, folder: &str) {
        let folder = self.path().join(folder);
        let third = fs::read_to_string(folder.join("lesson03.rs")).unwrap();
        let (_, program) = third.split_once("\n\n").unwrap();
        let program = program
            .replace("app(\"03\")", "app(\"99\")")
            .replace(OLD, NEW);
        let header = if folder.ends_with("ko") {
            "//! 레슨 99: 레슨 하나 더\n//!\n//! 다섯 가지면 됩니다.\n//!\n\
             //! `cargo run --bin lesson99` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.\n\
             //!\n//! 레슨 03에서 한 줄이 바뀌었습니다.\n\n"
        } else {
            "//! Lesson 99: One lesson more.\n//!\n//! It takes five things.\n\
             //! 다섯 가지면 됩니다.\n//!\n\
             //! Run: `cargo run --bin lesson99`, then open http://localhost:8000\n\
             //!\n//! Changed since lesson 03: one line.\n\n"
        };
        fs::write(folder.join("lesson99.rs"), header.to_owned() + &program).unwrap();
    }

    /// The third lesson's section and its sheet under another title, and a class for it.
    fn add_sections(&self) {
        for (file, lesson, title, class) in [
            ("NOTES.md", "Lesson ", "One lesson more", ""),
            ("NOTES.ko.md", "레슨 ", "레슨 하나 더", ""),
            (
                "TEACHING.md",
                "Lesson ",
                "One lesson more",
                "## A class more\n\nIt takes 12 minutes.\n\n| minutes | part |\n| --- | --- |\n\
                 | 12 | Lesson 99 |\n",
            ),
            (
                "TEACHING.ko.md",
                "레슨 ",
                "레슨 하나 더",
                "## 수업 하나 더\n\n12분 수업입니다.\n\n| 분 | 부분 |\n| --- | --- |\n| 12 | 레슨 99 |\n",
            ),
        ] {
            self.change(file, |notes| {
                let start = |number: &str| notes.find(&format!("## {lesson}{number}: ")).unwrap();
                let third = &notes[start("03")..start("04")];
                let (_, body) = third.split_once('\n').unwrap();
                let body = body.replace("lesson03", "lesson99").replace(OLD, NEW);
                let body = body.replace("solution 03", "solution 99");
                let last = notes.rfind(&format!("\n## {lesson}")).unwrap() + 1;
                let end = notes[last..].find("\n## ").map(|end| last + end + 1);
                let (before, after) = notes.split_at(end.unwrap_or(notes.len()));
                format!("{before}\n## {lesson}99: {title}\n{body}{after}\n{class}")
            });
        }
    }
}
