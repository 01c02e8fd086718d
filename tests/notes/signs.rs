//! The signs of Rust: none is used before a reader has met it by name, in `RUST.md` or in the notes
//! of a lesson up to there.

use std::collections::BTreeSet;

use session_lessons::course::exercise::Exercise;

use crate::common::sources::{Project, code};

/// Words of the language, and of the library as far as every program knows them.
const WORDS: &str = "as async await bool break char const continue crate dyn else enum extern f64 false fn \
    for i32 i64 if impl in let loop match mod move mut pub ref return self static str struct super \
    trait true type u16 u32 u64 u8 unsafe usize where while use Arc Box Duration Err None Ok Option \
    Result Self Some String Vec";

/// Signs of two characters.
const PAIRS: &str = ":: -> => .. || && == != <= >= += -= *= /= #[";

/// Signs that mean the same in Python.
const AS_IN_PYTHON: &str = "( ) [ ] { } , . : ; = == != < > <= >= + - / += -= @ \" #";

/// The signs in a piece of code: words, macros as `uri!`, attributes as `#[get`, and punctuation.
fn signs(code: &str) -> BTreeSet<String> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut signs = BTreeSet::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        let after = &rest[name.len()..];
        let pair = PAIRS.split_whitespace().find(|pair| rest.starts_with(pair));
        let read = if first == '"' {
            rest[1..].find('"').map_or(rest.len(), |end| end + 2)
        } else if name.starts_with('_') {
            signs.insert("_".to_owned());
            name.len()
        } else if after.starts_with('!') && !after.starts_with("!=") && !name.is_empty() {
            signs.insert(format!("{name}!"));
            name.len() + 1
        } else if !name.is_empty() {
            signs.extend(words.contains(&name).then(|| name.to_owned()));
            name.len()
        } else if pair == Some("#[") {
            let end = rest[2..].find(|c| !is_name(c)).unwrap_or(rest.len() - 2) + 2;
            signs.insert(rest[..end].to_owned());
            end
        } else {
            let sign = pair.map_or(first.to_string(), str::to_owned);
            let length = sign.len();
            if !first.is_whitespace() {
                signs.insert(sign);
            }
            length
        };
        rest = &rest[read..];
    }
    let known: BTreeSet<&str> = AS_IN_PYTHON.split_whitespace().collect();
    signs.retain(|sign| !known.contains(sign.as_str()));
    signs
}

/// The signs that a text names: those of its code between words, not of its blocks.
fn named(text: &str) -> BTreeSet<String> {
    let prose = text.split("```").step_by(2).flat_map(str::lines);
    let code = prose.flat_map(|line| line.split('`').skip(1).step_by(2));
    code.flat_map(|code| signs(&code.replace('\\', "")))
        .collect()
}

/// The code of a program, line by line.
fn used(source: &str) -> BTreeSet<String> {
    code(source).into_iter().flat_map(signs).collect()
}

pub fn uses_no_sign_before_it_is_named(project: &Project) {
    for (rust, notes, heading) in [
        ("RUST.md", "NOTES.md", "\n## Lesson "),
        ("RUST.ko.md", "NOTES.ko.md", "\n## 레슨 "),
    ] {
        let mut known = named(&project.read(rust));
        let notes = project.read(notes);
        for lesson in project.lessons.programs() {
            let (_, section) = notes
                .split_once(&format!("{heading}{}:", lesson.in_course()))
                .unwrap();
            known.extend(named(section.split("\n## ").next().unwrap()));
            let used = used(&project.source(&lesson.program));
            let unknown: Vec<_> = used.difference(&known).collect();
            assert!(
                unknown.is_empty(),
                "{} before {rust} names {unknown:?}",
                lesson.program
            );
        }
    }
}

#[test]
fn no_sign_is_used_before_it_is_named() {
    uses_no_sign_before_it_is_named(&Project::here());
}

#[test]
fn no_exercise_uses_a_sign_that_the_text_about_rust_does_not_name() {
    let project = Project::here();
    for rust in ["RUST.md", "RUST.ko.md"] {
        let known = named(&project.read(rust));
        for exercise in Exercise::all().unwrap() {
            for folder in ["given", "solved"] {
                let file = format!("exercises/{folder}/{}.rs", exercise.program);
                let used = used(&project.read(&file));
                let unknown: Vec<_> = used.difference(&known).collect();
                assert!(unknown.is_empty(), "{file} before {rust} names {unknown:?}");
            }
        }
    }
}

#[test]
fn signs_are_found_in_code() {
    let found = |code: &str| signs(code).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(found("#[post(\"/a\")]"), "#[post");
    assert_eq!(
        found("let Some(_user) = a? else { b != !c };"),
        "! ? Some _ else let"
    );
    assert_eq!(
        found("|cart: &mut Cart| a::b!(x) || *y"),
        "& * :: b! mut | ||"
    );
    assert_eq!(found("\"|&?\", '.'"), "'");
    let text = "`a?` and `b \\|\\| c`\n\n```rust\n&x\n```\n`uri!(y)`";
    assert_eq!(
        named(text).into_iter().collect::<Vec<_>>().join(" "),
        "? uri! ||"
    );
}
