//! What the benches share. Each of them needs only a part.

pub mod choice;
pub mod client;
pub mod disk;
pub mod engines;
pub mod load;
pub mod machine;
pub mod process;
pub mod redis;
pub mod report;
pub mod response;
pub mod sample;
pub mod served;
pub mod server;
pub mod stored;
pub mod wrk;

/// Why a bench could not go on.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Where a bench may put files: on the disk that the project is on, and gone with the folder.
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
