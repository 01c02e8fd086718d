//! CPU time and memory of a process, as Linux tells them. Other systems are not asked.

use std::fs::read_to_string;
use std::time::Duration;

/// The unit in which Linux counts a process's time, the same on all machines that Rust runs on.
const TICK: Duration = Duration::from_millis(10);

/// The time that a process has spent on the processors, its own and the kernel's for it.
pub fn cpu_time(process: u32) -> Option<Duration> {
    let stat = read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The second field is the program's name in parentheses and may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut ticks = fields.split_whitespace().skip(11).map(str::parse::<u32>);
    let (own, kernel) = (ticks.next()?.ok()?, ticks.next()?.ok()?);
    Some(TICK * (own + kernel))
}

/// The memory that a process has in use just now, in bytes.
pub fn memory(process: u32) -> Option<u64> {
    let status = read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}
