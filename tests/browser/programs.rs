//! Programs that have to be on this machine, and their places.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use crate::lesson::project;

/// The file that `npm install --prefix .ci axe-core` installs.
const AXE: &str = ".ci/node_modules/axe-core/axe.min.js";

pub struct Programs {
    /// chromedriver and Chromium, or what is missing.
    pub browser: Result<(PathBuf, PathBuf), String>,
    /// The source of axe-core, or what is missing.
    pub axe: Result<Arc<str>, String>,
    /// True if a missing program is a failure.
    pub required: bool,
}

impl Programs {
    pub fn find() -> Programs {
        let chromium = on_path(&["chromium", "chromium-browser", "google-chrome"]);
        let browser = on_path(&["chromedriver"]).and_then(|driver| Ok((driver, chromium?)));
        let file = env::var_os("AXE_PATH").map_or(project().join(AXE), PathBuf::from);
        let axe = std::fs::read_to_string(&file);
        let axe = axe.map_err(|error| format!("axe-core, {}: {error}", file.display()));
        let programs = Programs {
            browser,
            axe: axe.map(Arc::from),
            required: env::var("CI").is_ok_and(|value| value == "true"),
        };
        let missing = [programs.browser.as_ref().err(), programs.axe.as_ref().err()];
        for missing in missing.into_iter().flatten() {
            eprintln!("Trials in the browser will not run: {missing}");
        }
        programs
    }
}

/// The first of these programs that is there.
fn on_path(names: &[&str]) -> Result<PathBuf, String> {
    let path = env::var_os("PATH").unwrap_or_default();
    let files = names.iter().flat_map(|name| {
        let name = format!("{name}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&path)
            .map(move |folder| folder.join(&name))
            .collect::<Vec<_>>()
    });
    let found = files.into_iter().find(|file| file.is_file());
    found.ok_or_else(|| format!("no {} on the PATH", names.join(" or ")))
}
