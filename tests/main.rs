//! Everything that can be seen from outside: the course's programs and its texts.

mod beside;
mod common;
mod lessons;
mod notes;
mod scenarios;
