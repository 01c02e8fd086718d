//! The disk: the time of the fsync that a durable commit waits for, and the room that files take.

use std::fs::{File, read_dir};
use std::io::{Result, Write};
use std::path::Path;
use std::time::{Duration, Instant};

const TRIES: usize = 200;

/// Measures the `fsync` of one more page of 4 KiB in this folder: the median, and the 99th of a
/// hundred.
///
/// # Errors
///
/// The folder can't be written.
pub fn fsync_time(folder: &Path) -> Result<[Duration; 2]> {
    let path = folder.join("fsync");
    let mut file = File::create(&path)?;
    let mut times = Vec::with_capacity(TRIES);
    for _ in 0..TRIES {
        file.write_all(&[7; 4096])?;
        let start = Instant::now();
        file.sync_all()?;
        times.push(start.elapsed());
    }
    std::fs::remove_file(path)?;
    times.sort();
    Ok([times[TRIES / 2], times[TRIES * 99 / 100]])
}

/// The bytes that the files in this folder and below take on the disk.
///
/// # Errors
///
/// The folder can't be read.
pub fn used(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in read_dir(folder)? {
        let entry = entry?;
        // The server may have deleted the file since the folder was read.
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        bytes += if metadata.is_dir() {
            used(&entry.path())?
        } else {
            taken(&metadata)
        };
    }
    Ok(bytes)
}

#[cfg(unix)]
fn taken(metadata: &std::fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    metadata.blocks() * 512
}

#[cfg(not(unix))]
fn taken(metadata: &std::fs::Metadata) -> u64 {
    metadata.len()
}
