//! Mallory's site while a scenario is played.

use std::io;
use std::sync::mpsc;
use std::thread;

use rocket::Shutdown;
use rocket::fairing::AdHoc;

use crate::course::mallory;

/// Mallory's site, in a thread of this program. Dropping it ends it.
pub(super) struct MallorysSite {
    port: u16,
    shutdown: Shutdown,
}

impl MallorysSite {
    /// The port that it listens on. It is started if it is not there yet, on any free one.
    ///
    /// # Errors
    ///
    /// It does not start.
    pub(super) fn port(site: &mut Option<Self>, lesson_port: u16) -> io::Result<u16> {
        let started = match site.take() {
            Some(started) => started,
            None => MallorysSite::start(lesson_port)?,
        };
        Ok(site.insert(started).port)
    }

    fn start(lesson_port: u16) -> io::Result<Self> {
        let (tell, started) = mpsc::channel();
        let site = mallory::site(0, lesson_port).attach(AdHoc::on_liftoff("Started", |rocket| {
            Box::pin(async move {
                let _ = tell.send((rocket.config().port, rocket.shutdown()));
            })
        }));
        thread::spawn(move || drop(rocket::execute(site.launch())));
        let started = started.recv();
        let (port, shutdown) =
            started.map_err(|_| io::Error::other("Mallory's site does not start"))?;
        Ok(MallorysSite { port, shutdown })
    }
}

impl Drop for MallorysSite {
    fn drop(&mut self) {
        self.shutdown.clone().notify();
    }
}
