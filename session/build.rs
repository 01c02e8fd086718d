//! Tells the tests of some features whether there are the programs that they start: libtest can't
//! ignore a test at run time.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rustc-check-cfg=cfg(redis_server, postgres_server, openssl)");
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<_> = env::split_paths(&path).collect();
    let has = |feature: &str| env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    if has("REDIS") {
        look("redis-server", "redis_server", &folders);
    }
    if has("REDIS_TLS") || has("POSTGRES") {
        look("openssl", "openssl", &folders);
    }
    if has("POSTGRES") {
        // Debian keeps its server programs out of the path.
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
        folders.extend(versions.flatten().map(|version| version.path().join("bin")));
        if let Some(initdb) = look("initdb", "postgres_server", &folders) {
            println!("cargo::rustc-env=INITDB={}", initdb.display());
        }
    }
}

/// Sets the cfg if the program is there. Cargo looks again once it is gone, or installed later.
fn look(program: &str, cfg: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let again = |path: &Path| println!("cargo::rerun-if-changed={}", path.display());
    let folders = folders.iter().filter(|folder| folder.is_dir());
    let mut files = folders.clone().map(|folder| folder.join(program));
    let found = files.find(|file| file.is_file());
    match &found {
        Some(file) => {
            again(file);
            println!("cargo::rustc-cfg={cfg}");
        }
        None => folders.for_each(|folder| again(folder)),
    }
    found
}
