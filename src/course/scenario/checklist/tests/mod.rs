//! The walks that the tests go.

mod meaning;
mod order;

use super::*;

/// A small walk: a login, a page, a closed browser, a page, weeks, a form of another site.
const WALK: &str = r#"
[[step]]
who = "alice"
send = "POST /login"
say = { en = "x", ko = "x" }
status = 303
place = "/main?a"
cookie = "new"
row = { user = "alice", cart = {} }

[[step]]
who = "alice"
send = "GET /main"
say = { en = "x", ko = "x" }
status = 200
asking = "alice"
cookie = "same"
predict = PREDICT

[[step]]
who = "alice"
close = true
say = { en = "x", ko = "x" }

[[step]]
who = "alice"
send = "GET /main"
say = { en = "x", ko = "x" }
status = 303
asking = false
cookie = "gone"
row = "none"
predict = PREDICT

[[step]]
who = "alice"
wait = "15 days"
say = { en = "x", ko = "x" }

[[step]]
who = "mallory"
at = "alice"
send = "POST /board/{post}/delete"
from = "another site"
say = { en = "x", ko = "x" }
status = 403
cookie = "same"
row = { user = "alice" }
"#;

const PREDICT: &str = "{ question = SAY, right = SAY, wrong = [\
    { answer = SAY, why = SAY }, { answer = SAY, why = SAY }] }";

/// The checklist of a scenario that lives as long as the test program.
fn list_of(source: &str, done: usize, movable: bool) -> Checklist<'static> {
    let scenario = Scenario::parse("x.toml", source).unwrap_or_else(|error| panic!("{error:?}"));
    Checklist::new(Box::leak(Box::new(scenario)), done, movable)
}

fn walk_with(done: usize, movable: bool) -> Checklist<'static> {
    let source = WALK.replace("PREDICT", PREDICT);
    let source = source.replace("SAY", "{ en = \"x\", ko = \"x\" }");
    list_of(&source, done, movable)
}

fn walk(done: usize) -> Checklist<'static> {
    walk_with(done, true)
}

/// A checklist of steps with these acts and nothing else.
fn acts(acts: &[&str]) -> Checklist<'static> {
    let step =
        |act| format!("[[step]]\nwho = \"bob\"\n{act}\nsay = {{ en = \"x\", ko = \"x\" }}\n");
    list_of(&acts.iter().map(step).collect::<String>(), 0, true)
}
