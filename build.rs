//! Tells the tests whether there is a redis-server to start: libtest can't ignore a test at run time.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rustc-check-cfg=cfg(redis_server)");
    let path = env::var_os("PATH").unwrap_or_default();
    let is_there = env::split_paths(&path).any(|folder| folder.join("redis-server").is_file());
    if is_there {
        println!("cargo::rustc-cfg=redis_server");
    }
}
