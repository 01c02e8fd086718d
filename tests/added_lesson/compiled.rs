//! A lesson's program, compiled with what Cargo has built for these tests: not the whole project
//! once more.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread::spawn;
use std::time::Duration;
use std::{env, fs};

/// A compiler that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(180);

/// Compiles `lessons/<name>.rs` of a project, and returns the program.
pub fn program(project: &Path, name: &str) -> PathBuf {
    let test = env::current_exe().unwrap();
    let libraries = test.parent().unwrap();
    let course = newest(libraries, "session_lessons");
    // Several of a name may lie there, of other features. A library names those that it was built
    // with by what stands behind their names.
    let metadata = fs::read(&course).unwrap();
    let built_with = |name| {
        let found = libraries_named(libraries, name)
            .into_iter()
            .find(|library| {
                let stem = library.file_stem().unwrap().to_str().unwrap();
                let (_, suffix) = stem.rsplit_once('-').unwrap();
                let suffix = format!("-{suffix}");
                metadata
                    .windows(suffix.len())
                    .any(|part| part == suffix.as_bytes())
            });
        found.unwrap_or_else(|| panic!("the course was built with no {name}"))
    };
    let program = project.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc
        .args(["--edition", "2024", "--crate-type", "bin", "-o"])
        .arg(&program)
        .arg("-L")
        .arg(format!("dependency={}", libraries.display()))
        .arg("--extern")
        .arg(format!("session_lessons={}", course.display()));
    for name in ["rocket", "rocket_dyn_templates"] {
        let library = built_with(name);
        rustc
            .arg("--extern")
            .arg(format!("{name}={}", library.display()));
    }
    rustc.arg(project.join(format!("lessons/{name}.rs")));
    run(rustc);
    program
}

/// All libraries with this name.
fn libraries_named(folder: &Path, name: &str) -> Vec<PathBuf> {
    let (start, end) = (format!("lib{name}-"), ".rlib");
    let files = fs::read_dir(folder).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    paths
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with(&start) && name.ends_with(end)
        })
        .collect()
}

fn newest(folder: &Path, name: &str) -> PathBuf {
    let built = |path: &PathBuf| fs::metadata(path).and_then(|it| it.modified()).unwrap();
    let newest = libraries_named(folder, name).into_iter().max_by_key(built);
    newest.unwrap_or_else(|| panic!("there is no library {name}"))
}

/// Runs the compiler, whose complaints end the test.
fn run(mut rustc: Command) {
    let mut child = rustc.stderr(Stdio::piped()).spawn().unwrap();
    let mut complaints = child.stderr.take().unwrap();
    let (sender, ended) = channel();
    spawn(move || {
        let mut said = String::new();
        complaints.read_to_string(&mut said).ok();
        sender.send(said)
    });
    let said = ended.recv_timeout(PATIENCE);
    if said.is_err() {
        child.kill().unwrap();
    }
    let status = child.wait().unwrap();
    assert!(status.success(), "{said:?}");
}
