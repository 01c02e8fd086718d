//! Arrows between files, read from their paths: `use` declarations and paths in the code. A
//! re-export is no arrow, since a room's `mod.rs` only names what is in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::lesson::project;
use crate::common::sources::read;

/// Each file with the files that it uses, without `.rs`: `course/xray/panel`.
pub type Files = BTreeMap<String, BTreeSet<String>>;

/// All files of a package but those of its tests.
pub fn files(folder: &str, name: &str) -> Files {
    let mut names = Vec::new();
    collect(folder, "", &mut names);
    let sources: BTreeMap<String, Vec<Use>> = names
        .into_iter()
        .map(|file| {
            let source = read(&path(folder, &file));
            let uses = uses(&file, without_tests(&source), name);
            (file, uses)
        })
        .collect();
    sources
        .keys()
        .map(|file| {
            let used = sources[file].iter().filter(|one| !one.is_public);
            let used = used.filter_map(|one| target(&sources, &one.path, 0));
            (file.clone(), used.filter(|used| used != file).collect())
        })
        .collect()
}

/// The file of a module: `session/src/db/mod.rs`.
pub fn path(folder: &str, file: &str) -> String {
    let file = if file.is_empty() { "lib" } else { file };
    let alone = format!("{folder}/{file}.rs");
    if project().join(&alone).is_file() {
        alone
    } else {
        format!("{folder}/{file}/mod.rs")
    }
}

/// The source up to its unit tests.
pub fn without_tests(source: &str) -> &str {
    source
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(source)
}

/// The files that use themselves by way of others.
pub fn circles(files: &Files) -> Vec<String> {
    let reaches_itself = |start: &String| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&String> = files[start].iter().collect();
        while let Some(file) = next.pop() {
            if file == start {
                return true;
            }
            if seen.insert(file) {
                next.extend(files.get(file).into_iter().flatten());
            }
        }
        false
    };
    files
        .keys()
        .filter(|file| reaches_itself(file))
        .cloned()
        .collect()
}

/// A path that a file names, from the crate's root on.
struct Use {
    path: Vec<String>,
    is_public: bool,
}

fn collect(folder: &str, below: &str, names: &mut Vec<String>) {
    let at = project().join(folder).join(below);
    for entry in std::fs::read_dir(at).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let inner = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        if entry.path().is_dir() && name != "tests" {
            collect(folder, &inner, names);
        } else if let Some(file) = inner.strip_suffix(".rs").filter(|_| name != "tests.rs") {
            let file = file.strip_suffix("/mod").unwrap_or(file);
            let is_root = ["lib", "main"].contains(&file);
            names.push(if is_root {
                String::new()
            } else {
                file.to_owned()
            });
        }
    }
}

fn uses(file: &str, source: &str, name: &str) -> Vec<Use> {
    let plain: String = source
        .lines()
        .filter_map(|line| line.split("//").next())
        .collect::<Vec<_>>()
        .join("\n");
    let mut found = Vec::new();
    for statement in plain.split(';') {
        let Some(at) = statement
            .find("use ")
            .filter(|at| is_declaration(statement, *at))
        else {
            found.extend(named(statement).map(|path| (false, path)));
            continue;
        };
        let is_public = statement[..at].contains("pub");
        let paths = expand(statement[at + 4..].trim());
        found.extend(paths.into_iter().map(|path| (is_public, path)));
        found.extend(named(&statement[..at]).map(|path| (false, path)));
    }
    let root = |(is_public, path): (bool, String)| {
        let path = from_root(file, &path, name)?;
        Some(Use { path, is_public })
    };
    found.into_iter().filter_map(root).collect()
}

/// Tells whether a declaration begins here, and not a word within a text.
fn is_declaration(statement: &str, at: usize) -> bool {
    let line = statement[..at].rsplit('\n').next().unwrap_or_default();
    line.trim().is_empty() || line.trim_start().starts_with("pub")
}

/// Paths in code that begin at the crate or above the file.
fn named(code: &str) -> impl Iterator<Item = String> + '_ {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .filter(|path| path.contains("::"))
        .map(str::to_owned)
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn expand(tree: &str) -> Vec<String> {
    let Some((before, inner)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap_or(tree).trim().to_owned()];
    };
    let inner = inner.trim_end().strip_suffix('}').unwrap_or(inner);
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in inner.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    let whole = parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty());
    whole
        .flat_map(|part| expand(&format!("{}{part}", before.trim())))
        .collect()
}

fn from_root(file: &str, path: &str, name: &str) -> Option<Vec<String>> {
    let mut place: Vec<&str> = file.split('/').filter(|part| !part.is_empty()).collect();
    let mut parts: Vec<&str> = path.split("::").collect();
    match parts[0] {
        "crate" => place.clear(),
        first if first == name => place.clear(),
        "self" | "super" => {
            while parts.first() == Some(&"super") {
                parts.remove(0);
                place.pop();
            }
            parts.insert(0, "self");
        }
        // A child of this file, or another crate: then it leads to no file.
        _ => parts.insert(0, "self"),
    }
    place.extend(&parts[1..]);
    Some(place.into_iter().map(str::to_owned).collect())
}

/// The file that a path leads to, through re-exports. `None` if it is another crate's.
fn target(sources: &BTreeMap<String, Vec<Use>>, path: &[String], depth: usize) -> Option<String> {
    let file = (0..=path.len())
        .rev()
        .map(|length| path[..length].join("/"))
        .find(|file| sources.contains_key(file))?;
    let length = if file.is_empty() {
        0
    } else {
        file.split('/').count()
    };
    let name = path.get(length)?;
    let exported = sources[&file]
        .iter()
        .find(|one| one.is_public && one.path.last() == Some(name));
    match exported {
        Some(one) if depth < 9 => target(sources, &one.path, depth + 1),
        _ => Some(file),
    }
}
