//! The layer in a server of its own, `examples/plain_app.rs`.

#[cfg(target_os = "linux")]
mod full_disk;
mod malformed_requests;
mod processes;
