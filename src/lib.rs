//! A course on web sessions, and the session layer for Rocket that its lessons stand on.
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
