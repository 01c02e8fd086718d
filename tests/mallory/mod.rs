//! Mallory's own site over HTTP: what it keeps and answers, and what it does not.

mod attacks;
mod hostile;
mod pages;
mod start;

use crate::common::http::{Answer, Request};
use crate::common::mallory::Mallory;

impl Mallory {
    fn get(&self, target: &str) -> Answer {
        Request::get(target).send(self.port)
    }

    /// Presses a button on a page of hers, in a browser with these cookies.
    fn press(&self, attack: &str, page: &str, cookies: &str) -> Answer {
        let referer = format!("http://localhost:{}{page}", self.port);
        let request = Request::post(attack, &[]).header("Referer", referer);
        request.header("Cookie", cookies).send(self.port)
    }
}
