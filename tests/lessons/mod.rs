//! The lessons as students run them: built programs, asked over HTTP.

mod bad_luck;
mod budget;
mod hostile;
mod kill;
mod language;
mod lesson01;
mod lesson02;
mod lesson03;
mod lesson04;
mod lesson05;
mod lesson06;
mod lesson07;
mod lesson08;
mod lesson09;
mod races;
mod rows;
mod start;
mod terminal;

/// The demo users' passwords, as the cover page shows them.
const ALICE: &str = "wonder-land-7";
const BOB: &str = "tree-house-42";
