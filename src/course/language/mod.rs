//! English and Korean: texts, and the words for events, times and durations.

pub mod duration;
pub mod events;
pub mod languages;
pub mod say;
pub mod switch;
pub mod texts;
