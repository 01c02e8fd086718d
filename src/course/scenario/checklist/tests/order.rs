//! Steps tick in their order, and questions are asked meanwhile.

use super::super::*;
use super::{acts, walk, walk_with};
use crate::course::Lessons;
use crate::session::Engine;

#[test]
fn a_closed_browser_ticks_with_the_next_step() {
    let mut list = walk(2);
    list.tick();
    assert_eq!(list.done(), 4);
    assert!(matches!(
        list.next(),
        Some((
            4,
            ScenarioStep {
                act: Act::Wait(_),
                ..
            }
        ))
    ));
}

#[test]
fn where_time_stands_the_rest_is_for_the_demo() {
    let list = walk_with(4, false);
    assert_eq!(list.doable(), 4);
    assert!(!list.is_demo_only(3) && list.is_demo_only(4) && list.is_demo_only(5));
    assert!(list.next().is_none());
    assert_eq!(walk(4).doable(), 6);
}

#[test]
fn a_restart_ticks_at_the_start_with_its_engine() {
    let mut list = acts(&[
        "restart = true",
        "restart = { engine = \"file\" }",
        "restart = true",
    ]);
    assert!(list.started(&on(Engine::Cache)) && !list.started(&on(Engine::Cache)));
    assert!(list.started(&on(Engine::File)) && !list.started(&on(Engine::Cache)));
    assert!(list.started(&on(Engine::File)) && !list.started(&on(Engine::File)));
    let engines = [0, 2].map(|place| list.restarted(place).engine);
    assert_eq!(engines, [None, Some(Engine::File)]);
}

/// The configuration of a lesson that was started with this engine.
fn on(engine: Engine) -> Config {
    let mut config = Config::default();
    config.engine = engine;
    config
}

#[test]
fn a_restart_ticks_with_the_setting_that_it_names() {
    let mut list = acts(&["restart = { http_only = false }"]);
    let mut config = Config::default();
    assert!(!list.started(&config));
    config.http_only = false;
    assert!(list.started(&config));
    assert_eq!(list.restarted(0).written(), "http_only=false");
}

#[test]
fn what_is_done_at_mallorys_ticks_with_the_next_step() {
    let note = "send = \"POST /note\"\nserver = \"mallory\"";
    let mut list = acts(&[note, "steal = true", "send = \"GET /main\""]);
    assert_eq!(list.next().map(|(place, _)| place), Some(2));
    list.tick();
    assert_eq!(list.done(), 3);
}

#[test]
fn a_restart_ticks_behind_a_closed_browser() {
    let mut list = acts(&["close = true", "restart = true"]);
    assert!(list.started(&on(Engine::Cache)));
    assert_eq!(list.done(), 2);
}

#[test]
fn a_cookie_can_only_be_changed_by_a_tool() {
    let sent = "send = \"GET /main\"";
    let list = acts(&[sent, "devtools = \"copy\"", sent]);
    assert_eq!(list.doable(), 3);
    let without = Checklist {
        movable: false,
        ..list
    };
    assert_eq!(without.doable(), 1);
}

#[test]
fn a_lost_copy_is_made_again_by_its_last_step() {
    let sent = "send = \"GET /main\"";
    let mut list = acts(&[sent, "devtools = \"copy\"", sent, "devtools = \"paste\""]);
    assert_eq!(list.copy_again(), None);
    (0..3).for_each(|_| list.tick());
    assert_eq!((list.copy_again(), list.done()), (Some(1), 1));
}

#[test]
fn values_are_made_by_the_step_that_is_next_or_was_the_last_to_make_some() {
    let sent = "send = \"GET /board\"";
    let makes = "send = \"GET /board\"\nmade = { post = \"/board/*/delete\" }";
    let mut list = acts(&[sent, makes, sent]);
    assert!(list.maker().is_none());
    for _ in 0..3 {
        list.tick();
        assert_eq!(
            list.maker().map(|step| &step.made),
            Some(&list.steps()[1].made)
        );
    }
}

#[test]
fn a_question_is_asked_when_its_step_is_next_and_stays_until_the_one_after_it() {
    let asked = |done: usize| walk(done).asked();
    assert_eq!((asked(0), asked(1)), (vec![1], vec![1]));
    // The browser is closed before the step that asks next, which the server can't see.
    assert_eq!((asked(2), asked(4)), (vec![1, 3], vec![3]));
    let answered = [1, 3, 4].map(|place| walk(6).answered_by(place));
    assert_eq!(answered, [Some(1), Some(3), None]);
}

#[test]
fn a_restart_is_answered_by_the_request_after_it() {
    let eighth = Scenario::load(&Lessons::of_project().unwrap().all()[7])
        .unwrap_or_else(|error| panic!("{error:?}"));
    let restart = eighth
        .steps
        .iter()
        .position(|step| matches!(step.act, Act::Restart(_)));
    let restart = restart.unwrap();
    let list = Checklist::new(&eighth, restart, true);
    assert_eq!(
        (list.asked().last(), list.answered_by(restart + 1)),
        (Some(&restart), Some(restart))
    );
}

#[test]
fn more_done_than_there_is_counts_as_all() {
    assert_eq!(walk(99).done(), 6);
}
