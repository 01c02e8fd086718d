//! One crate of tests, its modules by feature.

mod account;
mod added_lesson;
mod beside;
mod command;
mod common;
mod documents;
mod fuzz;
mod grid;
mod house;
mod language;
mod lessons;
mod mallory;
mod notes;
mod pages;
mod scenarios;
mod walk;
mod xray;
