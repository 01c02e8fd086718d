//! A course on web sessions, and the session layer for Rocket that its lessons stand on.
//!
//! | module | what is in it |
//! | --- | --- |
//! | [`mod@app`] | the Rocket app that every lesson starts from |
//! | [`answer`] | the return value of a view |
//! | [`views`] | views that several lessons mount |
//! | [`accounts`] | users, passwords, who is asking |
//! | [`shop`], [`board`] | the cart and the posts that lessons are about |
//! | [`mod@course`] | cover, checklist, X-ray, scenarios: what makes it a course |
//! | [`session`] | the session layer, a crate of its own |
//!
//! A lesson is one file, `lessons/lessonNN.rs`, and uses the names at the end of this one.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod accounts;
pub mod answer;
pub mod app;
pub mod board;
mod characters;
pub mod course;
pub mod schema;
pub mod shop;
pub mod views;

pub use rocket_session_layer as session;
pub use rocket_session_layer::db;

pub use answer::{Answer, Page, ViewError, redirect, redirect_back, render, show_again};
pub use app::app;
