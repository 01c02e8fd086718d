//! A Redis server for the time of a bench.

use std::io::{Error, ErrorKind, Result};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::process;

const PATIENCE: Duration = Duration::from_secs(10);

/// A Redis that keeps nothing on disk. It ends when this is dropped.
pub struct Redis {
    child: Child,
    port: u16,
    _folder: TempDir,
}

impl Redis {
    /// Starts one on a free port.
    ///
    /// # Errors
    ///
    /// The program `redis-server` is not installed, or does not start.
    pub fn start() -> Result<Self> {
        let folder = super::folder()?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .args(["--port", &port.to_string()])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let redis = Redis {
            child,
            port,
            _folder: folder,
        };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if Instant::now() > deadline {
                return Err(Error::new(ErrorKind::TimedOut, "redis-server is silent"));
            }
            sleep(Duration::from_millis(10));
        }
        Ok(redis)
    }

    /// The bytes of memory that it has in use. `None`: the system does not say.
    pub fn memory(&self) -> Option<u64> {
        process::memory(self.child.id())
    }

    /// Its address as a setting.
    pub fn address(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
