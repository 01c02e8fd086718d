//! Tells the tests of the feature `redis` whether there is a redis-server to start: libtest can't
//! ignore a test at run time.

use std::env;

fn main() {
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rustc-check-cfg=cfg(redis_server)");
    if env::var_os("CARGO_FEATURE_REDIS").is_none() {
        return;
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&path)
        .filter(|folder| folder.is_dir())
        .collect();
    let servers = folders.iter().map(|folder| folder.join("redis-server"));
    match servers.into_iter().find(|file| file.is_file()) {
        Some(server) => {
            println!("cargo::rerun-if-changed={}", server.display());
            println!("cargo::rustc-cfg=redis_server");
        }
        // It may be installed later.
        None => folders
            .iter()
            .for_each(|folder| println!("cargo::rerun-if-changed={}", folder.display())),
    }
}
