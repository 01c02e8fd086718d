//! Tells the tests of the features `redis` and `postgres` whether there is a server to start: libtest
//! can't ignore a test at run time.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rustc-check-cfg=cfg(redis_server)");
    println!("cargo::rustc-check-cfg=cfg(postgres_server)");
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<_> = env::split_paths(&path).collect();
    if env::var_os("CARGO_FEATURE_REDIS").is_some() && find("redis-server", &folders).is_some() {
        println!("cargo::rustc-cfg=redis_server");
    }
    if env::var_os("CARGO_FEATURE_POSTGRES").is_some() {
        // Debian keeps its server programs out of the path.
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
        folders.extend(versions.flatten().map(|version| version.path().join("bin")));
        if let Some(initdb) = find("initdb", &folders) {
            println!("cargo::rustc-cfg=postgres_server");
            println!("cargo::rustc-env=INITDB={}", initdb.display());
        }
    }
}

/// The program in the first of these folders that has it. Cargo looks again if it is gone, or
/// installed later.
fn find(program: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let folders = folders.iter().filter(|folder| folder.is_dir());
    let found = folders.clone().map(|folder| folder.join(program));
    let found = found.into_iter().find(|file| file.is_file());
    match &found {
        Some(file) => println!("cargo::rerun-if-changed={}", file.display()),
        None => folders.for_each(|folder| println!("cargo::rerun-if-changed={}", folder.display())),
    }
    found
}
