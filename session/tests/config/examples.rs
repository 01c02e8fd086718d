//! The examples in the documentation of the settings.

use std::collections::BTreeSet;

use rocket::figment::Figment;
use rocket::figment::providers::{Format, Toml};
use rocket_session_layer::Config;

const DOCUMENTED: &str = include_str!("../../src/config/mod.rs");

/// The blocks of TOML in comments. The first has all defaults, each other one shows a setting.
fn blocks() -> Vec<String> {
    let comments = DOCUMENTED.lines().filter_map(|line| {
        let line = line.trim_start().strip_prefix("///")?;
        Some(line.strip_prefix(' ').unwrap_or(line))
    });
    let comments: Vec<_> = comments.collect();
    let text = comments.join("\n");
    let blocks = text.split("```toml\n").skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

/// The settings in a block, those in its comments too.
fn settings(block: &str) -> BTreeSet<&str> {
    let names = block.lines().filter_map(|line| line.split_once(" = "));
    names
        .map(|(name, _)| name.trim_start_matches("# "))
        .collect()
}

fn read(block: &str) -> Result<Config, String> {
    let figment = Figment::from(Toml::string(block));
    Config::from_figment(&figment).map_err(|error| error.to_string())
}

#[test]
fn the_defaults_that_are_shown_are_the_defaults() {
    let shown = &blocks()[0];
    let engine = "engine = \"database\"";
    let built = format!("engine = \"{}\"", Config::default().engine);
    let shown = shown.replace("[default.session]", "[session]");
    let shown = read(&shown.replace(engine, &built)).unwrap();
    assert_eq!(format!("{shown:?}"), format!("{:?}", Config::default()));
}

#[test]
fn every_setting_has_an_example_and_each_example_is_read() {
    let blocks = blocks();
    let (defaults, examples) = blocks.split_first().unwrap();
    let mut shown = BTreeSet::new();
    for example in examples {
        match read(&format!("[session]\n{example}")) {
            Ok(_) => {}
            Err(line) if line.contains("needs the crate's feature") => {}
            Err(line) => panic!("{example}{line}"),
        }
        shown.extend(settings(example));
    }
    assert_eq!(shown, settings(defaults));
}
