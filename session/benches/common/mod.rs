//! Modules that the benches share. Each bench needs only some of them.

pub mod choice;
pub mod client;
pub mod disk;
pub mod engines;
pub mod keeper;
pub mod load;
pub mod machine;
#[cfg(postgres_server)]
#[path = "../../tests/common/postgres.rs"]
pub mod postgres;
pub mod process;
pub mod program;
pub mod redis;
pub mod report;
pub mod response;
pub mod sample;
pub mod served;
pub mod server;
pub mod stored;
pub mod wrk;

/// The reason why a bench could not go on.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A folder for a bench's files, on the disk that the project is on. It is deleted when dropped.
///
/// # Errors
///
/// The folder can't be made.
pub fn folder() -> std::io::Result<tempfile::TempDir> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    // Rocket looks for its configuration in all folders above, and would find the project's.
    std::fs::write(folder.path().join("Rocket.toml"), "")?;
    Ok(folder)
}
