//! English and Korean: texts, and the words for events, times and durations.

pub mod duration;
pub mod events;
pub mod languages;
pub mod switch;
pub mod texts;
