//! The playground, where students try things. It stands beside the lessons, so it has no head and
//! no neighbours.

use std::sync::LazyLock;

use super::head::{Lesson, LessonPath};
use crate::course::language::say::Say;

pub(super) static PLAYGROUND: LazyLock<Lesson> = LazyLock::new(|| Lesson {
    number: "playground".to_owned(),
    program: "playground".to_owned(),
    title: Say::of_key("playground-title"),
    idea: Say::of_key("playground-idea"),
    start: vec!["/login".to_owned(), "/main".to_owned()],
    minutes: 0,
    base: None,
    path: LessonPath::Further,
});
