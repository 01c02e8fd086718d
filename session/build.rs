//! Tells the tests of the feature `redis` whether there are the programs that they start: libtest
//! can't ignore a test at run time.

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rustc-check-cfg=cfg(redis_server, openssl)");
    if env::var_os("CARGO_FEATURE_REDIS").is_none() {
        return;
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&path)
        .filter(|folder| folder.is_dir())
        .collect();
    look("redis-server", "redis_server", &folders);
    if env::var_os("CARGO_FEATURE_REDIS_TLS").is_some() {
        look("openssl", "openssl", &folders);
    }
}

fn look(program: &str, cfg: &str, folders: &[PathBuf]) {
    let files = folders.iter().map(|folder| folder.join(program));
    match files.into_iter().find(|file| file.is_file()) {
        Some(file) => {
            println!("cargo::rerun-if-changed={}", file.display());
            println!("cargo::rustc-cfg={cfg}");
        }
        // It may be installed later.
        None => folders
            .iter()
            .for_each(|folder| println!("cargo::rerun-if-changed={}", folder.display())),
    }
}
