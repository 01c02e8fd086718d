//! Ctrl+C while other programs work for this one. Without it the system would end this program at
//! once, and leave behind the others and the folder made for them.

use std::io::{self, ErrorKind};
use std::panic::resume_unwind;
use std::process::{Child, Command};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use rocket::tokio::task::spawn_blocking;
use rocket::tokio::{pin, select, signal};

/// A program that is ended when the sign goes up. The lock is held only for moments.
pub(crate) type Stoppable = Arc<Mutex<Child>>;

/// Tells a piece of work to give up.
#[derive(Clone, Debug, Default)]
pub(crate) struct StopSign(Arc<(Mutex<Raised>, Condvar)>);

#[derive(Debug, Default)]
struct Raised {
    is_up: bool,
    /// The programs that it has started: two servers, say. One that has ended stays so.
    started: Vec<Stoppable>,
}

impl StopSign {
    /// Starts a program that ends at Ctrl+C.
    ///
    /// # Errors
    ///
    /// It can't be started, or the sign is up already: [`ErrorKind::Interrupted`].
    pub fn spawn(&self, command: &mut Command) -> io::Result<Stoppable> {
        let mut raised = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        if raised.is_up {
            return Err(ErrorKind::Interrupted.into());
        }
        let started = Arc::new(Mutex::new(command.spawn()?));
        raised.started.push(Arc::clone(&started));
        Ok(started)
    }

    /// True once Ctrl+C was pressed.
    pub fn is_up(&self) -> bool {
        let raised = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        raised.is_up
    }

    /// Waits for this time, or until Ctrl+C. True at Ctrl+C.
    pub fn pause(&self, time: Duration) -> bool {
        let raised = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.1.wait_timeout_while(raised, time, |it| !it.is_up);
        waited.unwrap_or_else(PoisonError::into_inner).0.is_up
    }

    /// Does this work. At Ctrl+C it ends the running programs, waits until the work has given up,
    /// and returns `None`.
    pub fn watch<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        rocket::execute(async {
            let work = spawn_blocking(work);
            pin!(work);
            let done = select! {
                biased;
                Ok(()) = signal::ctrl_c() => {
                    self.raise();
                    let _ = work.await;
                    return None;
                }
                done = &mut work => done,
            };
            // A panic in the work is one here.
            Some(done.unwrap_or_else(|error| resume_unwind(error.into_panic())))
        })
    }

    fn raise(&self) {
        let mut raised = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        raised.is_up = true;
        raised.started.iter().for_each(end);
        self.0.1.notify_all();
    }
}

/// Ends a program at once, whatever it is doing. One that has ended already stays so.
pub(crate) fn end(running: &Stoppable) {
    let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = running.kill();
    let _ = running.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_the_sign_is_up_nothing_waits_and_nothing_starts() {
        let sign = StopSign::default();
        assert!(!sign.is_up() && !sign.pause(Duration::ZERO));
        sign.raise();
        assert!(sign.is_up() && sign.pause(Duration::MAX));
        let refused = sign.spawn(&mut Command::new("true")).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Interrupted);
    }

    #[test]
    #[cfg(unix)]
    fn all_that_it_has_started_ends() {
        let sign = StopSign::default();
        let sleeping = || sign.spawn(Command::new("sleep").arg("600")).unwrap();
        let (first, second) = (sleeping(), sleeping());
        sign.raise();
        for program in [first, second] {
            let ended = program.lock().unwrap().try_wait().unwrap();
            assert!(ended.is_some_and(|status| !status.success()));
        }
    }

    #[test]
    fn work_that_is_left_alone_ends_with_its_result() {
        assert_eq!(StopSign::default().watch(|| 7), Some(7));
    }
}
