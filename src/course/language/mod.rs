//! English and Korean: texts, and the words for events, times and durations.
//!
//! | file | what it does |
//! | --- | --- |
//! | `languages` | the two, and which of them a request or terminal gets |
//! | `switch` | the button that changes it |
//! | `texts` | texts by key, from `texts/en.ftl` and `texts/ko.ftl` |
//! | `say` | a sentence in both languages, in a lesson's own file |
//! | `duration` | times in words, moments in digits |
//! | `events` | the session layer's events in words |

pub mod duration;
pub mod events;
pub mod languages;
pub mod say;
pub mod switch;
pub mod texts;
