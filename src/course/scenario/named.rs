//! Values that an earlier step has made, such as the number of a post: later steps name them, so
//! that no scenario depends on what was in the database before.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The paths that a page shows after a step, by the name of the value in them: `{ post =
/// "/board/*/delete" }`. The `*` stands for the value, which is a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Made(BTreeMap<String, String>);

impl TryFrom<BTreeMap<String, String>> for Made {
    type Error = &'static str;

    fn try_from(paths: BTreeMap<String, String>) -> Result<Self, Self::Error> {
        let is_path = |path: &String| path.starts_with('/') && path.matches('*').count() == 1;
        if paths.is_empty() || !paths.values().all(is_path) {
            return Err("`made` has names with paths like \"/board/*/delete\"");
        }
        Ok(Made(paths))
    }
}

impl Made {
    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The values that stand in this page, the first of each. A path that the page does not have
    /// gives none.
    pub fn found<'a>(&'a self, page: &'a str) -> impl Iterator<Item = (&'a str, usize)> {
        let paths = self.0.iter();
        paths.filter_map(|(name, path)| Some((name.as_str(), found(path, page)?)))
    }
}

/// The number that stands for the `*` of this path in the page.
fn found(path: &str, page: &str) -> Option<usize> {
    let (before, after) = path.split_once('*')?;
    let mut places = page.split(before).skip(1);
    places.find_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        // A number that is too large for TOML would spoil the file in which it is noted.
        let number: u32 = rest[..end].parse().ok()?;
        rest[end..].starts_with(after).then_some(number as usize)
    })
}

/// The named values known so far.
#[derive(Clone, Debug, Default)]
pub struct NamedValues(BTreeMap<String, usize>);

impl NamedValues {
    /// Keeps a value, in the place of an older one of this name. Returns true if it is another one.
    pub fn keep(&mut self, name: &str, value: usize) -> bool {
        self.0.insert(name.to_owned(), value) != Some(value)
    }

    /// The text in which each `{name}` has become its value. A name without a value stays.
    pub fn filled(&self, text: &str) -> String {
        let fill = |text: String, (name, value): (&String, &usize)| {
            text.replace(&format!("{{{name}}}"), &value.to_string())
        };
        self.0.iter().fold(text.to_owned(), fill)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_in_a_page_and_filled_into_a_path() {
        let paths = [("post".to_owned(), "/board/*/delete".to_owned())];
        let made = Made::try_from(BTreeMap::from(paths)).unwrap();
        let page = "<a href=\"/board/new\"><form action=\"/board/31/delete\">/board/7/delete";
        let mut values = NamedValues::default();
        for (name, value) in made.found(page) {
            values.keep(name, value);
        }
        assert_eq!(values.filled("/board/{post}/delete"), "/board/31/delete");
        assert_eq!(values.filled("/board/{other}"), "/board/{other}");
        for without in [
            "",
            "/board/",
            "/board/7",
            "/board/x/delete",
            "/board/9999999999/delete",
        ] {
            assert_eq!(made.found(without).count(), 0, "{without}");
        }
    }

    #[test]
    fn a_path_has_one_star() {
        for path in ["board/*", "/board", "/*/*"] {
            let paths = [("post".to_owned(), path.to_owned())];
            assert!(Made::try_from(BTreeMap::from(paths)).is_err(), "{path}");
        }
        assert!(Made::try_from(BTreeMap::new()).is_err());
    }
}
