//! The texts of pages and terminal, in both languages, from `texts/en.ftl` and `texts/ko.ftl`
//! ([Fluent](https://projectfluent.org)). They are part of the program; a test keeps the keys of
//! both equal.

use std::sync::LazyLock;
use std::time::Duration;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rocket_dyn_templates::minijinja::value::{Kwargs, Value};
use rocket_dyn_templates::minijinja::{self, State};

use crate::course::language::duration::{away, duration, moment};
use crate::course::language::languages::Language;

pub const ENGLISH: &str = include_str!("texts/en.ftl");
pub const KOREAN: &str = include_str!("texts/ko.ftl");

static ENGLISH_TEXTS: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle(Language::English, ENGLISH));
static KOREAN_TEXTS: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle(Language::Korean, KOREAN));

impl Language {
    /// The text with this key.
    pub fn text(self, key: &str) -> String {
        self.text_of(key, &FluentArgs::new())
    }

    /// The text with this key, its variables filled in.
    pub fn text_with(self, key: &str, variables: &[(&str, &str)]) -> String {
        let variables = variables.iter().copied();
        self.text_of(key, &variables.collect::<FluentArgs<'_>>())
    }

    /// The text with this key and its variable `number`, which may choose between one and many.
    pub fn text_counted(self, key: &str, number: u64) -> String {
        let mut variables = FluentArgs::new();
        variables.set("number", FluentValue::from(number));
        self.text_of(key, &variables)
    }

    /// A key without a text is shown as it is: the page stays usable, and the lack is seen.
    fn text_of(self, key: &str, variables: &FluentArgs<'_>) -> String {
        let texts = match self {
            Language::English => &*ENGLISH_TEXTS,
            Language::Korean => &*KOREAN_TEXTS,
        };
        let message = texts.get_message(key);
        let Some(pattern) = message.and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut incomplete = Vec::new();
        texts
            .format_pattern(pattern, Some(variables), &mut incomplete)
            .into_owned()
    }
}

/// The keys that begin so, in the order in which the texts stand in their file.
pub fn keys(start: &str) -> impl Iterator<Item = &'static str> {
    let keys = ENGLISH.lines().filter_map(|line| line.split_once(" = "));
    keys.map(|(key, _)| key)
        .filter(move |key| key.starts_with(start))
}

/// Gives templates the functions `t("key", name=value)` and `duration(seconds)` and the filters
/// `grouped`, `moment` and `away`, which answer in the page's language.
pub fn teach(templates: &mut minijinja::Environment<'_>) {
    templates.add_function("t", translate);
    templates.add_function("duration", in_words);
    templates.add_filter("grouped", grouped);
    templates.add_filter("moment", moment);
    templates.add_filter("away", |state: &State<'_, '_>, seconds: i64| {
        away(seconds, language_of(state))
    });
}

/// A number of seconds in words.
fn in_words(state: &State<'_, '_>, seconds: u64) -> String {
    duration(Duration::from_secs(seconds), language_of(state))
}

fn translate(state: &State<'_, '_>, key: &str, named: Kwargs) -> Result<String, minijinja::Error> {
    let mut variables = FluentArgs::new();
    for name in named.args() {
        let value: Value = named.get(name)?;
        // Numbers stay numbers, so that a text can choose between one and many.
        let value = match i64::try_from(value.clone()) {
            Ok(number) => FluentValue::from(number),
            Err(_) => FluentValue::from(value.to_string()),
        };
        variables.set(name.to_owned(), value);
    }
    Ok(language_of(state).text_of(key, &variables))
}

/// The language of the page that is being filled.
fn language_of(state: &State<'_, '_>) -> Language {
    let language = state.lookup("lang");
    let code = language.as_ref().and_then(Value::as_str);
    code.and_then(Language::from_code).unwrap_or_default()
}

/// A whole number with its thousands apart: 12,500.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn bundle(language: Language, source: &str) -> FluentBundle<FluentResource> {
    let locales = language.code().parse().into_iter().collect();
    let mut bundle = FluentBundle::new_concurrent(locales);
    // Both languages are written from left to right: the invisible marks would only get in the way
    // when a text is copied or searched.
    bundle.set_use_isolating(false);
    // A part that can't be read is left out; a test sees to it that there is none.
    let resource = FluentResource::try_new(source.to_owned());
    bundle.add_resource_overriding(resource.unwrap_or_else(|(readable, _)| readable));
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    use super::*;

    /// Each key with the variables of its text.
    fn keys(source: &str) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut keys: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut current = "";
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if !line.starts_with([' ', '}']) && line.contains('=') {
                current = line.split('=').next().unwrap().trim();
                assert!(
                    keys.insert(current, BTreeSet::new()).is_none(),
                    "{current} is there twice"
                );
            }
            for variable in line.split('$').skip(1) {
                let end = variable.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let variable = &variable[..end.unwrap_or(variable.len())];
                keys.get_mut(current).unwrap().insert(variable);
            }
        }
        keys
    }

    fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, extension, found);
            } else if path.extension().is_some_and(|own| own == extension) {
                found.push(path);
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_variables() {
        assert_eq!(keys(ENGLISH), keys(KOREAN));
    }

    #[test]
    fn every_text_can_be_read() {
        for source in [ENGLISH, KOREAN] {
            if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
                panic!("{errors:?}");
            }
        }
        for language in Language::ALL {
            for key in keys(ENGLISH).into_keys() {
                assert_ne!(language.text(key), key);
            }
        }
    }

    #[test]
    fn every_key_that_a_template_asks_for_exists() {
        let mut templates = Vec::new();
        files(Path::new("templates"), "j2", &mut templates);
        assert!(templates.len() > 5);
        for path in templates {
            let source = std::fs::read_to_string(&path).unwrap();
            // A filter's name may end with a `t` too: `split(",")`.
            let calls = source.match_indices("t(\"").filter(|(place, _)| {
                !source[..*place].ends_with(|c: char| c.is_alphanumeric() || c == '_')
            });
            for (place, start) in calls {
                let key = source[place + start.len()..].split('"').next().unwrap();
                assert!(keys(ENGLISH).contains_key(key), "{path:?}: {key}");
            }
        }
    }

    /// In code a key is any string that looks like one: words with dashes, of which the first one
    /// begins other keys too.
    #[test]
    fn every_key_in_the_code_exists() {
        let keys = keys(ENGLISH);
        let first = |key: &str| key.split('-').next().unwrap_or_default().to_owned();
        let families: BTreeSet<String> = keys.keys().map(|key| first(key)).collect();
        let mut sources = Vec::new();
        files(Path::new("src"), "rs", &mut sources);
        files(Path::new("lessons"), "rs", &mut sources);
        let mut found = 0;
        for path in sources {
            let source = std::fs::read_to_string(&path).unwrap();
            for literal in source.split('"').skip(1).step_by(2) {
                let part_of_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
                let words_with_dashes = literal.contains('-')
                    && literal.starts_with(part_of_key)
                    && literal.ends_with(part_of_key)
                    && literal.chars().all(|c| part_of_key(c) || c == '-');
                if words_with_dashes && families.contains(&first(literal)) {
                    assert!(keys.contains_key(literal), "{path:?}: {literal}");
                    found += 1;
                }
            }
        }
        assert!(
            found > 20,
            "only {found} keys found: are they read rightly?"
        );
    }

    #[test]
    fn a_missing_key_is_shown_as_it_is() {
        assert_eq!(Language::English.text("no-such-key"), "no-such-key");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(-1_234_567), "-1,234,567");
    }
}
