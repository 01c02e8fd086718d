//! Mallory's own site, `cargo run --bin mallory`: the attacks of the lessons from 12 on, one button
//! each. To the browser it is a neighbour of the lesson, since cookies don't know ports.
//!
//! | file | what it does |
//! | --- | --- |
//! | `program` | starts it as a program, and says its address |
//! | `site` | the Rocket app |
//! | `pages` | a page for each lesson, with a form for each attack |
//! | `attacks` | what her server does when a form or a script arrives |
//! | `lines` | the lines of HTML, and the headers that they are answered with |
//! | `lesson` | asks which lesson runs on a port |
//! | `arrival` | the host name, language and lesson's port of a request |
//! | `address` | addresses of this site |
//! | `topics` | the lessons that are attacked, and how |
//! | `haul` | the session ID that she has |
//!
//! A file uses only those below it in this table. It attacks nothing but the lesson on this machine:
//! it listens on 127.0.0.1, and knows the lesson by its port alone.

mod address;
mod arrival;
mod attacks;
mod haul;
mod lesson;
mod lines;
mod pages;
mod program;
mod site;
mod topics;

pub use program::{port, program};
pub use site::site;
