//! The machine, date and commit of a run, so that its figures can be judged.

use std::fs::read_to_string;
use std::process::Command;
use std::thread::available_parallelism;
use std::time::Duration;

use rocket::time::OffsetDateTime;

use super::{Failure, disk, folder};

/// The lines above a run's figures. A line that the system has no answer for is left out.
///
/// # Errors
///
/// The disk can't be written.
pub fn describe() -> Result<Vec<String>, Failure> {
    let now = OffsetDateTime::now_utc();
    let (hour, minute) = (now.hour(), now.minute());
    let mut lines = vec![format!("Date: {}, {hour:02}:{minute:02} UTC", now.date())];
    if let Some(commit) = output("git", &["rev-parse", "--short=10", "HEAD"]) {
        // From the top of the repository; the results of earlier runs do not count.
        let built = [
            ":/session/src",
            ":/session/migrations",
            ":/session/examples",
            ":/session/Cargo.toml",
            ":/src",
            ":/lessons",
            ":/Cargo.toml",
            ":/Cargo.lock",
        ];
        let changed = output(
            "git",
            &[&["status", "--porcelain", "--"][..], &built].concat(),
        );
        let and = match changed {
            Some(files) if !files.is_empty() => ", with changes that are not committed",
            _ => "",
        };
        lines.push(format!("Commit: {commit}{and}"));
    }
    lines.push(format!("Machine: {}", machine()));
    if let Some(compiler) = output("rustc", &["--version"]) {
        lines.push(format!("Compiler: {compiler}, release"));
    }
    if let Some(load) = line_of("/proc/loadavg", "") {
        let load = load.split(' ').next().unwrap_or_default();
        lines.push(format!("Load of the machine before: {load}"));
    }
    lines.push(format!("Disk: {}", fsync()?));
    Ok(lines)
}

/// The time of the fsync that a commit with `synchronous = "full"` waits for.
///
/// # Errors
///
/// The disk can't be written.
pub fn fsync() -> Result<String, Failure> {
    let [median, p99] = disk::fsync_time(folder()?.path())?;
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let (median, p99) = (ms(median), ms(p99));
    Ok(format!(
        "one fsync of 4 KiB takes {median:.2} ms (median), {p99:.2} ms (p99)"
    ))
}

fn machine() -> String {
    let mut parts = Vec::new();
    parts.extend(line_of("/proc/cpuinfo", "model name"));
    if let Ok(cores) = available_parallelism() {
        parts.push(format!("{cores} cores"));
    }
    let memory = line_of("/proc/meminfo", "MemTotal:");
    let kibibytes = memory.and_then(|memory| memory.strip_suffix(" kB")?.parse::<f64>().ok());
    parts.extend(kibibytes.map(|kibibytes| format!("{:.0} GiB", kibibytes / 1024.0 / 1024.0)));
    let system = line_of("/proc/sys/kernel/osrelease", "").unwrap_or_default();
    parts.push(format!("{} {system}", std::env::consts::OS));
    parts.join(", ").trim().to_owned()
}

/// The rest of the first line with this beginning. `None`: no such line, or no such file.
fn line_of(path: &str, beginning: &str) -> Option<String> {
    let text = read_to_string(path).ok()?;
    let rest = text.lines().find_map(|line| line.strip_prefix(beginning))?;
    Some(rest.trim_start_matches([' ', '\t', ':']).trim().to_owned())
}

/// The output of a program. `None`: it is not installed, or fails.
fn output(program: &str, words: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(words)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .ok()?;
    let text = output.status.success().then_some(output.stdout)?;
    Some(String::from_utf8(text).ok()?.trim().to_owned())
}
